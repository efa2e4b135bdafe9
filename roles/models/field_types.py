"""Columns and constraints that several models share."""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from roles.documents.fields import MAX_TITLE
from roles.documents.markup import canonical_line, plain
from roles.documents.text import CONTROL, HTML, MARKUP_MESSAGE, MAX_BYTES
from scoring.dimensions import Range

if TYPE_CHECKING:
    # Only the type checker can name what a field holds.
    TextField = models.TextField[str, str]
    CharField = models.CharField[str, str]
else:
    TextField, CharField = models.TextField, models.CharField


def validate_plain_text(value: str) -> None:
    """Refuse HTML, written in entities too, and control characters, as the importer does."""
    if len(value) > MAX_BYTES:
        raise ValidationError(f"The text has {len(value):,} characters; expected fewer.")
    if HTML.search(value) or HTML.search(canonical_line(value)):
        raise ValidationError(f"The text {MARKUP_MESSAGE}.")
    if CONTROL.search(value):
        raise ValidationError("The text contains a control character; expected printable text.")


def validate_listed(value: str) -> None:
    """Refuse what parts the entries of a list in a document."""
    if ";" in value:
        raise ValidationError("A semicolon parts such entries in documents; expected none.")


class PlainText(TextField):
    """Text without HTML; empty unless something is written."""

    default_validators = [validate_plain_text]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def to_python(self, value: object) -> object:
        """Line ends as they are stored, whatever a browser makes of them."""
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class PlainChar(CharField):
    """A short text without HTML or Markdown, 200 characters unless given otherwise."""

    default_validators = [validate_plain_text]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_TITLE)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """The text as a document keeps names, whatever a person typed."""
        text = self.to_python(value)
        return super().clean(plain(text) if isinstance(text, str) else text, model_instance)


def choices_of(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Choices whose label is the word's own ``label``, or else the word itself."""
    return [(word.value, getattr(word, "label", word.value)) for word in words]


def choices(words: type[StrEnum]) -> Callable[[], list[tuple[str, str]]]:
    """The choices of a column, as a reference, so that migrations hold no list."""
    return partial(choices_of, words)


COMPARISONS: Mapping[str, Callable[[Any, Any], object]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lte": operator.le,
    "in": lambda value, words: value in words,
    "regex": lambda value, pattern: re.search(pattern, value),
}
"""The lookups that rules for a column are made of."""


class ColumnCheck(models.CheckConstraint):
    """A rule for the values of one column, empty ones apart: lookups that all have to hold.

    A form holds its rows against it without asking the database, to which Django takes each
    such question of each row, in three statements.
    """

    condition: models.Q

    @property
    def lookups(self) -> list[tuple[str, Any]]:
        """Such as ``("score__gte", 1)``."""
        children: Any = self.condition.children
        return list(children)

    @property
    def column(self) -> str:
        """The column that the rule is for."""
        return self.lookups[0][0].partition("__")[0]

    def validate(
        self,
        model: type[models.Model],  # noqa: ARG002 - Django's
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str = "",  # noqa: ARG002 - Django's
    ) -> None:
        """Refuse a value that breaks the rule; ValidationError of that column."""
        value = getattr(instance, self.column)
        if value is None or self.column in (exclude or ()):
            return
        for lookup, expected in self.lookups:
            holds = COMPARISONS[lookup.removeprefix(f"{self.column}__")]
            if not holds(value, expected):
                message = self.get_violation_error_message()
                raise ValidationError({self.column: message}, code=self.violation_error_code)


def in_range(field: str, allowed: Range, name: str) -> ColumnCheck:
    """The column is empty or within the range."""
    return ColumnCheck(
        condition=models.Q(
            (f"{field}__gte", allowed.low), (f"{field}__lte", allowed.high), _connector="AND"
        ),
        name=name,
        violation_error_message=f"Expected {allowed}.",
    )


def one_of(field: str, words: Iterable[str], name: str, *, blank: bool = False) -> ColumnCheck:
    """The column holds one of a list of words."""
    values = [str(word) for word in words] + ([""] if blank else [])
    return ColumnCheck(condition=models.Q((f"{field}__in", values)), name=name)


def matches(field: str, pattern: str, name: str) -> ColumnCheck:
    """The regular expression finds something in the column."""
    return ColumnCheck(condition=models.Q((f"{field}__regex", pattern)), name=name)


def not_empty(field: str, name: str) -> ColumnCheck:
    """The column holds something other than white space."""
    return matches(field, r"\S", name)
