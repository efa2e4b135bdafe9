"""What a role page shows: stored texts joined with the figures that scoring gives for them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from roles.documents.fields import Kind, Place, fields_in
from roles.documents.layout import SUBSECTIONS_OF, Section
from roles.drawing.week import Week
from roles.models import Assessment, Role, RoleRelation, Task
from roles.occupations.index import Index
from roles.reading.nearby import Near, Nearby
from roles.reading.ratings import Rated, ratings
from roles.vocabulary import REVIEWED_WITHIN, RelationKind, Standing
from scoring.claims import CheckedClaim, Reproduction, check_claim
from scoring.explain import Margin, gap, margin
from scoring.figures import Score, score
from scoring.reasons import reasons
from scoring.warnings import for_readers, warnings


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A related role, with its score where one is published or cited."""

    relation: RoleRelation
    score: Decimal | None
    zone: str
    sub_label: str
    cited: bool
    """Whether the score is one that a document quotes, with no assessment behind it here."""
    gap: Decimal | None
    """This role's published score minus the neighbour's."""

    @property
    def role(self) -> Role:
        """The neighbour."""
        return self.relation.role

    @property
    def standing(self) -> str:
        """What the score rests on; empty where there is none."""
        if self.score is None:
            return ""
        return Standing.CITED if self.cited else self.role.standing


@dataclass(frozen=True, slots=True)
class Beside:
    """A role on its line from 0 to 100, as it stands among others."""

    title: str
    slug: str
    score: Decimal
    zone: str
    sub_label: str
    standing: str
    gap: Decimal
    """The score of the role that the page is about minus this one."""
    why: str = ""
    """How the two are related, where that is more than being distinct."""
    note: str = ""
    own: bool = False
    """Whether it is the role that the page is about."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of seniority with its band of scores."""

    label: str
    low: Decimal
    high: Decimal
    zone: str
    sub_label: str
    own: bool
    """Whether it is the level that is assessed, and low and high are its score."""
    assessed: Neighbour | None = None
    """The neighbour that is this level of the role, where it has a score."""

    @property
    def contradicted(self) -> bool:
        """Whether the score of the level as a role of its own lies outside the band."""
        score = self.assessed.score if self.assessed else None
        return score is not None and not self.low <= score <= self.high


@dataclass(frozen=True, slots=True)
class Card:
    """One scored assessment, ready to be rendered."""

    assessment: Assessment
    score: Score
    margin: Margin
    reasons: tuple[str, str]
    """What the week goes into, and what holds AI back."""
    cautions: list[str]
    """What an assessor moved by hand, as far as readers have to know."""
    tasks: list[tuple[Task, Decimal]]
    """Each task with its part of the weighted total."""
    ratings: list[Rated]
    claims: list[CheckedClaim]
    neighbours: list[Neighbour]
    nearby: Nearby

    @property
    def unreproduced(self) -> list[CheckedClaim]:
        """The claims that the inputs do not bear out."""
        return [checked for checked in self.claims if checked.standing is Reproduction.DIFFERS]

    @property
    def not_checked(self) -> list[CheckedClaim]:
        """The claims that there is nothing here to hold against."""
        return [checked for checked in self.claims if checked.standing is Reproduction.NOT_CHECKED]

    @property
    def week(self) -> Week:
        """The tasks as a picture."""
        return Week.of([task for task, _ in self.tasks], self.score.split)

    @property
    def review_by(self) -> date | None:
        """By when this version is to be looked at again; None while it is not published."""
        published = self.assessment.published_at
        return published.date() + REVIEWED_WITHIN if published else None

    @property
    def definition(self) -> list[tuple[str, str]]:
        """The texts that say what the role is, each with its heading."""
        return self._texts(Place.ROW, Section.ROLE)

    @property
    def commentary(self) -> list[tuple[str, str]]:
        """The assessor's commentary, each text with its heading."""
        return self._texts(Place.PROSE, *SUBSECTIONS_OF[Section.COMMENTARY])

    def _texts(self, place: Place, *sections: Section) -> list[tuple[str, str]]:
        fields = [field for section in sections for field in fields_in(section)]
        return [
            (field.heading, text)
            for field in fields
            if field.place is place
            and field.kind in (Kind.LINE, Kind.PROSE)
            and (text := getattr(self.assessment, field.name))
        ]

    @property
    def ladder(self) -> list[Rung]:
        """The levels of seniority from the lowest score up, the assessed one among them."""
        points = self.score.published_score
        own = Rung("This level", points, points, self.score.zone, self.score.sub_label, True)
        bands = [
            Rung(band.label, band.low, band.high, band.zone, "", False, self._level(band.label))
            for band in self.assessment.seniority.all()
        ]
        return sorted([own, *bands], key=lambda rung: rung.low)

    def _level(self, label: str) -> Neighbour | None:
        """The scored neighbour whose title is that of this role with a word of the label added.

        "Trainee Clinical Coder (NHS)" is the level "Trainee coders" of "Clinical Coder (NHS)".
        """
        own = _words(self.assessment.role.title)
        for neighbour in self.neighbours:
            title = _words(neighbour.role.title)
            added = title - own
            if neighbour.score is not None and own < title and added <= _words(label):
                return neighbour
        return None

    @property
    def among_others(self) -> list[Beside]:
        """This role and its neighbours that have a score, from the highest down."""
        role, points = self.assessment.role, self.score.published_score
        zone, sub_label = self.score.zone, self.score.sub_label
        standing = self.assessment.provenance
        own = Beside(role.title, role.slug, points, zone, sub_label, standing, Decimal(0), own=True)
        rows = [own, *(_beside_neighbour(one) for one in self.neighbours if one.score is not None)]
        return sorted(rows, key=lambda row: (-row.score, not row.own, row.title))

    @property
    def near(self) -> list[Beside]:
        """The roles near by computation."""
        return [_beside_near(one) for one in self.nearby.computed]

    @property
    def not_assessed(self) -> list[str]:
        """The neighbours that have no score."""
        return [neighbour.role.title for neighbour in self.neighbours if neighbour.score is None]


