"""A few occupations, and roles that are assessed of them."""

from decimal import Decimal

import pytest

from roles.models import Occupation, OccupationCode, Role
from roles.occupation_figures import FIGURES


def occupation(code: str, title: str = "", **figures) -> Occupation:
    """An occupation whose tasks were all rated 3, with these figures."""
    rated = {f"rated_{rating}": Decimal(100 if rating == 3 else 0) for rating in range(1, 6)}
    return Occupation.objects.create(
        code=code,
        title=title or f"Workers of {code}",
        **{**rated, "tasks_rated": 20, "mean_rating": Decimal(3), **figures},
    )


def assessed(
    title: str, code: str, score: float = 50, country="United States", system="SOC 2018"
) -> Role:
    """A role with a score and one code."""
    role = Role.objects.create(
        slug=title.lower().replace(" ", "-"),
        title=title,
        country=country,
        standing="Sample",
        score=Decimal(str(score)),
        zone="Green",
        sub_label="Stable",
        method_version="1.0",
    )
    OccupationCode.objects.create(role=role, system=system, code=code)
    return role


def everything() -> dict:
    """A value for every published figure."""
    return {
        name: "Bachelor's degree" if figure.word else Decimal(1) for name, figure in FIGURES.items()
    }


@pytest.fixture
def page(client):
    """The page of an address, followed to where it leads."""

    def get(path: str) -> str:
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        return " ".join(response.content.decode().split())

    return get
