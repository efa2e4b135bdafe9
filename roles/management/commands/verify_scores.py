"""Recomputes every stored score."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from roles.models import Assessment, Role


class Command(BaseCommand):
    """Holds every stored figure against the one that the method gives for the stored inputs."""

    help = "Recompute every assessment; exit 1 if any stored figure has drifted."

    def handle(self, **options) -> None:
        """Compare figure by figure and name each that differs."""
        assessments = Assessment.objects.select_related("role").with_scored_rows().order_by("pk")
        count, drifted = assessments.count(), 0
        progress = tqdm(
            assessments.iterator(chunk_size=500), total=count, unit="assessment", disable=None
        )
        for assessment in progress:
            drift = _drift(assessment)
            drifted += bool(drift)
            for line in drift:
                self.stderr.write(f"{assessment}: {line}")
        for role in Role.objects.out_of_step():
            drifted += 1
            self.stderr.write(
                f"{role}: the score in lists is {role.score}, published {role.published}"
            )
        if drifted:
            raise CommandError(f"{drifted} of {count} stored scores have drifted.")
        self.stdout.write(f"Scores verified: {count}. Every stored figure is reproduced.")


def _drift(assessment: Assessment) -> list[str]:
    return [
        f"{name} is stored as {getattr(assessment, name)}, computed {expected}"
        for name, expected in assessment.expected_figures().items()
        if getattr(assessment, name) != expected
    ]
