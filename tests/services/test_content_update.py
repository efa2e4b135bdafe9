"""The content goes in once; after that the database belongs to its editors."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roles.documents.render import render
from roles.models import Assessment, Role
from roles.services.import_document import import_document
from roles.services.workflow import delete
from tests.factories import reference_document, titled
from tests.reference import ROOT

SLUG = "clinical-coder-nhs"


@pytest.fixture
def fixtures(tmp_path, settings):
    """Writes documents as the content of a release, in place of those before."""
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "fixtures" / "assessments"
    folder.mkdir(parents=True)
    occupations = (ROOT / "fixtures" / "occupations.csv").read_text().splitlines()[:3]
    (tmp_path / "fixtures" / "occupations.csv").write_text("\n".join(occupations))

    def release(*documents):
        for old in folder.iterdir():
            old.unlink()
        for number, document in enumerate(documents):
            (folder / f"{number}.md").write_text(render(document))

    return release


def prepare():
    call_command("prepare", stdout=StringIO())


def update(*arguments, **options):
    output = StringIO()
    call_command("update_content", *arguments, stdout=output, stderr=output, **options)
    return output.getvalue()


def newer():
    return replace(reference_document(), growth_check="Rewritten.", override=Decimal("30"))


@pytest.mark.django_db
class TestPrepare:
    def test_an_empty_database_gets_the_content(self, fixtures):
        fixtures(reference_document())
        prepare()
        assert Assessment.objects.published().get().role.slug == SLUG

    def test_a_role_deleted_by_its_editors_stays_deleted(self, fixtures):
        fixtures(reference_document())
        prepare()
        delete(Assessment.objects.get())
        prepare()
        assert not Assessment.objects.published().exists()

    def test_also_when_no_row_of_it_is_left(self, fixtures):
        fixtures(reference_document())
        import_document(reference_document())
        Assessment.objects.all().delete()
        Role.objects.all().delete()
        prepare()
        assert not Role.objects.exists()

    def test_newer_content_and_an_open_draft_change_nothing(self, fixtures):
        fixtures(reference_document())
        prepare()
        import_document(newer())
        fixtures(replace(newer(), growth_check="Newer still."))
        prepare()
        assert list(Assessment.objects.order_by("version").values_list("status", flat=True)) == [
            "published",
            "draft",
        ]

    def test_content_of_which_a_part_is_refused_is_tried_again(self, fixtures):
        fixtures(reference_document(), replace(titled("Baker"), tasks=()))
        with pytest.raises(CommandError):
            prepare()
        fixtures(reference_document())
        prepare()
        assert Assessment.objects.published().count() == 1


@pytest.mark.django_db
class TestUpdateContent:
    @pytest.fixture(autouse=True)
    def published(self):
        import_document(reference_document(), publishing=True)

    def test_the_report_changes_nothing(self, fixtures):
        fixtures(newer(), titled("Baker"))
        said = update()
        assert f"{SLUG}: differs" in said
        assert "Published score: 22.4 -> 30" in said
        assert "baker: not here yet" in said
        assert "2 documents, 2 with something new.\nNothing was changed." in said
        assert Assessment.objects.count() == 1

    def test_what_is_the_same_is_only_counted(self, fixtures):
        fixtures(reference_document())
        assert update() == "1 documents, 0 with something new.\n"

    def test_only_the_role_named_becomes_a_draft(self, fixtures):
        fixtures(newer(), titled("Baker"))
        update(SLUG)
        assert Assessment.objects.open().get().override == Decimal("30")
        assert Assessment.objects.published().get().override == Decimal("22.4")

    def test_published_when_told_so(self, fixtures):
        fixtures(newer())
        update(SLUG, publish=True)
        assert Assessment.objects.published().get().override == Decimal("30")

    def test_a_draft_leaves_the_role_as_readers_see_it(self, fixtures):
        document = newer()
        fixtures(replace(document, identity=replace(document.identity, sector="Elsewhere")))
        assert "the role's sector, which drafts leave as it is" in update(SLUG)
        assert Role.objects.get(slug=SLUG).sector != "Elsewhere"

    def test_all_leaves_out_what_was_deleted_here(self, fixtures):
        delete(Assessment.objects.get())
        fixtures(reference_document(), titled("Baker"))
        assert f"{SLUG}: was deleted here" in update()
        update(all=True)
        assert Assessment.objects.open().get().role.slug == "baker"

    def test_a_draft_in_the_way_is_named_and_the_others_go_on(self, fixtures):
        draft = import_document(newer()).assessment
        Assessment.objects.filter(pk=draft.pk).update(growth_check="An editor's words.")
        fixtures(replace(newer(), growth_check="Newer still."), titled("Baker"))
        assert "left alone: version 2 is an open draft" in update(all=True)
        assert Assessment.objects.filter(growth_check="An editor's words.").exists()
        assert Assessment.objects.open().filter(role__slug="baker").exists()

    def test_a_role_without_a_document_is_named(self, fixtures):
        fixtures(reference_document())
        with pytest.raises(CommandError, match="is of: nobody"):
            update("nobody")
