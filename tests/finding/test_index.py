"""The index in memory counts what plain queries count, and is built once for each version."""

from collections import Counter
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection

from roles.drawing.distribution import step_of
from roles.finding import index as catalogue
from roles.finding.facets import FACETS, SORTS
from roles.models import CatalogueVersion, Role
from roles.services.synthetic import make_synthetic_roles
from tests.factories import published, stored_once


@pytest.fixture(scope="class")
def roles(django_db_setup, django_db_blocker):
    """Roles of every kind, a cited one among them."""
    with stored_once(django_db_blocker):
        published()
        make_synthetic_roles(120, seed=5)
        yield list(Role.objects.public())


def a_choice(random, index):
    """Some values of some facets, one of them perhaps of no role."""
    return {
        facet.name: tuple(random.sample([*index.sets.facets[facet.name], "nowhere"], 2))
        for facet in FACETS
        if random.random() < 0.3
    }


def having(roles, chosen, besides=""):
    """The roles of a choice, one by one."""
    of = {facet.name: facet.of for facet in FACETS}
    return [
        role
        for role in roles
        if all(of[name](role) in chosen[name] for name in chosen if name != besides)
    ]


class TestCounts:
    def test_are_those_of_asking_each_role(self, roles):
        index = catalogue.build(version=1)
        random = Random(11)
        for _ in range(60):
            chosen = a_choice(random, index)
            among = random.sample(roles, random.choice([0, 1, 60, len(roles)]))
            counts = index.sets.counts(chosen, index.of_keys(role.pk for role in among))
            assert counts.total == len(having(among, chosen))
            for facet in FACETS:
                others = having(among, chosen, besides=facet.name)
                assert counts.facets[facet.name] == Counter(map(facet.of, others)), chosen

    def test_of_columns_are_those_of_the_database(self, roles):
        index = catalogue.build(version=1)
        counts = index.sets.counts({}, index.sets.everyone)
        assert counts.total == Role.objects.public().count()
        columns = {"zone": "zone", "label": "sub_label", "sector": "sector", "country": "country"}
        columns["standing"] = "standing"
        for name, column in columns.items():
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {column}, count(*) FROM roles_role WHERE standing <> '' GROUP BY 1"
                )
                assert counts.facets[name] == dict(cursor.fetchall())

    def test_along_the_score(self, roles):
        index = catalogue.build(version=1)
        red = index.sets.having({"zone": ("Red",)})
        steps = Counter(step_of(role.score) for role in roles)
        shown = Counter(step_of(role.score) for role in roles if role.zone == "Red")
        found = Counter()
        of_all = Counter()
        for (step, _), bits in index.sets.steps.items():
            of_all[step] += bits.bit_count()
            found[step] += (bits & red).bit_count()
        assert of_all == steps
        assert +found == shown


class TestPages:
    def test_follow_the_order(self, roles):
        index = catalogue.build(version=1)
        for name, sort in SORTS.items():
            by = [(sort.key(role), role.title.casefold(), role.pk) for role in roles]
            keys = [
                key
                for start in range(0, len(roles), 7)
                for key in index.page(index.sets.everyone, index.orders[name], start, 7)
            ]
            assert keys == [pk for *_, pk in sorted(by)], name

    def test_hold_what_was_found_alone(self, roles):
        index = catalogue.build(version=1)
        chosen = {"zone": ("Red", "Green")}
        found = index.page(index.sets.having(chosen), index.orders["title"], 0, 1000)
        assert sorted(found) == sorted(role.pk for role in having(roles, chosen))

    def test_of_nothing_are_empty(self, db):
        index = catalogue.build(version=1)
        assert index.sets.counts({}, index.sets.everyone).total == 0
        assert index.page(index.sets.everyone, index.orders["title"], 0, 20) == []


@pytest.mark.django_db(transaction=True)
class TestBuilding:
    @pytest.fixture(autouse=True)
    def built(self, monkeypatch):
        """The versions for which an index was built."""
        versions, build = [], catalogue.build

        def counting(version):
            versions.append(version)
            return build(version)

        monkeypatch.setattr(catalogue, "build", counting)
        return versions

    def test_is_done_once_for_each_version(self, built):
        published()
        assert catalogue.current() is catalogue.current()
        make_synthetic_roles(1, seed=1)
        assert len(catalogue.current().keys) == Role.objects.public().count()
        catalogue.current()
        assert built == [CatalogueVersion.current() - 1, CatalogueVersion.current()]

    def test_is_done_once_for_all_who_wait(self, built):
        published()
        start, found = Barrier(6), []

        def ask():
            start.wait(10)
            found.append(catalogue.current())
            connection.close()

        threads = [Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(built) == 1
        assert [one is found[0] for one in found] == [True] * 6

    def test_a_change_while_it_is_built_is_in_the_next_one(self, built, monkeypatch):
        """The version is read before the roles: an index may be newer than it, never older."""
        published()
        build = catalogue.build

        def interrupted(version):
            made = build(version)
            if len(built) == 1:
                make_synthetic_roles(1, seed=2)
            return made

        monkeypatch.setattr(catalogue, "build", interrupted)
        first, second = catalogue.current(), catalogue.current()
        assert len(second.keys) == len(first.keys) + 1
