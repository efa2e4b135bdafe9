"""The second ratings that are shipped, and what the documentation keeps of them."""

from io import StringIO

import pytest
from django.core.management import call_command

from roles.documents.second_ratings import agreement, rated_again
from scoring.dimensions import DIMENSION_GROUPS, GROWTH_NAME, Mode
from scoring.inputs import problems
from tests.reference import CLINICAL_CODER, ROOT

RATINGS = {
    GROWTH_NAME: (1, None),
    **{task.name: (2, Mode.AUGMENTATION) for task in CLINICAL_CODER.tasks},
    **{name: (1, None) for group in DIMENSION_GROUPS for name in group.dimensions},
}


def test_forty_roles_or_more_are_rated_twice_and_in_full():
    assert len(agreement().roles) >= 40
    assert not any(problems(role.second.inputs) for role in agreement().roles)


def test_the_second_ratings_are_of_the_same_tasks_and_adjust_nothing():
    again = rated_again(CLINICAL_CODER, RATINGS)
    assert [task.time for task in again.tasks] == [task.time for task in CLINICAL_CODER.tasks]
    assert {task.score for task in again.tasks} == {again.growth + 1} == {2}
    assert set(again.evidence.values()) == set(again.barriers.values()) == {1}
    assert again.adjusted_task_resistance is again.override is None


@pytest.mark.parametrize(
    "ratings",
    [
        {**RATINGS, "A task of another job": (2, Mode.AUGMENTATION)},
        {name: rating for name, rating in RATINGS.items() if name != GROWTH_NAME},
    ],
)
def test_what_only_one_has_rated_is_named(ratings):
    with pytest.raises(ValueError, match=r"rated once only: (A task of another job|AI growth)"):
        rated_again(CLINICAL_CODER, ratings)


def test_the_documentation_has_the_figures_as_they_come_out():
    """Where it fails, put what ``manage.py measure_agreement`` prints into docs/agreement.md."""
    printed = StringIO()
    call_command("measure_agreement", stdout=printed)
    documented = (ROOT / "docs" / "agreement.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in printed.getvalue().splitlines() if line not in documented] == []
