"""Stores the rows of a document under an assessment."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import Model

from roles.models import Assessment, Claim
from scoring.claims import StatedClaim


def store_rows(model: type[Model], assessment: Assessment, rows: Iterable[Any]) -> None:
    """Store dataclasses whose fields the model has under the same names, in their order."""
    model._default_manager.bulk_create(
        model(assessment=assessment, position=position, **asdict(row))
        for position, row in enumerate(rows)
    )


def store_claims(
    assessment: Assessment, claims: Iterable[StatedClaim], *, quoted: bool = False
) -> None:
    """Store what a document states; ``quoted`` where it was read from its prose."""
    Claim.objects.bulk_create(
        Claim(
            assessment=assessment,
            position=position,
            figure=claim.figure.name,
            claimed=claim.claimed,
            place=claim.place,
            subject=claim.subject,
            quoted=quoted,
        )
        for position, claim in enumerate(claims)
    )
