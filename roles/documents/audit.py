"""Holds a library of assessment documents against the editorial guide (docs/editorial-guide.md)."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from roles.documents.fields import FIELDS, IDENTITY_FIELDS, AssessmentDocument, Field, Identity
from roles.documents.grounds import Ground, ground, grounds, unfit_source, ungrounded
from roles.documents.layout import Section
from roles.documents.parts import parts
from roles.documents.quotes import neighbours
from roles.documents.spelling import foreign_words
from roles.documents.tables import known_codes, published_figures
from roles.vocabulary import Provenance
from scoring.dimensions import Mode
from scoring.figures import score
from scoring.inputs import problems
from scoring.zones import Zone

TASKS = range(5, 10)
"""Tasks of an assessment: fewer hide differences, more cannot be distinguished."""
LEAST_RELATED = 2
LEAST_OTHER_TITLES = 3
SUMMARY_WORDS = 20
"""Words that the first sentence of a role's primary function stays under."""
SCORES_OF_MODE = {
    Mode.DISPLACEMENT: range(3, 6),
    Mode.AUGMENTATION: range(2, 5),
    Mode.NOT_INVOLVED: range(1, 2),
}
"""The task scores that fit each way in which AI takes part."""
LONGEST_SHARED = 8
"""Words in a row from which on two documents share a phrase."""
QUOTING = frozenset({Ground.SOURCE, Ground.FIGURES})
STALE_DAYS = 730
HARDER = 12
"""Points of LIX above the library's median from which on a document is too hard to read."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a document that breaks the editorial guide."""

    title: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.title}: {self.place}: {self.message}"


def audit(documents: Sequence[AssessmentDocument], today: date) -> list[Finding]:
    """What breaks the guide, by document. Documents have to be complete enough to be scored."""
    rules: tuple[Callable[[AssessmentDocument], Iterable[Finding]], ...] = (
        _missing_parts,
        _misfit_modes,
        _evidence,
        _sources,
        _summary,
        _other_titles,
        _codes,
        _spelling,
        lambda document: _stale(document, today),
    )
    found = [finding for document in documents for rule in rules for finding in rule(document)]
    relations = {document.identity.title: _related(document) for document in documents}
    found += _one_way(relations)
    found += _without_safer_move(documents, relations)
    found += _shared_phrases(documents)
    found += _hard_to_read(documents)
    return sorted(found)


def _missing_parts(document: AssessmentDocument) -> Iterator[Finding]:
    title = document.identity.title
    stated: list[tuple[Field, AssessmentDocument | Identity]] = [
        (field, document.identity) for field in IDENTITY_FIELDS.values()
    ]
    stated += [(field, document) for field in FIELDS.values()]
    for field, owner in stated:
        if field.expected and field.is_empty(owner):
            yield Finding(title, field.label, "is missing")
    for lack in document.missing_for_publication():
        yield Finding(title, "inputs", lack)
    if len(document.tasks) not in TASKS:
        expected = f"{TASKS.start} to {TASKS.stop - 1}"
        yield Finding(title, Section.TASKS, f"has {len(document.tasks)} tasks; expected {expected}")


def _misfit_modes(document: AssessmentDocument) -> Iterator[Finding]:
    """Tasks of a sample whose mode and score contradict each other."""
    if document.provenance is not Provenance.SAMPLE:
        return
    for task in document.tasks:
        if task.mode and task.score and task.score not in SCORES_OF_MODE[task.mode]:
            message = f"{task.mode.lower()} does not fit a score of {task.score}"
            yield Finding(document.identity.title, task.name, message)


def _evidence(document: AssessmentDocument) -> Iterator[Finding]:
    """Cells of a sample; a published assessment rests on its own document."""
    if document.provenance is Provenance.SAMPLE:
        for dimension, message in ungrounded(document, published_figures()):
            yield Finding(document.identity.title, dimension, message)


def _sources(document: AssessmentDocument) -> Iterator[Finding]:
    for source in document.sources:
        for message in unfit_source(source):
            yield Finding(document.identity.title, Section.SOURCES, message)


def _summary(document: AssessmentDocument) -> Iterator[Finding]:
    summary = re.split(r"(?<=[.!?])\s", document.primary_function, maxsplit=1)[0]
    if (count := len(summary.split())) >= SUMMARY_WORDS:
        message = f"opens with {count} words; the first sentence stays under {SUMMARY_WORDS}"
        yield Finding(document.identity.title, FIELDS["primary_function"].label, message)


def _other_titles(document: AssessmentDocument) -> Iterator[Finding]:
    if (count := len(document.identity.aliases)) < LEAST_OTHER_TITLES:
        message = f"names {count}; expected at least {LEAST_OTHER_TITLES}"
        yield Finding(document.identity.title, IDENTITY_FIELDS["aliases"].label, message)


def _codes(document: AssessmentDocument) -> Iterator[Finding]:
    """Codes that their classification does not have; of UK SOC 2020 only the form is known."""
    for row in document.identity.codes:
        system = row.system.removesuffix("(closest)").strip()
        known = known_codes().get(system)
        if row.code not in known if known else not re.fullmatch(r"[1-9]\d{3}", row.code):
            place = IDENTITY_FIELDS["codes"].label
            yield Finding(document.identity.title, place, f"{system} has no {row.code}")


