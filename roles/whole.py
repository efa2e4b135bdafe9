"""Fetches assessments whole: with all their rows, in the statement that fetches them.

``prefetch_related`` asks for each kind of row by a statement of its own, and Django takes
many times as long to put ten of them together as Postgres to answer them. Here the rows
come as JSON in one more column and are made into the same models.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.db.models.query import ModelIterable

if TYPE_CHECKING:
    from roles.models import Assessment

ROWS = (
    "tasks",
    "evidence",
    "barriers",
    "principles",
    "sources",
    "seniority",
    "claims",
    "relations",
)
ROLE_ROWS = ("aliases", "codes")
NAMED = """
    SELECT json_agg(named) FROM (
        SELECT id, slug, title, standing, score, zone, sub_label FROM roles_role
        WHERE id IN (
            SELECT role_id FROM roles_rolerelation WHERE assessment_id = roles_assessment.id
        )
    ) AS named
"""
"""The roles that an assessment relates to, with what a page tells of them."""


@cache
def rows_as_json(model: type["Assessment"]) -> str:
    """The column that holds all rows of an assessment, in SQL."""
    role: Any = model._meta.get_field("role").related_model
    parts = {
        **{name: _selected(model._meta.get_field(name), "id") for name in ROWS},
        **{name: _selected(role._meta.get_field(name), "role_id") for name in ROLE_ROWS},
        "named": NAMED,
    }
    pairs = ", ".join(f"'{name}', ({statement})" for name, statement in parts.items())
    return f"json_build_object({pairs})::text"


class WholeAssessments(ModelIterable):  # type: ignore[type-arg]
    """The assessments of a queryset that has the column ``rows``, with what it holds."""

    def __iter__(self) -> Iterator["Assessment"]:
        for assessment in super().__iter__():
            rows = json.loads(assessment.__dict__.pop("rows"), parse_float=Decimal)
            _attach(assessment, ROWS, rows)
            _attach(assessment.role, ROLE_ROWS, rows)
            roles = {
                row["id"]: _made(type(assessment.role), row, assessment._state.db)
                for row in rows["named"] or ()
            }
            for relation in assessment.relations.all():
                relation.role = roles[relation.role_id]
            yield assessment


def _selected(relation: Any, key: str) -> str:
    """The rows of a relation in their order; ``key`` is what they refer to the assessment by."""
    options = relation.related_model._meta
    order = ", ".join("id" if name == "pk" else name for name in options.ordering)
    return (
        f"SELECT json_agg(item ORDER BY {order}) FROM {options.db_table} AS item "
        f"WHERE {relation.field.column} = roles_assessment.{key}"
    )


def _attach(owner: Any, names: tuple[str, ...], rows: dict[str, Any]) -> None:
    """Give the owner its rows as if they had been prefetched."""
    fetched = {}
    for name in names:
        relation = owner._meta.get_field(name)
        queryset = getattr(owner, name).get_queryset()
        queryset._result_cache = [
            _made(relation.related_model, row, owner._state.db) for row in rows[name] or ()
        ]
        queryset._prefetch_done = True
        for item in queryset._result_cache:
            relation.field.set_cached_value(item, owner)
        fetched[name] = queryset
    owner._prefetched_objects_cache = fetched


def _made[Made: Model](model: type[Made], row: dict[str, Any], database: str | None) -> Made:
    columns = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    return model.from_db(database, columns, [row[column] for column in columns])
