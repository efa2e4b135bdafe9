"""What the importer stores, refuses, and leaves alone."""

import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roles.documents.fields import CorrectionRow
from roles.documents.parse import parse
from roles.documents.render import render
from roles.models import Assessment, Claim, Role, RoleRelation, RoleText
from roles.services.addresses import slug_of
from roles.services.export_document import document_of
from roles.services.import_document import (
    AnotherTitle,
    DraftInTheWay,
    Outcome,
    State,
    import_document,
    state_of,
)
from roles.services.publish import NotPublishable, publish
from roles.services.quotes import roles_of
from roles.vocabulary import Status
from tests.factories import (
    as_superuser,
    draft,
    guards_off,
    published,
    reference_document,
    sql,
    titled,
)
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

    def test_two_spellings_that_make_one_address_are_one_role(self):
        named = roles_of(["Ward Clerk", "Ward clerk", "Ward-Clerk"])
        assert {role.title for role in named.values()} == {"Ward Clerk"}

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

    def test_a_refused_draft_is_a_problem_of_its_file_and_leaves_the_others(self, tmp_path):
        assessment = draft()
        assessment.timeline = "What an editor typed."
        assessment.save()
        other = tmp_path / "other.md"
        text = CONTENT.read_text()
        other.write_text(text.replace("Clinical Coder (NHS)", "Another Coder"))
        mine = tmp_path / "mine.md"
        mine.write_text(text.replace("7-10 years", "8-10 years"))
        output = StringIO()
        with pytest.raises(CommandError, match="1 file has problems; 1 imported"):
            call_command("import_assessment", str(mine), str(other), stdout=output)
        assert "is an open draft that somebody has worked on" in output.getvalue()
        assert Role.objects.filter(slug="another-coder").exists()

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path):
        large = tmp_path / "large.md"
        with large.open("wb") as stream:
            stream.truncate(50 * 1024 * 1024)
        output = StringIO()
        with pytest.raises(CommandError):
            call_command("import_assessment", str(large), stdout=output)
        assert "file: is larger than 256 KiB" in output.getvalue()


def refused(*files, **options):
    """What the command prints of files of which it refuses one."""
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("import_assessment", *map(str, files), stdout=output, **options)
    return output.getvalue()


def written(path, text):
    path.write_text(text)
    return path


class TestPublishingAsItIsMeant:
    """What nobody has said is right is not published."""

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("## Evidence Score", "A stray remark.\n\n## Evidence Score", "“A stray remark.”"),
            ("| **100%** | | **3.20** |", "| **100%** | 16 | **3.20** |", "Figure not checked"),
            ("override to 22.4/100", "override to 21.2/100", "is what the formula gives anyway"),
        ],
    )
    def test_what_is_in_doubt_is_published_on_an_editors_word(self, tmp_path, old, new, says):
        file = written(tmp_path / "coder.md", CONTENT.read_text().replace(old, new, 1))
        printed = refused(file, publish=True)
        assert says in printed
        assert "change it, or say --allow-notes" in printed
        assert not Role.objects.exists()
        assert "published" in run(file, publish=True, allow_notes=True)

    def test_not_all_figures_reproduce_where_one_was_not_checked(self, tmp_path):
        text = CONTENT.read_text().replace("| 55% |", "| 75% |")
        assert "all figures reproduce" in run(written(tmp_path / "a.md", text), check=True)
        text = text.replace("| **100%** | | **3.20** |", "| **100%** | 16 | **3.20** |")
        printed = run(written(tmp_path / "b.md", text), check=True)
        assert "figures that were not checked: 1" in printed
        assert "all figures reproduce" not in printed


class TestTitles:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("C Developer", "c-developer"),
            ("C# Developer", "c-sharp-developer"),
            ("C++ Developer", "c-plus-plus-developer"),
            (".NET Developer", "dot-net-developer"),
            ("NET Developer", "net-developer"),
            ("R&D Manager", "r-and-d-manager"),
            ("RD Manager", "rd-manager"),
            ("AI/ML Engineer", "ai-ml-engineer"),
            ("AIML Engineer", "aiml-engineer"),
            ("Clinical Coder (NHS)", "clinical-coder-nhs"),
        ],
    )
    def test_signs_are_written_out(self, title, slug):
        assert slug_of(title) == slug

    def test_titles_that_differ_in_a_sign_are_different_roles(self):
        for title in ("C Developer", "C# Developer", "C++ Developer"):
            import_document(titled(title))
        assert Role.objects.filter(slug__startswith="c-").count() == 3

    def test_another_title_at_the_same_address_is_asked_about(self, tmp_path):
        import_document(titled("AI/ML Engineer"))
        with pytest.raises(AnotherTitle, match="is called “AI/ML Engineer”"):
            import_document(titled("AI-ML Engineer"))
        text = CONTENT.read_text().replace("Clinical Coder (NHS)", "AI ML Engineer")
        file = written(tmp_path / "a.md", text)
        assert "if they are one job, rename the role" in refused(file)
        run(file, rename=True)
        assert Role.objects.get(slug="ai-ml-engineer").title == "AI ML Engineer"

    def test_capitals_alone_ask_nothing(self):
        import_document(titled("Ward Clerk"))
        assert import_document(titled("Ward clerk")).role_updated


