"""Where Django's admin looks for its screens; they are in ``roles.editing``."""

from roles.editing.assessment import AssessmentAdmin
from roles.editing.role import RoleAdmin

__all__ = ["AssessmentAdmin", "RoleAdmin"]
