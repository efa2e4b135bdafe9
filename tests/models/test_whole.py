"""An assessment fetched whole is the one that Django's own relations give."""

from pathlib import Path

import pytest
from django.db.models import Model

from roles.documents.parse import parse
from roles.models import Assessment
from roles.services.import_document import import_document
from roles.whole import ROLE_ROWS, ROWS
from tests.factories import published
from tests.reference import CONTENT

pytestmark = pytest.mark.django_db


def values(row: Model) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def several():
    for path in sorted(Path(CONTENT).parent.glob("*.md"))[:6]:
        import_document(parse(path.read_bytes()).document, publishing=True)
    return published()


def test_the_rows_are_those_of_the_relations_in_their_order(several):
    for whole in Assessment.objects.published().with_card():
        plain = Assessment.objects.get(pk=whole.pk)
        for name in ROWS:
            rows = list(map(values, getattr(plain, name).all()))
            assert list(map(values, getattr(whole, name).all())) == rows
        for name in ROLE_ROWS:
            rows = list(map(values, getattr(plain.role, name).all()))
            assert list(map(values, getattr(whole.role, name).all())) == rows
        for relation, same in zip(whole.relations.all(), plain.relations.all(), strict=True):
            assert relation.role == same.role
            assert relation.role.score == same.role.score
            assert relation.role.title == same.role.title


def test_no_row_is_asked_for_again(several, django_assert_num_queries):
    with django_assert_num_queries(1):
        whole = Assessment.objects.filter(pk=several.pk).with_card().get()
        assert whole.tasks.all()[0].assessment is whole
        assert [relation.role.title for relation in whole.relations.all()]
        assert [str(code) for code in whole.role.codes.all()]


def test_a_narrower_question_is_asked_of_this_assessment_alone(several):
    whole = Assessment.objects.filter(pk=several.pk).with_card().get()
    assert whole.tasks.filter(score__gte=1).count() == len(whole.tasks.all())
    assert whole.tasks.filter(score__gte=1).count() < type(whole.tasks.all()[0]).objects.count()
