"""What a figure of a score is: its name, how it is called and written, and how it is computed.

The figures themselves are declared once, as methods of ``scoring.figures.Score``. Columns,
documents, pages, comparisons and differences take them from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Self, get_type_hints, overload

from scoring.dimensions import Range
from scoring.formula import PRECISION, in_full, rounded


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure that a document can state and a page shows."""

    name: str
    """As it is called in code, columns and JSON."""
    label: str
    """As people read it."""
    decimals: int | None = None
    """With which it is written; None for a word, and for a number written in full."""
    unit: str = ""

    def text(self, value: Decimal | int | str) -> str:
        """A value as it is written, without its unit: ASCII, rounded half up."""
        if isinstance(value, str):
            return value
        exact = Decimal(value)
        if self.decimals is None:
            return in_full(exact)
        return f"{rounded(exact, self.decimals):f}"


@dataclass(frozen=True, eq=False)
class ComputedFigure[T](Figure):
    """A figure of a ``Score``, worked out when it is first asked for."""

    compute: Callable[[Any], T] = lambda score: score
    places: int = 0
    """Decimals that hold it exactly."""
    within: Range | None = None
    stored: bool = True
    """Whether it has a column of its own; an input has one already."""

    @property
    def kind(self) -> type[T]:
        """Decimal, int, or the words that it can be."""
        returned: type[T] = get_type_hints(self.compute)["return"]
        return returned

    @overload
    def __get__(self, score: None, owner: type) -> Self: ...
    @overload
    def __get__(self, score: object, owner: type) -> T: ...
    def __get__(self, score: object | None, owner: type) -> Self | T:
        if score is None:
            return self
        with localcontext(prec=PRECISION):
            value = self.compute(score)
        # What an instance holds is found before this is asked again.
        score.__dict__[self.name] = value
        return value


def figure[T](
    label: str,
    *,
    decimals: int | None = None,
    places: int = 0,
    within: Range | None = None,
    unit: str = "",
    stored: bool = True,
) -> Callable[[Callable[[Any], T]], ComputedFigure[T]]:
    """Declare a method of ``Score`` as one of its figures."""

    def declared(compute: Callable[[Any], T]) -> ComputedFigure[T]:
        return ComputedFigure(
            compute.__name__, label, decimals, unit, compute, places, within, stored
        )

    return declared
