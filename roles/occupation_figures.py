"""The published figures of an occupation, declared once: what each is, and who published it.

Columns, profile, percentiles, orders of the index and downloads follow from ``FIGURES``. None
of them is a score of ours, and none can be made into one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from scoring.dimensions import Range
from scoring.figure_type import Figure

SHARE, PERCENT, RATING = Range(0, 1), Range(0, 100), Range(1, 5)
COUNT = Range(0, 2_000_000_000)
"""What people and dollars are counted in: whole numbers that a column holds."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a figure was published, as it is named wherever the figure is shown."""

    name: str
    year: str
    citation: str
    licence: str
    note: str = ""
    """How its figures came to these occupations, where they are not of them from the start."""


ONET = Publication(
    "O*NET 27",
    "2022",
    "O*NET 27 Database, US Department of Labor, Employment and Training Administration",
    "CC BY 4.0",
)
ELOUNDOU = Publication(
    "Eloundou and others",
    "2024",
    "Eloundou, Manning, Mishkin, Rock: GPTs are GPTs, Science 2024",
    "data: MIT",
    "Task by task over the tasks of O*NET 27; core tasks weigh 2, supplemental ones 1.",
)
FELTEN = Publication(
    "Felten and others",
    "2021",
    "Felten, Raj, Seamans: Occupational, industry, and geographic exposure to artificial "
    "intelligence, Strategic Management Journal 2021",
    "names and numbers",
)
FELTEN_LANGUAGE = Publication(
    "Felten and others",
    "2023",
    "Felten, Raj, Seamans: Occupational exposure to language modelling, 2023",
    "names and numbers",
)
MICROSOFT = Publication(
    "Tomlinson and others",
    "2025",
    "Tomlinson and others: Working with AI, 2025",
    "CC BY 4.0",
)
FREY_OSBORNE = Publication(
    "Frey and Osborne",
    "2013",
    "Frey, Osborne: The Future of Employment, 2013 and 2017",
    "names and numbers",
    "Crosswalked from SOC 2010 to SOC 2018.",
)
OEWS = Publication(
    "BLS OEWS",
    "May 2025",
    "US Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2025",
    "public domain",
)
OUTLOOK = Publication(
    "BLS Occupational Outlook Handbook",
    "2024–34",
    "US Bureau of Labor Statistics, Occupational Outlook Handbook, 2024–34",
    "public domain",
)


@dataclass(frozen=True, eq=False)
class PublishedFigure(Figure):
    """A figure that somebody published about an occupation or its SOC group."""

    source: Publication = ONET
    within: Range | None = None
    """What it can be; None for a word, and for a standardised figure without bounds."""
    by_group: bool = False
    """Whether it is of the SOC code, and so the same for every occupation of the group."""
    ranked: bool = True
    """Whether one occupation can be ranked by it among all."""
    exposure: bool = False
    """Whether it measures exposure to automation or AI; more is more exposed."""
    word: bool = False

    def read(self, text: str) -> Decimal | int | str | None:
        """A value as a file has it; None where there is none.

        Raises ValueError, with what was expected.
        """
        if self.word:
            return text
        if not text:
            return None
        try:
            value = Decimal(text)
        except ArithmeticError:
            raise ValueError("expected a number") from None
        if not value.is_finite() or value != round(value, self.decimals):
            raise ValueError(f"expected a number with at most {self.decimals} decimals")
        if (abs(value) >= 10 and self.within is None) or (self.within and value not in self.within):
            raise ValueError(f"expected {self.within or 'a figure between -10 and 10'}")
        return value if self.decimals else int(value)


RATINGS = {
    1: "no exposure",
    2: "low exposure",
    3: "moderate exposure",
    4: "high exposure",
    5: "full exposure",
}
"""The ratings of a task for automation; their publication writes them T0 to T4."""


def _rated(rating: int) -> PublishedFigure:
    return PublishedFigure(
        f"rated_{rating}",
        f"Tasks rated {rating} of 5, {RATINGS[rating]}",
        1,
        "%",
        source=ELOUNDOU,
        within=PERCENT,
    )


