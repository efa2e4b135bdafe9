"""What one process commits is in the very next answer of every worker, whichever way it is made.

``benchmarks.freshness`` does the same a thousand times, under load.
"""

import pytest
from django.db import connection

from benchmarks.freshness import trials
from benchmarks.workers import worker
from tests.factories import published
from tests.run.server import database_url

TRIALS = 36
KINDS = 6


@pytest.mark.django_db(transaction=True)
def test_the_next_answer_of_the_other_worker_is_new():
    published()
    url = database_url(connection.settings_dict["NAME"])
    with worker(DATABASE_URL=url) as first, worker(DATABASE_URL=url) as second:
        done = list(trials([second, first], TRIALS))
    assert [one.name for one in done if not one.fresh] == []
    assert len({one.name for one in done}) == KINDS
