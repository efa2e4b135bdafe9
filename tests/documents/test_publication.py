"""What is published can be imported: it has everything, and its own text gives it back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from roles.documents.blocks import canonical_prose
from roles.documents.fields import FIELDS, Kind, RelatedRow, SourceRow
from roles.documents.parse import parse
from roles.documents.places import COUNTRIES, country_of, currency_of
from roles.documents.publication import lacking
from roles.documents.statements import as_stated
from roles.vocabulary import RelationKind
from tests.documents import strategies
from tests.factories import reference_document
from tests.reference import CONTENT

DOCUMENT = reference_document()
REQUIRED = [field for field in FIELDS.values() if field.required]
EMPTY = {Kind.STEPS: (), Kind.YEAR: None}


def identified(**changes):
    return replace(DOCUMENT, identity=replace(DOCUMENT.identity, **changes))


def related(*titles):
    return tuple(RelatedRow(title, RelationKind.ADJACENT, "") for title in titles)


def with_task(**changes):
    return replace(DOCUMENT, tasks=(replace(DOCUMENT.tasks[0], **changes), *DOCUMENT.tasks[1:]))


@settings(max_examples=20)
@given(strategies.documents(rationales=strategies.lines))
def test_nothing_stands_against_a_complete_document(document):
    assert lacking(document) == []
    assert lacking(replace(document, claims=())) == []


@pytest.mark.parametrize("field", REQUIRED, ids=lambda field: field.name)
def test_nothing_is_published_without_a_required_text(field):
    document = replace(DOCUMENT, **{field.name: EMPTY.get(field.kind, " ")})
    assert f"{field.label}: is missing" in lacking(document)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (identified(seniority=""), "Seniority Level: is missing"),
        (identified(title="日本"), "has no Latin letter"),
        (identified(aliases=("Coder; Clerk",)), "Also Known As: would be read otherwise"),
        (with_task(rationale=""), "the rationale is missing"),
        (with_task(name="**Reading**"), "**Reading**: would be read otherwise"),
        (replace(DOCUMENT, outlook_year=1999), "is no year from 2000 to 2100"),
        (replace(DOCUMENT, growth_check="Assessor override to 30/100: luck."), "stands here"),
        (replace(DOCUMENT, not_this_role="NOT a Nurse (scored 4,1,2)."), "cannot be read"),
        (replace(DOCUMENT, related=related("Nurse", "nurse")), "appears twice"),
        (
            replace(DOCUMENT, growth_check=canonical_prose("&lt;script>alert(1)&lt;/script>")),
            "contains HTML",
        ),
        (
            replace(DOCUMENT, sources=(SourceRow("Wage Trends", "", "", "", ""),)),
            "Sources, Title: is empty",
        ),
        (replace(DOCUMENT, further_notes="word " * 60_000), "is larger than 256 KiB"),
    ],
)
def test_nothing_is_published_that_the_importer_would_refuse(document, says):
    assert says in "; ".join(lacking(document))


def test_a_document_without_figures_is_the_one_that_states_them_as_computed():
    silent = replace(DOCUMENT, claims=())
    assert as_stated(as_stated(silent)) == as_stated(silent) != silent


@pytest.mark.parametrize(
    ("written", "country"),
    [("UK", "United Kingdom"), ("u.s.a.", "United States"), ("the Netherlands", "Netherlands")],
)
def test_a_country_has_one_spelling(written, country):
    text = CONTENT.read_text().replace("| Country | United Kingdom |", f"| Country | {written} |")
    assert parse(text.encode()).document.identity.country == country
    assert country_of(country) == country


def test_every_country_is_its_own():
    assert [country_of(name) for name in COUNTRIES] == list(COUNTRIES)


def test_a_currency_is_a_code():
    assert currency_of("gbp") == "GBP"
    with pytest.raises(ValueError, match="expected a code of ISO 4217"):
        currency_of("pou")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("| Country | United Kingdom |", "| Country | Untied Kingdom |", "mean United Kingdom?"),
        (
            "| Country | United Kingdom |",
            "| Country | UK (Scotland) |",
            "'UK (Scotland)'; expected",
        ),
        ("GBP 31,049", "POU 31,049", "Pay Range: is 'POU 31,049-46,580"),
        ("(2025/26 AfC, Bands 5-6)", "", "Pay Range: is 'GBP 31,049-46,580'"),
    ],
)
def test_an_identity_that_is_refused(old, new, says):
    text = CONTENT.read_text()
    assert old in text
    found = parse(text.replace(old, new).encode()).problems
    assert says in "; ".join(map(str, found))
