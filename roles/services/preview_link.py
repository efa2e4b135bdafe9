"""Links under which a version can be read before it is published, for as long as they last."""

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from roles.models import Assessment

SALT = "roles.preview"
LASTS = 7 * 24 * 3600
"""Seconds for which a link opens the page."""


def preview_url(request: HttpRequest, assessment: Assessment) -> str:
    """The whole address of a preview that anyone can open who has it."""
    key = signing.dumps(assessment.pk, salt=SALT)
    return request.build_absolute_uri(reverse("preview", args=[key]))


def previewed(key: str) -> Assessment | None:
    """The assessment of a link, whatever became of it; None if it is forged or has expired."""
    try:
        pk = signing.loads(key, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Assessment.objects.filter(pk=pk).with_document().first()
