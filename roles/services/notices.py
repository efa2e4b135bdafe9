"""E-mail to people of the admin; off without a mail server (``EMAIL_URL``)."""

import logging
from collections.abc import Callable
from functools import partial
from smtplib import SMTPException

from django.contrib.auth.models import User
from django.core.mail import mailers, send_mail
from django.db import transaction

logger = logging.getLogger(__name__)


def reaches(person: User | None) -> bool:
    """Whether somebody can be written to: there is a mail server, and they have an address."""
    return bool("default" in mailers and person and person.is_active and person.email)


def tell(
    person: User, subject: str, text: str, failed: Callable[[], object] = lambda: None
) -> None:
    """Write to somebody once what they are told of is stored; nothing fails where that does.

    ``failed`` is called where the server does not take the message, which is logged as well.
    """
    if reaches(person):
        transaction.on_commit(partial(_send, person.email, subject, text, failed))


def _send(address: str, subject: str, text: str, failed: Callable[[], object]) -> None:
    try:
        send_mail(subject, text, None, [address])
    except (SMTPException, OSError):
        logger.exception("a message to an editor was not sent")
        failed()
