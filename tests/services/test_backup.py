"""A database that was destroyed comes back from its copy, to the last figure and digest."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from roles.models import Assessment, Role
from roles.services.import_document import import_document
from roles.services.rights import restrict
from tests.conftest import SITE
from tests.factories import draft, published, sql, titled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def with_content():
    published()
    import_document(titled("Another role"), publishing=True)
    draft()
    # The content comes from the copy and not from `prepare`; occupations are not what this is of.
    yield
    restrict(connection, SITE)


def everything():
    """Every row of every table, but for who is signed in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted({name for (name,) in cursor} - {"django_session"})
        found = {}
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(row)::text FROM {table} AS row ORDER BY 1")
            found[table] = [row for (row,) in cursor]
    return found


def run(command, *args, **options):
    said = StringIO()
    call_command(command, *args, stdout=said, **options)
    return said.getvalue()


def test_backs_up_destroys_and_restores(tmp_path, monkeypatch):
    monkeypatch.setattr("roles.management.commands.prepare.Occupation.objects.exists", lambda: True)
    file, before = tmp_path / "copy", everything()
    assert "MB" in run("backup", file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="exists already"):
        run("backup", file)
    sql("DROP TABLE roles_task, roles_claim, roles_role CASCADE")
    sql("DELETE FROM django_migrations")
    sql("DROP FUNCTION roles_task_protect_published CASCADE")
    assert "Everything is reproduced" in run("restore", file, replace=True)
    assert everything() == before
    assert Assessment.objects.published().count() == 2


def test_what_is_there_is_not_replaced_unasked(tmp_path):
    run("backup", tmp_path / "copy")
    with pytest.raises(CommandError, match="add --replace"):
        run("restore", tmp_path / "copy")


def test_a_copy_that_is_cut_off_changes_nothing(tmp_path):
    file = tmp_path / "copy"
    run("backup", file)
    file.write_bytes(file.read_bytes()[:-20_000])
    before = Role.objects.count()
    with pytest.raises(CommandError, match=r"Nothing was changed"):
        run("restore", file, replace=True)
    assert Role.objects.count() == before
