"""The groups of people who work in the admin, and what each may do there."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

ASSESSOR = [
    "view_role",
    "add_role",
    "view_assessment",
    "add_assessment",
    "change_assessment",
    "delete_assessment",
    *(
        f"{verb}_{row}"
        for row in ("task", "evidenceitem", "barrieritem", "principleitem", "source", "correction")
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
    "view_missedsearch",
    "add_rolerelation",
    "change_rolerelation",
    "delete_rolerelation",
]
GROUPS = {"Assessor": ASSESSOR, "Editor": EDITOR}


def create_groups(sender: AppConfig, using: str, **_: Any) -> None:
    """Make the groups that are missing, after every migration; what is there is left as it is."""
    # Django makes permissions after migrations too, perhaps later than this.
    create_permissions(sender, verbosity=0, using=using)
    permissions = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    for name, codenames in GROUPS.items():
        group, is_new = Group.objects.using(using).get_or_create(name=name)
        if is_new:
            group.permissions.set(permissions.filter(codename__in=codenames))
