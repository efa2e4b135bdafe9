"""Synthetic roles for load and tests: plausible, marked, and removable by one command."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched, pairwise
from random import Random
from typing import Any

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from roles.models import Assessment, BarrierItem, EvidenceItem, PrincipleItem, Role, Task
from roles.models.assessment import FIGURES
from roles.services.listing import refresh_listing
from roles.vocabulary import Provenance, Status
from scoring.formula import score
from scoring.inputs import Inputs
from scoring.inputs import Task as ScoredTask
from scoring.method import Barrier, EvidenceDimension, Mode, Principle

BATCH = 500
SECTORS = {
    "Healthcare": ("Nurse", "Coder", "Records Clerk", "Therapist", "Technologist", "Surgeon"),
    "Education": ("Teacher", "Tutor", "Librarian", "Examiner", "Lecturer"),
    "Finance": ("Accountant", "Underwriter", "Auditor", "Teller", "Analyst", "Bookkeeper"),
    "Law": ("Solicitor", "Paralegal", "Legal Secretary", "Judge", "Conveyancer"),
    "Construction": ("Bricklayer", "Electrician", "Surveyor", "Plumber", "Estimator"),
    "Transport": ("Driver", "Dispatcher", "Pilot", "Scheduler", "Mechanic"),
    "Retail": ("Buyer", "Cashier", "Merchandiser", "Store Manager"),
    "Media": ("Editor", "Translator", "Copywriter", "Illustrator", "Producer"),
    "Software": ("Developer", "Tester", "Administrator", "Architect"),
    "Public administration": ("Caseworker", "Planner", "Registrar", "Inspector"),
    "Manufacturing": ("Machinist", "Welder", "Inspector", "Assembler", "Planner"),
    "Hospitality": ("Chef", "Receptionist", "Housekeeper", "Concierge"),
}
SPECIALISMS = """
    Clinical Regional Marine Digital Industrial Community Forensic Agricultural Municipal
    Pharmaceutical Commercial Residential Maritime Technical Corporate Rural Paediatric
    Insurance Railway Museum Energy Textile Aviation Mining Forestry Logistics Sports Tax
    Nuclear Veterinary Theatre Security Water Telecom Chemical Food Charity Housing Election
""".split()  # noqa: SIM905 - a list would take a page
LEVELS = {
    "Entry-Level": "Junior",
    "Mid-Level": "",
    "Senior": "Senior",
    "Lead": "Lead",
}
WORDS = """
    the work of this role asks for records plans machines people reports and decisions that
    software can draft but someone has to check because rules change customers disagree and
    errors cost money time or trust in every office workshop ward site or studio where it is
    done teams share tasks between experts assistants and tools while managers measure speed
    quality safety demand wages training vacancies contracts budgets audits and complaints
