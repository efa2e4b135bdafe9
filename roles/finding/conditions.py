"""The chosen facets as a condition in SQL, the same for counting roles and for listing them."""

from roles.finding.state import FACETS, Facet, Finder


def condition_of(finder: Finder, leaving_out: Facet | None = None) -> str:
    """What a role or a count has to meet; true where nothing is chosen."""
    conditions = [
        f"{facet.column} IN ({', '.join(f'%({key})s' for key in _keyed(finder, facet))})"
        for facet in FACETS
        if finder.chosen.get(facet.name) and facet is not leaving_out
    ]
    return " AND ".join(conditions) or "TRUE"


def parameters_of(finder: Finder) -> dict[str, str | int]:
    """The values that the condition names."""
    return {key: value for facet in FACETS for key, value in _keyed(finder, facet).items()}


def _keyed(finder: Finder, facet: Facet) -> dict[str, str | int]:
    values = finder.chosen.get(facet.name, ())
    return {
        f"{facet.name}_{number}": int(value) if facet.name == "share" else value
        for number, value in enumerate(values)
    }
