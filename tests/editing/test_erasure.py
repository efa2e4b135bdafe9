"""A person who goes is forgotten; what they published stays as it was published."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pghistory.models import Context

from roles.models import Assessment, Autosave
from roles.services.import_document import import_document
from roles.services.verification import discrepancies
from tests.editing.conftest import at, form_data, keep
from tests.factories import reference_document, titled

# Some guards look at the end of a transaction only.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(assessor):
    """Somebody with a published assessment, a draft, a comment and a text not saved."""
    import_document(reference_document(), publishing=True, author=assessor.user)
    draft = import_document(titled("Role of a draft"), author=assessor.user).assessment
    data = form_data(assessor, at("change", draft.pk))
    assessor.post(at("change", draft.pk), data | {"primary_function": "Another text."})
    keep(assessor, form_data(assessor, at("change", draft.pk)))
    step = {"step": "comment", "section": "Role Definition", "text": "Look.", "edition": "2"}
    assessor.post(at("step", draft.pk), step)
    return assessor.user


@pytest.mark.parametrize("how", ["on their page", "from the list"])
def test_a_person_can_be_deleted(admin_client, writer, how):
    published = Assessment.objects.published().get()
    before = published.content_digest, published.published_at, published.published_score
    if how == "on their page":
        url = reverse("admin:auth_user_delete", args=[writer.pk])
        response = admin_client.post(url, {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": [writer.pk], "post": "yes"}
        response = admin_client.post(reverse("admin:auth_user_changelist"), data)
    assert response.status_code == 302
    assert not User.objects.filter(pk=writer.pk).exists()
    published.refresh_from_db()
    assert (published.content_digest, published.published_at, published.published_score) == before
    assert published.author is None
    assert not published.contributors.exists()
    assert Assessment.objects.filter(author=None).count() == 2
    assert not Autosave.objects.exists()
    assert list(discrepancies()) == []


def test_the_history_no_longer_leads_to_them(admin_client, writer):
    admin_client.post(reverse("admin:auth_user_delete", args=[writer.pk]), {"post": "yes"})
    assert not Context.objects.filter(metadata__user=writer.pk).exists()
    review = admin_client.get(at("review", Assessment.objects.open().get().pk))
    assert review.status_code == 200
