"""The one writer of computed columns, which every save that can change a score calls.

Paths that skip it (plain SQL, a fixture loaded raw) meet the guards of the database: a changed
input marks the score as stale, and no transaction ends with a stale one.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models, transaction

from roles.models.columns import EMPTY_FIGURES

_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


def recalculate(assessment_ids: Iterable[int]) -> None:
    """Recalculate the figures of assessments whose inputs have changed.

    To be called in the transaction of the change; within ``recalculated_once`` it waits for
    the end of that block.
    """
    waiting = _waiting.get()
    if waiting is None:
        _write(assessment_ids)
    else:
        waiting.update(assessment_ids)


@contextmanager
def recalculated_once() -> Iterator[None]:
    """One transaction in which each changed assessment is recalculated once, at its end."""
    if _waiting.get() is not None:
        yield
        return
    waiting: set[int] = set()
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        _write(waiting)


def expected_figures(assessment: Any) -> dict[str, Any]:
    """What the computed columns of an assessment have to hold, by its stored inputs."""
    score = assessment.score()
    return EMPTY_FIGURES if score is None else {n: getattr(score, n) for n in EMPTY_FIGURES}


@transaction.atomic
def _write(assessment_ids: Iterable[int]) -> None:
    """Write the figures of those whose score is stale, locked in the order of their keys."""
    assessments = apps.get_model("roles", "Assessment")
    stale = assessments.objects.filter(pk__in=assessment_ids, score_is_stale=True)
    for assessment in stale.order_by("pk").select_for_update().with_scored_rows():
        # The base manager's update is the plain one: this is what the others call.
        assessments._base_manager.filter(pk=assessment.pk).update(
            **expected_figures(assessment), score_is_stale=False
        )


class RecalculatedQuerySet(models.QuerySet[Any]):
    """Rows whose change in bulk recalculates the assessments they belong to, or are."""

    assessment_key = "assessment_id"
    """The column that names the assessment."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Insert rows, then recalculate their assessments."""
        with transaction.atomic():
            created = super().bulk_create(objs, *args, **kwargs)
            recalculate({getattr(row, self.assessment_key) for row in created})
        return created

    def update(self, **kwargs: Any) -> int:
        """Update rows, then recalculate the assessments they belong to or came from."""
        with transaction.atomic():
            before = dict(self.order_by().values_list("pk", self.assessment_key))
            count = super().update(**kwargs)
            after = self.model._base_manager.filter(pk__in=before)
            recalculate({*before.values(), *after.values_list(self.assessment_key, flat=True)})
        return count

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows, then recalculate the assessments they belonged to."""
        with transaction.atomic():
            assessments = set(self.order_by().values_list(self.assessment_key, flat=True))
            deleted = super().delete()
            recalculate(assessments)
        return deleted
