"""From bytes to lines, and the rules that every piece of text in a document keeps."""

import re
from dataclasses import dataclass

MAX_BYTES = 1024 * 1024

# A "<" that begins a tag, a closing tag, a comment or a processing instruction. "Red <25" stays.
HTML = re.compile(r"<(?=[A-Za-z/!?])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MARKUP_MESSAGE = (
    "contains HTML; expected plain text (leave a space after '<' to mean \"less than\")"
)


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """Something in a document that keeps it from being imported."""

    line: int | None
    """Counted from 1; None where the whole file is meant."""
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


def read_lines(data: bytes) -> tuple[list[str], list[DocumentProblem]]:
    """The lines of a document, or the reasons why it is none.

    UTF-8 with or without a byte order mark, lines ending in LF, CRLF or CR.
    """
    if len(data) > MAX_BYTES:
        size = "larger than 1 MiB"
        return [], [DocumentProblem(None, "file", f"is {size}; expected at most 1 MiB")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        message = f"byte 0x{byte:02x} is not UTF-8; expected a text file encoded as UTF-8"
        return [], [DocumentProblem(line, "encoding", message)]
    if not text.strip():
        return [], [DocumentProblem(None, "file", "is empty; expected an assessment document")]
    lines = re.split(r"\r\n|\r|\n", text)
    found = [
        DocumentProblem(
            number,
            "encoding",
            f"control character U+{ord(match.group()):04X}; expected printable text",
        )
        for number, line in enumerate(lines, start=1)
        if (match := CONTROL.search(line))
    ]
    return lines, found


def one_line(text: str) -> str:
    """The text with every run of white space, line breaks too, as one space."""
    return " ".join(text.split())


def without_bold(text: str) -> str:
    """The text of a label, name or number without the asterisks that embolden it."""
    return text.replace("**", "").strip()
