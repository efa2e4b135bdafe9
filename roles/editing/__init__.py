"""The editors' screens in the Django admin."""

from django.contrib import admin

from roles.editing.assessment import AssessmentAdmin
from roles.editing.role import RoleAdmin

admin.site.site_header = admin.site.site_title = "JobZone, for editors"
admin.site.index_title = "Worklist"

__all__ = ["AssessmentAdmin", "RoleAdmin"]
