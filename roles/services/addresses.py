"""The addresses of roles: the slug of a title, and what is found under one that has changed."""

import re

from django.utils.text import slugify

from roles.documents.fields import MAX_TITLE
from roles.models import OldAddress, Role

_SIGNS = (
    (re.compile(r"(?<=\w)[#♯]"), "-sharp "),
    (re.compile(r"(?<=\w)\+\+"), "-plus-plus "),
    (re.compile(r"(?<=\w)\+(?=\W|$)"), "-plus "),
    (re.compile(r"\+"), " plus "),
    (re.compile(r"(?<!\w)\.(?=\w)"), " dot "),
    (re.compile(r"&"), " and "),
    (re.compile(r"@"), " at "),
    (re.compile(r"%"), " percent "),
    (re.compile(r"/"), " "),
)
"""Signs that tell one title from another, and how they are written out."""


def slug_of(title: str) -> str:
    """The slug of a title: C# Developer is c-sharp-developer, R&D is r-and-d."""
    for sign, words in _SIGNS:
        title = sign.sub(words, title)
    return slugify(title)[:MAX_TITLE].strip("-")


def role_at(slug: str) -> Role | None:
    """The role that has a slug, or had it."""
    role: Role | None = Role.objects.filter(slug=slug).first()
    return role or Role.objects.filter(old_addresses__slug=slug).first()


def moved_to(path: str, slug: str) -> str | None:
    """The path that a page of a role has moved to; None if no role has had the slug."""
    old = OldAddress.objects.select_related("role").filter(slug=slug).first()
    return re.sub(rf"(?<=/roles/){slug}(?=[/.])", old.role.slug, path, count=1) if old else None


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles differ in capitals and white space at most."""
    return one.casefold().split() == other.casefold().split()
