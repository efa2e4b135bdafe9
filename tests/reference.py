"""The reference document and the inputs that stand in it."""

from decimal import Decimal
from pathlib import Path

from scoring.inputs import Inputs, Task
from scoring.method import Barrier, EvidenceDimension, Mode, Principle

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "fixtures" / "assessments" / "clinical-coder-nhs.md"


def task(name: str, time: str | int, score: int, mode: Mode) -> Task:
    return Task(name, Decimal(time), score, mode)


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
