"""Keeps what somebody has typed and not saved, out of the way of everything that is saved."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from roles.models import Assessment, Autosave, FormSnapshot

MOST_SLOTS = 20
"""Texts of one person that are kept and not saved."""
MOST_BYTES = 2 * 1024 * 1024
"""Of one text as it is posted: a document of full size (``documents.text``) several times over."""
REMEMBERED = timedelta(days=30)
"""For how long it is known that a form was saved, and how one was opened; no tab lasts longer."""
AT_WORK = timedelta(minutes=5)
"""Whoever has typed within that time is at work."""
NOT_KEPT = (
    "csrfmiddlewaretoken",
    "slot",
    "opened",
    "person",
    "_save",
    "_continue",
    "_addanother",
    "_submit",
)
"""What a form posts beside its content."""


class NotKept(Exception):
    """A text is not kept; says why, in words for whoever typed it."""

    def __init__(self, why: str, status: HTTPStatus, *, spent: bool = False) -> None:
        self.status, self.spent = status, spent
        super().__init__(why)


def typed(posted: QueryDict) -> str:
    """The content of a posted form, URL-encoded: also of one that was kept in a browser."""
    content = QueryDict(str(posted["data"]), mutable=True) if "data" in posted else posted.copy()
    for name in NOT_KEPT:
        content.pop(name, None)
    return content.urlencode()


def keep(person: User, key: UUID, opened: FormSnapshot | None, data: str) -> Autosave:
    """Keep a form in its slot; raises NotKept where it was saved already, or is too much."""
    if len(data) > MOST_BYTES:
        raise NotKept(
            f"it has {len(data) / 2**20:.1f} MB, and at most {MOST_BYTES >> 20} MB are kept",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    with transaction.atomic():
        slot = claim(person, key, opened)
        if slot.spent_at:
            why = f"this form was saved at {slot.spent_at:%H:%M} UTC"
            raise NotKept(why, HTTPStatus.CONFLICT, spent=True)
        if kept(person).exclude(pk=slot.pk).count() >= MOST_SLOTS:
            why = f"{MOST_SLOTS} texts of yours are kept already, which is the most: give one up"
            raise NotKept(why, HTTPStatus.CONFLICT)
        slot.data = data
        slot.save()
        return slot


def claim(person: User, key: UUID, opened: FormSnapshot | None) -> Autosave:
    """The slot of a form, made if need be, held until the transaction ends.

    Whoever saves or keeps the same form meanwhile waits, and then sees what became of it.
    """
    Autosave.objects.get_or_create(user=person, key=key, defaults={"opened": opened})
    # Without relations: joined rows are those from before the wait.
    return Autosave.objects.select_for_update().get(user=person, key=key)


def spend(slot: Autosave, became: Assessment) -> None:
    """Empty a slot whose form was saved; forget those that were spent long ago."""
    slot.data, slot.spent_at, slot.became = "", timezone.now(), became
    slot.save()
    past = timezone.now() - REMEMBERED
    Autosave.objects.filter(user=slot.user, data="", saved_at__lt=past).delete()


def replace(slot: Autosave, data: QueryDict, opened: FormSnapshot | None) -> None:
    """Put another text into a slot, as one typed into another form."""
    slot.data, slot.opened = data.urlencode(), opened
    slot.save()


def give_up(slot: Autosave) -> None:
    """Empty a slot for good: the browser in which it was typed need not keep it either."""
    slot.data, slot.spent_at = "", timezone.now()
    slot.save()


def kept(person: User) -> QuerySet[Autosave]:
    """What the person has typed and not saved, the latest first."""
    slots = Autosave.objects.filter(user=person, spent_at=None).exclude(data="")
    return slots.select_related("opened__assessment__role", "opened__role")


def spent(person: User) -> list[str]:
    """The keys of forms that the person has saved, whose text no browser needs to keep."""
    slots = Autosave.objects.filter(user=person).exclude(spent_at=None)
    return [str(key) for key in slots.values_list("key", flat=True)]


def others(person: User, assessment: Assessment) -> list[str]:
    """Who else is typing into the same draft."""
    since = timezone.now() - AT_WORK
    slots = Autosave.objects.filter(opened__assessment=assessment, saved_at__gte=since)
    people = slots.exclude(user=person).exclude(data="").order_by("user__username")
    return list(people.values_list("user__username", flat=True).distinct())


def snapshot(assessment: Assessment, data: QueryDict) -> FormSnapshot:
    """Note how this edition was opened; forget what nothing was typed into for long."""
    made, _ = FormSnapshot.objects.get_or_create(
        assessment=assessment,
        edition=assessment.edition,
        defaults={"role": assessment.role, "data": data.urlencode()},
    )
    past = FormSnapshot.objects.filter(made_at__lt=timezone.now() - REMEMBERED, slots=None)
    past.exclude(pk=made.pk).delete()
    return made


def snapshot_of(assessment: Assessment) -> FormSnapshot | None:
    """How this edition was opened, if it was."""
    return assessment.snapshots.filter(edition=assessment.edition).first()


def key_of(posted: QueryDict) -> UUID:
    """The key of the form that was posted; another one where it names none."""
    try:
        return UUID(posted.get("slot", ""))
    except ValueError:
        return uuid4()
