"""What one process commits is in the very next answer of every worker, whichever way it is made.

``benchmarks.freshness`` does the same a thousand times, under load.
"""

import os
from urllib.parse import urlsplit

import pytest
from django.db import connection

from benchmarks.freshness import trials
from benchmarks.workers import worker
from tests.factories import published

TRIALS = 36
KINDS = 6


@pytest.mark.django_db(transaction=True)
def test_the_next_answer_of_the_other_worker_is_new():
    published()
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    with worker(DATABASE_URL=url.geturl()) as first, worker(DATABASE_URL=url.geturl()) as second:
        done = list(trials([second, first], TRIALS))
    assert [one.name for one in done if not one.fresh] == []
    assert len({one.name for one in done}) == KINDS
