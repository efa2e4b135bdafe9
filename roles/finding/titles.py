"""Which jobs a query names: matches what was typed with titles, other titles and codes.

Every word of the query has to be in one name of a job. The last word may be the beginning of
one, as it may still be being typed. Only where no name has the words is one looked for that
was probably meant: written as one word or two, spelt a little otherwise, or without the words
for a level and for tools.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import islice, product
from math import log
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from roles.finding.wording import CLIPPED, LEVELS, TOOLS, Form, Forms, forms, singular, words

MOST_WORDS = 8
"""Words of a query that are looked at."""
CANDIDATES = 3
"""Spellings that are tried for each word."""
NEAREST = 5
"""Jobs that are named where none is found."""
ALIKE = 75
"""How alike a title has to be to be named without sharing a word, 0 to 100."""

type Kind = Literal["role", "occupation"]
KINDS: tuple[Kind, ...] = ("role", "occupation")
"""What is found, the first of them first among equals."""


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """A job, with everything that it is called."""

    kind: Kind
    key: int
    title: str
    url: str = ""
    other_names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """System and code, such as "SOC 2018 29-2072"."""
    family: str = ""
    """Of an occupation, the first two digits of its codes."""


class Level(IntEnum):
    """How a name has the words of a query, the best first."""

    TITLE = 0
    """It is the title."""
    NAME = 1
    """It is another name, a code, or one of several jobs that the title names."""
    HEAD = 2
    """The name ends with the words in their order: "nurse" in "Staff Nurse"."""
    PHRASE = 3
    WORDS = 4
    """The name has them in any order."""
    INITIALS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A job that a query names."""

    entry: TitleEntry
    name: str
    """The name or code that was asked for; empty where the title shows it."""
    rank: tuple[object, ...]
    is_code: bool = False

    @property
    def is_role(self) -> bool:
        """Whether the job is assessed here."""
        return self.entry.kind == "role"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query names."""

    hits: list[Hit]
    """The best first, each job once."""
    instead: str = ""
    """The words that were looked for in the place of those asked for, if they were others."""


@dataclass(frozen=True, slots=True)
class _Name:
    entry: int
    text: str
    words: tuple[str, ...]
    is_title: bool
    shown: bool
    """Whether the title shows it, as it is the title or a part of it."""

    @property
    def is_part(self) -> bool:
        """Whether it is one of several jobs that the title names."""
        return self.shown and not self.is_title


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a query, each with those that count as it."""

    exact: tuple[frozenset[str], ...]
    unfinished: frozenset[str] | None
    """What the last word may still become; None where it can become nothing else."""


