"""Pictures of pages: what is drawn fits, and can be read in every script."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from roles.drawing.tokens import light
from roles.models import Role
from roles.sharing import canvas, cards
from roles.sharing.badge import Badge
from roles.sharing.canvas import MARGIN, MOST_LINES, WIDTH, fitted, font, has_letter, legible
from roles.sharing.verdict import Verdict
from scoring.method import CURRENT, METHODS

ROOM = WIDTH - 2 * MARGIN
LONG = "Senior Manager of Pharmaceutical Regulatory Affairs and Quality Systems " * 3


def role(**changed):
    values = {
        "title": "Clinical Coder (NHS)",
        "slug": "clinical-coder-nhs",
        "score": Decimal("22.4"),
        "range_low": Decimal("17.7"),
        "range_high": Decimal("27.7"),
        "zone": "Red",
        "sub_label": "Displacing",
        "standing": "Published",
        "method_version": "1.0",
    }
    return Role(**values | changed)


def colours(png):
    picture = Image.open(BytesIO(png)).convert("RGB")
    assert picture.size == (1200, 630)
    return {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(9999)}


@pytest.mark.parametrize("title", ["Coder", LONG, "Donaudampfschifffahrt" * 6, "a" * 200])
def test_a_title_fits_whatever_its_length(title):
    lines, size = fitted(title, ROOM)
    assert len(lines) <= MOST_LINES
    assert all(font(size, bold=True).getlength(line) <= ROOM for line in lines)


def test_a_title_is_cut_only_where_it_has_no_room():
    assert fitted("Clinical Coder (NHS)", ROOM) == (["Clinical Coder (NHS)"], 76)
    lines, _ = fitted(LONG, ROOM)
    assert lines[-1].endswith("…")
    assert LONG.startswith(" ".join(lines)[:-1])


@pytest.mark.parametrize("title", ["Krankenpfleger für Ältere", "Медсестра", "Νοσηλευτής"])
def test_a_title_stands_as_it_is_where_the_font_has_its_letters(title):
    assert legible(title, "nurse") == title


def test_a_title_in_another_script_is_named_by_its_address():
    assert not has_letter("訳")
    assert legible("翻訳者", "japanese-translator") == "Japanese translator"


def test_a_title_from_right_to_left_stands_where_it_can_be_turned(monkeypatch):
    for turns, shown in ((True, "מהנדס תוכנה"), (False, "Engineer")):
        monkeypatch.setattr(canvas, "TURNS", turns)
        assert legible("מהנדס תוכנה", "engineer") == shown
        assert legible("Nurse", "nurse") == "Nurse"


def test_the_card_of_a_role_has_the_colours_of_its_zone():
    found = colours(cards.of_role(role()))
    assert light("red-ink") in found
    assert light("page") in found


def test_the_card_of_a_role_that_is_not_assessed_has_no_score():
    cited = cards.of_role(role(standing="Cited"))
    assert light("red-ink") not in colours(cited)
    assert cited != cards.of_role(role())


def test_each_card_is_of_its_own_content_and_the_same_each_time():
    other = role(title="Porter", slug="porter", score=Decimal("61.3"), zone="Green")
    pictures = [
        cards.of_site(),
        cards.of_role(role()),
        cards.of_role(role(standing="Sample")),
        cards.of_role(role(synthetic=True)),
        cards.of_comparison([role(), other]),
        cards.of_comparison([other, role(title=LONG)]),
        cards.of_zone("Red", 1),
        cards.of_zone("Red", 2),
    ]
    assert len(set(pictures)) == len(pictures)
    assert cards.of_role(role()) == pictures[1]


def test_roles_scored_by_different_methods_do_not_share_a_line(monkeypatch):
    made_up = replace(CURRENT, version="9.9")
    monkeypatch.setitem(METHODS, "9.9", made_up)
    assert light("yellow-tint") in colours(cards.of_comparison([role(), role()]))
    mixed = [role(), role(method_version="9.9")]
    assert light("yellow-tint") not in colours(cards.of_comparison(mixed))


def test_a_badge_has_room_for_what_it_says():
    badge = Badge.of(Verdict.of(role(standing="Sample")))
    assert badge.said == "22.4 Red (Displacing), sample"
    assert badge.split < badge.shape_x < badge.said_x
    assert badge.said_x + badge.said_width < badge.width
    assert Badge.of(Verdict.of(role(standing="Cited"))).said == "not assessed here"
