"""Prose is Markdown: what it may have, what it may not, and how long it takes at worst."""

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roles.documents.fields import FIELDS, Kind
from roles.documents.parse import parse
from roles.drawing.prose import LONGEST, OPENING, after_lead, inline, lead, opening, prose
from tests.reference import ROOT

LIBRARY = sorted((ROOT / "fixtures" / "assessments").glob("*.md"))


def words(html):
    """What a reader sees, white space as single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("**Bold** and *slanted*", "<p><strong>Bold</strong> and <em>slanted</em></p>"),
        ("then -- now", "<p>then – now</p>"),
        ("**then** -- now", "<p><strong>then</strong> – now</p>"),
        ("Red <25 & more", "<p>Red &lt;25 &amp; more</p>"),
        ("# no heading", "<p># no heading</p>"),
        (r"\- no item", "<p>- no item</p>"),
        (r"1\. no item", "<p>1. no item</p>"),
        (r"\• no item", "<p>• no item</p>"),
        ("70% * 2 * 3", "<p>70% * 2 * 3</p>"),
    ],
)
def test_marks_as_they_are_read(text, html):
    assert prose(text).replace("\n", "") == html


def test_a_link_leads_out_and_says_nothing_of_us():
    html = prose("See [the *scale*](https://example.org/pay?a=1&b=2).")
    assert 'href="https://example.org/pay?a=1&amp;b=2"' in html
    assert 'rel="nofollow noopener"' in html
    assert "<em>scale</em></a>" in html
    assert "<a " in inline("[write](mailto:a@example.org)")


def test_a_list_has_items_below_items():
    html = prose("- one\n  - a\n  - b\n- two\n\n3. three\n4. four")
    assert re.sub(r"\s", "", html) == (
        "<ul><li>one<ul><li>a</li><li>b</li></ul></li><li>two</li></ul>"
        '<olstart="3"><li>three</li><li>four</li></ol>'
    )


def test_a_table_is_one():
    html = prose("| Band | Pay |\n| --- | ---: |\n| 5 | 29,970 |")
    assert re.sub(r"\s", "", html) == (
        "<table><thead><tr><th>Band</th><th>Pay</th></tr></thead>"
        "<tbody><tr><td>5</td><td>29,970</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    "text",
    [
        '<script>alert("x")</script>',
        "*a* <img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](//example.org)",
        "[x](/admin/)",
        "![x](https://example.org/x.png)",
        "<https://example.org>",
        '[x](https://example.org "onclick=alert(1)")',
        "[x](https://example.org/\"onmouseover='alert(1)')",
        '**<a href="javascript:alert(1)">x</a>**',
        "- <style>*{}</style>\n- <iframe src=x>",
        "`<script>`",
        "| <script> |\n|---|\n| <svg onload=x> |",
    ],
)
@pytest.mark.parametrize("written", [prose, inline])
def test_nothing_but_what_is_allowed_comes_out(text, written):
    html = written(text)
    tags = set(re.findall(r"</?([a-zA-Z]+)", html))
    blocks = {"li", "ol", "p", "table", "tbody", "td", "th", "thead", "tr", "ul"}
    assert tags <= {"a", "br", "code", "em", "strong"} | blocks
    assert all(
        re.match(r"(https?://|mailto:)", address)
        for address in re.findall('<a [^>]*href="([^"]*)"', html)
    )
    assert not re.search(r"<[^>]*\s(on\w+|style|src)\s*=", re.sub(r'"[^"]*"', '""', html))


SIGNS = ["*", "_", "[", "]", "`", ">", "|", "\\", "**a", "a**", "[a](", "![", "- ", "* a\n"]


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_without_end_take_linear_time(sign):
    """It takes a tenth of that here; what it replaced took 9.5 s for twice as much."""
    text = (sign * LONGEST)[: LONGEST // 2]
    began = time.perf_counter()
    prose(text)
    inline(text)
    assert time.perf_counter() - began < 4


def test_a_text_that_is_too_long_or_too_deep_is_shown_as_it_is_written():
    deep = "".join("  " * level + f"- item {level}\n" for level in range(1000))
    html = prose(deep)
    assert html.count("<ul>") == 0
    assert words(html) == " ".join(deep.split())
    long = "**much** " * (LONGEST // 8)
    assert words(prose(long)) == long.strip()
    assert inline(long).count("<") == 0


@given(st.text(alphabet="ab -*_[]`\\>#.\n<&•", max_size=80))
def test_no_letter_is_lost(text):
    assert re.findall("[ab&<]", words(prose(text))) == re.findall("[ab&<]", text)


def texts(document):
    for name, field in FIELDS.items():
        if field.kind in (Kind.PROSE, Kind.LINE):
            yield getattr(document, name)
    yield from document.survival_strategy
    for rows in (document.tasks, document.evidence, document.barriers, document.principles):
        yield from (row.rationale for row in rows)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_nothing_of_our_content_is_lost(path):
    for text in texts(parse(path.read_bytes()).document):
        plain = re.sub(r"(?m)^(- |[0-9]+[.] )", "", text.replace("**", "").replace(" -- ", " – "))
        assert words(prose(text)) == " ".join(plain.split())


def test_a_text_begins_with_its_first_sentence():
    text = "Add testing. Then batteries."
    assert (lead(text), after_lead(text)) == ("Add testing.", "Then batteries.")


def test_an_opening_is_as_many_sentences_as_fit_and_never_a_part_of_one():
    assert opening("Paperwork now. Pipes stay.") == "Paperwork now. Pipes stay."
    long = f"{'a' * OPENING} and on."
    assert opening(f"Now. {long} More.") == "Now."
    assert opening(f"{long} More.") == long
    assert opening("") == ""
