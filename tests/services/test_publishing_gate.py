"""What is published, by whichever way, is imported again from its own document and unchanged."""

from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roles.documents.blocks import canonical_prose
from roles.documents.fields import FIELDS, Kind, RelatedRow, SourceRow
from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.statements import as_stated
from roles.models import Assessment
from roles.services.export_document import document_of
from roles.services.import_document import Outcome, import_document
from roles.services.publish import NotPublishable, publish
from roles.services.synthetic import make_synthetic_roles
from roles.vocabulary import RelationKind
from tests.documents import strategies
from tests.editing.conftest import form_data
from tests.factories import draft, reference_document

pytestmark = pytest.mark.django_db

# What a person may type or paste that means something to the importer.
PASTED = st.sampled_from(
    [
        "## Sources",
        "# Who Should Worry",
        "Survival strategy: leave",
        "Assessor override to 30/100: because",
        "Assessor adjustment to 2.0: because",
        "* * *",
        "| Task | Time % |\n|---|---|\n| a | 5% |",
        "1. one\n2. two\n   - three",
        "&lt;b>",
        "&amp;lt;b>",
        "NOT a Nurse (scored 4,1,2)",
        "Juniors score lower Red (~16-18)",
        "a\n===\nb",
        "\tcode",
        "> said",
    ]
)
TYPED = st.lists(PASTED | strategies.TROUBLE | strategies.LETTERS, min_size=1, max_size=4).map(
    "\n\n".join
)
TEXTS = [
    *(name for name, f in FIELDS.items() if f.kind in (Kind.LINE, Kind.PROSE, Kind.STEPS)),
    "tasks-0-name",
    "tasks-1-rationale",
    "evidence-0-rationale",
    "sources-0-title",
    "sources-0-seen",
    "related-0-note",
]
WITH_ROWS = replace(
    reference_document(),
    sources=(SourceRow("Wage Trends", "Earnings", "ONS", "https://www.ons.gov.uk/", "2026"),),
    related=(RelatedRow("Medical Secretary", RelationKind.ADJACENT, "beside it"),),
)
FORMS = st.dictionaries(st.sampled_from(TEXTS), TYPED, min_size=1, max_size=3)


@contextmanager
def taken_back():
    """Nothing of it stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read_back(assessment):
    """What the importer reads of an assessment's own document: all of it, and nothing else."""
    stored = document_of(Assessment.objects.with_document().get(pk=assessment.pk))
    parsed = parse(render(stored).encode())
    assert parsed.problems == []
    assert parsed.notes == []
    assert parsed.document == as_stated(stored)
    return parsed.document


def assert_comes_back(assessment):
    again = import_document(read_back(assessment))
    assert (again.outcome, again.assessment.pk) == (Outcome.UNCHANGED, assessment.pk)


def examples(number):
    check = HealthCheck.function_scoped_fixture
    return settings(max_examples=number, suppress_health_check=[check])


@examples(8)
@given(strategies.documents(rationales=strategies.lines), st.booleans())
def test_a_document_that_is_stored_and_published(document, states_figures):
    document = document if states_figures else replace(document, claims=())
    with taken_back():
        assert_comes_back(import_document(document, publishing=True).assessment)


def test_a_form_that_is_saved_and_published(admin_client):
    """Whatever is typed is refused by its field, or by the gate in words, or comes back."""
    assessment = import_document(WITH_ROWS).assessment
    url = reverse("admin:roles_assessment_change", args=[assessment.pk])
    opened = form_data(admin_client, url)
    ends: set[str] = set()

    @examples(8)
    @given(FORMS)
    def fill(typed):
        with taken_back():
            ends.add(saved_and_published(admin_client, url, opened | typed, assessment))

    fill()
    assert "published" in ends


def saved_and_published(client, url, data, assessment):
    if client.post(url, data).status_code != 302:
        return "refused by the form"
    try:
        published = publish(assessment)
    except NotPublishable:
        return "refused by the gate"
    assert_comes_back(published)
    return "published"


def test_what_was_typed_without_any_figure_comes_back(admin_client):
    """An assessment of the form states no figure; its document states those computed."""
    assessment = draft()
    assessment.claims.all().delete()
    assert_comes_back(publish(assessment))


def test_what_is_synthetic():
    make_synthetic_roles(1)
    read_back(Assessment.objects.get())


def test_an_unfinished_draft_is_taken_in_again_and_not_published(tmp_path):
    draft = import_document(replace(reference_document(), timeline="", growth=None)).assessment
    file = tmp_path / "draft.md"
    file.write_text(render(document_of(draft)))
    call_command("import_assessment", file, stdout=(output := StringIO()))
    assert "an unfinished draft, without a score yet" in output.getvalue()
    assert "version 1: unchanged" in output.getvalue()
    with pytest.raises(CommandError, match="1 file has problems; nothing was imported"):
        call_command("import_assessment", file, publish=True, stdout=output)
    assert "publish: Timeline: is missing" in output.getvalue()
    assert not Assessment.objects.published()


def test_an_unfinished_draft_is_previewed_and_saved(admin_client):
    text = render(replace(reference_document(), timeline="", growth=None))
    url = reverse("admin:roles_assessment_import")
    preview = admin_client.post(url, {"text": text}).content.decode()
    assert "An unfinished draft, without a score yet." in preview
    assert "Not ready for publication: Timeline: is missing." in preview
    assert admin_client.post(url, {"document": text, "save": "1"}).status_code == 302
    assert Assessment.objects.get().timeline == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"outlook_year": None},
        {"growth_check": "Assessor override to 30/100: because."},
        {"not_captured": canonical_prose("&lt;script>alert(1)&lt;/script>")},
    ],
)
def test_what_would_not_come_back_is_not_published(changes):
    assessment = draft()
    Assessment.objects.filter(pk=assessment.pk).update(**changes)
    with pytest.raises(NotPublishable):
        publish(assessment)