""".split()  # noqa: SIM905 - a list would take a page


@dataclass(frozen=True, slots=True)
class _Synthetic:
    """One generated role with its rows, not yet stored."""

    role: Role
    assessment: Assessment
    rows: list[Any]


def make_synthetic_roles(
    count: int, seed: int = 0, progress: Callable[[int], Any] = lambda made: None
) -> None:
    """Store so many published synthetic roles, the same for the same seed.

    The triggers rest meanwhile: figures come from ``scoring`` with the inputs, and
    ``verify_scores`` can hold them to it.
    """
    random = Random(seed)
    for numbers in batched(range(count), BATCH, strict=False):
        made = [_synthetic(random, seed, number) for number in numbers]
        with transaction.atomic(), pgtrigger.ignore(*_guards()):
            Role.objects.bulk_create(one.role for one in made)
            Assessment._base_manager.bulk_create(one.assessment for one in made)
            for model in (Task, EvidenceItem, BarrierItem, PrincipleItem):
                rows: Any = (row for one in made for row in one.rows if isinstance(row, model))
                model._base_manager.bulk_create(rows)
        refresh_listing(one.role.pk for one in made)
        progress(len(made))


def remove_synthetic_roles() -> int:
    """Remove every synthetic role with all that belongs to it; tell how many there were."""
    tables = ["task", "evidenceitem", "barrieritem", "principleitem"]
    mine = "SELECT a.id FROM roles_assessment a JOIN roles_role r ON r.id = a.role_id"
    with transaction.atomic(), pgtrigger.ignore(*_guards()), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"DELETE FROM roles_{table} WHERE assessment_id IN ({mine} WHERE r.synthetic)"
            )
        cursor.execute(f"DELETE FROM roles_assessment WHERE id IN ({mine} WHERE r.synthetic)")
        return Role.objects.filter(synthetic=True).delete()[1].get("roles.Role", 0)


def _guards() -> list[str]:
    rows = ("Task", "EvidenceItem", "BarrierItem", "PrincipleItem")
    return [
        *(
            f"roles.{row}:{name}"
            for row in rows
            for name in ("protect_published", "mark_score_stale", "insert_insert", "delete_delete")
        ),
        *(
            f"roles.Assessment:{name}"
            for name in (
                "guard_figures",
                "refuse_stale_commit",
                "protect_published",
                "check_publication",
                "insert_insert",
                "delete_delete",
            )
        ),
    ]


def _synthetic(random: Random, seed: int, number: int) -> _Synthetic:
    sector = random.choice(list(SECTORS))
    level = random.choice(list(LEVELS))
    words = [LEVELS[level], *random.sample(SPECIALISMS, 2), random.choice(SECTORS[sector])]
    title = " ".join(word for word in words if word)
    role = Role(
        slug=f"synthetic-{seed}-{number}-{slugify(title)}"[:200],
        title=title,
        seniority=f"{level} (synthetic)",
        sector=sector,
        country=random.choice(("United Kingdom", "United States")),
        synthetic=True,
    )
    exposure = random.betavariate(2, 2)
    inputs = _inputs(random, exposure)
    scored = score(inputs)
    assessment = Assessment(
        role=role,
        version=1,
        status=Status.PUBLISHED,
        published_at=timezone.now(),
        provenance=Provenance.SAMPLE,
        growth=inputs.growth,
        score_is_stale=False,
        survival_strategy=[_prose(random, 30) for _ in range(3)],
        **{name: getattr(scored, name) for name in FIGURES},
        **{name: _prose(random, 45) for name in PROSE},
    )
    rows: list[Any] = [
        Task(
            assessment=assessment,
            position=position,
            name=task.name,
            time=task.time,
            score=task.score,
            mode=task.mode or "",
            rationale=_prose(random, 40),
        )
        for position, task in enumerate(inputs.tasks)
    ]
    for model, scores in (
        (EvidenceItem, inputs.evidence),
        (BarrierItem, inputs.barriers),
        (PrincipleItem, inputs.principles),
    ):
        rows += [
            model(
                assessment=assessment,
                position=position,
                dimension=dimension,
                score=points,
                rationale=_prose(random, 20),
            )
            for position, (dimension, points) in enumerate(scores.items())
        ]
    return _Synthetic(role, assessment, rows)


PROSE = (
    "primary_function",
    "not_this_role",
    "typical_experience",
    "growth_rationale",
    "reinstatement_check",
    "growth_check",
    "score_vs_reality",
    "not_captured",
    "who_should_worry",
    "outlook",
    "timeline",
)


def _inputs(random: Random, exposure: float) -> Inputs:
    """Inputs of a role that AI reaches so far, from 0 (hardly) to 1 (wholly)."""

    def around(low: int, high: int, tendency: float) -> int:
        return min(high, max(low, round(random.gauss(low + (high - low) * tendency, 0.8))))

    cuts = sorted(random.sample(range(1, 20), random.randint(4, 7)))
    edges = [0, *cuts, 20]
    tasks = []
    for start, end in pairwise(edges):
        points = around(1, 5, exposure)
        mode = Mode.NOT_INVOLVED if points < 3 else Mode.AUGMENTATION
        mode = Mode.DISPLACEMENT if points > 3 else mode
        name = " ".join(random.sample(WORDS, 3)).capitalize()
        tasks.append(ScoredTask(name, Decimal(5 * (end - start)), points, mode))
    return Inputs(
        tasks=tuple(tasks),
        evidence={dimension: around(-2, 2, 1 - exposure) for dimension in EvidenceDimension},
        barriers={barrier: around(0, 2, 1 - exposure) for barrier in Barrier},
        principles={principle: around(0, 3, 1 - exposure) for principle in Principle},
        growth=around(-2, 2, 1 - exposure),
    )


def _prose(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."
