"""What the importer stores, refuses, and leaves alone."""

import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roles.documents.parse import parse
from roles.documents.render import render
from roles.models import Assessment, Claim, Role, RoleRelation, RoleText
from roles.services.export_document import document_of
from roles.services.import_document import DraftInTheWay, Outcome, import_document
from roles.services.publish import NotPublishable, publish
from roles.vocabulary import Status
from tests.factories import as_superuser, draft, guards_off, published, reference_document, sql
from tests.reference import CONTENT

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    output = StringIO()
    call_command("import_assessment", *map(str, arguments), stdout=output, **options)
    return output.getvalue()


def changed(document, **changes):
    return replace(document, **changes)


class TestWhatIsStored:
    def test_the_document_comes_back_unchanged(self):
        document = reference_document()
        assert document_of(import_document(document).assessment) == document

    def test_the_role_and_its_identity(self):
        role = draft().role
        assert role.slug == "clinical-coder-nhs"
        assert role.country == "United Kingdom"
        assert (role.pay_currency, role.pay_low, role.pay_high) == ("GBP", 31049, 46580)
        assert {str(code) for code in role.codes.all()} == {
            "SOC 2018 (closest) 29-2072",
            "UK SOC 2020 (closest) 4131",
            "ISCO-08 3252",
        }
        assert role.aliases.count() == 3

    def test_neighbours_become_roles_with_cited_scores_or_names_only(self):
        assessment = published()
        cited = {r.role.title: r.cited_score for r in assessment.relations.all() if r.cited_score}
        assert cited == {
            "Health Information Technologist": Decimal("20.9"),
            "Clinical Documentation Improvement Specialist": Decimal("34.8"),
        }
        assert Role.objects.count() == 9
        assert set(Role.objects.public().values_list("title", flat=True)) == {
            "Clinical Coder (NHS)",
            *cited,
        }

    def test_a_neighbour_known_under_another_title_is_not_made_twice(self):
        role = Role.objects.create(slug="hit", title="HIT")
        role.aliases.create(title="health information technologist")
        assert draft().relations.get(cited_score=Decimal("20.9")).role == role

    def test_seniority_bands_and_claims(self):
        assessment = draft()
        bands = [(band.low, band.high, band.zone) for band in assessment.seniority.all()]
        assert bands == [(16, 18, "Red"), (30, 34, "Yellow")]
        assert Claim.objects.get(assessment=assessment, figure="share_3_plus").claimed == "55"
        gaps = assessment.claims.filter(figure="gap", quoted=True)
        assert [claim.claimed for claim in gaps] == ["1.5", "-12.4"]

    def test_what_a_document_does_not_say_about_the_role_is_left_alone(self):
        document = reference_document()
        import_document(document)
        silent = changed(document, identity=replace(document.identity, sector="", aliases=()))
        import_document(silent)
        role = Role.objects.get(slug="clinical-coder-nhs")
        assert role.sector == "Healthcare"
        assert role.aliases.count() == 3


class TestAgain:
    def counts(self):
        return [model.objects.count() for model in (Role, Assessment, RoleRelation, Claim)]

    @pytest.mark.parametrize("publishing", [True, False])
    def test_the_same_document_changes_nothing(self, publishing):
        import_document(reference_document(), publishing=publishing)
        before = self.counts()
        again = import_document(reference_document(), publishing=publishing)
        assert again.outcome is Outcome.UNCHANGED
        assert self.counts() == before

    def test_the_same_draft_can_be_published_by_importing_it_again(self):
        draft()
        again = import_document(reference_document(), publishing=True)
        assert (again.outcome, again.published) == (Outcome.UNCHANGED, True)
        assert again.assessment.status == Status.PUBLISHED

    def test_a_changed_document_makes_a_new_draft(self):
        first = published()
        again = import_document(changed(reference_document(), timeline="Sooner."))
        assert again.outcome is Outcome.NEW_DRAFT
        assert again.assessment.version == 2
        first.refresh_from_db()
        assert first.status == Status.PUBLISHED

    def test_a_changed_score_gives_another_digest(self):
        published()
        document = reference_document()
        tasks = (replace(document.tasks[0], score=3), *document.tasks[1:])
        assert import_document(changed(document, tasks=tasks)).outcome is Outcome.NEW_DRAFT

    def test_a_draft_that_was_only_imported_is_replaced(self):
        draft()
        again = import_document(changed(reference_document(), timeline="Sooner."))
        assert again.outcome is Outcome.DRAFT_REPLACED
        assert Assessment.objects.count() == 1

    def test_a_draft_that_somebody_worked_on_is_not(self):
        assessment = draft()
        assessment.timeline = "What an editor typed."
        assessment.save()
        with pytest.raises(DraftInTheWay, match="somebody has worked on"):
            import_document(changed(reference_document(), timeline="Sooner."))
        assessment.refresh_from_db()
        assert assessment.timeline == "What an editor typed."
        forced = changed(reference_document(), timeline="Sooner.")
        assert import_document(forced, replace_draft=True).assessment.timeline == "Sooner."

    def test_importing_again_does_not_undo_what_an_editor_published_since(self):
        """`make run` imports the content at every start."""
        published()
        edited = import_document(changed(reference_document(), timeline="Edited.")).assessment
        Assessment.objects.filter(pk=edited.pk).update(imported_digest="")
        publish(edited)
        again = import_document(reference_document(), publishing=True)
        assert again.outcome is Outcome.UNCHANGED
        assert Assessment.objects.published().get().timeline == "Edited."

    def test_what_cannot_be_published_is_not_imported_for_publication(self):
        document = reference_document()
        tasks = (replace(document.tasks[0], rationale=""), *document.tasks[1:])
        with pytest.raises(NotPublishable, match="the rationale is missing"):
            import_document(changed(document, tasks=tasks), publishing=True)


