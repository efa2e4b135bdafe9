"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.decorators.http import require_safe

from jobzone import health
from jobzone.page_cache import cached_by_version as kept
from jobzone.replica import reading_only
from roles.api import document as api_document
from roles.api import operations as api
from roles.comparing import views as comparing
from roles.finding import views as finding
from roles.occupations import views as occupations
from roles.open_data import views as open_data
from roles.reading import views as reading
from roles.sharing import machine_files, pages
from roles.sharing import views as sharing
from roles.sharing.sitemaps import SITEMAPS
from roles.whatif import views as whatif

LISTED = {"sitemaps": SITEMAPS}
# What reads is kept; what is sent to be scored is not.
api.reading.add_decorator(kept, mode="view")

urlpatterns = [
    path("", kept(finding.home), name="home"),
    path("roles/", kept(finding.roles), name="roles"),
    path("titles/", kept(finding.titles), name="titles"),
    path("overview/", kept(finding.overview), name="overview"),
    path("suggest/", kept(finding.suggest), name="suggest"),
    path("zones/<slug:name>/", kept(finding.zone), name="zone"),
    path("compare/", kept(comparing.compare), name="compare"),
    path("roles/<slug:slug>/", kept(reading.role), name="role"),
    path("roles/<slug:slug>/versions/<int:number>/", kept(reading.version), name="version"),
    path("roles/<slug:slug>.<slug:form>", kept(open_data.role), name="role_as"),
    path(
        "roles/<slug:slug>/versions/<int:number>.<slug:form>",
        kept(open_data.version),
        name="version_as",
    ),
    path("roles/<slug:slug>/history/", kept(reading.history), name="history"),
    path("roles/<slug:slug>/my-mix/", whatif.my_mix, name="my_mix"),
    path("score/", whatif.own_score, name="own_score"),
    path("occupations/", kept(occupations.listing), name="occupations"),
    path("occupations/occupations.csv", kept(open_data.all_figures), name="all_figures"),
    path("occupations/<str:address>/", kept(occupations.profile), name="occupation"),
    path(
        "occupations/<str:address>/figures.csv",
        kept(open_data.occupation_figures),
        name="occupation_figures",
    ),
    path("occupations/<str:address>.json", kept(open_data.occupation), name="occupation_json"),
    path("data/", kept(open_data.data), name="data"),
    path("data/datapackage.json", kept(open_data.package), name="package"),
    path("data/scoring.zip", kept(open_data.library), name="library"),
    path("data/role.schema.json", kept(open_data.role_schema), name="schema"),
    path("data/<slug:table>.csv", reading_only()(open_data.rows), name="table"),
    path("data/roles.jsonl", reading_only()(open_data.roles), name="json_lines"),
    path("data/jobzone.sqlite", reading_only()(open_data.sqlite), name="sqlite"),
    path("changes/", kept(reading.changes), name="changes"),
    path("previews/<str:key>/", reading.preview, name="preview"),
    path("method/", kept(reading.method), name="method"),
    path("provenance/", kept(reading.provenance), name="provenance"),
    *(path(f"{name}/", kept(pages.page), {"name": name}, name=name) for name in pages.PAGES),
    path("card.png", kept(sharing.site_card), name="site_card"),
    path("roles/<slug:slug>/card.png", kept(sharing.role_card), name="role_card"),
    path("zones/<slug:name>/card.png", kept(sharing.zone_card), name="zone_card"),
    path("compare/card.png", kept(sharing.compare_card), name="compare_card"),
    path("roles/<slug:slug>/badge.svg", kept(sharing.badge), name="badge"),
    path("embed/<slug:slug>/", kept(sharing.embed), name="embed"),
    path("oembed", sharing.oembed, name="oembed"),
    path("changes/feed.atom", kept(sharing.changes_feed), name="changes_feed"),
    path("zones/<slug:name>/feed.atom", kept(sharing.zone_feed), name="zone_feed"),
    path("roles/<slug:slug>/feed.atom", kept(sharing.role_feed), name="role_feed"),
    path(
        "sitemap.xml",
        kept(require_safe(sitemaps.index)),
        LISTED | {"sitemap_url_name": "sitemap_part"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        kept(require_safe(sitemaps.sitemap)),
        LISTED,
        name="sitemap_part",
    ),
    path("robots.txt", kept(machine_files.robots), name="robots"),
    path("manifest.webmanifest", kept(machine_files.manifest), name="manifest"),
    path("opensearch.xml", kept(machine_files.opensearch), name="opensearch"),
    path(".well-known/security.txt", machine_files.security, name="security"),
    path("api/v1/", kept(api_document.page), name="api"),
    path("api/v1/openapi.json", kept(api_document.openapi), name="openapi"),
    path("api/v1/", api.api.urls),
    path("livez/", health.live, name="live"),
    path("readyz/", health.ready, name="ready"),
    path("health/", health.ready, name="health"),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
]

handler400 = "jobzone.refusals.bad_request"
handler500 = "jobzone.refusals.server_error"
