"""Holds everything that is stored in more than one form against what it follows from."""

from collections.abc import Callable, Iterator
from typing import Any

from roles.documents.digest import digest
from roles.models import Assessment, Role, RoleText, triggers
from roles.models.recalculation import expected_figures
from roles.services.export_document import document_of
from roles.services.listing import expected_listings

BATCH = 500


def discrepancies(progress: Callable[[int], Any] = lambda _: None) -> Iterator[str]:
    """What is not as it has to be, a line each: guards, figures, digests, listings, search text.

    ``progress`` is called with how many more assessments and roles have been looked at.
    """
    yield from (f"{guard} is not in the database as it has to be" for guard in triggers.missing())
    assessments = Assessment.objects.with_document().order_by("pk")
    for assessment in assessments.iterator(chunk_size=BATCH):
        yield from (f"{assessment}: {line}" for line in _of_assessment(assessment))
        progress(1)
    keys = list(Role.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        roles = Role.objects.filter(pk__in=keys[start : start + BATCH])
        texts = dict(RoleText.objects.filter(role__in=roles).values_list("role", "text"))
        for role, listing, text in expected_listings(roles):
            for name, expected in listing.items():
                if (stored := getattr(role, name)) != expected:
                    yield f"{role}: {name} in lists is {stored}, expected {expected}"
            if texts.get(role.pk, "") != text:
                yield f"{role}: the text that it is found by is not that of what is published"
            progress(1)


def _of_assessment(assessment: Assessment) -> Iterator[str]:
    for name, expected in expected_figures(assessment).items():
        if (stored := getattr(assessment, name)) != expected:
            yield f"{name} is stored as {stored}, computed {expected}"
    if assessment.published_at is None:
        return
    if assessment.content_digest != digest(document_of(assessment)):
        yield "its content is not what was published: the digest differs"
