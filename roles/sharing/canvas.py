"""A picture of the size that other sites show of a page, and what is drawn on one."""

import re
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from roles.drawing.tokens import light

WIDTH, HEIGHT = 1200, 630
"""Pixels, as OpenGraph and Twitter want them."""
MARGIN = 72
SIZES = (76, 64, 54, 44)
"""Those of a title, the largest at which it fits."""
MOST_LINES = 3
FONTS = Path(__file__).parent / "fonts"
MISSING = "\U0010ffff"
"""A character that no font has."""
TURNS = features.check("raqm")
"""Whether words can be drawn from right to left: by a library that not every machine has."""
RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}
"""Classes of such characters in Unicode."""

type Font = ImageFont.FreeTypeFont


@cache
def font(size: int, *, bold: bool = False) -> Font:
    """DejaVu Sans, which has Latin, Greek, Cyrillic, Arabic and Hebrew letters."""
    return ImageFont.truetype(FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf", size)


@cache
def has_letter(letter: str) -> bool:
    """Whether the font draws a character as more than an empty box."""
    return bytes(font(20).getmask(letter)) != bytes(font(20).getmask(MISSING))


def can_draw(letter: str) -> bool:
    """Whether a character comes out as one reads it."""
    turns = unicodedata.bidirectional(letter) in RIGHT_TO_LEFT
    return letter.isspace() or (has_letter(letter) and (TURNS or not turns))


def legible(title: str, slug: str) -> str:
    """A title, or the words of its address where it cannot be drawn."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    if all(map(can_draw, title)):
        return title
    return slug.replace("-", " ").capitalize()


def wrapped(text: str, of: Font, width: float) -> list[str]:
    """Lines of at most this width; a word that is too long for one is broken."""
    lines = [""]
    for word in re.findall(r"\S+", text):
        longer = f"{lines[-1]} {word}".strip()
        if of.getlength(longer) <= width:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while of.getlength(lines[-1]) > width:
            fits = next(n for n in range(len(word), 0, -1) if of.getlength(word[:n]) <= width)
            lines[-1], word = word[:fits], word[fits:]
            lines.append(word)
    return lines


def fitted(text: str, width: float) -> tuple[list[str], int]:
    """The lines of a title and their size; what has no room at the smallest ends in an ellipsis."""
    for size in SIZES:
        lines = wrapped(text, font(size, bold=True), width)
        if len(lines) <= MOST_LINES:
            return lines, size
    smallest = SIZES[-1]
    lines = lines[:MOST_LINES]
    while font(smallest, bold=True).getlength(f"{lines[-1]}…") > width:
        lines[-1] = lines[-1][:-1]
    return [*lines[:-1], f"{lines[-1]}…"], smallest


class Canvas:
    """One picture, drawn from the top down."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), light("page"))
        self.draw = ImageDraw.Draw(self.image)
        self.write((MARGIN, 48), "JobZone", 32, bold=True)
        said = font(26).getlength("AI Job Resistance Index")
        self.write((WIDTH - MARGIN - said, 54), "AI Job Resistance Index", 26, ink="ink-muted")

    def write(
        self,
        at: tuple[float, float],
        text: str,
        size: int,
        *,
        ink: str = "ink",
        bold: bool = False,
    ) -> float:
        """A line of text from its upper left corner; gives where it ends."""
        used = font(size, bold=bold)
        self.draw.text(at, text, font=used, fill=light(ink))
        return at[0] + used.getlength(text)

    def title(self, text: str, top: float) -> None:
        """The title of the picture, in up to three lines."""
        lines, size = fitted(text, WIDTH - 2 * MARGIN)
        for number, line in enumerate(lines):
            self.write((MARGIN, top + number * size * 1.2), line, size, bold=True)

    def shape(self, at: tuple[float, float], size: float, zone: str) -> None:
        """The shape of a zone: circle, triangle or square, in its colour."""
        (x, y), fill = at, light(f"{zone.lower()}-ink")
        if zone == "Green":
            self.draw.ellipse((x, y, x + size, y + size), fill=fill)
        elif zone == "Yellow":
            self.draw.polygon([(x + size / 2, y), (x + size, y + size), (x, y + size)], fill=fill)
        else:
            self.draw.rectangle((x, y, x + size, y + size), fill=fill)

    def badge(self, at: tuple[float, float], zone: str, words: str, size: int) -> float:
        """A zone as shape, words and colour; gives where it ends."""
        (x, y), pad = at, size * 0.45
        end = x + pad * 3 + size * 0.8 + font(size, bold=True).getlength(words)
        ink, tint = f"{zone.lower()}-ink", f"{zone.lower()}-tint"
        box = (x, y, end, y + size * 1.7)
        self.draw.rounded_rectangle(box, 8, fill=light(tint), outline=light(ink), width=2)
        self.shape((x + pad, y + size * 0.45), size * 0.8, zone)
        self.write((x + 2 * pad + size * 0.8, y + size * 0.22), words, size, ink=ink, bold=True)
        return end

    def tag(self, at: tuple[float, float], words: str, size: int) -> None:
        """What a score rests on, in a frame."""
        (x, y), pad = at, size * 0.45
        end = x + 2 * pad + font(size).getlength(words)
        self.draw.rounded_rectangle((x, y, end, y + size * 1.7), 8, outline=light("line"), width=2)
        self.write((x + pad, y + size * 0.22), words, size, ink="ink-muted")

    def png(self) -> bytes:
        """The picture as a file."""
        file = BytesIO()
        self.image.quantize(64).save(file, "PNG")
        return file.getvalue()
