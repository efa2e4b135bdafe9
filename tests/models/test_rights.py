"""The role that serves the site can do its work and reach nothing else."""

from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pghistory.models import Context

from roles.models import Assessment, Task
from roles.services.rights import OwnsEverything, history_tables, restrict
from tests.conftest import SITE
from tests.factories import as_superuser, draft, published, sql

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE roles_assessment DISABLE TRIGGER protect_published",
        "ALTER TABLE roles_assessment ADD COLUMN more text",
        "DROP TRIGGER guard_figures ON roles_assessment",
        "CREATE OR REPLACE FUNCTION roles_task_protect_published() RETURNS trigger "
        "LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "TRUNCATE roles_assessment CASCADE",
        "SET session_replication_role = replica",
        "CREATE TABLE another (id int)",
        "CREATE SCHEMA another",
        "CREATE TEMPORARY TABLE roles_role (id int, synthetic bool)",
        "UPDATE roles_catalogueversion SET number = 1",
        "DELETE FROM django_migrations",
        "UPDATE axes_accesslog SET username = 'somebody'",
        "DELETE FROM axes_accesslog",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY roles_role TO PROGRAM 'cat'",
        "CREATE ROLE another SUPERUSER",
    ],
)
def test_is_refused(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        sql(statement)


@pytest.mark.parametrize("table", sorted({*history_tables(), "pghistory_context"}))
def test_history_is_added_to_by_triggers_alone(table):
    column = "metadata" if table == "pghistory_context" else "pgh_label"
    for statement in (
        f"UPDATE {table} SET {column} = NULL",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"INSERT INTO {table} DEFAULT VALUES",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql(statement)


def test_a_change_is_kept_whatever_a_session_asks_for():
    """By pgtrigger's own setting, which any session may change."""
    task = draft().tasks.get(position=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = ",".join(sorted({name for (name,) in cursor}))
    sql("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{names}}}")
    task.name = "Another."
    task.save()
    assert Task.pgh_event_model.objects.filter(pgh_obj_id=task.pk, name="Another.").exists()


def test_what_the_site_does_is_done_as_that_role(django_user_model):
    """The tests of the editors' screens are, too: ``as_the_site`` in tests/conftest.py."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (SITE,)
    published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(timeline="Another.")
    person = django_user_model.objects.create(username="ann")
    with as_superuser():
        Context.objects.create(id=UUID(int=1), metadata={"user": person.pk})
    person.delete()
    assert Context.objects.get().metadata == {}


@pytest.mark.parametrize("role", ["postgres", ""])
def test_an_owner_is_not_restricted(role):
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        with pytest.raises(OwnsEverything):
            restrict(connection, role or owner)
