"""A week of one's own: what it scores, and how far a task has to grow."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roles.documents.parse import parse
from scoring.dimensions import BARRIERS, TASK_SCORE, Barrier, Mode
from scoring.explain import contributions, in_tenths
from scoring.figures import FIGURES, score
from scoring.inputs import TaskInput
from scoring.mix import Mix, shares
from scoring.zones import Zone, zone_of
from tests.reference import CLINICAL_CODER, ROOT, SECOND
from tests.scoring.strategies import inputs, whole_number

CODER = score(CLINICAL_CODER)
ICD, QUERIES = 1, 4
LIBRARY = sorted((ROOT / "fixtures" / "assessments").glob("*.md"))

amounts = st.decimals(0, 10**9, places=1)
tasks = st.lists(
    st.builds(
        TaskInput,
        st.text(min_size=1, max_size=9),
        amounts,
        whole_number(TASK_SCORE),
        st.sampled_from(Mode),
    ),
    min_size=1,
    max_size=12,
).filter(lambda some: any(task.time for task in some))
barriers = st.fixed_dictionaries({b: whole_number(BARRIERS.scale) for b in Barrier})


def moved(mix: Mix, percent, source: int, target: int) -> Mix:
    times = [task.time for task in mix.tasks]
    times[source] -= Decimal(percent)
    times[target] += Decimal(percent)
    timed = zip(mix.tasks, times, strict=True)
    return replace(mix, tasks=tuple(replace(task, time=time) for task, time in timed))


class TestUntouched:
    @given(inputs(), st.sampled_from([CODER.method, SECOND]))
    def test_gives_every_figure_that_the_assessment_has(self, given_inputs, method):
        base = score(given_inputs, method)
        own = Mix.untouched(base).score
        assert {name: getattr(own, name) for name in FIGURES} == {
            name: getattr(base, name) for name in FIGURES
        }

    @pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
    def test_gives_the_published_score_of_every_role_of_the_library(self, path):
        document = parse(path.read_bytes()).document
        base = score(document.inputs(), document.method)
        assert Mix.untouched(base).score.published_score == base.published_score

    @given(inputs(), st.integers(2, 50))
    def test_times_of_another_unit_give_the_same(self, given_inputs, times):
        base = score(given_inputs)
        longer = tuple(replace(task, time=task.time * times) for task in given_inputs.tasks)
        assert Mix(base, longer, base.inputs.barriers).score.inputs.tasks == given_inputs.tasks


class TestCorrections:
    def test_move_the_score_by_as_much_as_they_do_now(self):
        """Raw 3.20 less 0.50 is 2.70; the formula gives 26.1; with 1.2 more it is 27.3."""
        own = moved(Mix.untouched(CODER), 20, ICD, QUERIES).score
        assert own.task_resistance_raw == Decimal("3.20")
        assert own.task_resistance == Decimal("2.70")
        assert own.formula_score == Decimal("26.1")
        assert own.published_score == Decimal("27.3")
        assert own.zone is Zone.YELLOW

    @given(inputs(), tasks, barriers)
    def test_stay_within_the_scales(self, given_inputs, own_tasks, own_barriers):
        own = Mix(score(given_inputs), own_tasks, own_barriers).score
        assert 1 <= own.task_resistance <= 5
        assert 0 <= own.published_score <= 100

    @given(inputs(adjusted=False, overridden=False), inputs(adjusted=False, overridden=False))
    def test_without_them_a_mix_scores_as_the_same_inputs_would(self, ours, theirs):
        base = score(theirs)
        own = Mix(base, ours.tasks, ours.barriers).score
        same = replace(theirs, tasks=ours.tasks, barriers=ours.barriers)
        assert own == score(same)


class TestShares:
    @given(tasks)
    def test_are_tenths_of_a_percent_that_sum_to_100_and_less_than_a_tenth_off(self, some):
        found = shares(some)
        total = sum(Fraction(task.time) for task in some)
        assert sum(found) == 100
        for task, share in zip(some, found, strict=True):
            assert share == share.quantize(Decimal("0.1"))
            assert abs(Fraction(share) - Fraction(task.time) / total * 100) <= Fraction(1, 10)

    @given(
        st.lists(st.tuples(st.integers(1, 5000), whole_number(TASK_SCORE)), min_size=3), st.data()
    )
    def test_weigh_no_more_after_a_small_move_to_a_lower_score(self, some, data):
        """Rounding each share by itself would move tenths between tasks that nobody touched."""
        places = st.integers(0, len(some) - 1)
        pair = (data.draw(places), data.draw(places))
        target, source = sorted(pair, key=lambda place: some[place][1])

        def weighted(times):
            timed = [
                TaskInput("A", Decimal(time), points, None)
                for time, (_, points) in zip(times, some, strict=True)
            ]
            shared = zip(timed, shares(timed), strict=True)
            return sum(share * task.score for task, share in shared)

        before = [time for time, _ in some]
        after = list(before)
        after[source] -= 1
        after[target] += 1
        assert weighted(after) <= weighted(before)

    def test_of_140_percent(self):
        some = [TaskInput("A", Decimal(100), 4, None), TaskInput("B", Decimal(40), 2, None)]
        assert shares(some) == [Decimal("71.4"), Decimal("28.6")]


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(inputs(), tasks, barriers, st.data())
def test_moving_time_to_a_lower_scored_task_never_lowers_the_score(
    given_inputs, own_tasks, own_barriers, data
):
    places = st.integers(0, len(own_tasks) - 1)
    source, target = data.draw(places), data.draw(places)
    assume(own_tasks[source].score > own_tasks[target].score)
    percent = data.draw(st.decimals(0, own_tasks[source].time, places=1))
    before = Mix(score(given_inputs), tuple(own_tasks), own_barriers)
    after = moved(before, percent, source, target)
    assert after.score.weighted <= before.score.weighted
    assert after.score.published_score >= before.score.published_score


@given(inputs(), tasks, barriers)
def test_what_moved_it_adds_up_exactly(given_inputs, own_tasks, own_barriers):
    base = score(given_inputs)
    own = Mix(base, tuple(own_tasks), own_barriers).score
    parts = contributions(own, base)
    difference = own.published_score - base.published_score
    assert sum(parts.values()) == Fraction(difference)
    assert sum(in_tenths(parts).values()) == difference


def highest_with_less(mix: Mix, shift) -> Decimal:
    """The highest score to be had by moving a tenth less to the same task, from anywhere."""
    left = [int(share * 10) for share in mix.shares]
    for _ in range(int(shift.percent * 10) - 1):
        others = [place for place, share in enumerate(left) if share and place != shift.task]
        source = max(others, key=lambda place: mix.tasks[place].score)
        left[source] -= 1
        left[shift.task] += 1
    times = (Decimal(share) / 10 for share in left)
    timed = zip(mix.tasks, times, strict=True)
    return replace(
        mix, tasks=tuple(replace(task, time=time) for task, time in timed)
    ).score.published_score


class TestShifts:
    @given(inputs(), tasks, barriers)
    def test_reach_the_next_zone_and_a_tenth_less_does_not(
        self, given_inputs, own_tasks, own_barriers
    ):
        mix = Mix(score(given_inputs), tuple(own_tasks), own_barriers)
        for shift in mix.shifts:
            assert shift.mix.score.zone is mix.next_zone
            assert sum(share for _, share in shift.taken) == shift.percent
            assert sum(shift.mix.shares) == 100
            less = highest_with_less(mix, shift)
            assert zone_of(less, mix.base.method) is mix.score.zone

    @given(inputs(), tasks, barriers)
    def test_are_none_only_where_not_even_a_whole_week_of_the_safest_task_would_do(
        self, given_inputs, own_tasks, own_barriers
    ):
        mix = Mix(score(given_inputs), tuple(own_tasks), own_barriers)
        boundaries = [b for b in mix.base.method.boundaries if b > mix.score.published_score]
        best = mix.all_on_the_safest.score.published_score
        assert best >= mix.score.published_score
        assert (mix.next_zone is None) == (not boundaries)
        assert bool(mix.shifts) == bool(boundaries and best >= boundaries[0])

    def test_of_the_clinical_coder(self):
        """It lacks 2.6 points; each percent from a 4 to a 2 gives 0.2438."""
        first, *others = Mix.untouched(CODER).shifts
        assert first.task == 3
        assert first.percent == Decimal("10.4")
        assert first.taken == [(ICD, Decimal("10.4"))]
        assert first.mix.score.published_score == Decimal("25.0")
        assert [shift.task for shift in others[:2]] == [QUERIES, 6]

    def test_come_from_one_task_after_the_other(self):
        some = (
            TaskInput("Desk", Decimal(6), 5, Mode.DISPLACEMENT),
            TaskInput("Ward", Decimal(60), 4, Mode.DISPLACEMENT),
            TaskInput("Both", Decimal(34), 2, Mode.AUGMENTATION),
        )
        mix = Mix(CODER, some, CLINICAL_CODER.barriers)
        shift = mix.shifts[0]
        assert shift.task == 2
        assert [place for place, _ in shift.taken] == [0, 1]
        assert shift.taken[0] == (0, Decimal("6.0"))
