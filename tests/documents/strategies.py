"""Generated assessment documents, any that the format can hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from roles.documents.blocks import canonical_prose
from roles.documents.fields import (
    EMPTY,
    FIELDS,
    YEARS,
    AssessmentDocument,
    CodeRow,
    CorrectionRow,
    Identity,
    ItemRow,
    Pay,
    RelatedRow,
    SourceRow,
    TaskRow,
)
from roles.documents.markup import canonical_line
from roles.documents.parsing.prose import RELATED_KINDS
from roles.documents.places import COUNTRIES, CURRENCIES
from roles.documents.quotes import unread, unread_bands
from roles.documents.statements import stated
from roles.documents.text import one_line
from roles.vocabulary import Provenance, RelationKind
from scoring.claims import StatedClaim
from scoring.dimensions import EvidenceDimension
from scoring.figure_type import Figure
from scoring.figures import Score
from scoring.zones import SubLabel, Zone
from tests.scoring.strategies import inputs, whole_number

# Words that pull at the format: signs of Markdown, of tables and of our own labels.
SIGNS = r"| \ \| \\ ** **bold** # - -- – − * + > --- === +1 20% 1/9 é 日本 &amp; `code` [link](x)"
TROUBLE = st.sampled_from(
    SIGNS.split()
    + ["# Title", "- item", "1. step", "Timeline: soon", "Evidence Score", "Total", "Zone: RED"]
    + ["| a | b |", "NOT a Nurse (scored 41.0 Yellow)", "a < b", "Red (~16-18)", "Raw: 1 = 1"]
)
LETTERS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<"), min_size=1, max_size=20
)
LINE = st.lists(TROUBLE | LETTERS, min_size=1, max_size=6).map(" ".join).map(canonical_line)
lines = LINE.filter(bool)
maybe_lines = st.just("") | lines
prose = st.lists(LINE, min_size=1, max_size=4).map("\n\n".join).map(canonical_prose).filter(bool)
words = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz ABC0123"), min_size=1, max_size=30)
bands = lines.filter(lambda text: not unread_bands(text))
neighbours = lines.filter(lambda text: not list(unread(replace(EMPTY, not_this_role=text))))
names = words.map(one_line).filter(bool)


@st.composite
def documents(draw, rationales=maybe_lines) -> AssessmentDocument:
    """A document with every figure stated, some of them wrongly."""
    scored = draw(inputs())
    document = AssessmentDocument(
        identity=draw(identities()),
        provenance=draw(st.sampled_from(Provenance)),
        assessed_on=draw(st.none() | st.dates(min_value=date(2000, 1, 1))),
        primary_function=draw(lines),
        not_this_role=draw(neighbours),
        typical_experience=draw(lines),
        seniority_note=draw(st.just("") | bands),
        principles=_items(draw, scored.principles, rationales),
        growth=scored.growth,
        growth_rationale=draw(rationales),
        quick_screen=draw(maybe_lines),
        tasks=tuple(
            TaskRow(draw(names), task.time, task.score, task.mode, draw(rationales))
            for task in scored.tasks
        ),
        adjusted_task_resistance=scored.adjusted_task_resistance,
        adjustment_reason="" if scored.adjusted_task_resistance is None else draw(lines),
        reinstatement_check=draw(lines),
        evidence=_items(draw, scored.evidence, rationales),
        barrier_question=draw(maybe_lines),
        barriers=_items(draw, scored.barriers, rationales),
        growth_check=draw(prose),
        override=scored.override,
        override_reason="" if scored.override is None else draw(lines),
        sub_label_note=draw(maybe_lines),
        score_vs_reality=draw(prose),
        not_captured=draw(prose),
        who_should_worry=draw(prose),
        outlook_year=draw(whole_number(YEARS)),
        outlook=draw(lines),
        survival_strategy=tuple(draw(st.lists(lines, min_size=1, max_size=4))),
        timeline=draw(lines),
        further_notes=draw(st.just("") | prose),
        sources=tuple(draw(st.lists(sources(), max_size=2))),
        corrections=tuple(
            draw(st.lists(st.builds(CorrectionRow, lines, lines, lines), max_size=2))
        ),
        related=tuple(
            RelatedRow(title, draw(st.sampled_from(RELATED_KINDS)), draw(maybe_lines))
            for title in draw(st.lists(names, max_size=2, unique_by=str.lower))
        ),
    )
    claims = tuple(
        StatedClaim(figure, draw(claimed(figure)), place, subject)
        for figure, place, subject in stated(document)
    )
    return replace(document, claims=claims)


@st.composite
def unfinished(draw) -> AssessmentDocument:
    """A draft in which something is not written yet, and which states no figure."""
    document = draw(documents())
    emptied = draw(st.sets(st.sampled_from(MAY_BE_EMPTY), min_size=1, max_size=6))
    values = {name: getattr(EMPTY, name) for name in emptied}
    if "tasks" in emptied:
        values["tasks"] = tuple(_begun(draw, task) for task in document.tasks)
    levels = st.sampled_from([document.identity.seniority, ""])
    identity = replace(document.identity, seniority=draw(levels))
    return replace(document, identity=identity, claims=(), **values)


MAY_BE_EMPTY = [
    *(name for name, field in FIELDS.items() if field.required),
    *("tasks", "evidence", "barriers", "principles", "growth"),
    *("adjusted_task_resistance", "override"),
]


def _begun(draw, task) -> TaskRow:
    left_out = draw(st.sets(st.sampled_from(["time", "score", "mode"]), min_size=1))
    return replace(task, **dict.fromkeys(left_out))


@st.composite
def identities(draw) -> Identity:
    low = draw(st.integers(0, 99_999))
    return Identity(
        title=draw(names.filter(lambda title: any(letter.isalnum() for letter in title))),
        seniority=draw(lines.filter(lambda text: len(text) < 300)),
        aliases=tuple(draw(st.lists(names, max_size=3, unique=True))),
        sector=draw(st.just("") | names),
        country=draw(st.just("") | st.sampled_from(COUNTRIES)),
        codes=tuple(
            draw(
                st.lists(
                    st.builds(CodeRow, names, st.from_regex(r"[0-9]{2}-[0-9]{4}", fullmatch=True)),
                    max_size=2,
                    unique=True,
                )
            )
        ),
        pay=draw(
            st.none()
            | st.builds(
                Pay, st.sampled_from(CURRENCIES), st.just(low), st.integers(low, 999_999), names
            )
        ),
    )


def sources() -> st.SearchStrategy[SourceRow]:
    return st.builds(
        SourceRow,
        st.sampled_from(EvidenceDimension),
        lines,
        maybe_lines,
        st.just("") | names.map(lambda name: f"https://example.org/{name.replace(' ', '-')}"),
        st.just("") | names,
    )


def claimed(figure: Figure) -> st.SearchStrategy[str]:
    """Anything that can stand where the document states the figure."""
    if figure is Score.zone:
        return st.sampled_from([zone.value for zone in Zone])
    if figure is Score.sub_label:
        return st.sampled_from([label.value for label in SubLabel])
    return st.builds(
        lambda digits, places: f"{Decimal(digits).scaleb(-places) + 0:f}",
        st.integers(-9999, 9999),
        st.integers(0, 4),
    )


def _items(draw, scores, rationales) -> tuple[ItemRow, ...]:
    return tuple(ItemRow(name, number, draw(rationales)) for name, number in scores.items())


assert RelationKind.DISTINCT_FROM not in RELATED_KINDS
