"""The pages that a process keeps: compressed, of one version, within so many bytes."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Self

type Headers = list[tuple[str, str]]
type Key = tuple[str, ...]
"""Scheme, host, path and query string."""

OVERHEAD = 3_000
"""What a page takes beside its bytes and its address: headers and Python's own objects."""
PROVEN = 0.8
"""The share of the room for pages that were asked for again."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to be sent compressed or not."""

    gzipped: bytes
    tag: str
    """Names bytes and headers: changes with either, and with nothing else."""
    headers: Headers
    """Those of the answer, but for its tag and what depends on its encoding."""

    @classmethod
    def of(cls, body: bytes, headers: Headers) -> Self:
        """Compress a page, the same bytes the same way."""
        described = [(name, value) for name, value in headers if name.lower() != "content-length"]
        tag = blake2b(f"{described}".encode() + body, digest_size=12).hexdigest()
        return cls(gzip.compress(body, mtime=0), tag, described)

    @property
    def body(self) -> bytes:
        """The page for the few who do not take it compressed."""
        return gzip.decompress(self.gzipped)


class KeptPages:
    """Pages by key; all are of one version, and go when another comes.

    What was asked for once can be pushed out by anything, what was asked for again only by
    its like: made-up addresses, however many, do not cost a page that is read its place.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.version: bytes | None = None
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._new: OrderedDict[Key, Page] = OrderedDict()
        self._proven: OrderedDict[Key, Page] = OrderedDict()
        self._proven_bytes = 0
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._new) + len(self._proven)

    def move_to(self, version: bytes) -> None:
        """Drop every page, unless they are of this version."""
        if version != self.version:
            with self._lock:
                if version != self.version:
                    self._clear()
                    self.version = version

    def get(self, version: bytes | None, key: Key) -> Page | None:
        """A page of this version, if it is kept."""
        with self._lock:
            if version is None or version != self.version:
                return None
            if page := self._proven.get(key):
                self._proven.move_to_end(key)
            elif page := self._new.pop(key, None):
                self._proven[key] = page
                self._proven_bytes += _size(key, page)
                self._make_room()
            return page

    def put(self, version: bytes | None, key: Key, page: Page) -> None:
        """Keep a page, unless its version has been left or it takes more than half the room."""
        size = _size(key, page)
        with self._lock:
            if version is None or version != self.version or key in self._proven:
                return
            if size > self.most_bytes / 2:
                return
            if replaced := self._new.pop(key, None):
                self.bytes -= _size(key, replaced)
            self._new[key] = page
            self.bytes += size
            self._make_room()

    def _make_room(self) -> None:
        """The page that was asked for longest ago goes first, among the new ones if there are."""
        while self._proven_bytes > self.most_bytes * PROVEN:
            key, page = self._proven.popitem(last=False)
            self._proven_bytes -= _size(key, page)
            self._new[key] = page
        while self.bytes > self.most_bytes and self._new:
            key, page = self._new.popitem(last=False)
            self.bytes -= _size(key, page)


def _size(key: Key, page: Page) -> int:
    return len(page.gzipped) + sum(map(len, key)) + OVERHEAD
