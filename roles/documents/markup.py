"""Markdown within a line: what of it texts keep, in one spelling, and what names and figures lose.

Texts keep emphasis, links and code, which the pages show. Escapes that escape nothing, entities
and the marks of other dialects are written out, so that one text has one form whoever wrote it.
"""

import html
import re
import unicodedata

from roles.documents.text import one_line, visible

_SIGNS = re.compile(r"[\\&<_]")
"""What a line has that is not in its form yet."""
_SPECIAL = "\\`*_[]"
"""What stays escaped, because it could mean something."""
_BREAK = re.compile(r"<br\s*/?>|<!--\s*-->", re.I)
_AUTOLINK = re.compile(r"(?<!\]\()<((?:https?://|mailto:)[^\s<>()\[\]\\]+)>", re.I)
_ANGLED = re.compile(r"\]\(<([^\s<>()]+)>\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~•●◦▪‣])")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NESTED_ENTITY = re.compile(r"&(?:amp;)+", re.I)
_WITHIN_WORD = re.compile(r"(?<=[^\W_])\\_(?=[^\W_])")
_ALONE = re.compile(r"(?<!\S)(?:\\?[*_])+(?!\S)")
"""Stars or underscores by themselves, which mean nothing however they are written."""
_UNDERSCORES = re.compile(r"(?<![\w\\*])(__?)(?=[^\s_*])([^_*`\\\[\]]*[^\s_*`\\\[\]])\1(?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(<?[^()<>\s]*>?(?:\s+\"[^\"]*\")?\)")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\]")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|~~|`+)(?=\S)(.{1,300}?)(?<=[^\s\\])\1")
_PASSES = 4
"""How often a line is rewritten at most: what one pass lays bare, the next one sees."""


def canonical_line(text: str) -> str:
    """One line of text in the form in which documents keep it."""
    text = one_line(text)
    for _ in range(_PASSES):
        if not _SIGNS.search(text):
            break
        before, text = text, one_line(_rewritten(text))
        if text == before:
            break
    return text


def _rewritten(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub(" ", text)
        text = _AUTOLINK.sub(r"[\1](\1)", text)
        text = _ANGLED.sub(r"](\1)", text)
    if "&" in text:
        text = _ENTITY.sub(_written_out, _NESTED_ENTITY.sub("&", text))
    if "\\" in text:
        text = _ESCAPE.sub(_needed, text)
        text = _ALONE.sub(_bare, _WITHIN_WORD.sub("_", text))
        if "](" not in text and "][" not in text:
            text = re.sub(r"(?<!\\)((?:\\\\)*)\\([\[\]])", r"\1\2", text)
    return _UNDERSCORES.sub(_stars, text) if "_" in text else text


def _needed(escape: re.Match[str]) -> str:
    return escape[0] if escape[1] in _SPECIAL else escape[1]


def _written_out(entity: re.Match[str]) -> str:
    character = html.unescape(entity[0])
    if character == entity[0] or len(character) > 2 or not character.isprintable():
        return " " if character.isspace() else entity[0]
    return f"\\{character}" if character in _SPECIAL else character


def _bare(signs: re.Match[str]) -> str:
    return signs[0].replace("\\", "")


def _stars(emphasis: re.Match[str]) -> str:
    marks = "*" * len(emphasis[1])
    return f"{marks}{emphasis[2]}{marks}"


def plain(text: str) -> str:
    """The text of a name, a label or a figure: without any Markdown."""
    text = canonical_line(text)
    if not re.search(r"[\\*`\[~]", text):
        return text
    text = _FOOTNOTE.sub("", _REFERENCE.sub(r"\1", _LINK.sub(r"\1", text)))
    for _ in range(_PASSES):
        text = _EMPHASIS.sub(r"\2", text)
    text = text.replace("**", "").replace("`", "")
    return one_line(_ESCAPE.sub(r"\1", text))


def folded(text: str) -> str:
    """The text of a figure or a fixed word in plain signs: digits, minus, as on a keyboard."""
    text = plain(text)
    if not text.isascii():
        text = visible(unicodedata.normalize("NFKC", text))
        text = re.sub("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u207b\u208b\u2796]", "-", text)
        text = text.replace("\u2018", "'").replace("\u2019", "'")
    return one_line(text)


def address(text: str) -> str:
    """A web address, whichever way it is marked as a link."""
    if match := re.fullmatch(r"\[[^\[\]]*\]\(<?([^()<>\s]*)>?\)", canonical_line(text)):
        return match[1]
    return canonical_line(text).strip("<>`*")
