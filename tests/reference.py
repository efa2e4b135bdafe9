"""The reference document and the inputs that stand in it."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from scoring.dimensions import Barrier, EvidenceDimension, Mode, Principle
from scoring.inputs import Inputs, TaskInput
from scoring.method import CURRENT

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "fixtures" / "assessments" / "clinical-coder-nhs.md"


def task(name: str, time: str | int, score: int, mode: Mode) -> TaskInput:
    return TaskInput(name, Decimal(time), score, mode)


CLINICAL_CODER = Inputs(
    tasks=(
        task("Reading clinical documentation", 20, 4, Mode.DISPLACEMENT),
        task("Assigning ICD-10 diagnosis codes", 25, 4, Mode.DISPLACEMENT),
        task("Assigning OPCS-4 procedure codes", 20, 3, Mode.AUGMENTATION),
        task("Handling complex multi-episode cases", 10, 2, Mode.AUGMENTATION),
        task("Clinical queries and engagement", 10, 2, Mode.NOT_INVOLVED),
        task("Audit support and data quality", 10, 3, Mode.AUGMENTATION),
        task("Administrative and training", 5, 2, Mode.NOT_INVOLVED),
    ),
    evidence=dict(zip(EvidenceDimension, (0, -1, 0, -1, 1), strict=True)),
    barriers=dict(zip(Barrier, (1, 0, 1, 1, 0), strict=True)),
    principles=dict(zip(Principle, (0, 0, 1), strict=True)),
    growth=-1,
    adjusted_task_resistance=Decimal("2.30"),
    adjustment_reason="The raw figure overstates resistance.",
    override=Decimal("22.4"),
    override_reason="OPCS-4 is particular to the United Kingdom.",
)

TABLE_7 = {
    "weighted": Decimal("3.20"),
    "task_resistance_raw": Decimal("2.80"),
    "task_resistance": Decimal("2.30"),
    "evidence_total": -1,
    "evidence_modifier": Decimal("0.96"),
    "barrier_total": 3,
    "barrier_modifier": Decimal("1.06"),
    "growth": -1,
    "growth_modifier": Decimal("0.95"),
    "raw": Decimal("2.223456"),
    "formula_score": Decimal("21.2"),
    "published_score": Decimal("22.4"),
    "zone": "Red",
    "sub_label": "Displacing",
    "displacement": 45,
    "augmentation": 40,
    "not_involved": 15,
    "share_3_plus": 75,
    "protective_total": 1,
}
"""The computed column of the worked example, section 7 of the method."""


SECOND = replace(
    CURRENT,
    version="2.0-test",
    resistance_ceiling=Decimal("6.10"),
    evidence_weight=Decimal("0.03"),
    barrier_weight=Decimal("0.07"),
    growth_weight=Decimal("0.11"),
    raw_floor=Decimal("0.61"),
    raw_span=Decimal("8.17"),
    green_from=Decimal(53),
    yellow_from=Decimal(23),
    urgent_share=Decimal(35),
    transforming_share=Decimal(15),
    lean_red_up_to=0,
    lean_green_from=8,
    large_adjustment=Decimal("0.40"),
    large_override=Decimal("1.1"),
    step_chance=Decimal("0.2"),
    range_tail=Decimal("0.1"),
)
"""A made-up second version of the method, with none of the constants of the first."""
