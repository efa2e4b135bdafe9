"""The prose of assessments as HTML: a small part of Markdown, cleaned, in linear time.

Links, emphasis, code, lists with sub-items and tables; no HTML, no headings, no images.
"""

import re

import nh3
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 100_000
"""Characters of a text that is read as Markdown; a longer one is shown as it is written."""
DEEPEST = 20
"""Levels of nesting that are read, two for each list in a list; deeper text is shown as written."""
LINKED = ("https://", "http://", "mailto:")
OPENING = 160
"""Characters of a text that can stand in the first screen of a page."""

_END = re.compile(r"(?<=[.!?])\s+")
"""Where a sentence ends and another begins."""
_MARKDOWN = MarkdownIt("zero", {"maxNesting": DEEPEST}).enable(
    ["backticks", "emphasis", "escape", "link", "list", "newline", "table"]
)
_BLOCKS = {"li", "ol", "p", "table", "tbody", "td", "th", "thead", "tr", "ul"}
_ALLOWED = {"a", "br", "code", "em", "strong", *_BLOCKS}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SIGNS = re.compile(r"[*_`\[\]\\|]|^\s*(?:[-+]|\d+[.)])(?:\s|$)|^(?: {4}|\t)|\n[ \t]", re.MULTILINE)
"""What could be Markdown; a text without any is paragraphs."""


def _is_linked(address: str) -> bool:
    return address.lower().startswith(LINKED)


def _text(_: object, tokens: list[Token], index: int, *_more: object) -> str:
    return _escaped(tokens[index].content)


_MARKDOWN.validateLink = _is_linked  # type: ignore[method-assign, assignment]
_MARKDOWN.add_render_rule("text", _text)


def prose(text: str) -> SafeString:
    """Markdown as HTML: paragraphs, lists, tables, links, emphasis."""
    text = text.replace("\\•", "•")
    if len(text) <= LONGEST and _SIGNS.search(text):
        tokens = _MARKDOWN.parse(text)
        if all(token.level < DEEPEST - 1 for token in tokens):
            return _clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    return format_html_join("", "<p>{}</p>", ((_escaped(p),) for p in paragraphs if p))


def inline(text: str) -> SafeString:
    """One line of Markdown as HTML: links and emphasis; nothing that takes a line of its own."""
    if len(text) <= LONGEST and _SIGNS.search(text):
        return _clean(_MARKDOWN.renderInline(text))
    return _escaped(text)


def lead(text: str) -> str:
    """The first sentence of a text, which names what to do."""
    return _END.split(text, maxsplit=1)[0]


def after_lead(text: str) -> str:
    """What follows the first sentence of a text."""
    return text[len(lead(text)) :].strip()


def opening(text: str) -> str:
    """The first sentences of a text, as many as make at most ``OPENING`` characters; at least one.

    "Paperwork now." alone would say of a whole job what holds for its smallest part.
    """
    first, *others = _END.split(text)
    for sentence in others:
        if len(first) + 1 + len(sentence) > OPENING:
            break
        first = f"{first} {sentence}"
    return first


def _escaped(text: str) -> SafeString:
    return escape(text.replace(" -- ", " – "))


def _clean(html: str) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=_ALLOWED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(cleaned)  # noqa: S308 - by an allow-list, the line above
