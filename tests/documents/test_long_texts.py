"""What is read and written takes a time in step with its length, whatever it is made of."""

import time

import pytest

from roles.documents.blocks import canonical_prose
from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.text import MAX_BYTES
from tests.reference import CONTENT

KINDS = {
    "lines": "Word and\n",
    "sentences": "Word.\n",
    "paragraphs": "Word.\n\n",
    "items": "- one\n  more\n",
    "numbered": "1. one\n",
    "one item": "more and more\n",
    "table rows": "| a | b |\n",
    "bars": "|",
    "stars": "*",
    "brackets": "([",
    "digits": "1",
    "spaces": " ",
    "marks": "#",
    "escapes": "\\~",
    "entities": "&amp;",
    "emphasis": "*a *b",
    "links": "[a](",
    "nested items": "- - ",
    "quotes": "(score 40.0 Yellow) ",
}
LENGTH = MAX_BYTES // 4
SECONDS = 2
"""On a machine that others use too; it took minutes where it was quadratic."""


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_reading_and_writing(text):
    base = CONTENT.read_text().rstrip() + "\n\n"
    long = (text * LENGTH)[: LENGTH - len(base.encode())]
    began = time.process_time()
    read = parse((base + long).encode())
    if read.document:
        render(read.document)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_prose(text):
    long = (text * LENGTH)[:LENGTH]
    began = time.process_time()
    canonical_prose(long)
    assert time.process_time() - began < SECONDS
