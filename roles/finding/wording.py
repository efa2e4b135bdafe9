"""The words of a job title in one form, so that one job written in two ways is the same words.

Case, accents, apostrophes, hyphens and slashes do not count, nor do singular and plural, or
British and American spelling. The form is for comparing, never for showing.
"""

import re
import unicodedata
from functools import lru_cache

STOP_WORDS = frozenset(
    ["a", "am", "an", "and", "as", "at", "by", "for", "from", "i", "im", "in"]
    + ["my", "of", "on", "or", "other", "the", "to", "with"]
)
"""Words that tell no job from another."""
LEVELS = frozenset(
    ["apprentice", "associate", "chief", "experienced", "freelance", "fulltime", "graduate", "head"]
    + ["junior", "lead", "mid", "parttime", "principal", "qualified", "self", "employed", "senior"]
    + ["student", "trainee", "career", "careers", "job", "jobs", "position", "role", "work"]
)
"""Words for how far somebody has come in a job, or for a job as such."""
TOOLS = frozenset(
    ["android", "angular", "aws", "azure", "cobol", "cplusplus", "csharp", "django", "dotnet"]
    + ["drupal", "excel", "fsharp", "golang", "ios", "java", "javascript", "kotlin", "kubernetes"]
    + ["laravel", "node", "oracle", "perl", "php", "python", "react", "ruby", "rust", "salesforce"]
    + ["sap", "scala", "sql", "swift", "typescript", "vue", "wordpress"]
)
"""What a job is done with, which is left out where no title names it."""
CLIPPED = frozenset(
    ["acct", "admin", "asst", "bio", "chem", "comms", "coord", "cyber", "dev", "dir", "eng", "exec"]
    + ["govt", "info", "intl", "lab", "maint", "mech", "med", "mgr", "ops", "photo", "physio"]
    + ["prof", "psych", "rep", "sec", "spec", "supt", "tech", "uni"]
)
"""Words that stand for all that begin with them: admin for administrator and administrative."""

SYMBOLS = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": " dotnet"}
LONG_FORMS = {
    "ai": "artificial intelligence",
    "asst": "assistant",
    "ba": "business analyst",
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "cnc": "computer numerically controlled",
    "cto": "chief technology officer",
    "ea": "executive assistant",
    "hr": "human resource",
    "it": "information technology",
    "mgr": "manager",
    "ml": "machine learning",
    "pe": "physical education",
    "pr": "public relation",
    "qa": "quality assurance",
    "rd": "research development",
    "rn": "registered nurse",
    "sen": "special education",
    "ta": "teaching assistant",
    "tv": "television",
    "vp": "vice president",
}
"""Initials that everybody knows, which count as the words that they stand for."""
IRREGULAR = {
    "buses": "bus",
    "children": "child",
    "housewives": "housewife",
    "men": "man",
    "midwives": "midwife",
    "news": "news",
    "women": "woman",
}
SAME = {
    "actress": "actor",
    "adviser": "advisor",
    "aeroplane": "aircraft",
    "airplane": "aircraft",
    "aluminium": "aluminum",
    "attorney": "lawyer",
    "auto": "automotive",
    "automobile": "automotive",
    "car": "automotive",
    "caregiver": "carer",
    "cheque": "check",
    "college": "university",
    "cv": "resume",
    "defence": "defense",
    "doctor": "physician",
    "elementary": "primary",
    "garbage": "refuse",
    "gray": "grey",
    "grocer": "grocery",
    "hostess": "host",
    "jewellery": "jewelry",
    "jeweller": "jeweler",
    "labourer": "laborer",
    "licence": "license",
    "lift": "elevator",
    "lorry": "truck",
    "mathematic": "math",
    "maths": "math",
    "motorbike": "motorcycle",
    "operative": "worker",
    "petrol": "gasoline",
    "plane": "aircraft",
    "postwoman": "postman",
    "programme": "program",
    "railroad": "railway",
    "rubbish": "refuse",
    "shop": "store",
    "stewardess": "steward",
    "trash": "refuse",
    "tyre": "tire",
    "waitress": "waiter",
}
"""Words that name one thing in a job title, British and American ones above all."""
SPELLINGS = [
    (re.compile(pattern), american)
    for pattern, american in [
        (r"(?<=[a-z]{2})our", "or"),
        (r"([tb])re$", r"\1er"),
        (r"is(e|er|ed|ing|ation)$", r"iz\1"),
        (r"(?<=[a-z])ae|^ae(?=st)|oe(?=[dst])", "e"),
        (r"([ae])ll(er|or|ing|ed)$", r"\1l\2"),
        (r"logue$", "log"),
        (r"mould", "mold"),
        (r"plough", "plow"),
        (r"draught", "draft"),
        (r"(?<=[a-z]{3})(woman|person|people)$", "man"),
    ]
]
"""What turns British spelling into American, and any ending for a person into one."""

type Form = tuple[str, tuple[str, ...]]
"""A word as it is written, in small letters, and the words that it counts as."""
type Forms = tuple[Form, ...]


@lru_cache(maxsize=200_000)
def forms(text: str) -> Forms:
    """The words of a text, but for those that tell no job from another."""
    return tuple((word, _counts_as(word)) for word in _written(text) if word not in STOP_WORDS)


def words(text: str) -> tuple[str, ...]:
    """The words that a text counts as."""
    return tuple(word for _, counts in forms(text) for word in counts)


def _written(text: str) -> list[str]:
    text = re.sub(r"\b([A-Z]{2,})s\b", r"\1", text)
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    for symbol, word in SYMBOLS.items():
        text = text.replace(symbol, word)
    text = re.sub(r"\b(\w) ?& ?(\w)\b", r"\1\2", text)
    text = re.sub(r"\b(?:[^\W\d_]\.){2,}", lambda found: found[0].replace(".", "") + " ", text)
    text = re.sub("['’‘ʼ`´]", "", text)
    return re.findall(r"[^\W_]+", text)


@lru_cache(maxsize=50_000)
def _counts_as(word: str) -> tuple[str, ...]:
    if word in LONG_FORMS:
        return tuple(part for long in LONG_FORMS[word].split() for part in _counts_as(long))
    word = singular(SAME.get(word, word))
    for pattern, american in SPELLINGS:
        word = pattern.sub(american, word)
    return (SAME.get(word, word),)


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """One of what a word may be the plural of, as a rule and not always as it is written."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if re.search(r"(?<=[a-z]{2})men$", word) and word != "specimen":
        return word[:-2] + "an"
    if word == "childrens":
        return "child"
    if re.search("(ch|sh|ss|x|zz)es$", word):
        return word[:-2]
    if len(word) > 4 and re.search("ies?$", word):
        return re.sub("ies?$", "y", word)
    if len(word) > 3 and re.search("[^sui]s$", word):
        return word[:-1]
    return word
