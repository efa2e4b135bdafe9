"""Section 8 of the method."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.dimensions import (
    BARRIERS,
    EVIDENCE,
    GROWTH,
    TASK_SCORE,
    Barrier,
    EvidenceDimension,
    Mode,
    Principle,
)
from scoring.figures import Score, score
from scoring.formula import rounded
from scoring.inputs import InputPart, Inputs, TaskInput
from scoring.method import CURRENT
from scoring.uncertainty import (
    Crossing,
    about_the_same,
    chance_higher,
    smallest_crossing,
    uncertainty,
)
from scoring.zones import Zone, zone_of
from tests.reference import CLINICAL_CODER, SECOND
from tests.scoring.strategies import decimals, inputs

STEPS = {-1: Fraction(1, 8), 0: Fraction(6, 8), 1: Fraction(1, 8)}


def alike(task_scores, evidence=0, barrier=0, growth=0) -> Inputs:
    """Inputs with tasks of equal time, as far as one decimal allows, and equal ratings."""
    tenths, over = divmod(1000, len(task_scores))
    return Inputs(
        tasks=tuple(
            TaskInput(f"Task {n}", Decimal(tenths + (n <= over)) / 10, rating, Mode.AUGMENTATION)
            for n, rating in enumerate(task_scores, start=1)
        ),
        evidence=dict.fromkeys(EvidenceDimension, evidence),
        barriers=dict.fromkeys(Barrier, barrier),
        principles=dict.fromkeys(Principle, 0),
        growth=growth,
    )


def percent(chance: Fraction) -> Decimal:
    return rounded(Decimal(chance.numerator) * 100 / chance.denominator, 2)


class TestWorkedFigures:
    @pytest.mark.parametrize(
        ("given_inputs", "low", "high"),
        [
            (CLINICAL_CODER, "17.7", "27.7"),
            (CLINICAL_CODER.without_adjustment(), "22.4", "32.9"),
            (alike([5], -2, 0, -2), "0.0", "7.7"),
            (alike([5] * 12, -2, 0, -2), "0.0", "2.8"),
        ],
    )
    def test_range(self, given_inputs, low, high):
        found = uncertainty(score(given_inputs))
        assert (str(found.low), str(found.high)) == (low, high)

    @pytest.mark.parametrize(
        ("given_inputs", "chances"),
        [
            (CLINICAL_CODER, {Zone.GREEN: "0.00", Zone.YELLOW: "19.89", Zone.RED: "80.11"}),
            (
                CLINICAL_CODER.without_adjustment(),
                {Zone.GREEN: "0.00", Zone.YELLOW: "78.00", Zone.RED: "22.00"},
            ),
        ],
    )
    def test_chance_of_each_zone(self, given_inputs, chances):
        found = uncertainty(score(given_inputs)).chances
        assert {zone: str(percent(chance)) for zone, chance in found.items()} == chances

    def test_the_range_is_widened_to_hold_the_score(self):
        found = uncertainty(score(alike([5] * 12, -2, 0, -2)))
        assert found.outcomes[Decimal("0.0")] < Fraction(5, 100)
        assert found.outcomes[Decimal("0.0")] + found.outcomes[Decimal("0.1")] >= Fraction(5, 100)
        assert found.low == 0


@given(inputs())
@settings(max_examples=40)
def test_the_range_holds_the_score_and_the_chances_sum_to_1(given_inputs):
    scored = score(given_inputs)
    found = uncertainty(scored)
    assert found.low <= scored.published_score <= found.high
    assert scored.published_score in found.outcomes
    assert sum(found.outcomes.values()) == sum(found.chances.values()) == 1
    assert list(found.outcomes) == sorted(found.outcomes)
    for zone, chance in found.chances.items():
        of_zone = (c for s, c in found.outcomes.items() if zone_of(s, CURRENT) is zone)
        assert chance == sum(of_zone)
    below = sum(c for s, c in found.outcomes.items() if s < found.low)
    above = sum(c for s, c in found.outcomes.items() if s > found.high)
    assert below < Fraction(5, 100)
    assert above <= Fraction(5, 100)


def one_by_one(scored: Score, steps=STEPS) -> dict[Decimal, Fraction]:
    """The distribution by trying every combination of steps, scored by the formula itself."""
    given_inputs = scored.inputs
    change = scored.task_resistance - scored.task_resistance_raw
    moved_by = scored.published_score - scored.formula_score

    def moved(value, scale, step):
        return min(max(value + step, scale.low), scale.high)

    def totals(values, scale):
        found = Counter()
        for taken in product(steps, repeat=len(values)):
            total = sum(moved(v, scale, s) for v, s in zip(values, taken, strict=True))
            chance = Fraction(1)
            for step in taken:
                chance *= steps[step]
            found[total] += chance
        return found

    evidence = totals(list(given_inputs.evidence.values()), EVIDENCE.scale)
    barriers = totals(list(given_inputs.barriers.values()), BARRIERS.scale)
    growth = totals([given_inputs.growth], GROWTH)
    outcomes = Counter()
    for taken in product(steps, repeat=len(given_inputs.tasks)):
        tasks = tuple(
            replace(task, score=moved(task.score, TASK_SCORE, step))
            for task, step in zip(given_inputs.tasks, taken, strict=True)
        )
        chance = Fraction(1)
        for step in taken:
            chance *= steps[step]
        resistance = Score(Inputs(tasks=tasks), scored.method).task_resistance_raw
        if given_inputs.adjusted_task_resistance is not None:
            resistance = min(max(resistance + change, Decimal(1)), Decimal(5))
        for (e, e_chance), (b, b_chance), (g, g_chance) in product(
            evidence.items(), barriers.items(), growth.items()
        ):
            formula_score = Score(
                Inputs(
                    evidence={EvidenceDimension.WAGE_TRENDS: e},
                    barriers={Barrier.UNION: b},
                    growth=g,
                    adjusted_task_resistance=resistance,
                ),
                scored.method,
            ).formula_score
            points = min(max(formula_score + moved_by, Decimal(0)), Decimal(100))
            outcomes[points] += chance * e_chance * b_chance * g_chance
    return dict(sorted(outcomes.items()))


@given(inputs())
@settings(max_examples=8)
def test_the_distribution_is_that_of_every_combination_tried_one_by_one(given_inputs):
    small = replace(
        given_inputs,
        tasks=tuple(
            replace(task, time=time)
            for task, time in zip(
                given_inputs.tasks[:2], (Decimal("37.3"), Decimal("62.7")), strict=True
            )
        )
        if len(given_inputs.tasks) > 1
        else given_inputs.tasks,
    )
    scored = score(small)
    assert uncertainty(scored).outcomes == one_by_one(scored)


def test_the_constants_are_those_of_the_method_of_the_score():
    scored = score(CLINICAL_CODER.without_adjustment(), SECOND)
    two = replace(scored.inputs, tasks=alike([3, 4]).tasks)
    steps = {-1: Fraction(1, 5), 0: Fraction(3, 5), 1: Fraction(1, 5)}
    expected = one_by_one(score(two, SECOND), steps)
    found = uncertainty(score(two, SECOND))
    assert found.outcomes == expected
    below = sum(c for s, c in expected.items() if s < found.low)
    assert below < Fraction(1, 10) <= below + expected[found.low]


class TestChanceOfScoringHigher:
    def test_of_itself_is_a_half(self):
        one = uncertainty(score(CLINICAL_CODER))
        assert chance_higher(one, one) == Fraction(1, 2)
        assert about_the_same(one, one)

    def test_is_certain_between_the_ends(self):
        best, worst = (uncertainty(score(i)) for i in (alike([1], 2, 2, 2), alike([5], -2, 0, -2)))
        assert chance_higher(best, worst) == 1
        assert chance_higher(worst, best) == 0
        assert not about_the_same(best, worst)
        assert not about_the_same(worst, best)

    @given(inputs(), inputs())
    @settings(max_examples=20)
    def test_is_what_is_left_by_the_other_way_round(self, ours, theirs):
        one, other = uncertainty(score(ours)), uncertainty(score(theirs))
        assert chance_higher(one, other) + chance_higher(other, one) == 1
        assert about_the_same(one, other) == about_the_same(other, one)

    @given(inputs(), inputs())
    @settings(max_examples=5)
    def test_counts_every_pair_of_outcomes(self, ours, theirs):
        one, other = uncertainty(score(ours)), uncertainty(score(theirs))
        pairs = product(one.outcomes.items(), other.outcomes.items())
        expected = sum(
            (ours * theirs / (2 if a == b else 1) for (a, ours), (b, theirs) in pairs if a >= b),
            Fraction(0),
        )
        assert chance_higher(one, other) == expected

    def test_three_quarters_are_enough_to_say_so(self):
        def evenly(*points):
            outcomes = {Decimal(p): Fraction(1, len(points)) for p in points}
            return replace(uncertainty(score(CLINICAL_CODER)), outcomes=outcomes)

        three_of_four = evenly(10, 30, 31, 32), evenly(20)
        assert chance_higher(*three_of_four) == Fraction(3, 4)
        assert not about_the_same(*three_of_four)
        seven_of_ten = evenly(*range(11, 21)), evenly(13)
        assert chance_higher(*seven_of_ten) == Fraction(75, 100)
        assert about_the_same(evenly(*range(11, 22)), evenly(14))


def published_after(scored: Score, part: InputPart, item, value: int) -> Decimal:
    """The published score with one rating changed, adjustment and override going on as before."""
    given_inputs = scored.inputs
    if part is InputPart.TASKS:
        tasks = list(given_inputs.tasks)
        tasks[item] = replace(tasks[item], score=value)
        changed = replace(given_inputs, tasks=tuple(tasks))
    elif part is InputPart.GROWTH:
        changed = replace(given_inputs, growth=value)
    else:
        ratings = getattr(given_inputs, part.value)
        changed = replace(given_inputs, **{part.value: {**ratings, item: value}})
    moved_by = scored.published_score - scored.formula_score
    if given_inputs.adjusted_task_resistance is not None:
        raw = Score(changed.without_adjustment(), scored.method).task_resistance_raw
        resistance = raw + scored.task_resistance - scored.task_resistance_raw
        resistance = min(max(resistance, Decimal(1)), Decimal(5))
        changed = replace(changed, adjusted_task_resistance=resistance)
    formula_score = Score(changed, scored.method).formula_score
    return min(max(formula_score + moved_by, Decimal(0)), Decimal(100))


def every_change(scored: Score):
    """Every single rating and value, in the order in which section 8 prefers them."""
    by_time = sorted(enumerate(scored.inputs.tasks), key=lambda task: -task[1].time)
    ratings = [
        *((InputPart.TASKS, index, task.score, TASK_SCORE) for index, task in by_time),
        *(
            (InputPart.EVIDENCE, d, scored.inputs.evidence[d], EVIDENCE.scale)
            for d in EvidenceDimension
        ),
        *((InputPart.BARRIERS, d, scored.inputs.barriers[d], BARRIERS.scale) for d in Barrier),
        (InputPart.GROWTH, None, scored.growth, GROWTH),
    ]
    for part, item, rated, scale in ratings:
        for value in scale.scores:
            yield part, item, rated, value


class TestSmallestCrossing:
    def test_of_the_reference_document_is_a_step_of_its_largest_task(self):
        assert smallest_crossing(score(CLINICAL_CODER)) == Crossing(
            InputPart.TASKS,
            item=1,
            name="Assigning ICD-10 diagnosis codes",
            rated=4,
            becomes=3,
            score=Decimal("25.5"),
            zone=Zone.YELLOW,
        )

    @given(inputs())
    @settings(max_examples=40)
    def test_crosses_and_nothing_smaller_does(self, given_inputs):
        scored = score(given_inputs)
        found = smallest_crossing(scored)
        crossing = [
            (abs(value - rated), part, item, value)
            for part, item, rated, value in every_change(scored)
            if zone_of(published_after(scored, part, item, value), CURRENT) is not scored.zone
        ]
        if found is None:
            assert crossing == []
            return
        first = min(crossing, key=lambda change: change[0])
        assert (found.steps, found.part, found.item, found.becomes) == first
        assert found.score == published_after(scored, found.part, found.item, found.becomes)
        assert found.zone is zone_of(found.score, CURRENT)
        assert found.zone is not scored.zone

    @given(st.data())
    @settings(max_examples=20)
    def test_near_a_boundary_a_dimension_can_cross_it(self, data):
        """An override close to the boundary, tasks too short to matter."""
        override = data.draw(decimals(EVIDENCE.scale, 1)) / 4 + 25
        near = replace(
            alike([3] * 40, evidence=0, barrier=1),
            override=override.quantize(Decimal("0.1")),
            override_reason="A reason.",
        )
        found = smallest_crossing(score(near))
        assert found is not None
        assert published_after(score(near), found.part, found.item, found.becomes) == found.score

    def test_there_is_none_where_no_single_rating_can(self):
        assert smallest_crossing(score(alike([1] * 20, 2, 2, 2))) is None
