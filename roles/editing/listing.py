"""The lists of assessments and roles in the admin: their columns, filters and search."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from roles.drawing.badges import zone_badge
from roles.editing import bulk, importing
from roles.editing.clock import clock
from roles.editing.requests import person_of
from roles.editing.typed_django import AssessmentModelAdmin, RoleModelAdmin
from roles.editing.worklist import NEEDS, need_called
from roles.models import Assessment, Role
from roles.querysets import AssessmentQuerySet
from roles.vocabulary import Status


def score_with_zone(score: Decimal | None, zone: str, sub_label: str) -> SafeString | None:
    """A score with its zone in shape, word and colour; None where there is no score."""
    if score is None:
        return None
    return format_html("{} {}", score, zone_badge(zone, sub_label))


class NeedFilter(admin.SimpleListFilter):
    """A group of the worklist, with all that is in it."""

    title = "what needs doing"
    parameter_name = "needs"

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        """The groups."""
        return [(need.name, need.title) for need in NEEDS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those that need it."""
        need = need_called(self.value())
        return need.find(queryset, person_of(request)) if need else queryset


class StateFilter(admin.SimpleListFilter):
    """Where an assessment is; what is deleted is seen only by whoever asks for it."""

    title = "state"
    parameter_name = "status"

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        """The states."""
        return [(status.value, status.label) for status in Status]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002 - Django's
        """Those in this state, or all that are not deleted."""
        asked = self.value()
        return queryset.filter(status=asked) if asked else queryset.exclude(status=Status.DELETED)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The states, before them what the list shows by itself."""
        first, *others = super().choices(changelist)
        yield {**first, "display": "All but deleted"}
        yield from others


class RoleFilter(admin.SimpleListFilter):
    """A value that a role has in one column; for roles, and for assessments of them."""

    column: str

    def lookups(self, *_: Any) -> list[tuple[str, str]]:
        """The values that there are."""
        found = Role.objects.exclude(**{self.column: ""}).order_by(self.column).distinct()
        return [(value, value) for value in found.values_list(self.column, flat=True)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002 - Django's
        """Those with the value."""
        path = "" if queryset.model is Role else "role__"
        asked = self.value()
        return queryset.filter(**{f"{path}{self.column}": asked}) if asked else queryset


class SectorFilter(RoleFilter):
    """The sector of a role."""

    title = parameter_name = column = "sector"


class CountryFilter(RoleFilter):
    """The country of a role."""

    title = parameter_name = column = "country"


class ChangedFilter(admin.DateFieldListFilter):
    """When an assessment was saved last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "last change"


class AssessmentList(AssessmentModelAdmin):
    """What the list of assessments shows, how it is looked through, and what is done from it."""

    list_display = [
        "role",
        "version",
        "state",
        "scored",
        "author",
        "reviewer",
        "sector",
        "country",
        "updated",
        "planned",
    ]
    list_filter = [
        NeedFilter,
        StateFilter,
        "zone",
        SectorFilter,
        CountryFilter,
        ("author", admin.RelatedOnlyFieldListFilter),
        ("updated_at", ChangedFilter),
    ]
    list_select_related = ["role", "author", "reviewer"]
    show_full_result_count = False
    search_fields = [
        "role__title",
        "role__aliases__title",
        "role__codes__code",
        "author__username",
        "author__first_name",
        "author__last_name",
    ]
    searched = "titles, other titles, occupational codes and authors"
    actions = ["publish_selected", "submit_selected", "export_selected", "delete_selected"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under what it is a list of."""
        return super().changelist_view(request, {"title": "Assessments", **(extra_context or {})})

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """As the worklist has it, where one of its groups is asked for."""
        need = need_called(request.GET.get(NeedFilter.parameter_name))
        return [*(need.order if need else super().get_ordering(request))]

    @admin.display(description="State", ordering="status")
    def state(self, assessment: Assessment) -> str:
        """Where it is on its way to readers."""
        return Status(assessment.status).label

    @admin.display(description="Score", ordering="published_score", empty_value="none yet")
    def scored(self, assessment: Assessment) -> str | None:
        """The score and its zone; none while it cannot be scored."""
        return score_with_zone(assessment.published_score, assessment.zone, assessment.sub_label)

    @admin.display(description="Sector", ordering="role__sector", empty_value="-")
    def sector(self, assessment: Assessment) -> str | None:
        """That of its role."""
        return assessment.role.sector or None

    @admin.display(description="Country", ordering="role__country", empty_value="-")
    def country(self, assessment: Assessment) -> str | None:
        """That of its role."""
        return assessment.role.country or None

    @admin.display(description="Last changed", ordering="updated_at")
    def updated(self, assessment: Assessment) -> str:
        """When it was saved last."""
        return clock(assessment.updated_at)

    @admin.display(description="Planned", ordering="publish_at", empty_value="-")
    def planned(self, assessment: Assessment) -> str | None:
        """When it is to be published by itself."""
        return clock(assessment.publish_at) if assessment.publish_at else None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the person publishes at all."""
        return request.user.has_perm("roles.publish_assessment")

    @admin.action(description="Publish the selected assessments", permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: AssessmentQuerySet
    ) -> HttpResponse | None:
        """Publish each that can be, after the person has seen what would change."""
        return bulk.act(bulk.PUBLISH, request, queryset)

    @admin.action(
        description="Ask for a review of the selected assessments", permissions=["change"]
    )
    def submit_selected(
        self, request: HttpRequest, queryset: AssessmentQuerySet
    ) -> HttpResponse | None:
        """The same for drafts that wait for a review from then on."""
        return bulk.act(bulk.SUBMIT, request, queryset)

    @admin.action(description="Delete the selected assessments", permissions=["delete"])
    def delete_selected(
        self, request: HttpRequest, queryset: AssessmentQuerySet
    ) -> HttpResponse | None:
        """The same for what goes out of sight; each can be restored."""
        return bulk.act(bulk.DELETE, request, queryset)

    @admin.action(description="Export the selected assessments as documents", permissions=["view"])
    def export_selected(self, _: HttpRequest, queryset: AssessmentQuerySet) -> HttpResponse:
        """One Markdown file, or a zip of several; changes nothing, so nothing is asked."""
        return importing.documents_response(queryset)


class RoleList(RoleModelAdmin):
    """What the list of roles shows, and how it is looked through."""

    list_display = ["title", "scored", "standing", "sector", "country", "seniority"]
    list_filter = ["standing", "zone", SectorFilter, CountryFilter]
    search_fields = ["title", "aliases__title", "codes__code"]
    searched = "titles, other titles and occupational codes"
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under what it is a list of."""
        return super().changelist_view(request, {"title": "Roles", **(extra_context or {})})

    @admin.display(description="Score", ordering="score", empty_value="not assessed")
    def scored(self, role: Role) -> str | None:
        """The score that readers see, and its zone."""
        return score_with_zone(role.score, role.zone, role.sub_label)
