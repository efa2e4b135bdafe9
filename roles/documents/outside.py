"""What a file has around the document: front matter, a code fence, what a chat assistant says."""

import re
from dataclasses import dataclass, replace

from roles.documents.blocks import Block, Heading, Paragraph
from roles.documents.layout import Section, section_of
from roles.documents.synonyms import key
from roles.documents.text import Line

_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})\s*(?:markdown|md|text|txt|plaintext)?\s*", re.I)
_QUOTED = re.compile(r"^>\s?")
_COMMENT = re.compile(r"\s*<!--[^<>]*-->\s*")
_FRONT_MATTER = {"---": ("---", "..."), "+++": ("+++",)}
_SETTING = re.compile(r"\s*|\s*#.*|\s*[\w .\"'-]+\s*[:=].*|\s+.*|\s*-\s.*|\s*[\[\]{}].*")
_LONGEST_FRONT_MATTER = 100
_BEFORE = re.compile(
    r"(sure|certainly|of course|absolutely|great|okay|ok|got it|no problem|thank|here(?:['’]s| is"
    r"| are)|below is|this is the|i(?:['’]ve| have|['’]ll| will|['’]m| am)|as requested|let me)\b",
    re.I,
)
_AFTER = re.compile(
    r"(would you like|let me know|please let me|i hope|feel free|do you want|shall i|should i"
    r"|want me to|happy to|if you(?:['’]d| would) like|if you (?:want|need)|i can (?:also|now)"
    r"|is there anything|just (?:say|tell me|let me))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A text that is not where the format has a place for it, with its line."""

    line: int
    text: str
    figure: bool = False
    """Whether it is a stated figure that was not read."""


def inside(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines of the document itself, and what was left out around them."""
    fenced, left_out = _within_fence(_without_blank(_unquoted(lines)))
    document, front_matter = _after_front_matter(_without_blank(fenced))
    comments = [line for line in document if _COMMENT.fullmatch(line.text)]
    document = [line for line in document if line not in comments]
    return document, [*left_out, *front_matter, *_told(comments)]


def _unquoted(lines: list[Line]) -> list[Line]:
    """The lines without the signs of a quotation, if all of them are quoted."""
    if all(line.text.startswith(">") for line in lines if line.text.strip()):
        return [replace(line, text=_QUOTED.sub("", line.text)) for line in lines]
    return lines


def _within_fence(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """What stands in a fence, if a document begins in one."""
    for start, line in enumerate(lines):
        if _begins_document(line):
            break
        if match := _FENCE.fullmatch(line.text):
            closing = [
                number
                for number in range(start + 1, len(lines))
                if lines[number].text.strip() == match["fence"]
            ]
            end = closing[-1] if closing else len(lines)
            if any(_begins_document(within) for within in lines[start + 1 : end]):
                return lines[start + 1 : end], _told([*lines[:start], *lines[end + 1 :]])
    return lines, []


def _begins_document(line: Line) -> bool:
    return len(line.text) < 100 and section_of(line.text, other_names=False) is Section.ROLE


def _after_front_matter(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    closing = _FRONT_MATTER.get(lines[0].text.strip()) if lines else None
    if closing is None:
        return lines, []
    for number, line in enumerate(lines[1:_LONGEST_FRONT_MATTER], start=1):
        if line.text.rstrip() in closing:
            words = " ".join(setting.text.strip() for setting in lines[1:number])
            return lines[number + 1 :], [Note(lines[0].number, f"front matter: {words}")]
        if not _SETTING.fullmatch(line.text):
            break
    return lines, []


def _without_blank(lines: list[Line]) -> list[Line]:
    first = next((n for n, line in enumerate(lines) if line.text.strip()), len(lines))
    return lines[first:]


def _told(lines: list[Line]) -> list[Note]:
    return [Note(line.number, line.text.strip()) for line in lines if line.text.strip()]


def take_chat(before: list[Block], last: list[Block]) -> list[Note]:
    """Take what a chat assistant says before a document, and after it, out of its blocks."""
    said = [block for block in before if _is_chat(block, _BEFORE)]
    before[:] = [block for block in before if block not in said]
    while last and _is_chat(last[-1], _AFTER):
        said.append(last.pop())
    return [Note(block.line, block.text) for block in said if isinstance(block, Paragraph)]


def _is_chat(block: Block, pattern: re.Pattern[str]) -> bool:
    return isinstance(block, Paragraph) and pattern.match(block.text.strip("*_ ")) is not None


def take_title(before: list[Block], title: str) -> None:
    """Take the headings above all sections that repeat the role's title."""
    wanted = key(title)
    before[:] = [
        block
        for block in before
        if not (isinstance(block, Heading) and wanted and wanted in key(block.text))
    ]