class TestOldAddresses:
    def test_a_slug_that_was_given_up_leads_to_the_role_for_ever(self, client):
        role = published().role
        for slug in ("coder", "coder-two"):
            Role.objects.filter(pk=role.pk).update(slug=slug)
        for old in ("clinical-coder-nhs", "coder"):
            for page in ("", "versions/1/", "versions/1.md", "history/", "my-mix/"):
                answer = client.get(f"/roles/{old}/{page}")
                assert answer.status_code == 301
                assert answer["Location"] == f"/roles/coder-two/{page}"

    def test_a_slug_that_is_taken_back_leads_nowhere_else(self, client):
        role = published().role
        for slug in ("coder", "clinical-coder-nhs"):
            Role.objects.filter(pk=role.pk).update(slug=slug)
        assert client.get("/roles/clinical-coder-nhs/").status_code == 200

    def test_a_document_finds_its_role_under_the_old_address(self):
        role = published().role
        Role.objects.filter(pk=role.pk).update(slug="coder")
        assert import_document(reference_document()).outcome is Outcome.UNCHANGED


class TestBatches:
    def archive(self, path, files):
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return path

    def test_what_is_no_document_is_named_and_left_out(self, tmp_path):
        text = CONTENT.read_text()
        packed = self.archive(
            tmp_path / "mac.zip",
            {
                "coder/a.MD": text,
                "coder/README.md": "# How these were made",
                "coder/.DS_Store": "x",
                "coder/logo.png": "x",
                "__MACOSX/coder/._a.MD": "x",
            },
        )
        printed = run(packed)
        assert "role created; version 1" in printed
        assert "README.md: is no assessment; left out" in printed
        assert printed.count("is what a computer keeps beside its files; left out") == 2

    def test_good_documents_are_taken_without_the_bad_ones(self, tmp_path):
        text = CONTENT.read_text()
        bad = written(tmp_path / "bad.md", text.replace("| 20% | 4 |", "| 20% | 9 |"))
        good = written(tmp_path / "good.md", text.replace("Clinical Coder (NHS)", "Ward Clerk"))
        refused(bad, good)
        assert not Role.objects.filter(slug="ward-clerk").exists()
        refused(bad, good, good_only=True)
        assert Role.objects.filter(slug="ward-clerk").exists()

    def test_two_documents_of_one_role_are_told_before(self, tmp_path):
        one, two = (written(tmp_path / f"{n}.md", CONTENT.read_text()) for n in (1, 2))
        assert "is the role of" in refused(one, two, check=True)

    @pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.zip", "a.md"])
    def test_other_formats_are_refused_in_words(self, tmp_path, name):
        path = tmp_path / name
        path.write_bytes(b"PK\x03\x04 not really")
        assert "expected" in refused(path) or "cannot be unpacked" in refused(path)

    def test_the_state_of_each_is_known_before(self):
        document = reference_document()
        assert state_of(document) is State.NEW
        draft()
        assert state_of(document) is State.UNCHANGED
        later = changed(document, timeline="Later.")
        assert state_of(later) is State.NEW_VERSION
        Assessment.objects.update(timeline="Edited.")
        assert state_of(later) is State.IN_THE_WAY


def test_corrections_are_stored_exported_and_shown(client):
    correction = CorrectionRow("2025/26 AfC", "The scales are those of 2024/25.", "NHS Employers")
    document = changed(reference_document(), corrections=(correction,))
    stored = import_document(document, publishing=True).assessment
    assert document_of(stored).corrections == (correction,)
    page = client.get("/roles/clinical-coder-nhs/").content.decode()
    assert "That is corrected: The scales are those of 2024/25." in page
    assert "NHS Employers" in page


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
