"""What a role page shows: stored texts joined with the figures that scoring gives for them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from roles.documents.fields import Kind, Place, fields_in
from roles.documents.layout import SUBSECTIONS_OF, Section
from roles.drawing.marks import Mark
from roles.models import Assessment, EvidenceItem, Role, RoleRelation, Task
from roles.reading.nearby import Nearby
from roles.vocabulary import Standing
from scoring.claims import CheckedClaim, check_claim
from scoring.explain import Margin, gap, margin
from scoring.figures import Score, score
from scoring.warnings import ScoreWarning, Warned, warnings
from scoring.zones import Zone


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
    def width(self) -> Decimal:
        """The width of the band on the line, at least so much that it can be seen."""
        return max(self.high - self.low, Decimal("0.5"))

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
    warnings: list[ScoreWarning]
    tasks: list[tuple[Task, Decimal]]
    """Each task with its part of the weighted total."""
    evidence: list[EvidenceItem]
    claims: list[CheckedClaim]
    neighbours: list[Neighbour]
    nearby: Nearby

    @property
    def unreproduced(self) -> list[CheckedClaim]:
        """The claims that the inputs do not bear out."""
        return [checked for checked in self.claims if not checked.reproduces]

    @property
    def adjustment_warnings(self) -> list[ScoreWarning]:
        """The warnings about the adjustment, for the reader."""
        about = (Warned.LARGE_ADJUSTMENT, Warned.ADJUSTMENT_CHANGES_ZONE)
        return [warning for warning in self.warnings if warning.about in about]

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
    def marks(self) -> list[Mark]:
        """The neighbours that have a score, for the line from 0 to 100."""
        return Mark.in_rows(
            (neighbour.role.title, neighbour.score, Zone(neighbour.zone), neighbour.standing)
            for neighbour in self.neighbours
            if neighbour.score is not None
        )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def card_of(assessment: Assessment) -> Card:
    """The card of an assessment that can be scored, fetched ``with_document``."""
    scored = score(assessment.inputs(), assessment.method)
    neighbours = neighbours_of(assessment, scored)
    return Card(
        assessment=assessment,
        score=scored,
        margin=margin(scored.published_score, scored.method),
        warnings=warnings(scored),
        tasks=[
            (row, task.weighted)
            for row, task in zip(assessment.tasks.all(), scored.inputs.tasks, strict=True)
        ],
        evidence=list(assessment.evidence.all()),
        claims=checked_claims(assessment, scored, neighbours),
        neighbours=sorted(neighbours, key=lambda n: (n.score is None, -(n.score or 0))),
        nearby=Nearby.of(assessment, scored, [neighbour.role for neighbour in neighbours]),
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
