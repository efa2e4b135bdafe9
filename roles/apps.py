"""The Django app."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles and their assessments."""

    name = "roles"
    verbose_name = "Roles"
