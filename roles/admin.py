"""Where Django's admin looks for its screens; they are in ``roles.editing``."""

from django.contrib import admin
from django_otp.plugins.otp_totp.admin import TOTPDevice

from roles.editing.assessment import AssessmentAdmin
from roles.editing.role import RoleAdmin

# Keys of second factors are on no screen: `manage.py add_second_factor` makes them.
admin.site.unregister(TOTPDevice)

__all__ = ["AssessmentAdmin", "RoleAdmin"]
