"""The pictures that other sites show of a page of ours, as PNG."""

from collections.abc import Sequence
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from roles.drawing.bands import bands
from roles.drawing.tokens import light
from roles.models import Role
from roles.sharing.canvas import HEIGHT, MARGIN, WIDTH, Canvas, font, legible
from roles.sharing.verdict import Verdict
from scoring.dimensions import PUBLISHED_SCORE
from scoring.method import CURRENT, Method
from scoring.zones import Zone

NOT_ASSESSED = "Not assessed here"
LINE = HEIGHT - 108
"""Where the line from 0 to 100 stands."""


def of_site() -> bytes:
    """For every page that has no picture of its own."""
    canvas = Canvas()
    canvas.title("How well does a job resist AI?", 150)
    canvas.write((MARGIN, 360), "A score from 0 to 100, with every figure", 36, ink="ink-muted")
    canvas.write((MARGIN, 410), "to check for yourself.", 36, ink="ink-muted")
    _line(canvas, CURRENT)
    return canvas.png()


def of_role(role: Role) -> bytes:
    """Name, score with its range, zone and standing; that it is not assessed, if it is not."""
    canvas = Canvas()
    canvas.title(legible(role.title, role.slug), 118)
    verdict = Verdict.of(role)
    if verdict is None:
        canvas.write((MARGIN, 400), NOT_ASSESSED, 44, ink="ink-muted")
        return canvas.png()
    ink = f"{verdict.zone.lower()}-ink"
    end = canvas.write((MARGIN, 360), f"{verdict.score}", 112, ink=ink, bold=True)
    beside = max(end + 28, 400)
    canvas.write((beside, 374), f"of 100, {verdict.range}", 32, ink="ink-muted")
    end = canvas.badge((beside, 424), verdict.zone, verdict.in_zone, 34)
    canvas.tag((end + 16, 424), verdict.standing, 34)
    _line(canvas, verdict.method, [verdict])
    return canvas.png()


def of_comparison(roles: Sequence[Role]) -> bytes:
    """Two to four roles, a row for each."""
    canvas = Canvas()
    canvas.write((MARGIN, 112), "Compared", 44, bold=True)
    height = 340 / max(len(roles), 3)
    for number, role in enumerate(roles):
        _row(canvas, role, 182 + number * height)
    verdicts = [verdict for role in roles if (verdict := Verdict.of(role))]
    # Scores of different versions of the method do not stand on one line.
    if len({verdict.method.version for verdict in verdicts}) == 1:
        _line(canvas, verdicts[0].method, verdicts)
    return canvas.png()


def of_zone(zone: Zone, count: int) -> bytes:
    """What a zone means, and how many roles are in it."""
    canvas = Canvas()
    canvas.title(f"Roles in the {zone} zone", 130)
    canvas.badge((MARGIN, 250), zone, f"{count} role{'' if count == 1 else 's'}", 40)
    meaning = render_to_string("partials/zone_meaning.html", {"zone": zone, "method": CURRENT})
    canvas.write((MARGIN, 370), " ".join(strip_tags(meaning).split()), 32, ink="ink-muted")
    _line(canvas, CURRENT)
    return canvas.png()


def _row(canvas: Canvas, role: Role, top: float) -> None:
    """A role with its score and zone, in one line."""
    verdict = Verdict.of(role)
    said = f"{verdict.zone}, {verdict.standing}" if verdict else NOT_ASSESSED.lower()
    room = WIDTH - 2 * MARGIN - 210 - font(28).getlength(said) - 24
    title = legible(role.title, role.slug)
    while font(34).getlength(title) > room:
        title = f"{title.rstrip('…')[:-1].rstrip()}…"
    if verdict:
        canvas.shape((MARGIN, top + 8), 28, verdict.zone)
        ink = f"{verdict.zone.lower()}-ink"
        canvas.write((MARGIN + 48, top), f"{verdict.score}", 38, ink=ink, bold=True)
    end = canvas.write((MARGIN + 180, top + 2), title, 34)
    canvas.write((end + 24, top + 7), said, 28, ink="ink-muted")


def _line(canvas: Canvas, method: Method, verdicts: Sequence[Verdict] = ()) -> None:
    """The line from 0 to 100 with its zones, and a mark with its range for each score."""
    for band in bands(method):
        left, right = _across(band.start), _across(band.start + band.width)
        ink, tint = light(f"{band.zone.lower()}-ink"), light(f"{band.zone.lower()}-tint")
        canvas.draw.rectangle((left, LINE, right, LINE + 48), fill=tint, outline=ink)
        canvas.write((left + 12, LINE + 52), band.zone, 20, ink=f"{band.zone.lower()}-ink")
    for verdict in verdicts:
        ink, at = light(f"{verdict.zone.lower()}-ink"), _across(verdict.score)
        low, high = _across(verdict.low), _across(verdict.high)
        canvas.draw.rectangle((low, LINE + 19, high, LINE + 29), fill=ink)
        canvas.draw.rectangle((at - 4, LINE - 8, at + 4, LINE + 56), fill=light("ink"))


def _across(points: Decimal) -> float:
    """Where a score stands on the line."""
    return MARGIN + float(points) * (WIDTH - 2 * MARGIN) / PUBLISHED_SCORE.high
