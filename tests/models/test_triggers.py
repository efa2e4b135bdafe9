"""The guards of the database: there as the code has them, and without a switch."""

import pytest
from django.db import IntegrityError, connection, transaction

from roles.models import Role, triggers
from tests.factories import published, sql

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_guard_is_installed_as_the_code_has_it():
    """If this fails after a change of one, a migration has to call ``models.triggers.install``."""
    assert triggers.missing() == []


def test_a_guard_that_was_dropped_or_put_to_rest_is_missed():
    with transaction.atomic():
        sql("DROP TRIGGER guard_figures ON roles_assessment")
        sql("ALTER TABLE roles_task DISABLE TRIGGER protect_published")
        assert triggers.missing() == [
            "roles_task: protect_published",
            "roles_assessment: guard_figures",
        ]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE roles_assessment SET timeline = 'Another.'",
        "UPDATE roles_assessment SET published_score = 99",
        "UPDATE roles_task SET rationale = 'Another.'",
        "DELETE FROM roles_claim",
        "DELETE FROM roles_evidenceitem",
    ],
)
def test_no_setting_of_a_session_puts_them_to_rest(change):
    published()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = ",".join(sorted({name for (name,) in cursor}))
    with transaction.atomic():
        sql("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{names}}}")
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(change)


def test_a_role_cannot_be_made_synthetic_to_be_removed():
    published()
    with pytest.raises(IntegrityError, match="synthetic cannot be changed"):
        Role.objects.update(synthetic=True)