_DECLARED = (
    PublishedFigure("employment", "People employed", 0, source=OEWS, within=COUNT, by_group=True),
    PublishedFigure(
        "median_wage", "Median yearly pay", 0, "USD", source=OEWS, within=COUNT, by_group=True
    ),
    PublishedFigure(
        "outlook",
        "Projected change of employment",
        0,
        "%",
        source=OUTLOOK,
        within=Range(-100, 1000),
        by_group=True,
    ),
    PublishedFigure(
        "entry_education",
        "Usual education",
        source=OUTLOOK,
        by_group=True,
        ranked=False,
        word=True,
    ),
    PublishedFigure(
        "tasks_rated",
        "Tasks rated for automation",
        0,
        source=ELOUNDOU,
        within=Range(0, 1000),
        ranked=False,
    ),
    *(_rated(rating) for rating in RATINGS),
    PublishedFigure(
        "mean_rating",
        "Mean rating of tasks for automation, 1 to 5",
        3,
        source=ELOUNDOU,
        within=RATING,
        exposure=True,
    ),
    PublishedFigure(
        "eloundou_alpha",
        "Tasks exposed to language models: directly (alpha, by GPT-4)",
        3,
        source=ELOUNDOU,
        within=SHARE,
        exposure=True,
    ),
    PublishedFigure(
        "eloundou_beta",
        "Tasks exposed to language models: half weight with further software (beta, by GPT-4)",
        3,
        source=ELOUNDOU,
        within=SHARE,
        exposure=True,
    ),
    PublishedFigure(
        "eloundou_gamma",
        "Tasks exposed to language models: full weight with further software (gamma, by GPT-4)",
        3,
        source=ELOUNDOU,
        within=SHARE,
        exposure=True,
    ),
    PublishedFigure(
        "eloundou_beta_human",
        "Tasks exposed to language models: beta, rated by people",
        3,
        source=ELOUNDOU,
        within=SHARE,
        exposure=True,
    ),
    PublishedFigure(
        "felten_aioe",
        "AI Occupational Exposure, all AI (standardised)",
        3,
        source=FELTEN,
        by_group=True,
        exposure=True,
    ),
    PublishedFigure(
        "felten_language",
        "AI Occupational Exposure, language modelling (standardised)",
        3,
        source=FELTEN_LANGUAGE,
        by_group=True,
        exposure=True,
    ),
    PublishedFigure(
        "microsoft_applicability",
        "AI applicability, from use of a chat assistant",
        3,
        source=MICROSOFT,
        within=SHARE,
        by_group=True,
        exposure=True,
    ),
    PublishedFigure(
        "frey_osborne",
        "Probability of computerisation",
        4,
        source=FREY_OSBORNE,
        within=SHARE,
        by_group=True,
        exposure=True,
    ),
)
FIGURES: Mapping[str, PublishedFigure] = MappingProxyType({f.name: f for f in _DECLARED})
"""Every published figure by its name, in the order in which they are shown."""
RATED = tuple(FIGURES[f"rated_{rating}"] for rating in RATINGS)
"""The shares of the tasks at each rating, the least exposed first."""
MEASURES = tuple(figure for figure in _DECLARED if figure.exposure)
"""The published measures of exposure."""
LABOUR = tuple(figure for figure in _DECLARED if figure.source in (OEWS, OUTLOOK))
"""What is known of jobs and pay in the United States."""
BESIDE_A_MOVE = tuple(
    figure for figure in LABOUR if figure.name in ("median_wage", "entry_education")
)
"""What somebody who thinks of a move wants to know of it."""
RANKED = tuple(figure for figure in _DECLARED if figure.ranked)
"""Those by which occupations are ranked and sorted."""

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "11": "Management",
        "13": "Business and Financial Operations",
        "15": "Computer and Mathematical",
        "17": "Architecture and Engineering",
        "19": "Life, Physical, and Social Science",
        "21": "Community and Social Service",
        "23": "Legal",
        "25": "Educational Instruction and Library",
        "27": "Arts, Design, Entertainment, Sports, and Media",
        "29": "Healthcare Practitioners and Technical",
        "31": "Healthcare Support",
        "33": "Protective Service",
        "35": "Food Preparation and Serving",
        "37": "Building and Grounds Cleaning and Maintenance",
        "39": "Personal Care and Service",
        "41": "Sales",
        "43": "Office and Administrative Support",
        "45": "Farming, Fishing, and Forestry",
        "47": "Construction and Extraction",
        "49": "Installation, Maintenance, and Repair",
        "51": "Production",
        "53": "Transportation and Material Moving",
        "55": "Military",
    }
)
"""The major groups of SOC 2018."""
