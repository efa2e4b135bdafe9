"""What a mix of one's own comes to, why, and what would take it to the next zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Self

from roles.models import SeniorityVariant
from roles.whatif.mix import Row, Week
from scoring.explain import Factor, contributions, in_tenths, outside
from scoring.figures import Score
from scoring.mix import Mix

MOST_SHIFTS = 4
"""Tasks that could grow which the page names."""

type Change = tuple[Row, Decimal]
"""A task and percent of the week."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A task that grows until the next zone is reached."""

    row: Row
    percent: Decimal
    taken: list[Change]
    url: str
    """The mix that comes of it."""


@dataclass(frozen=True)
class Result:
    """A mix that can be scored, beside what it is held against."""

    week: Week
    mix: Mix
    other: Score
    """The score of the role, or of the same tasks with everything else neutral."""

    @classmethod
    def of(cls, week: Week, base: Score, other: Score) -> Self | None:
        """The mix of a week, all else as in ``base``; None where no time is counted."""
        mix = week.mix(base)
        return cls(week, mix, other) if mix else None

    @cached_property
    def score(self) -> Score:
        """What it scores."""
        return self.mix.score

    @cached_property
    def parts(self) -> list[tuple[Factor, Decimal]]:
        """Where the difference from the other score comes from, the largest part first."""
        points = in_tenths(contributions(self.score, self.other))
        return sorted(((f, p) for f, p in points.items() if p), key=lambda part: -abs(part[1]))

    @property
    def points(self) -> Decimal:
        """The difference from the other score."""
        return self.score.published_score - self.other.published_score

    @cached_property
    def shares(self) -> list[Change]:
        """Each task with its percent of the week."""
        return list(zip(self.week.counted, self.mix.shares, strict=True))

    @property
    def scaled(self) -> bool:
        """Whether the times do not add up to 100, so that each is taken as its share."""
        return any(row.amount != share for row, share in self.shares)

    @property
    def scaled_url(self) -> str:
        """The same mix with times that add up to 100."""
        return self.week.timed(self.mix.shares).url

    @cached_property
    def changes(self) -> list[Change]:
        """Each task whose share differs from the assessment's, by how much; the largest first."""
        taken = {row.id: share for row, share in self.shares}
        changed = [
            (row, taken.get(row.id, Decimal(0)) - (row.usual or 0)) for row in self.week.rows
        ]
        return sorted((c for c in changed if c[1]), key=lambda change: -abs(change[1]))

    @property
    def more(self) -> list[Change]:
        """The tasks that take more of the week than in the assessment."""
        return [change for change in self.changes if change[1] > 0]

    @property
    def less(self) -> list[Change]:
        """The tasks that take less of it."""
        return [change for change in self.changes if change[1] < 0]

    @cached_property
    def advice(self) -> list[Advice]:
        """Which task would have to grow for the next zone, the one that needs least time first."""
        rows = self.week.counted
        return [
            Advice(
                rows[shift.task],
                shift.percent,
                [(rows[place], share) for place, share in shift.taken],
                self.week.timed(shift.mix.shares).url,
            )
            for shift in self.mix.shifts[:MOST_SHIFTS]
        ]

    def levels(self, bands: Sequence[SeniorityVariant]) -> list[tuple[SeniorityVariant, bool]]:
        """The other levels of seniority, each with whether the score lies in its band."""
        return [(band, not self.beyond(band)) for band in bands]

    def beyond(self, band: SeniorityVariant) -> Decimal:
        """How far the score is above the band of a level, or below it when negative."""
        return outside(self.score.published_score, band.low, band.high)

    @cached_property
    def furthest(self) -> Score:
        """What a week of nothing but the safest of its tasks would score."""
        return self.mix.all_on_the_safest.score
