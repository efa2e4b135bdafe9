"""Which site Django's admin is here."""

from django.contrib.admin.apps import AdminConfig


class EditorsAdminConfig(AdminConfig):
    """Django's admin, as the site of the editors."""

    default_site = "roles.editing.site.EditorsSite"