def _beside_neighbour(neighbour: Neighbour) -> Beside:
    role, relation = neighbour.role, neighbour.relation
    assert neighbour.score is not None
    assert neighbour.gap is not None
    # What a distinct role is stands in the definition already.
    distinct = relation.kind == RelationKind.DISTINCT_FROM
    return Beside(
        role.title,
        role.slug,
        neighbour.score,
        neighbour.zone,
        neighbour.sub_label,
        neighbour.standing,
        neighbour.gap,
        "" if distinct else relation.kind.lower(),
        "" if distinct else relation.note,
    )


def _beside_near(near: Near) -> Beside:
    role = near.role
    assert role.score is not None
    standing = role.standing
    return Beside(
        role.title, role.slug, role.score, role.zone, role.sub_label, standing, near.gap, near.how
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def card_of(assessment: Assessment, index: Index) -> Card:
    """The card of an assessment that can be scored, fetched ``with_document``."""
    scored = score(assessment.inputs(), assessment.method)
    neighbours = neighbours_of(assessment, scored)
    return Card(
        assessment=assessment,
        score=scored,
        margin=margin(scored.published_score, scored.method),
        reasons=reasons(scored.inputs),
        cautions=for_readers(warnings(scored)),
        tasks=[
            (row, task.weighted)
            for row, task in zip(assessment.tasks.all(), scored.inputs.tasks, strict=True)
        ],
        ratings=ratings(assessment, scored),
        claims=checked_claims(assessment, scored, neighbours),
        neighbours=sorted(neighbours, key=lambda n: (n.score is None, -(n.score or 0))),
        nearby=Nearby.of(assessment, scored, [neighbour.role for neighbour in neighbours], index),
    )


def neighbours_of(assessment: Assessment, scored: Score) -> list[Neighbour]:
    """The roles that an assessment relates to, fetched ``with_document``."""
    return [_neighbour(relation, scored.published_score) for relation in assessment.relations.all()]


def checked_claims(
    assessment: Assessment, scored: Score, neighbours: list[Neighbour]
) -> list[CheckedClaim]:
    """What the source document states, each held against what the inputs give."""
    scores = {n.role.title: n.score for n in neighbours if n.score is not None}
    return [check_claim(claim.stated(), scored, scores) for claim in assessment.claims.all()]


def _neighbour(relation: RoleRelation, published_score: Decimal) -> Neighbour:
    """A published assessment of the neighbour counts before the score that is cited for it."""
    role = relation.role
    published = role.standing in (Standing.PUBLISHED, Standing.SAMPLE)
    if published:
        points, zone, sub_label = role.score, role.zone, role.sub_label
    else:
        points, zone = relation.cited_score, relation.cited_zone
        sub_label = relation.cited_sub_label
    return Neighbour(
        relation=relation,
        score=points,
        zone=zone,
        sub_label=sub_label,
        cited=not published and points is not None,
        gap=None if points is None else gap(published_score, points),
    )