class TestCommand:
    def test_reports_what_it_did_and_found(self):
        output = run(CONTENT, publish=True)
        assert "22.4 Red (Displacing), formula score 21.2" in output
        assert "role created; version 1: new draft, published" in output
        assert "Share of task time scoring 3+: claimed 55, computed 75" in output
        assert "Health Information Technologist: 20.9 Red" in output
        assert "Senior/Lead coders (Band 7-8A): 30-34 Yellow" in output
        assert "role known; version 1: unchanged" in run(CONTENT, publish=True)

    def test_check_imports_nothing(self):
        assert "22.4 Red" in run(CONTENT, check=True)
        assert not Role.objects.exists()

    def test_check_for_scripts(self):
        output = json.loads(run(CONTENT, check=True, format="json"))
        assert output["title"] == "Clinical Coder (NHS)"
        assert output["figures"] == {
            "weighted": "3.20",
            "task_resistance_raw": "2.80",
            "task_resistance": "2.30",
            "evidence_total": "-1",
            "evidence_modifier": "0.96",
            "barrier_total": "3",
            "barrier_modifier": "1.06",
            "growth": "-1",
            "growth_modifier": "0.95",
            "protective_total": "1",
            "raw": "2.223456",
            "formula_score": "21.2",
            "published_score": "22.4",
            "share_3_plus": "75",
            "displacement": "45",
            "augmentation": "40",
            "not_involved": "15",
            "range_low": "17.7",
            "range_high": "27.7",
            "chance_green": "0.00",
            "chance_yellow": "19.89",
            "chance_red": "80.11",
        }
        assert output["split"] == {"DISPLACEMENT": "45", "AUGMENTATION": "40", "NOT INVOLVED": "15"}
        assert (output["zone"], output["sub_label"]) == ("Red", "Displacing")
        assert [c["figure"] for c in output["claims"] if not c["reproduces"]] == ["share_3_plus"]
        assert output["seniority"][0] == {
            "label": "Trainee coders (Band 3-4, pre-NCCQ)",
            "low": "16",
            "high": "18",
            "zone": "Red",
        }
        assert output["problems"] == []

    def test_bad_files_are_all_named_and_nothing_is_imported(self, tmp_path):
        bad = tmp_path / "bad.md"
        bad.write_text(CONTENT.read_text().replace("| 20% | 4 |", "| 19% | 6 |"))
        output = StringIO()
        with pytest.raises(CommandError, match="2 files have problems; nothing was imported"):
            call_command(
                "import_assessment",
                str(CONTENT),
                str(bad),
                str(tmp_path / "absent.md"),
                stdout=output,
            )
        printed = output.getvalue()
        assert "Score: is 6; expected a whole number from 1 to 5" in printed
        assert "sums to 99; expected exactly 100" in printed
        assert "file: no such file or directory; expected a readable file" in printed
        assert not Role.objects.exists()

    def test_problems_for_scripts(self, tmp_path):
        bad = tmp_path / "bad.md"
        bad.write_text(
            CONTENT.read_text().replace("| Company Actions | -1 |", "| Company Actions | -5 |")
        )
        output = StringIO()
        with pytest.raises(CommandError):
            call_command("import_assessment", str(bad), check=True, format="json", stdout=output)
        printed = json.loads(output.getvalue())
        assert printed["figures"] == {}
        (problem,) = printed["problems"]
        assert (
            problem["line"]
            == bad.read_text()
            .split("\n")
            .index(next(line for line in bad.read_text().split("\n") if "Company Actions" in line))
            + 1
        )
        assert problem["field"] == "Evidence Score: Company Actions, Score"
        assert problem["message"] == "is -5; expected a whole number from -2 to 2"

    def test_a_refused_draft_is_a_problem_of_its_file_and_undoes_the_others(self, tmp_path):
        assessment = draft()
        assessment.timeline = "What an editor typed."
        assessment.save()
        other = tmp_path / "other.md"
        text = CONTENT.read_text()
        other.write_text(text.replace("Clinical Coder (NHS)", "Another Coder"))
        mine = tmp_path / "mine.md"
        mine.write_text(text.replace("7-10 years", "8-10 years"))
        output = StringIO()
        with pytest.raises(CommandError, match="nothing was imported"):
            call_command("import_assessment", str(other), str(mine), stdout=output)
        assert "is an open draft that somebody has worked on" in output.getvalue()
        assert not Role.objects.filter(slug="another-coder").exists()

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path):
        large = tmp_path / "large.md"
        with large.open("wb") as stream:
            stream.truncate(50 * 1024 * 1024)
        output = StringIO()
        with pytest.raises(CommandError):
            call_command("import_assessment", str(large), stdout=output)
        assert "file: is larger than 1 MiB" in output.getvalue()


