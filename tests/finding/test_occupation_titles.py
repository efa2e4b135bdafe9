"""The everyday titles of occupations, as they are kept in the repository."""

import csv
from collections import Counter
from pathlib import Path

TITLES = Path(__file__).parents[2] / "fixtures" / "occupation-titles.csv"


def rows() -> list[tuple[str, str]]:
    """Each code with one of its titles, in the order of the file."""
    with TITLES.open(encoding="utf-8", newline="") as lines:
        return [(row["onet_soc_code"], row["title"]) for row in csv.DictReader(lines)]


def test_each_occupation_has_two_titles_or_more() -> None:
    counts = Counter(code for code, _ in rows())
    assert len(counts) == 923
    assert [code for code, count in counts.items() if count < 2] == []


def test_no_title_stands_twice_at_an_occupation() -> None:
    counts = Counter((code, title.casefold()) for code, title in rows())
    assert [pair for pair, count in counts.items() if count > 1] == []


def test_the_file_is_sorted_by_code_and_has_no_empty_title() -> None:
    codes = [code for code, _ in rows()]
    assert codes == sorted(codes)
    assert all(title == title.strip() != "" for _, title in rows())
