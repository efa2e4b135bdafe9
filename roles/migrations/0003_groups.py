"""The groups of people who work in the admin."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

ASSESSOR = [
    "view_role",
    "add_role",
    "view_assessment",
    "add_assessment",
    "change_assessment",
    "delete_assessment",
    *(
        f"{verb}_{row}"
        for row in ("task", "evidenceitem", "barrieritem", "principleitem", "source")
        for verb in ("view", "add", "change", "delete")
    ),
    "view_rolerelation",
    "view_seniorityvariant",
    "view_claim",
    "view_reviewcomment",
    "add_reviewcomment",
    "view_alsoknownas",
    "add_alsoknownas",
    "view_occupationcode",
    "add_occupationcode",
]
EDITOR = [
    *ASSESSOR,
    "change_role",
    "change_alsoknownas",
    "delete_alsoknownas",
    "change_occupationcode",
    "delete_occupationcode",
    "review_assessment",
    "publish_assessment",
    "change_reviewcomment",
    "add_rolerelation",
    "change_rolerelation",
    "delete_rolerelation",
]


def create_groups(apps: Any, _: Any) -> None:
    """Permissions are made after all migrations; these are wanted now."""
    config = apps.get_app_config("roles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="roles"
    )
    for name, codenames in (("Assessor", ASSESSOR), ("Editor", EDITOR)):
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames))


def remove_groups(apps: Any, _: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=["Assessor", "Editor"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("roles", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
