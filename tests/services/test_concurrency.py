"""Eight people at once on one role, and on roles that name each other."""

import pytest

from roles.models import Assessment
from roles.services.verification import discrepancies
from tests.services.rounds import CONNECTIONS, rounds

ROUNDS = 6


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_a_500(settings):
    settings.SECOND_PERSON_PUBLISHES = False
    answers = rounds(ROUNDS)
    assert sum(answers.values()) == ROUNDS * CONNECTIONS
    # A 409 asks a person to try again, which is no fault.
    assert not {answer for _, answer in answers} & {500, 400}, answers
    assert answers["published", 302] > 0
    assert answers["imported", 302] > 0
    assert list(discrepancies()) == []


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_under_lock_only(django_db_serialized_rollback):
    from django.db.transaction import TransactionManagementError

    from tests.factories import draft

    role = draft().role
    with pytest.raises(TransactionManagementError):
        role.next_version()
    assert Assessment.objects.count() == 1
