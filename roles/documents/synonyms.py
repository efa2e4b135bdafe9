"""Other names under which documents have their sections, columns, rows and labels: one table."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from roles.documents.markup import folded

SYNONYMS: dict[str, tuple[str, ...]] = {
    # Sections
    "Role Definition": ("Role", "Role Overview", "Role Profile", "Definition of the Role"),
    "Protective Principles + AI Growth Correlation": (
        "Protective Principles",
        "Protective Principles, AI Growth Correlation",
        "Protective Principles with AI Growth Correlation",
    ),
    "Task Decomposition": ("Task Breakdown", "Task Analysis", "Tasks", "Task Scores"),
    "Evidence Score": ("Evidence", "Evidence Scores", "Evidence Assessment", "Market Evidence"),
    "Barrier Assessment": ("Barriers", "Barrier Score", "Barrier Scores", "Barriers Assessment"),
    "AI Growth Correlation Check": ("Growth Correlation Check", "AI Growth Check"),
    "JobZone Composite Score": ("Composite Score", "JobZone Score", "Composite", "AIJRI Score"),
    "Sub-Label Determination": ("Sub-Label", "Determination of the Sub-Label"),
    "Assessor Commentary": ("Commentary", "Assessor's Commentary", "Assessor Comments"),
    "Score vs Reality Check": ("Score versus Reality Check", "Score vs Reality", "Reality Check"),
    "What the Numbers Don't Capture": ("What the Numbers Do Not Capture", "What Numbers Miss"),
    "Who Should Worry": ("Who Should Worry and Who Shouldn't", "Who Should and Shouldn't Worry"),
    "What This Means": ("What This Means for You", "What It Means", "Implications"),
    "Sources": ("References", "Evidence Sources", "Source List"),
    "Related Roles": ("Related Jobs", "Adjacent Roles", "Related Roles and Career Moves"),
    "Corrections": ("Assessor Corrections", "Corrections by the Assessor", "Errata"),
    "Further Notes": ("Notes", "Additional Notes", "Other Notes"),
    # Columns
    "Field": ("Item", "Attribute", "Property", "Aspect"),
    "Value": ("Detail", "Details", "Description", "Content", "Result", "Calculation"),
    "Score": ("Rating", "Points", "AI Score", "Task Score", "Automation Score"),
    "Time %": ("Time", "% Time", "% of Time", "Share of Time", "Time Share", "Time Spent"),
    "Weighted": ("Weighted Score", "Weighted Value", "Time x Score", "Contribution"),
    "Aug/Disp": (
        "Mode",
        "Disp/Aug",
        "Augmentation/Displacement",
        "Displacement/Augmentation",
        "AI Mode",
        "AI Impact",
    ),
    "Rationale": ("Reason", "Reasoning", "Justification", "Explanation", "Why", "Comment"),
    "Seen": ("Date", "Year", "Accessed", "Date Seen", "Last Seen"),
    "URL": ("Link", "Address", "Web Address"),
    "Publisher": ("Published By", "Organisation", "Organization"),
    "Relation": ("Kind", "Type", "Relationship"),
    "Note": ("Notes", "Remark"),
    # Rows
    "Job Title": ("Title", "Role Title", "Job"),
    "Also Known As": ("Aliases", "Other Titles", "Alternative Titles", "AKA"),
    "Seniority Level": ("Seniority", "Level"),
    "Sector": ("Industry",),
    "Country": ("Country or Region",),
    "Occupational Codes": ("Occupation Codes", "Occupational Code", "Codes", "SOC Code"),
    "Pay Range": ("Pay", "Salary", "Salary Range"),
    "Primary Function": ("Main Function", "What It Does", "What This Role Does"),
    "What This Role Is NOT": ("This Role Is NOT", "What the Role Is NOT", "Not This Role"),
    "Typical Experience": ("Experience", "Experience Required"),
    "Assessed On": ("Date Assessed", "Assessment Date", "Date of Assessment"),
    "Job Posting Trends": ("Job Postings", "Job Posting Trend", "Posting Trends"),
    "Company Actions": ("Company Action", "Employer Actions"),
    "Wage Trends": ("Wages", "Wage Trend", "Pay Trends"),
    "AI Tool Maturity": ("Tool Maturity", "AI Tools Maturity", "Maturity of AI Tools"),
    "Expert Consensus": ("Expert Opinion", "Experts' Consensus"),
    "Regulatory/Licensing": ("Regulation/Licensing", "Regulatory", "Licensing/Regulatory"),
    "Physical Presence": ("Physical Presence Required", "Presence"),
    "Union/Collective Bargaining": ("Unions/Collective Bargaining", "Unions", "Union"),
    "Liability/Accountability": ("Accountability/Liability", "Liability"),
    "Cultural/Ethical": ("Ethical/Cultural", "Cultural", "Culture/Ethics"),
    "Embodied Physicality": ("Physicality", "Embodiment"),
    "Deep Interpersonal Connection": ("Interpersonal Connection", "Deep Interpersonal"),
    "Goal-Setting & Moral Judgment": ("Moral Judgment", "Goal Setting", "Goal-Setting/Judgment"),
    "AI Growth Correlation": ("Growth Correlation", "AI Growth", "AI Correlation"),
    "% of task time scoring 3+": (
        "Share of task time scoring 3+",
        "Task time scoring 3+",
        "Percentage of task time scoring 3+",
        "Percent of task time scoring 3 or more",
        "Share of task time scoring 3 or more",
        "% of time scoring 3+",
        "Share 3+",
    ),
    "Sub-label": ("Label", "Zone (Sub-label)", "Resulting Sub-label"),
    "Task Resistance Score": ("Task Resistance", "Adjusted Task Resistance Score"),
    "Evidence Modifier": ("Evidence Multiplier", "Evidence Factor"),
    "Barrier Modifier": ("Barrier Multiplier", "Barriers Modifier", "Barrier Factor"),
    "Growth Modifier": ("Growth Multiplier", "AI Growth Modifier", "Growth Factor"),
    "Total": (
        "Protective Total",
        "Grand Total",
        "Evidence Total",
        "Barrier Total",
        "Barriers Total",
        "Task Total",
        "Totals",
        "Sum",
        "Total Score",
        "Overall",
    ),
    # Modes
    "Displacement": ("Displaced", "Displacing", "Disp", "Automation", "Displace"),
    "Augmentation": ("Augmented", "Augmenting", "Aug", "Augment"),
    "Not Involved": ("None", "No AI", "AI Not Involved", "Human Only"),
    # Labels
    "Seniority note": ("Note on seniority", "Seniority bands"),
    "Quick screen result": ("Quick screen", "Quick-screen result", "Result of the quick screen"),
    "Displacement/Augmentation split": (
        "Augmentation/Displacement split",
        "Displacement and augmentation split",
        "Split",
    ),
    "Reinstatement check": ("Acemoglu reinstatement check", "Reinstatement"),
    "Reframed question": ("Reframed barrier question", "Question reframed"),
    "Raw": ("Raw score", "Raw composite", "AIJRI raw"),
    "JobZone Score": ("Formula score", "JobZone composite score", "AIJRI score", "Score"),
    "Zone": ("JobZone", "Resulting zone"),
    "Survival strategy": ("Survival strategies", "Strategy for survival", "Survival plan"),
    "The role": ("This role", "Role", "The job", "Outlook", "The outlook"),
    "Timeline": ("Time line", "Timeframe", "Time frame"),
    # Countries
    "Cape Verde": ("Cabo Verde",),
    "China": ("People's Republic of China", "PRC"),
    "Czechia": ("Czech Republic",),
    "Democratic Republic of the Congo": ("DRC", "DR Congo"),
    "East Timor": ("Timor-Leste",),
    "Eswatini": ("Swaziland",),
    "Ireland": ("Republic of Ireland", "Eire"),
    "Ivory Coast": ("Côte d'Ivoire", "Cote d'Ivoire"),
    "Macao": ("Macau",),
    "Myanmar": ("Burma",),
    "Netherlands": ("The Netherlands", "Holland"),
    "New Zealand": ("Aotearoa New Zealand", "NZ"),
    "Russia": ("Russian Federation",),
    "South Korea": ("Republic of Korea", "Korea"),
    "Turkey": ("Türkiye", "Turkiye"),
    "United Arab Emirates": ("UAE",),
    "United Kingdom": ("UK", "U.K.", "GB", "Great Britain", "Britain", "The United Kingdom"),
    "United States": (
        "US",
        "U.S.",
        "USA",
        "U.S.A.",
        "America",
        "United States of America",
        "The United States",
    ),
    "Vietnam": ("Viet Nam",),
}
LIKELY = 80
"""Percent of likeness from which on a name is suggested in the place of another."""


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What a name is found by: letters and digits only, spelling and numbering left aside."""
    text = folded(name).lower()
    text = re.sub(r"\s*\{[#.:][^{}]*\}\s*#*\s*$", "", text)
    text = re.sub(r"(?<=\S)\s*\([^()]*\)", "", text)
    text = re.sub(r"^[^a-z0-9%(]+", "", text)
    text = re.sub(r"^(section\s+)?\(?([0-9]+(\.[0-9]+)*|[ivx]+|[a-z])[.):]+\s+", "", text)
    text = re.sub(r"^[0-9]+\s+(?=[a-z%])", "", text)
    text = re.sub(r"&|(?<=\s)\+(?=\s)", " and ", text).replace("%", " percent ")
    text = text.replace("judgement", "judgment").replace("'", "")
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


@cache
def _names(official: tuple[str, ...]) -> dict[str, str]:
    others = {
        key(other): name
        for name in official
        for stem in SYNONYMS
        if key(stem) == key(name)
        for other in SYNONYMS[stem]
    }
    return others | {key(name): name for name in official}


def official(name: str, among: Iterable[str]) -> str | None:
    """Which of some names a name stands for; None where it is none of them."""
    return _names(tuple(among)).get(key(name))


def did_you_mean(name: str, among: Iterable[str]) -> str:
    """'; did you mean Wage Trends?' where one of some names is close to a name, else nothing."""
    names = _names(tuple(among))
    found = process.extractOne(key(name), list(names), scorer=fuzz.ratio, score_cutoff=LIKELY)
    return f"; did you mean {names[found[0]]}?" if found else ""


def others(name: str) -> tuple[str, ...]:
    """The other names of something."""
    return next((SYNONYMS[stem] for stem in SYNONYMS if key(stem) == key(name)), ())
