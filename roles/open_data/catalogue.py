"""The catalogue as a whole: which version of it there is, and the package that describes it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate

from roles.models import Assessment, CatalogueVersion
from roles.open_data.dictionary import resource
from roles.open_data.tables import OCCUPATIONS, ROLE_TABLES
from roles.vocabulary import LICENCE
from scoring.method import CURRENT

NAME = "jobzone"
TITLE = "JobZone: how well jobs resist AI"
SAYS = (
    "Assessments of jobs by the AI Job Resistance Index (AIJRI), with every input that a score "
    "follows from. Most are samples, written to show the method: see the standing of each."
)


CHART = """\
import pandas
roles = pandas.read_csv("{address}roles.csv")
chart = roles.groupby("sector")["published_score"].median().sort_values().plot.barh()
chart.figure.savefig("sectors.png", bbox_inches="tight")
"""
"""From the catalogue to a chart; ``{address}`` is that of the page of data."""
RECOMPUTE = """\
curl -O {address}scoring.zip
python3 -m zipfile -e scoring.zip .
curl -O {site}/roles/{slug}.json
python3 -m scoring {slug}.json
"""
"""From the JSON of a role to its score."""
EXAMPLE = "clinical-coder-nhs"
BIBTEX = """\
@misc{{jobzone,
  title   = {{{title}}},
  author  = {{{{JobZone contributors}}}},
  year    = {{{year}}},
  version = {{catalogue {number}}},
  note    = {{method AIJRI {method}}},
  url     = {{{address}}}
}}
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """What somebody who uses the catalogue names, so that others find the same."""

    number: int
    """Rises with every change of what is published."""
    changed: date | None
    """The day of the last publication; None while there was none."""

    @classmethod
    def current(cls) -> Self:
        """That of the moment."""
        last = Assessment.objects.ever_published().aggregate(last=Max("published_at"))["last"]
        return cls(CatalogueVersion.current(), localdate(last) if last else None)

    def bibtex(self, address: str) -> str:
        """The entry of it, as the page of data at an address has it."""
        year = self.changed.year if self.changed else "n.d."
        return BIBTEX.format(
            title=TITLE, year=year, number=self.number, method=CURRENT.version, address=address
        )


def package(site: str) -> dict[str, Any]:
    """The Frictionless data package: what files there are, and what is in each column."""
    edition = Edition.current()
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "id": site + reverse("package"),
        "title": TITLE,
        "description": SAYS,
        "homepage": site + reverse("data"),
        "version": str(edition.number),
        **({"created": f"{edition.changed.isoformat()}T00:00:00Z"} if edition.changed else {}),
        "licenses": [{"name": LICENCE.name, "title": LICENCE.title, "path": LICENCE.url}],
        "sources": [
            {"title": f"AIJRI, version {CURRENT.version}", "path": site + reverse("method")}
        ],
        "resources": [
            *(
                resource(table, site + reverse("table", args=[name]))
                for name, table in ROLE_TABLES.items()
            ),
            resource(OCCUPATIONS, site + reverse("all_figures")),
        ],
    }
