"""The Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RolesConfig(AppConfig):
    """Roles and their assessments."""

    name = "roles"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        """Have the groups made where they are missing."""
        from roles.services.groups import create_groups

        post_migrate.connect(create_groups, sender=self)
