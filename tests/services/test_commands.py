"""What a command cannot do it says in one line."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roles.documents.render import render
from roles.models import Assessment, Role
from roles.services.import_document import import_document
from tests.factories import published, reference_document, titled

pytestmark = pytest.mark.django_db


def refusal(*command, **options):
    with pytest.raises(CommandError) as refused:
        call_command(*command, stdout=StringIO(), stderr=StringIO(), **options)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_version_that_is_not_there():
    published()
    assert refusal("export_assessment", "clinical-coder-nhs", assessment_version=0) == (
        "'clinical-coder-nhs' has no version 0; there is: 1."
    )


def test_a_slug_that_is_not_there():
    assert refusal("export_assessment", "nobody") == "No role 'nobody' has an assessment."


@pytest.mark.parametrize("count", ["-5", "0", "many"])
def test_a_number_of_roles_that_cannot_be(count):
    assert f"{count} is no number of roles" in refusal("make_synthetic_roles", "--", count)


def test_synthetic_roles_that_are_there_already():
    call_command("make_synthetic_roles", "3", stdout=StringIO())
    assert "seed 0 are there already" in refusal("make_synthetic_roles", "3")
    call_command("make_synthetic_roles", "3", seed=1, stdout=StringIO())
    assert Role.objects.filter(synthetic=True).count() == 6


@pytest.mark.parametrize("order", [1, -1])
def test_a_draft_in_the_way_leaves_the_others_of_a_batch_whatever_the_order(tmp_path, order):
    draft = import_document(reference_document()).assessment
    Assessment.objects.filter(pk=draft.pk).update(growth_check="An editor's words.")
    newer = replace(reference_document(), growth_check="Rewritten.")
    files = []
    for name, document in (("a", newer), ("b", titled("Baker")), ("c", titled("Cook"))):
        files.append(tmp_path / f"{name}.md")
        files[-1].write_text(render(document))
    assert refusal("import_assessment", *map(str, files[::order])) == (
        "1 file has problems; 2 imported."
    )
    assert Assessment.objects.count() == 3
    assert Assessment.objects.get(pk=draft.pk).growth_check == "An editor's words."
