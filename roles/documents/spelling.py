"""American and British spelling, told apart by the words that a role's text is likely to hold."""

import re
from collections.abc import Iterator

_BRITISH = r"""
    colour\w* labour\w* favour\w* behaviour\w* neighbour\w* honour\w* rumours? tumours?
    harbours? centre[sd]? metres? theatres? programmes? judgements? cheques? ageing
    (organ|recogn|special|standard|summar|priorit|optim|minim|maxim|real|critic|emphas|general
    |apolog|author|categor|computer|custom|digit|final|local|memor|mobil|modern|normal|sanit|stabil
    |subsid|util|visual|capital|central|civil|reorgan|immun|sterili?)is(e[drs]?|ing|ations?|ational)
    analyse[drs]? analysing grey tyres? kerbs? modell\w+ travell\w+ labell\w+ cancelled cancelling
    fulfil enrol enrolment skilful paediatric\w* anaemia\w* orthopaedic\w* gynaecolog\w* haemo\w+
    defence offence ploughs? moulds? aluminium jewellery whilst learnt enquir\w+ manoeuvr\w+
    counsell\w+ sceptic\w* cosy instalments? licence[sd]? practis\w+ catalogue[sd]? aeroplanes?
    draughts? specialit(y|ies) mum pavement lorr(y|ies) fortnight\w*
"""
_AMERICAN = r"""
    colors? labor(s|ed|ing|ers?)? favor\w* behavior\w* neighbor\w* honor(s|ed|ing|able)? rumors?
    tumors? harbors? centers? centered theaters? aging
    (organ|recogn|special|standard|summar|priorit|optim|minim|maxim|real|critic|emphas|general
    |apolog|author|categor|computer|custom|digit|final|local|memor|mobil|modern|normal|sanit|stabil
    |subsid|util|visual|capital|central|civil|reorgan|immun|sterili?)iz(e[drs]?|ing|ations?|ational)
    analyze[drs]? analyzing gray modeling modeled traveling traveler\w* labeling labeled canceled
    canceling fulfill enroll enrollment skillful pediatric\w* anemia\w* orthopedic\w* gynecolog\w*
    defense offense plows? molds? aluminum jewelry maneuver\w* counsel(ing|ed|ors?) skeptic\w* cozy
    installments? airplanes? judgments? trucking sidewalk
"""


def _any_of(words: str) -> re.Pattern[str]:
    """The words in small letters: names keep the spelling of their country."""
    patterns = re.sub(r"\s*\n\s*\|", "|", words).split()
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_FOREIGN = {"United States": _any_of(_BRITISH), "United Kingdom": _any_of(_AMERICAN)}


def foreign_words(text: str, country: str) -> Iterator[str]:
    """Words of a text that are spelt as in the other country."""
    if country in _FOREIGN:
        opened = re.sub(r"(?:^|[.!?:]\s|\n)\W*[A-Z]", lambda first: first[0].lower(), text)
        yield from (found[0] for found in _FOREIGN[country].finditer(opened))
