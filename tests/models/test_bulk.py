"""Rows and assessments created in bulk are scored like those that are saved."""

from decimal import Decimal

import pytest

from roles.models import Assessment, BarrierItem, EvidenceItem, PrincipleItem, Role, Task
from tests.factories import draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Task, EvidenceItem, BarrierItem, PrincipleItem])
def test_rows_created_in_bulk_are_scored(model):
    assessment = draft()
    rows = list(model.objects.filter(assessment=assessment))
    model.objects.filter(assessment=assessment).delete()
    assert Assessment.objects.get().published_score is None
    for row in rows:
        row.pk = None
    model.objects.bulk_create(rows)
    stored = Assessment.objects.get()
    assert stored.published_score == Decimal("22.4")
    assert not stored.score_is_stale


def test_assessments_created_in_bulk_are_not_stale():
    role = Role.objects.create(slug="porter", title="Porter")
    Assessment.objects.bulk_create([Assessment(role=role, version=1)])
    assert not Assessment.objects.get().score_is_stale
