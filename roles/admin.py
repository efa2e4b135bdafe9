"""Where Django's admin looks for its screens; they are in ``roles.editing``."""

from roles.editing import AssessmentAdmin, RoleAdmin

__all__ = ["AssessmentAdmin", "RoleAdmin"]
