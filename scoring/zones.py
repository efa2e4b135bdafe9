"""Zones and sub-labels, and the rules that give a score its own (sections 3 to 5)."""

from decimal import Decimal
from enum import StrEnum

from scoring.dimensions import GROWTH
from scoring.method import Method


class Zone(StrEnum):
    """The three zones of a published score, the best first (section 3)."""

    GREEN = "Green"
    YELLOW = "Yellow"
    RED = "Red"


class SubLabel(StrEnum):
    """What sets roles of one zone apart (section 4)."""

    DISPLACING = "Displacing"
    EXPOSED = "Exposed"
    URGENT = "Urgent"
    MODERATE = "Moderate"
    ACCELERATED = "Accelerated"
    TRANSFORMING = "Transforming"
    STABLE = "Stable"


class Lean(StrEnum):
    """Where the quick screen leans; it never decides the zone (section 5)."""

    RED = "likely Red"
    GREEN = "likely Green"
    NONE = "no lean"


def zone_of(published_score: Decimal, method: Method) -> Zone:
    """The zone of a published score, 0..100, already rounded to one decimal (section 3)."""
    if published_score >= method.green_from:
        return Zone.GREEN
    if published_score >= method.yellow_from:
        return Zone.YELLOW
    return Zone.RED


def sub_label_of(zone: Zone, growth: int, share_3_plus: Decimal, method: Method) -> SubLabel:
    """The sub-label from zone, growth (-2..+2) and percent of time scoring 3+ (section 4)."""
    if zone is Zone.RED:
        return SubLabel.DISPLACING if growth < 0 else SubLabel.EXPOSED
    if zone is Zone.YELLOW:
        return SubLabel.URGENT if share_3_plus >= method.urgent_share else SubLabel.MODERATE
    if growth == GROWTH.high:
        return SubLabel.ACCELERATED
    transforming = share_3_plus >= method.transforming_share
    return SubLabel.TRANSFORMING if transforming else SubLabel.STABLE


def lean_of(protective_total: int, growth: int, method: Method) -> Lean:
    """The quick screen from protective total (0..9) and growth (-2..+2) (section 5)."""
    if protective_total <= method.lean_red_up_to and growth < 0:
        return Lean.RED
    if protective_total >= method.lean_green_from and growth >= 0:
        return Lean.GREEN
    return Lean.NONE
