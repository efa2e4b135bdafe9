"""Eight connections that publish, import and delete one role and a ring of roles.

``python tests/services/rounds.py ROUNDS`` runs so many rounds on a database of its own, and
prints what became of them.
"""

import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import replace

if __name__ == "__main__":
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    import tests.plugin  # noqa: F401 - gives this the key and the Postgres of the clone

    os.environ["DJANGO_SETTINGS_MODULE"] = "jobzone.settings"
    django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from roles.documents.fields import RelatedRow
from roles.documents.render import render
from roles.models import Assessment
from roles.services.verification import discrepancies
from roles.vocabulary import RelationKind
from tests.factories import titled

CONNECTIONS = 8
RING = ["Ring Alpha", "Ring Beta", "Ring Gamma", "Ring Delta"]
ONE = ["Lone Worker"]


def document(title, others, number):
    """A document of a role that cites the scores of the others, different for each number."""
    cited = "".join(f"Not a {other} (score {40 + number % 20}.0 Yellow). " for other in others)
    related = tuple(RelatedRow(other, RelationKind.ADJACENT, "near") for other in others)
    made = titled(title, related=related, not_this_role=cited or "Nobody else.")
    return render(replace(made, further_notes=f"Number {number}."))


def at(name, *args):
    return reverse(f"admin:roles_assessment_{name}", args=args)


class Worker(threading.Thread):
    """One connection: an editor in a browser who does one thing after the other."""

    def __init__(self, user, rounds, seed, answers):
        super().__init__()
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.rounds, self.random, self.answers = rounds, random.Random(seed), answers

    def run(self):
        try:
            for number in range(self.rounds):
                title = self.random.choice(ONE + RING)
                act = self.random.choice(
                    [self.imported, self.published, self.deleted, self.revised]
                )
                self.answers[act.__name__, act(title, number)] += 1
        finally:
            connections.close_all()

    def post(self, url, data):
        return self.client.post(url, data).status_code

    def imported(self, title, number):
        others = [other for other in RING if other != title] if title in RING else []
        self.random.shuffle(others)
        text = document(title, others, self.random.randrange(10_000))
        return self.post(at("import"), {"document": text, "save": "1"})

    def published(self, title, _):
        return self.step(title, "publish", Assessment.objects.open())

    def revised(self, title, _):
        return self.step(title, "revise", Assessment.objects.published())

    def step(self, title, name, some):
        found = some.filter(role__title=title).first()
        if found is None:
            return "nothing to do"
        data = {"step": name, "edition": str(found.edition), "confirmed": "yes"}
        return self.post(at("step", found.pk), data)

    def deleted(self, title, _):
        found = Assessment.objects.filter(role__title=title).exclude(status="deleted").first()
        return self.post(at("delete", found.pk), {"post": "yes"}) if found else "nothing to do"


def rounds(count):
    """So many rounds of one act on each connection; how often each act was answered how."""
    answers = Counter()
    users = [User.objects.create_superuser(f"editor{n}", password="x") for n in range(CONNECTIONS)]
    workers = [Worker(user, count, seed, answers) for seed, user in enumerate(users)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return answers


def main():
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_PERSON_PUBLISHES = False
    # Beside that of the tests, which may run meanwhile.
    connection.settings_dict["TEST"]["NAME"] = "rounds_jobzone"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    count, began = int(sys.argv[1]), time.monotonic()
    answers = rounds(count)
    print(f"{count} rounds of {CONNECTIONS} connections in {time.monotonic() - began:.0f} s")
    for (act, answer), times in sorted(answers.items(), key=str):
        print(f"{act:10} {answer!s:14} {times}")
    wrong = list(discrepancies())
    print(*wrong or ["Every figure, digest, listing and guard is as it has to be."], sep="\n")


if __name__ == "__main__":
    main()
