"""Synthetic roles for load and tests: plausible, marked, and removable by one command."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched, pairwise
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from roles.documents.digest import digest
from roles.documents.fields import FIELDS, Kind
from roles.models import ITEM_MODELS, Assessment, Role, Task, recalculated_once
from roles.services.addresses import slug_of
from roles.services.export_document import document_of
from roles.services.listing import refresh_listing
from roles.vocabulary import Provenance, Status
from scoring.dimensions import DIMENSION_GROUPS, GROWTH, TASK_SCORE, Mode, Range
from scoring.inputs import Inputs, TaskInput

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
    count: int, seed: int = 0, progress: Callable[[int], Any] = lambda _: None
) -> None:
    """Store so many published synthetic roles, the same for the same seed.

    They are stored as drafts and published like any other, under the database's guards.
    """
    random = Random(seed)  # noqa: S311 - made-up content, the same for the same seed
    for numbers in batched(range(count), BATCH, strict=False):
        _store([_synthetic(random, seed, number) for number in numbers])
        progress(len(numbers))


@transaction.atomic
def _store(made: list["_Synthetic"]) -> None:
    with recalculated_once():
        Role.objects.bulk_create(one.role for one in made)
        Assessment.objects.bulk_create(one.assessment for one in made)
        for model in (Task, *ITEM_MODELS.values()):
            rows: Any = [row for one in made for row in one.rows if isinstance(row, model)]
            model.objects.bulk_create(rows)
    drafts = Assessment.objects.filter(pk__in=[one.assessment.pk for one in made])
    published = []
    for draft in drafts.with_document():
        draft.content_digest = digest(document_of(draft))
        draft.status, draft.published_at = Status.PUBLISHED, timezone.now()
        published.append(draft)
    Assessment.objects.bulk_update(published, ["content_digest", "status", "published_at"])
    refresh_listing(one.role.pk for one in made)


def remove_synthetic_roles() -> int:
    """Remove every synthetic role with all that belongs to it; return how many there were."""
    synthetic = Role.objects.filter(synthetic=True)
    with transaction.atomic():
        Assessment.objects.filter(role__in=synthetic).delete()
        return synthetic.delete()[1].get("roles.Role", 0)


def _synthetic(random: Random, seed: int, number: int) -> _Synthetic:
    sector = random.choice(list(SECTORS))
    level = random.choice(list(LEVELS))
    words = [LEVELS[level], *random.sample(SPECIALISMS, 2), random.choice(SECTORS[sector])]
    title = " ".join(word for word in words if word)
    role = Role(
        slug=f"synthetic-{seed}-{number}-{slug_of(title)}"[:200],
        title=title,
        seniority=f"{level} (synthetic)",
        sector=sector,
        country=random.choice(("United Kingdom", "United States")),
        synthetic=True,
    )
    exposure = random.betavariate(2, 2)
    inputs = _inputs(random, exposure)
    assessment = Assessment(
        role=role,
        version=1,
        provenance=Provenance.SAMPLE,
        growth=inputs.growth,
        survival_strategy=[_prose(random, 30) for _ in range(3)],
        outlook_year=2030,
        **{name: _prose(random, 45) for name in TEXTS},
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
    for group in DIMENSION_GROUPS:
        rows += [
            ITEM_MODELS[group.name](
                assessment=assessment,
                position=position,
                dimension=dimension,
                score=points,
                rationale=_prose(random, 20),
            )
            for position, (dimension, points) in enumerate(inputs.scores_of(group).items())
        ]
    return _Synthetic(role, assessment, rows)


TEXTS = [name for name, f in FIELDS.items() if f.required and f.kind in (Kind.LINE, Kind.PROSE)]


def _inputs(random: Random, exposure: float) -> Inputs:
    """Inputs of a role that AI reaches so far, from 0 (hardly) to 1 (wholly)."""

    def around(scale: Range, tendency: float) -> int:
        likely = scale.low + (scale.high - scale.low) * tendency
        return min(scale.high, max(scale.low, round(random.gauss(likely, 0.8))))

    cuts = sorted(random.sample(range(1, 20), random.randint(4, 7)))
    edges = [0, *cuts, 20]
    tasks = []
    for start, end in pairwise(edges):
        points = around(TASK_SCORE, exposure)
        mode = Mode.NOT_INVOLVED if points < 3 else Mode.AUGMENTATION
        mode = Mode.DISPLACEMENT if points > 3 else mode
        name = " ".join(random.sample(WORDS, 3)).capitalize()
        tasks.append(TaskInput(name, Decimal(5 * (end - start)), points, mode))
    scores: dict[str, Any] = {
        group.name: {dimension: around(group.scale, 1 - exposure) for dimension in group.dimensions}
        for group in DIMENSION_GROUPS
    }
    return Inputs(
        tasks=tuple(tasks),
        growth=around(GROWTH, 1 - exposure),
        **scores,
    )


def _prose(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."
