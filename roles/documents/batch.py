"""Many documents at once: what a file holds, be it a document, an archive or neither."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from roles.documents.layout import Section, section_of
from roles.documents.text import MAX_BYTES, lines_of

TEXTS = (".md", ".markdown", ".mdown", ".txt", ".text")
MOST_IN_ARCHIVE = 2000
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How an archive may be packed; what else there is can ask for any amount of memory."""
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)
_NOT_OURS = ("__MACOSX", ".git", ".svn", ".obsidian", ".vscode")
_WORD = (
    "is a Word document; expected Markdown: in Word, save it as a web page or text and convert it "
    "with pandoc (pandoc -t gfm), or in Google Docs, download it as Markdown (.md)"
)
_OTHERS = {
    ".docx": _WORD,
    ".doc": _WORD,
    ".odt": _WORD,
    ".rtf": _WORD,
    ".pdf": "is a PDF; expected Markdown: export the text that it was made from",
    ".html": "is a web page; expected Markdown: convert it with pandoc -f html -t gfm",
}


class NotReadable(Exception):
    """A file that holds no documents, with what is expected of it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of a batch; ``left_out`` says why it is no document, and is empty for one."""

    name: str
    data: bytes
    left_out: str = ""


def documents_in(name: str, file: IO[bytes]) -> Iterator[Sent]:
    """The document that a file is, or those of an archive, each no longer than it may be.

    Raises NotReadable for an archive that is damaged and for formats of word processors.
    """
    ending = PurePosixPath(name).suffix.lower()
    if ending in _OTHERS:
        raise NotReadable(f"{name} {_OTHERS[ending]}.")
    if ending == ".zip":
        yield from _unpacked(name, file)
    else:
        yield Sent(name, file.read(MAX_BYTES + 1))


def _unpacked(name: str, file: IO[bytes]) -> Iterator[Sent]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) > MOST_IN_ARCHIVE:
                raise NotReadable(f"{name} has {len(members)} files; expected fewer at once.")
            for info in sorted(members, key=lambda info: info.filename):
                yield _member(name, archive, info)
    except DAMAGED as error:
        raise NotReadable(f"{name} is damaged or no zip archive: it cannot be unpacked.") from error


def _member(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Sent:
    label = f"{name}: {info.filename}"
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if any(part in _NOT_OURS for part in path.parts) or path.name.startswith("."):
        return Sent(label, b"", "is what a computer keeps beside its files")
    if path.suffix.lower() not in TEXTS:
        return Sent(label, b"", "is no text file")
    if info.compress_type not in PACKED:
        raise NotReadable(f"{name} is packed in an unusual way; expected plain zip.")
    with archive.open(info) as stream:
        data = stream.read(MAX_BYTES + 1)
    if path.stem.lower() in _BESIDE and not _has_sections(data):
        return Sent(label, b"", "is no assessment")
    return Sent(label, data)


_BESIDE = ("readme", "license", "licence", "changelog", "contributing", "index", "notes")
"""What texts are called that stand beside documents; each may be a document nevertheless."""


def _has_sections(data: bytes) -> bool:
    lines = lines_of(data.decode("utf-8", "replace"))
    return any(section_of(line.text) is Section.ROLE for line in lines if len(line.text) < 100)