class TestExport:
    def test_the_published_version_is_written(self):
        published()
        output = StringIO()
        call_command("export_assessment", "clinical-coder-nhs", stdout=output)
        assert output.getvalue() == render(reference_document())

    def test_what_is_exported_imports_as_unchanged(self, tmp_path):
        published()
        output = StringIO()
        call_command("export_assessment", "clinical-coder-nhs", stdout=output)
        file = tmp_path / "exported.md"
        file.write_text(output.getvalue())
        assert "unchanged" in run(file)

    def test_texts_typed_with_line_breaks_survive(self):
        assessment = draft()
        assessment.timeline = "First line.\nSecond line."
        assessment.not_captured = "# No heading\n\n- one\n- two\n\n| no | table |"
        assessment.save()
        document = document_of(assessment)
        assert parse(render(document).encode()).document == document

    def test_an_unknown_role(self):
        with pytest.raises(CommandError, match="No role 'nobody'"):
            call_command("export_assessment", "nobody")


class TestVerifyScores:
    def test_everything_reproduces(self):
        published()
        output = StringIO()
        call_command("verify", stdout=output)
        assert "Assessments verified: 1" in output.getvalue()

    def verify(self):
        """The lines in which the command names what differs."""
        errors = StringIO()
        with pytest.raises(CommandError, match="differ from what they follow from"):
            call_command("verify", stdout=StringIO(), stderr=errors)
        return errors.getvalue()

    def test_drift_names_role_and_figure(self):
        assessment = draft()
        with guards_off():
            sql("UPDATE roles_assessment SET published_score = 50 WHERE id = %s", assessment.pk)
        named = self.verify()
        assert "Clinical Coder (NHS), version 1" in named
        assert "published_score is stored as 50.0, computed 22.4" in named

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE roles_assessment SET timeline = 'Another.' WHERE published_at IS NOT NULL",
            "UPDATE roles_task SET rationale = 'Another.' WHERE position = 0",
            "DELETE FROM roles_claim WHERE figure = 'raw'",
        ],
    )
    def test_words_of_a_published_version_that_were_changed_behind_the_guards(self, change):
        published()
        with guards_off():
            sql(change)
        assert "the digest differs" in self.verify()

    def test_a_guard_that_is_at_rest_is_named(self):
        with as_superuser():
            sql("ALTER TABLE roles_assessment DISABLE TRIGGER protect_published")
        assert "roles_assessment: protect_published is not in the database" in self.verify()

    def test_a_list_that_is_out_of_step_is_named(self):
        published()
        Role.objects.filter(slug="clinical-coder-nhs").update(score=50, zone="Green")
        assert "score in lists is 50.0, expected 22.4" in self.verify()

    def test_search_words_that_nothing_published_has_are_named(self):
        published()
        RoleText.objects.update(text="Another text.")
        assert "the text that it is found by" in self.verify()
