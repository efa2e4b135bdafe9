"""Stores the rows of a document under an assessment."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import Model

from roles.models import Assessment


def store_rows(
    model: type[Model], assessment: Assessment, rows: Iterable[Any], **more: object
) -> None:
    """Store dataclasses whose fields the model has under the same names, in their order."""
    model._default_manager.bulk_create(
        model(assessment=assessment, position=position, **asdict(row), **more)
        for position, row in enumerate(rows)
    )
