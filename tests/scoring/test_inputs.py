from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from scoring.dimensions import Barrier, EvidenceDimension
from scoring.inputs import InputPart, problems
from tests.reference import CLINICAL_CODER
from tests.scoring.strategies import inputs


def with_task(**changes):
    first, *others = CLINICAL_CODER.tasks
    return replace(CLINICAL_CODER, tasks=(replace(first, **changes), *others))


@given(inputs())
def test_valid_inputs_have_no_problem(given_inputs):
    assert problems(given_inputs) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (with_task(score=6), "tasks, task 1, score: is 6; expected a whole number from 1 to 5"),
        (with_task(score=0), "tasks, task 1, score: is 0; expected a whole number from 1 to 5"),
        (with_task(time=Decimal(19)), "tasks, time: sums to 99; expected exactly 100"),
        (with_task(name=" "), "tasks, task 1, name: is empty"),
        (
            with_task(time=Decimal("20.00001")),
            "tasks, task 1, time: is 20.00001; expected at most one decimal",
        ),
        (
            with_task(time=Decimal(0)),
            "tasks, task 1, time: is 0; expected more than 0 and at most 100 percent",
        ),
        (
            with_task(time=Decimal("NaN")),
            "tasks, task 1, time: is NaN; expected more than 0 and at most 100 percent",
        ),
        (replace(CLINICAL_CODER, growth=3), "growth, score: is 3"),
        (replace(CLINICAL_CODER, growth=None), "growth: is missing"),
        (replace(CLINICAL_CODER, override_reason=""), "override, reason: is missing"),
        (replace(CLINICAL_CODER, override=None), "override, value: is missing although"),
        (replace(CLINICAL_CODER, override=Decimal("100.1")), "override, value: is 100.1"),
        (replace(CLINICAL_CODER, override=Decimal("22.45")), "expected at most 1 decimal"),
        (
            replace(CLINICAL_CODER, adjusted_task_resistance=Decimal("0.99")),
            "adjustment, value: is 0.99",
        ),
        (replace(CLINICAL_CODER, adjustment_reason=" "), "adjustment, reason: is missing"),
        (
            replace(CLINICAL_CODER, evidence={**CLINICAL_CODER.evidence, "Weather": 0}),
            "evidence, Weather: is unknown",
        ),
        (
            replace(CLINICAL_CODER, barriers={Barrier.UNION: 3}),
            "barriers, Union/Collective Bargaining, score: is 3",
        ),
    ],
)
def test_each_problem_says_where_it_is_and_what_was_expected(changed, expected):
    assert any(expected in str(problem) for problem in problems(changed))


def test_all_problems_are_named_at_once():
    broken = replace(
        with_task(score=6, time=Decimal(19)),
        growth=9,
        evidence={**CLINICAL_CODER.evidence, EvidenceDimension.WAGE_TRENDS: -3},
        override_reason="",
    )
    assert [problem.part for problem in problems(broken)] == [
        InputPart.TASKS,
        InputPart.TASKS,
        InputPart.EVIDENCE,
        InputPart.GROWTH,
        InputPart.OVERRIDE,
    ]
