"""The worklist, the list of assessments, and what is done to many of them at once."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from roles.editing.worklist import last_day
from roles.models import AlsoKnownAs, Assessment, LinkCheck, OccupationCode, Role
from roles.services.import_document import import_document
from roles.services.publish import publish
from roles.services.workflow import delete, send_back, submit
from roles.vocabulary import Status
from tests.editing.conftest import (
    ask_in_the_list,
    at,
    confirm,
    do_from_the_list,
    person,
    signed_in,
)
from tests.factories import as_superuser, draft, sql, titled

pytestmark = pytest.mark.django_db


def made(title, author=None, publishing=False, **changes):
    document = titled(title, claims=(), **changes)
    return import_document(document, author=author, publishing=publishing).assessment


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def worklist(client):
    """What the first page says needs doing: the words of each group under its heading."""
    page = client.get(reverse("admin:index")).content.decode()
    page = page.partition('id="worklist"')[2].partition("</section>")[0]
    parts = re.split(r"<h3[^>]*>(.*?)</h3>", page)
    return dict(zip(parts[1::2], map(words, parts[2::2]), strict=True))


def listed(client, query=""):
    """The titles in the list, in its order."""
    page = client.get(f"{at('changelist')}?{query}").content.decode()
    return re.findall(r'class="field-role[^"]*"><a [^>]*>([^<]+)</a>', page)


def age(assessment, **ago):
    Assessment.objects.filter(pk=assessment.pk).update(updated_at=timezone.now() - timedelta(**ago))


@pytest.mark.parametrize(
    ("seen", "day"),
    [
        ("2024", date(2024, 12, 31)),
        ("2023-24, autumn 2024", date(2024, 12, 31)),
        ("2024-03-05", date(2024, 3, 5)),
        ("5 March 2024", date(2024, 3, 5)),
        ("March 2024", date(2024, 12, 31)),
        ("", None),
        ("last year", None),
    ],
)
def test_a_source_is_as_new_as_its_date_can_mean(seen, day):
    assert last_day(seen) == day


class TestWorklist:
    def test_what_waits_for_review_stands_there_from_the_longest_waiting(self, assessor, editor):
        first, second = made("Zymurgist", assessor.user), made("Porter", assessor.user)
        submit(first)
        submit(second)
        # Sent back and asked for again, it waits anew.
        send_back(first)
        submit(first)
        with as_superuser():
            # The steps of one test all happen at one time.
            moments = "pgh_created_at = now() + (pgh_id - 99999) * '1s'::interval"
            sql(f"UPDATE roles_assessmentevent SET {moments}")
        found = worklist(editor)["To review, the longest waiting first: 2"]
        assert found.index("Porter") < found.index("Zymurgist")
        assert "by ann, waiting for 1 day" in found
        assert listed(editor, "needs=review") == ["Porter", "Zymurgist"]

    def test_nothing_is_cut_off_without_a_word(self, editor, monkeypatch):
        monkeypatch.setattr("roles.editing.worklist.MOST", 1)
        for title in ("Zymurgist", "Porter"):
            submit(made(title))
        found = worklist(editor)["To review, the longest waiting first: 2"]
        assert "Porter" not in found
        assert "All 2: to review" in found

    def test_what_is_planned_is_shown_and_what_is_overdue_is_warned_of(self, editor):
        waiting, late = made("Porter"), made("Zymurgist")
        for one, minutes in ((waiting, 60), (late, -60)):
            submit(one)
            planned = timezone.now() + timedelta(minutes=minutes)
            Assessment.objects.filter(pk=one.pk).update(publish_at=planned)
        found = worklist(editor)
        assert "Zymurgist" in found["Planned, and not published in time: 1"]
        in_review = found["To review, the longest waiting first: 2"]
        assert re.search(
            r"Porter, version 1 .*? Planned for \d\d:\d\d UTC, \d+ \w+ \d{4}", in_review
        )
        assert "Overdue: planned for" in in_review.partition("Zymurgist")[2].partition("Porter")[0]

    def test_ones_own_and_what_is_stalled(self, assessor, editor):
        mine, other = made("Zymurgist", assessor.user), made("Porter", editor.user)
        age(other, days=15)
        found = worklist(assessor)
        assert "Zymurgist" in found["Your drafts: 1"]
        assert not any("Porter" in text for text in found.values())
        stalled = worklist(editor)["Drafts that nobody has touched for two weeks: 1"]
        assert "last changed 2 weeks" in stalled.replace("\xa0", " ").replace("&nbsp;", " ")
        assert mine.role.title not in stalled

    def test_sources_that_are_old_dead_or_never_opened(self, editor):
        assessment = made("Zymurgist")
        urls = [f"https://example.org/{name}" for name in ("there", "gone", "new")]
        for url, seen in zip(urls, ("2020", "2021-05-04", f"{timezone.now():%Y}"), strict=True):
            assessment.sources.create(
                dimension="Wage Trends", title=url, publisher="x", url=url, seen=seen
            )
        Assessment.objects.filter(pk=assessment.pk).update(provenance="Sample")
        publish(assessment)
        found = worklist(editor)
        assert "2 sources" in found["Evidence older than a year: 1"]
        assert "Sources that were never opened: 1" in found
        for url, ok in zip(urls, (True, False, True), strict=True):
            status = "200 OK" if ok else "404 Not Found"
            LinkCheck.objects.create(url=url, checked_at=timezone.now(), status=status, ok=ok)
        found = worklist(editor)
        dead = found["Sources where nothing is found any more: 1"]
        assert "https://example.org/gone: 404 Not Found" in dead
        assert "example.org/there" not in dead
        assert "Sources that were never opened: 1" not in found

    def test_the_list_has_the_same_for_every_group(self, editor, django_assert_max_num_queries):
        """No group of the worklist is one that the list cannot show."""
        assessment = made("Zymurgist", editor.user)
        assessment.comments.create(section="Evidence Score", text="Which year?")
        age(assessment, days=15)
        import_document(titled("Porter"), publishing=True)
        for name, count in re.findall(
            r'<h3 id="(\w+)">[^<]*: (\d+)</h3>', editor.get(reverse("admin:index")).content.decode()
        ):
            if name != "cited":
                assert len(listed(editor, f"needs={name}")) == int(count), name


class TestList:
    @pytest.fixture
    def several(self, assessor, editor):
        found = [made("Zymurgist", assessor.user), made("Porter", editor.user, publishing=True)]
        Role.objects.filter(title="Porter").update(sector="Transport", country="Norway")
        AlsoKnownAs.objects.create(role=found[0].role, title="Brewing Scientist")
        OccupationCode.objects.create(role=found[0].role, system="SOC 2018", code="19-1012")
        return found

    @pytest.mark.parametrize("words", ["zymurg", "Brewing Sci", "19-1012", "ann"])
    def test_is_searched_by_titles_other_titles_codes_and_authors(self, editor, several, words):
        assert listed(editor, f"q={words}") == ["Zymurgist"]

    @pytest.mark.parametrize(
        "query",
        ["status=published", "sector=Transport", "country=Norway", "author__id__exact={author}"],
    )
    def test_is_filtered(self, editor, several, query):
        query = query.format(author=editor.user.pk)
        assert listed(editor, query) == ["Porter"]

    def test_has_no_deleted_ones_unless_they_are_asked_for(self, editor, several):
        delete(several[0])
        assert listed(editor) == ["Porter"]
        assert listed(editor, "status=deleted") == ["Zymurgist"]

    def test_says_what_it_is_and_has_one_clock(self, editor, several):
        page = editor.get(at("changelist")).content.decode()
        assert "<h1>Assessments</h1>" in page
        assert "Select assessment" not in page
        assert re.search(r'class="field-updated[^"]*">\d\d:\d\d UTC, \d+ \w+ \d{4}<', page)
        assert not re.search(r"[ap]\.m\.|noon|midnight", page)
        assert re.search(r'22\.4 <span class="badge zone-red">', page)
        roles = editor.get(reverse("admin:roles_role_changelist")).content.decode()
        assert "<h1>Roles</h1>" in roles
        assert "Select role" not in roles

    def test_counts_what_each_filter_would_leave(self, editor, several):
        page = editor.get(f"{at('changelist')}?_facets=True").content.decode()
        assert "Your drafts (0)" in page
        assert "All but deleted" in page
        assert "Published (1)" in page

    def test_asks_few_queries_however_many_there_are(self, editor):
        roles = Role.objects.bulk_create(
            Role(slug=f"role-{number}", title=f"Role {number}", sector=f"Sector {number % 9}")
            for number in range(500)
        )
        authors = User.objects.bulk_create(User(username=f"author {n}") for n in range(20))
        Assessment._base_manager.bulk_create(
            Assessment(role=role, version=1, author=author)
            for role, author in zip(roles, authors * 25, strict=True)
        )
        Assessment._base_manager.update(score_is_stale=False)
        with CaptureQueriesContext(connection) as asked:
            page = editor.get(at("changelist")).content.decode()
        assert "Role 499" in page or "500 assessments" in page
        assert len(asked) < 10, "\n".join(query["sql"][:200] for query in asked)


class TestManyAtOnce:
    def test_nothing_is_done_before_it_is_confirmed_and_each_says_what_would_change(self, editor):
        before = made("Porter", publishing=True)
        again = made("Porter", growth=2)
        new, lacking, remarked = made("Zymurgist"), made("Baker"), made("Miller")
        lacking.tasks.first().delete()
        remarked.comments.create(section="Evidence Score", text="Which year?")
        chosen = (again, new, lacking, remarked, before)
        page = words(ask_in_the_list(editor, "publish_selected", *chosen))
        assert "New version: readers see it in the place of version 1" in page
        assert re.search(r"Porter, version 2 \(Draft\) 22\.4 Red \(Displacing\)", page)
        assert re.search(r"Zymurgist, version 1 \(Draft\) nothing", page)
        left = page.partition("Left as they are: 3")[2]
        assert re.search(r"Baker, .*It lacks: .*sums to 80", left)
        assert "1 remark is not settled." in left
        assert "It is published." in left
        assert Assessment.objects.published().get() == before

    def test_one_that_fails_stops_no_other_and_all_are_reported_once(self, editor):
        good, changed, gone = made("Zymurgist"), made("Baker"), made("Miller")
        page = ask_in_the_list(editor, "publish_selected", good, changed, gone)
        changed.save()
        delete(gone)
        report = confirm(editor, page)
        assert report.count('<li class="success">') == report.count('<li class="warning">') == 1
        said = words(report)
        assert "Published: 1 Zymurgist, version 1" in said
        assert "Not published: 2" in said
        assert "has saved it since you looked" in said
        assert "It is not in this list any more" in said
        assert Assessment.objects.published().get() == good

    def test_drafts_are_sent_to_review(self, assessor, editor):
        mine, published = made("Zymurgist", assessor.user), made("Porter", publishing=True)
        report = do_from_the_list(assessor, "submit_selected", mine, published)
        assert "Sent to review: 1" in report
        statuses = set(Assessment.objects.values_list("role__title", "status"))
        assert statuses == {("Zymurgist", Status.IN_REVIEW), ("Porter", Status.PUBLISHED)}

    def test_deleting_says_that_readers_find_the_page_gone(self, editor):
        published, never = made("Porter", publishing=True), made("Zymurgist")
        page = words(ask_in_the_list(editor, "delete_selected", published, never))
        assert "Readers find the page of this role gone. It can be restored." in page
        assert "Readers never saw it." in page
        do_from_the_list(editor, "delete_selected", published, never)
        assert set(Assessment.objects.values_list("status", flat=True)) == {Status.DELETED}

    def test_the_second_person_rule_holds_for_what_is_posted_past_the_page(self, editor):
        signed_in(person("eve", "Editor"))
        assessment = made("Zymurgist", editor.user)
        data = {
            "action": "publish_selected",
            "_selected_action": assessment.pk,
            "confirmed": "yes",
            f"edition-{assessment.pk}": assessment.edition,
        }
        said = words(editor.post(at("changelist"), data, follow=True).content.decode())
        assert "somebody else has to publish it" in said
        assert not Assessment.objects.published().exists()

    def test_a_draft_is_exported_at_once_as_nothing_changes(self, editor):
        response = editor.post(
            at("changelist"),
            {"action": "export_selected", "index": 0, "_selected_action": draft().pk},
        )
        assert response["Content-Type"] == "text/markdown; charset=utf-8"
