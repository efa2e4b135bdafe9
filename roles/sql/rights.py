"""What the role may do in the database as which the site serves: it owns nothing.

It reads everything and writes what people work on. Tables, triggers, migrations and the history of
changes belong to another role, the owner, as which ``manage.py prepare`` runs.
"""

from collections.abc import Iterable, Iterator

from psycopg.sql import SQL, Composed, Identifier

WRITTEN_BY_TRIGGERS = ("pghistory_context", "roles_catalogueversion")
"""Tables that the owner's triggers write, beside those that keep the history of another."""
WRITTEN_BY_MIGRATIONS = ("django_migrations", "django_content_type", "auth_permission")
APPENDED = {"axes_accesslog": "logout_time"}
"""Logs to which the site adds, and the one column that it may change later."""

NO_SWITCH = SQL("""
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT FALSE'
""")
"""In the place of the function by which any session could put the history to rest."""
HISTORY_FUNCTIONS = """
    SELECT proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE nspname = 'public' AND proname LIKE 'pgtrigger%' AND prorettype = 'trigger'::regtype
"""
OWN_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def grants(
    role: str, database: str, tables: Iterable[str], history: Iterable[str]
) -> Iterator[Composed | SQL]:
    """The statements that leave a role exactly its rights, whatever it had before.

    ``tables`` are all there are, ``history`` those that keep what others were.
    """
    who = Identifier(role)
    # A temporary table could stand in a guard's way under the name that the guard asks for.
    yield SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC, {}").format(Identifier(database), who)
    yield SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(database), who)
    yield SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}").format(who)
    yield SQL("GRANT USAGE ON SCHEMA public TO {}").format(who)
    yield SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(who)
    yield SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(who)
    yield SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(who)
    yield SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(who)
    kept = {*WRITTEN_BY_TRIGGERS, *WRITTEN_BY_MIGRATIONS, *APPENDED, *history}
    for table in sorted(set(tables) - kept):
        yield SQL("GRANT INSERT, UPDATE, DELETE ON {} TO {}").format(Identifier(table), who)
    for table, column in APPENDED.items():
        changes = SQL("GRANT INSERT, UPDATE ({}) ON {} TO {}")
        yield changes.format(Identifier(column), Identifier(table), who)


def as_owner(functions: Iterable[str]) -> Iterator[Composed]:
    """The statements that have trigger functions work with the rights of their owner."""
    for function in functions:
        yield SQL("ALTER FUNCTION {}() SECURITY DEFINER SET search_path = public, pg_temp").format(
            Identifier("public", function)
        )
