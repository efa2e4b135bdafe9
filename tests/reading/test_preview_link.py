"""A preview link opens an open version, for seven days, and nothing else."""

import time
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.test import Client, RequestFactory

from roles.services.import_document import import_document
from roles.services.preview_link import preview_url
from roles.services.publish import publish
from roles.services.workflow import delete, restore, submit
from tests.factories import draft, published, reference_document

pytestmark = pytest.mark.django_db

VERSION = "/roles/clinical-coder-nhs/versions/1/"
DAY = 24 * 3600


@pytest.fixture
def assessment():
    return draft()


@pytest.fixture
def link(assessment):
    return preview_url(RequestFactory().get("/"), assessment)


def status(link):
    return Client().get(link).status_code


def in_days(days):
    return patch("django.core.signing.time.time", return_value=time.time() + days * DAY)


def test_opens_a_draft_and_one_in_review(assessment, link):
    assert status(link) == 200
    submit(assessment)
    assert status(link) == 200


def test_cannot_be_forged(link):
    """The key of a version, a moment, and a signature that is missing or another's."""
    signed, _, signature = link.rstrip("/").rpartition(":")
    version = signed.rpartition(":")[0]
    for forged in (signed, version, f"{signed}:{signature[::-1]}", f"{version}:{signature}"):
        assert status(f"{forged}/") == 404


def test_lasts_seven_days(link):
    with in_days(6.99):
        assert status(link) == 200
    with in_days(7.01):
        assert status(link) == 404


def test_leads_to_the_public_page_once_published(assessment, link):
    publish(assessment)
    response = Client().get(link)
    assert (response.status_code, response["Location"]) == (302, VERSION)


def test_leads_to_the_page_of_its_own_version_once_superseded(assessment, link):
    publish(assessment)
    import_document(replace(reference_document(), timeline="Sooner."), publishing=True)
    assert Client().get(link)["Location"] == VERSION


def test_is_gone_with_a_deleted_draft_until_it_is_restored(assessment, link):
    delete(assessment)
    response = Client().get(link)
    assert response.status_code == 410
    assert "This version was deleted on" in response.content.decode()
    assert "histopathology" not in response.content.decode()
    restore(assessment)
    assert status(link) == 200


def test_is_gone_with_a_withdrawn_version(assessment, link):
    delete(publish(assessment))
    assert status(link) == 410


def test_does_not_open_the_published_version_of_a_draft():
    current = published()
    link = preview_url(RequestFactory().get("/"), current)
    assert Client().get(link)["Location"] == VERSION
