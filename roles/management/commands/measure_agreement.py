"""Prints how far the two sets of ratings in fixtures/ agree."""

from typing import Any

from django.core.management.base import BaseCommand

from roles.documents.second_ratings import agreement
from roles.drawing.outcomes import percent
from scoring.agreement import Compared


class Command(BaseCommand):
    """What the method page shows and docs/agreement.md keeps, as lines of Markdown tables."""

    help = "Print how far the first and the second ratings of the same roles in fixtures/ agree."

    def handle(self, **_: Any) -> None:
        """Each kind of input, each dimension, all roles together, and the large disagreements."""
        found = agreement()
        for one in [*found.kinds, *found.dimensions[:-1]]:
            self.stdout.write(_line(one))
        for label, value in (
            ("Roles", len(found.roles)),
            ("Ratings in the formula that differ", percent(found.different)),
            ("Tasks with the same mode", percent(found.same_mode)),
            ("Mean difference, second minus first", f"{found.mean_difference:+}"),
            ("Mean distance", found.mean_distance),
            ("Change zone", found.change_zone),
            ("Second score in the first's range", found.within_range),
        ):
            self.stdout.write(f"| {label} | {value} |")
        for role in found.far_apart:
            first, second = role.first, role.second
            self.stdout.write(
                f"| {role.name} | {first.published_score} {first.zone} "
                f"| {second.published_score} {second.zone} | {role.difference:+} |"
            )


def _line(one: Compared) -> str:
    kappa = "all the same" if one.kappa is None else f"{one.kappa:.2f}"
    return (
        f"| {one.label} | {one.ratings} | {kappa} | {percent(one.same)} "
        f"| {percent(one.within_a_step)} | {one.mean_difference:+.2f} |"
    )