class Titles:
    """All names of all jobs, ready to be asked."""

    def __init__(self, entries: Iterable[TitleEntry]) -> None:
        self.entries = list(entries)
        self._names: list[_Name] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        self._written: dict[str, set[str]] = defaultdict(set)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._codes: list[tuple[str, int, str]] = []
        self._title_words: list[frozenset[str]] = []
        self._uses: Counter[str] = Counter()
        self._heads: set[str] = set()
        for position, entry in enumerate(self.entries):
            self._add(position, entry)
        self._codes.sort()
        self._sorted = sorted(self._written)

    def find(self, query: str) -> Answer:
        """The jobs that a query names, or else those that were probably meant."""
        if code := _code_of(query):
            return Answer(self._having_code(*code))
        asked = tuple(dict.fromkeys(forms(query)))[:MOST_WORDS]
        if not asked:
            return Answer([])
        if hits := self._match(asked):
            return Answer(hits)
        for spelling in self._joined(asked):
            if hits := self._match(spelling):
                return Answer(hits)
        for spelling in self._corrected(asked):
            if hits := self._match(spelling):
                return Answer(hits, " ".join(word for word, _ in spelling))
        return Answer([])

    def nearest(self, query: str) -> list[TitleEntry]:
        """Jobs with some of the words, the last of which weighs most, or with a title alike."""
        asked = words(query)[:MOST_WORDS]
        weights: dict[int, float] = defaultdict(float)
        for number, word in enumerate(asked, 1):
            names = self._having.get(word, ())
            weight = log(1 + len(self._names) / (1 + len(names))) * (
                2 if number == len(asked) else 1
            )
            for name in names:
                if not self._names[name].is_part:
                    weights[name] += weight / len(self._names[name].words) ** 0.5
        ordered = sorted(weights, key=lambda name: (-weights[name], self._distance(name), name))
        found = dict.fromkeys(self._names[name].entry for name in ordered)
        if not found:
            alike = process.extract(
                query, self._title_texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=NEAREST
            )
            found = dict.fromkeys(position for _, _, position in alike)
        return [self.entries[position] for position in islice(found, NEAREST)]

    def _distance(self, number: int) -> tuple[bool, int]:
        """How far a name is from the words that it has: titles that say little else come first."""
        return not self._names[number].is_title, len(self._names[number].words)

    @cached_property
    def _title_texts(self) -> list[str]:
        return [entry.title for entry in self.entries]

    def _add(self, position: int, entry: TitleEntry) -> None:
        bare = re.sub(r"\([^)]*\)", "", entry.title).strip()
        shown = dict.fromkeys([bare or entry.title, entry.title])
        for text in shown:
            self._add_name(position, text, is_title=True, shown=True)
        for text in _jobs_in(entry.title):
            self._add_name(position, text, is_title=False, shown=True)
        for text in dict.fromkeys(entry.other_names):
            if text not in shown:
                self._add_name(position, text, is_title=False, shown=False)
        self._title_words.append(frozenset(words(entry.title)))
        self._codes += [(_bare_code(code), position, code) for code in entry.codes]

    def _add_name(self, position: int, text: str, *, is_title: bool, shown: bool) -> None:
        written = forms(text)
        counts = tuple(word for _, some in written for word in some)
        number = len(self._names)
        self._names.append(_Name(position, text, counts, is_title, shown))
        for word in dict.fromkeys(counts):
            self._having[word].append(number)
        self._heads.update(words(text.partition(" of ")[0])[-1:])
        for word, some in written:
            self._uses[word] += 1
            if len(some) == 1:
                self._written[word].add(some[0])
                self._written[singular(word)].add(some[0])
        if len(counts) >= (2 if is_title else 3):
            initials = "".join(word[0] for word in counts)
            self._initials[initials].append(number)
            if len(initials) > 3:
                self._initials[initials[:-1]].append(number)

    def _match(self, asked: Forms) -> list[Hit]:
        wanted = self._asked(asked)
        best: dict[int, tuple[tuple[object, ...], _Name]] = {}
        for name, level, unfinished in self._graded(wanted, asked):
            entry = self.entries[name.entry]
            in_title = sum(bool(some & self._title_words[name.entry]) for some in wanted.exact)
            rank = (
                unfinished,
                level,
                _written_otherwise(name, asked) if level <= Level.NAME else 0,
                -in_title,
                KINDS.index(entry.kind),
                len(name.words),
                not name.shown,
                entry.title,
                name.entry,
            )
            if name.entry not in best or rank < best[name.entry][0]:
                best[name.entry] = rank, name
        hits = [
            Hit(self.entries[entry], "" if name.shown else name.text, rank)
            for entry, (rank, name) in best.items()
        ]
        return sorted(hits, key=lambda hit: hit.rank)

    def _graded(self, asked: _Asked, written: Forms) -> Iterable[tuple[_Name, Level, bool]]:
        for number in self._with_all(asked.exact):
            name = self._names[number]
            yield name, _level(name, asked.exact), False
        if len(written) == 1:
            for number in self._initials.get(written[0][0], ()):
                yield self._names[number], Level.INITIALS, False
        if asked.unfinished:
            beginning = (*asked.exact[:-1], asked.unfinished)
            for number in self._with_all(beginning):
                name = self._names[number]
                yield name, _level(name, beginning), True

    def _with_all(self, asked: Sequence[frozenset[str]]) -> Iterable[int]:
        """The names that have every word."""
        each = sorted((self._with_any(some) for some in asked), key=len)
        found = each[0]
        for others in each[1:]:
            found = found & others
        return found

    def _with_any(self, some: frozenset[str]) -> set[int]:
        return {number for word in some for number in self._having.get(word, ())}

    def _asked(self, asked: Forms) -> _Asked:
        exact = [
            frozenset([word, *(self._beginning_with(written) if written in CLIPPED else ())])
            for written, counts in asked
            for word in counts
        ]
        last, counts = asked[-1]
        unfinished = self._beginning_with(last) - set(counts) if len(counts) == 1 else None
        return _Asked(tuple(exact), frozenset(unfinished) if unfinished else None)

    def _beginning_with(self, beginning: str) -> set[str]:
        start = bisect_left(self._sorted, beginning)
        found: set[str] = set()
        for word in islice(self._sorted, start, None):
            if not word.startswith(beginning):
                break
            found |= self._written[word]
        return found

    def _known(self, form: Form) -> bool:
        _, counts = form
        return len(counts) > 1 or counts[0] in self._having

    def _joined(self, asked: Forms) -> Iterable[Forms]:
        """The words with two written as one that is known, or one as two."""
        for place, (word, _) in enumerate(asked):
            joined = forms(asked[place - 1][0] + word) if place else ()
            if joined and self._known(joined[0]):
                yield (*asked[: place - 1], *joined, *asked[place + 1 :])
            for cut in range(2, len(word) - 1):
                parts = forms(f"{word[:cut]} {word[cut:]}")
                if len(parts) == 2 and all(map(self._known, parts)):
                    yield (*asked[:place], *parts, *asked[place + 1 :])

    def _corrected(self, asked: Forms) -> Iterable[Forms]:
        """The words with each that nobody knows spelt otherwise, then without level and tools."""
        choices = [self._spellings(form) for form in asked]
        if len(asked) == 1:
            # A word alone names a job: "soldier" is no way to spell "solder".
            choices = [tuple(form for form in choices[0] if form[1][-1] in self._heads)]
        for chosen in islice(product(*choices), CANDIDATES**2):
            spelt = tuple(chosen)
            if spelt != asked:
                yield spelt
        for chosen in islice(product(*choices), CANDIDATES):
            without = tuple(form for form in chosen if form[0] not in LEVELS | TOOLS)
            if without and len(without) < len(chosen):
                yield without

    def _spellings(self, form: Form) -> Forms:
        """A word that is known as it is; another as the known ones that are closest to it."""
        word, _ = form
        edits = _most_edits(word)
        if not edits or self._known(form) or self._beginning_with(word):
            return (form,)
        alike = process.extract(
            word, self._sorted, scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        closest = sorted(
            (found for found in alike if found[0][0] == word[0]),
            key=lambda found: (found[1], -self._uses[found[0]], found[0]),
        )
        return tuple(forms(other)[0] for other, _, _ in closest[:CANDIDATES]) or (form,)

    def _having_code(self, system: str, code: str) -> list[Hit]:
        """The jobs with a code, then those with one that is more exact."""
        found: dict[int, Hit] = {}
        start = bisect_left(self._codes, (code, -1, ""))
        for bare, position, text in islice(self._codes, start, None):
            if not bare.startswith(code):
                break
            if system in text.casefold().replace("*", ""):
                entry = self.entries[position]
                rank = (bare != code, "closest" in text, KINDS.index(entry.kind), bare, position)
                hit = Hit(entry, text, rank, is_code=True)
                if position not in found or rank < found[position].rank:
                    found[position] = hit
        return sorted(found.values(), key=lambda hit: hit.rank)


def _level(name: _Name, asked: Sequence[frozenset[str]]) -> Level:
    many = len(asked)
    own = name.words
    if _is_at(own, asked, len(own) - many):
        if len(own) == many:
            return Level.TITLE if name.is_title else Level.NAME
        return Level.HEAD
    if any(_is_at(own, asked, start) for start in range(len(own) - many)):
        return Level.PHRASE
    return Level.WORDS


def _written_otherwise(name: _Name, asked: Forms) -> int:
    """0 where a name has the very words, 1 where it has others for the same thing."""
    own = [singular(word) for word, _ in forms(name.text)]
    return int(own != [singular(word) for word, _ in asked])


def _is_at(own: Sequence[str], asked: Sequence[frozenset[str]], start: int) -> bool:
    return start >= 0 and all(own[start + n] in some for n, some in enumerate(asked))


def _jobs_in(title: str) -> list[str]:
    """Each job of a title that names several: "Butchers" of "Butchers and Meat Cutters".

    Such titles name jobs in the plural, which tells them from what else is between commas.
    """
    parts = re.split(r",|;|/|--|\band\b|\bor\b", re.sub(r"\bExcept\b.*", "", title))
    parts = [part.strip() for part in parts]
    return [part for part in parts if part != title and re.search(r"[^s]s$|men$", part)]


def _code_of(query: str) -> tuple[str, str] | None:
    """System and code, where a query is a code of occupations: "soc 29-2072" or "3252"."""
    pattern = (
        r"(?:(?:uk )?(soc|isco|o\*?net)(?:[ -](?:2018|2020|2010|08|88|soc))?[ :]+)?(\d[\d.-]+)"
    )
    found = re.fullmatch(pattern, query.strip().casefold())
    if not found or len(_bare_code(found[2])) < 3:
        return None
    return (found[1] or "").replace("*", ""), _bare_code(found[2])


def _bare_code(text: str) -> str:
    """The digits of a code, which follow its system."""
    digits = re.sub(r"[^\d]", "", text.split()[-1])
    return digits.removesuffix("00") if re.search(r"\.00$", text) else digits


def _most_edits(word: str) -> int:
    """How many letters can be wrong in a word that is still the same for a person."""
    return 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 9 else 2
