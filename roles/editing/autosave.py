"""Keeps what somebody has typed and not saved, out of the way of everything that is saved."""

from django.contrib.auth.models import User
from django.http import QueryDict

from roles.models import Assessment, Autosave

NOT_KEPT = ("csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_submit")


def keep(person: User, assessment: Assessment | None, posted: QueryDict) -> Autosave:
    """Keep a posted form in the person's slot for this assessment (None: a new one)."""
    data = posted.copy()
    for name in NOT_KEPT:
        data.pop(name, None)
    slot, _ = Autosave.objects.update_or_create(
        user=person, assessment=assessment, defaults={"data": data.urlencode()}
    )
    return slot


def kept(person: User, assessment: Assessment | None) -> Autosave | None:
    """What the person has typed into this form and not saved."""
    return Autosave.objects.filter(user=person, assessment=assessment).first()


def forget(person: User, assessment: Assessment | None) -> None:
    """Empty the slot, once the form is saved or the text given up."""
    Autosave.objects.filter(user=person, assessment=assessment).delete()
