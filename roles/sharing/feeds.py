"""Atom feeds (RFC 4287) of what was published and changed."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from roles.models import Assessment
from roles.querysets import AssessmentQuerySet
from roles.vocabulary import LICENCE

MOST = 50
"""Entries of a feed, the newest; the page of changes has all."""
SINCE = "2026"
"""The year of the tag URIs (RFC 4151); it stays, or every entry would come again."""
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without an entry was last changed."""


class Atom(Atom1Feed):
    """Atom, with a date that stays where there is no entry yet."""

    def latest_post_date(self) -> datetime:
        """When the newest entry was published."""
        newest: datetime = super().latest_post_date() if self.items else NEVER
        return newest


def feed_of(
    request: HttpRequest, title: str, link: str, versions: AssessmentQuerySet
) -> HttpResponse:
    """The feed of these versions, the last published first; ``link`` is the page that shows them.

    An entry is known by its version, and the feed by its path, while the site keeps its name.
    """
    tag = f"tag:{request.get_host().partition(':')[0]},{SINCE}:"
    feed = Atom(
        title=f"JobZone: {title}",
        link=request.build_absolute_uri(link),
        description=None,
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=f"{tag}{request.path}",
        author_name="JobZone",
        language=settings.LANGUAGE_CODE,
        feed_copyright=f"{LICENCE.title}, {LICENCE.url}",
    )
    for version in versions.with_previous_score()[:MOST]:
        path = reverse("version", args=[version.role.slug, version.version])
        feed.add_item(
            title=f"{version.role.title}: {_scored(version)}",
            link=request.build_absolute_uri(path),
            description=escape(_replaced(version)),
            unique_id=f"{tag}assessment-{version.pk}",
            pubdate=version.published_at,
            updateddate=version.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _scored(version: Assessment) -> str:
    """The score with its zone and what it rests on: "22.4 Red (Displacing), published"."""
    zone = f"{version.zone} ({version.sub_label})"
    return f"{version.published_score} {zone}, {version.provenance.lower()}"


def _replaced(version: Assessment) -> str:
    """What the version replaced."""
    if version.previous_score is None:
        return "First assessment."
    before = f"{version.previous_score} {version.previous_zone}"
    return f"Version {version.version}; before, {before} ({version.previous_provenance.lower()})."