def _spelling(document: AssessmentDocument) -> Iterator[Finding]:
    country = document.identity.country
    for place, text in _texts(document):
        for word in foreign_words(text, country):
            yield Finding(document.identity.title, place, f"“{word}” is not spelt so in {country}")


def _stale(document: AssessmentDocument, today: date) -> Iterator[Finding]:
    if document.assessed_on and (today - document.assessed_on).days > STALE_DAYS:
        yield Finding(
            document.identity.title,
            "Assessed On",
            f"{document.assessed_on} is more than {STALE_DAYS} days ago; assess again",
        )


def _related(document: AssessmentDocument) -> set[str]:
    named = {neighbour.title for neighbour in neighbours(document)}
    return named | {related.title for related in document.related}


def _one_way(relations: dict[str, set[str]]) -> Iterator[Finding]:
    for title, related in relations.items():
        for other in sorted(related & relations.keys()):
            if title not in relations[other]:
                yield Finding(other, Section.RELATED, f"does not name {title}, which names it")
        if len(related) < LEAST_RELATED:
            yield Finding(
                title,
                Section.RELATED,
                f"names {len(related)} roles; expected at least {LEAST_RELATED}",
            )


def _without_safer_move(
    documents: Iterable[AssessmentDocument], relations: dict[str, set[str]]
) -> Iterator[Finding]:
    """Red roles from which no role in a better zone can be reached in two steps."""
    zones = {
        document.identity.title: score(document.inputs(), document.method).zone
        for document in documents
        if not problems(document.inputs())
    }
    for title, zone in zones.items():
        near = relations[title]
        reached = near.union(*(relations.get(other, set()) for other in near)) & zones.keys()
        if zone is Zone.RED and all(zones[other] is Zone.RED for other in reached):
            yield Finding(title, Section.RELATED, "leads to no safer role within two steps")


def _shared_phrases(documents: Iterable[AssessmentDocument]) -> Iterator[Finding]:
    """The longest run of words that a document shares with another, once for each pair.

    Cells of evidence that give a source or published figures may say it in the same words.
    """
    places: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    titles: set[str] = set()
    for document in documents:
        titles.add(document.identity.title)
        quoting = {r.dimension for r in document.evidence if ground(document, r) in QUOTING}
        for place, text in _texts(document):
            if place in quoting:
                continue
            words = re.findall(r"[\w’'-]+", re.sub(r"^Judge?ment: ", "", text).lower())
            for start in range(len(words) - LONGEST_SHARED + 1):
                phrase = tuple(words[start : start + LONGEST_SHARED])
                places[phrase].append((document.identity.title, place))
    reported: set[tuple[str, str, str]] = set()
    for phrase, found in places.items():
        first = found[0]
        for title, place in found[1:]:
            if title != first[0] and (title, place, first[0]) not in reported:
                reported.add((title, place, first[0]))
                shared = " ".join(phrase)
                yield Finding(title, place, f"shares “{shared}” with {first[0]}")


def _hard_to_read(documents: Sequence[AssessmentDocument]) -> Iterator[Finding]:
    levels = {document.identity.title: _lix(document) for document in documents}
    usual = median(levels.values()) if levels else 0
    for title, level in levels.items():
        if level > usual + HARDER:
            message = f"reads at LIX {level:.0f}, the library at {usual:.0f}; shorten sentences"
            yield Finding(title, "reading level", message)


def _lix(document: AssessmentDocument) -> float:
    """Björnsson's readability index: words a sentence plus the percentage of long words."""
    text = " ".join(text for _, text in _texts(document))
    words = re.findall(r"\w+", text)
    sentences = re.findall(r"[.!?:](?:\s|$)", text)
    long = [word for word in words if len(word) > 6]
    return len(words) / max(len(sentences), 1) + 100 * len(long) / max(len(words), 1)


def _texts(document: AssessmentDocument) -> Iterator[tuple[str, str]]:
    """Everything that is written for this role, by its place."""
    for part in parts(document):
        if part.text and part.section is not Section.NOTES:
            yield part.label, part.text


def grounds_in_words(document: AssessmentDocument) -> str:
    """What the cells of evidence of a document rest on, for the report."""
    if document.provenance is not Provenance.SAMPLE:
        return f"{document.identity.title}: the evidence rests on a published document"
    return f"{document.identity.title}: {_counted(grounds(document))}"


def all_grounds_in_words(documents: Iterable[AssessmentDocument]) -> str:
    """The same for all samples together."""
    samples = [d for d in documents if d.provenance is Provenance.SAMPLE]
    return f"All samples: {_counted(sum((grounds(each) for each in samples), Counter()))}"


def _counted(counts: Counter[Ground]) -> str:
    cells = ", ".join(f"{counts[each]} {each}" for each in Ground)
    share = round(100 * counts[Ground.SOURCE] / max(counts.total(), 1))
    return f"of {counts.total()} cells of evidence {cells} ({share} % with a source)"
