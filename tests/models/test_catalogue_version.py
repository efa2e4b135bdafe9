"""The version of what public pages read: raised at commit by every change, and by nothing else."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from roles.models import AlsoKnownAs, Assessment, CatalogueVersion
from roles.services.import_document import import_document
from roles.services.synthetic import make_synthetic_roles, remove_synthetic_roles
from roles.services.workflow import delete
from roles.sql.triggers import INSTALLED, OTHER_TABLES, SCORED_TABLES
from tests.factories import draft, guards_off, published, sql, titled

pytestmark = pytest.mark.django_db(transaction=True)


def raised(change) -> int:
    """By how much the version is another after a change that commits."""
    before = CatalogueVersion.current()
    change()
    return CatalogueVersion.current() - before


def test_every_table_that_a_public_page_reads_raises_it():
    """The tables come from the statements of the pages; a new one has to have the trigger."""
    published()
    again = import_document(titled("Clinical Coder (NHS)", claims=()), publishing=True)
    gone = import_document(titled("Gone", claims=()), publishing=True)
    delete(gone.assessment)
    assert again.assessment.version == 2
    coder = "/roles/clinical-coder-nhs/"
    paths = ["/", "/roles/", "/roles/?q=coder", "/roles/?q=audit", "/zones/red/", "/changes/"]
    paths += [coder, f"{coder}history/", f"{coder}versions/1/", f"{coder}versions/1.md"]
    paths += ["/roles/gone/", "/roles/health-information-technologist/", "/method/"]
    paths += ["/provenance/", "/compare/?role=clinical-coder-nhs"]
    paths += ["/occupations/", "/occupations/occupations.csv"]
    paths += ["/compare/?role=clinical-coder-nhs&role=health-information-technologist"]
    paths += ["/occupations/", "/occupations/occupations.csv"]
    with CaptureQueriesContext(connection) as captured:
        for path in paths:
            assert Client().get(path).status_code in (200, 410), path
    read = {
        table
        for query in captured.captured_queries
        for table in re.findall(r'(?:FROM|JOIN) "?(\w+_\w+)', query["sql"])
    }
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        guarded = {row[1] for row in cursor.fetchall() if row[0] == "raise_catalogue_version"}
    # What was looked for in vain is counted, and shown to editors alone.
    assert read - {"roles_catalogueversion", "roles_missedsearch"} <= guarded
    assert {
        "roles_occupation",
        "roles_role",
        "roles_assessment",
        "roles_task",
        "roles_claim",
    } <= read


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE roles_role SET title = 'Coder' WHERE slug = 'clinical-coder-nhs'",
        "DELETE FROM roles_alsoknownas",
        "UPDATE roles_alsoknownas SET title = title || ' II'",
        "UPDATE roles_occupationcode SET code = '29-2099'",
        "DELETE FROM roles_occupationcode",
        "INSERT INTO roles_occupation (code, title, entry_education) "
        "VALUES ('11-1011.00', 'Chiefs', '')",
        "UPDATE roles_roletext SET text = 'other words'",
        "UPDATE roles_assessment SET status = 'deleted', deleted_at = now()",
    ],
)
def test_plain_sql_raises_it_by_one(statement):
    published()
    assert raised(lambda: sql(statement)) == 1


@pytest.mark.parametrize("table", [*SCORED_TABLES, *OTHER_TABLES])
def test_rows_of_what_is_published_raise_it(table):
    """Nobody can change one, and only those of synthetic roles can be removed."""
    assessment = published()
    with guards_off():
        sql("UPDATE roles_role SET synthetic = TRUE")
        assessment.sources.create(dimension="Wage Trends", title="A survey")
        assessment.corrections.create(claim="2025", correction="2024", source="A survey")
    assert raised(lambda: sql(f"DELETE FROM {table}")) == 1


def test_a_new_role_and_one_that_goes_raise_it():
    assert raised(lambda: make_synthetic_roles(3, seed=1)) == 1
    assert raised(remove_synthetic_roles) == 1


def test_once_a_transaction_however_much_changes():
    published()

    def change():
        with transaction.atomic():
            for number in range(20):
                sql("UPDATE roles_role SET title = %s || slug", str(number))
            AlsoKnownAs.objects.all().delete()

    assert raised(change) == 1
    assert raised(change) == 1


def test_at_commit_and_not_before():
    published()
    before = CatalogueVersion.current()
    with transaction.atomic():
        sql("UPDATE roles_role SET title = 'Coder'")
        assert CatalogueVersion.current() == before
    assert CatalogueVersion.current() == before + 1


def test_not_by_what_is_rolled_back():
    published()

    def change():
        with transaction.atomic():
            sql("UPDATE roles_role SET title = 'Coder'")
            transaction.set_rollback(True)

    assert raised(change) == 0


def test_not_by_changes_of_a_draft():
    """Neither as an editor saves them nor by plain SQL."""
    assessment = draft()

    def change():
        task = assessment.tasks.first()
        task.rationale = "Another reason."
        task.save()
        Assessment.objects.filter(pk=assessment.pk).update(timeline="Sooner.")
        for table in OTHER_TABLES:
            sql(f"DELETE FROM {table}")

    assert raised(change) == 0


def test_there_is_one_row_of_it():
    published()
    with pytest.raises(IntegrityError):
        CatalogueVersion.objects.create(pk=2)
