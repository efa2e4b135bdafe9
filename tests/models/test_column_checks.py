"""A rule for a column says the same of a value in a form as in the database."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField, CheckConstraint, TextField

from roles.models.field_types import ColumnCheck

TEXTS = ["", " ", "\n", "\t", "a", "a b", " a ", "ä", "Published", "Red"]
CODES = ["29-2072", "29-2072.00", "29-2072.00\n", "code ", "code\n"]
ADDRESSES = ["http://x", "https://x\n", "https://x y", "https://", "ftp://x"]
CHECKS = [
    pytest.param(model, check, id=check.name)
    for model in apps.get_app_config("roles").get_models()
    for check in model._meta.constraints
    if isinstance(check, ColumnCheck)
]


def refused(validate, check, instance, exclude):
    try:
        validate(check, type(instance), instance, exclude)
    except ValidationError:
        return True
    return False


def values_around(check, *, is_text):
    bounds = [bound for _, bound in check.lookups]
    if is_text:
        words = next((words for words in bounds if isinstance(words, list)), [])
        return TEXTS + CODES + ADDRESSES + words
    return [None, *(bound + step for bound in bounds for step in (-1, 0, 1))]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "check"), CHECKS)
def test_as_the_database_does(model, check):
    field = model._meta.get_field(check.column)
    others = {other.name for other in model._meta.fields} - {field.name}
    verdicts = {}
    for value in values_around(check, is_text=isinstance(field, CharField | TextField)):
        instance = model(**{field.name: value})
        verdicts[value] = refused(ColumnCheck.validate, check, instance, others)
        assert verdicts[value] == refused(CheckConstraint.validate, check, instance, others), value
    assert {*verdicts.values()} == {True, False}


def test_a_column_that_a_form_leaves_out_is_not_looked_at():
    model, check = CHECKS[0].values
    check.validate(model, model(**{check.column: ""}), {check.column})
