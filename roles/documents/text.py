"""From bytes to lines, and the rules that every piece of text in a document keeps."""

import re
from dataclasses import dataclass

MAX_BYTES = 256 * 1024
"""Of one document. The longest of the library has 20 kB; the search index takes words for 1 MiB."""

# A "<" that begins a tag, a closing tag, a comment or a processing instruction. "Red <25" stays.
HTML = re.compile(r"<(?=[A-Za-z/!?])")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MARKUP_MESSAGE = (
    "contains HTML; expected plain text (leave a space after '<' to mean \"less than\")"
)

# CR CR LF is what a file has whose line ends were turned into Windows' twice.
_LINE_END = re.compile(r"\r\r\n|\r\n|\r|\n")
_SOFT_BREAK = re.compile(r"[\v\f\x85\u2028\u2029]")
"""A line end within a paragraph, as word processors make it."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_JOINERS = "[\u200c\u200d]+"
_NOT_ASCII = r"[^\x00-\x7f]"
_STRAY_JOINER = re.compile(rf"(?<!{_NOT_ASCII}){_JOINERS}|{_JOINERS}(?!{_NOT_ASCII})")
"""Joiners belong between the letters of some scripts and the parts of some emoji."""


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """Something in a document that keeps it from being imported."""

    line: int | None
    """Counted from 1; None where the whole file is meant."""
    field: str
    message: str
    unfinished: bool = False
    """Whether only something is not written yet, which a document may say of itself."""

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, with its number there, counted from 1."""

    number: int
    text: str


def read_lines(data: bytes) -> tuple[list[Line], list[DocumentProblem]]:
    """The lines of a document, or the reasons why it is none.

    UTF-8 with or without a byte order mark, lines ending in LF, CRLF or CR.
    """
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES >> 10} KiB; expected at most that"
        return [], [DocumentProblem(None, "file", message)]
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")):
        message = "is no text file; expected Markdown (in Word or Google Docs: export as Markdown)"
        return [], [DocumentProblem(None, "file", message)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        message = f"byte 0x{byte:02x} is not UTF-8; expected a text file encoded as UTF-8"
        return [], [DocumentProblem(line, "encoding", message)]
    if not visible(text).strip():
        return [], [DocumentProblem(None, "file", "is empty; expected an assessment document")]
    lines = lines_of(text)
    found = [
        DocumentProblem(
            line.number,
            "encoding",
            f"control character U+{ord(match.group()):04X}; expected printable text",
        )
        for line in lines
        if (match := CONTROL.search(line.text))
    ]
    return lines, found


def lines_of(text: str) -> list[Line]:
    """The lines of a text without what cannot be seen in it.

    A soft break ends a line too, but in the row of a table, which is one line; the lines that
    it makes have one number.
    """
    lines = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        seen = visible(line)
        soft = [_SOFT_BREAK.sub(" ", seen)] if "|" in seen else _SOFT_BREAK.split(seen)
        lines += [Line(number, part) for part in soft]
    return lines


def visible(text: str) -> str:
    """The text without zero-width and direction marks, soft hyphens and the like."""
    return text if text.isascii() else _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """The text with every run of white space, line breaks too, as one space."""
    return " ".join(visible(text).split())
