"""The editors' screens in the Django admin."""

from roles.admin.assessment import AssessmentAdmin
from roles.admin.role import RoleAdmin

__all__ = ["AssessmentAdmin", "RoleAdmin"]
