"""Made-up input for every public parameter, form and upload of the admin, and for documents.

``python tests/fuzz.py COUNT [SEED]`` (`make fuzz`) tries so many on a database of its own and ends
with 1 if any was answered by a 500, took more than a second of the processor, or if the memory grew
beyond its bound. What it finds is printed with what it takes to try it again.
"""

import io
import json
import os
import random
import resource
import string
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import django

    import tests.plugin  # noqa: F401 - gives this the key and the Postgres of the clone

    os.environ["DJANGO_SETTINGS_MODULE"] = "jobzone.settings"
    django.setup()

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from roles.documents.parse import parse
from roles.documents.render import render
from roles.finding.facets import FACETS
from roles.models import Assessment
from roles.open_data.representation import stated
from roles.services.import_document import import_document
from tests.editing.conftest import form_data
from tests.factories import published, reference_document, titled
from tests.reference import CONTENT

SECONDS = 1.0
"""Of the processor, for one answer: on a busy machine more passes on the clock."""
MEGABYTES = 300
"""By which the process may grow after its first hundred inputs."""

JUNK = [
    *("", "0", "-1", "1", "5", "100", "1e9", "NaN", "inf", "0.1", "1.05", "٣", "½", "²"),
    *(
        "null",
        "true",
        "<script>alert(1)</script>",
        "' OR 1=1--",
        "%",
        "%00",
        "%ff",
        "\x00",
        "\ud800",
    ),
    *("../../etc/passwd", "{{7*7}}", "${7*7}", "é", "e\u0301", "\u202eabc", "ﬃ", "İ", "ß", "👩‍🚀"),
    *("a" * 5_000, "9" * 400, "(" * 500, "| " * 300, "*" * 2_000, "[" * 1_000, "\n" * 500),
    *(
        "nurse",
        "clinical coder",
        "clinicl codr",
        "29-2072.00",
        "Red",
        "green",
        "clinical-coder-nhs",
    ),
]
NAMES = [
    *(facet.name for facet in FACETS),
    *("q", "page", "sort", "order", "role", "add", "drop", "from", "to", "measure", "format"),
    *("t1", "t2", "task", "time", "score", "mode", "job", "v", "method", "growth", "own1", "next"),
    *("url", "maxwidth", "maxheight", "p", "limit", "cursor", "family"),
]
PUBLIC = [
    *(
        "/",
        "/roles/",
        "/titles/",
        "/overview/",
        "/suggest/",
        "/compare/",
        "/score/",
        "/occupations/",
    ),
    *("/occupations/occupations.csv", "/changes/", "/method/", "/provenance/", "/zones/{}/"),
    *("/roles/{}/", "/roles/{}/versions/{}/", "/roles/{}/versions/{}.md"),
    *("/roles/{}/history/", "/roles/{}/my-mix/", "/occupations/{}/", "/occupations/{}/figures.csv"),
    *(
        "/roles/{}.json",
        "/roles/{}/versions/{}.json",
        "/occupations/{}.json",
        "/data/",
        "/data/{}.csv",
    ),
    *("/data/roles.csv", "/data/tasks.csv", "/data/roles.jsonl", "/data/jobzone.sqlite"),
    *("/roles/{}/card.png", "/roles/{}/badge.svg", "/roles/{}/feed.atom", "/embed/{}/", "/oembed"),
    *("/zones/{}/card.png", "/zones/{}/feed.atom", "/compare/card.png", "/sitemap-{}.xml"),
    *("/robots.txt", "/sitemap.xml", "/opensearch.xml", "/changes/feed.atom"),
    *(
        "/data/datapackage.json",
        "/data/role.schema.json",
        "/roles/{}.{}",
        "/roles/{}/versions/1.{}",
    ),
    *("/api/v1/", "/api/v1/openapi.json", "/api/v1/roles", "/api/v1/compare", "/api/v1/{}"),
    *("/api/v1/roles/{}", "/api/v1/roles/{}/versions", "/api/v1/roles/{}/versions/{}"),
    *("/api/v1/occupations", "/api/v1/occupations/{}"),
    *("/previews/{}/", "/{}/", "/static/{}", "/readyz/"),
]
ADMIN = ["role", "assessment"]
SCREENS = ["change", "delete", "history", "preview", "export", "review", "step", "conflict/1", "{}"]


class Fuzz:
    """Inputs, the same for the same seed, and what was wrong with their answers."""

    def __init__(self, seed: int) -> None:
        self.seed, self.random = seed, random.Random(seed)
        published()
        self.draft: Assessment = import_document(titled("Somebody at Work")).assessment
        self.client = Client(raise_request_exception=True)
        user = User.objects.create_superuser("fuzz", password="x")
        self.client.force_login(user)
        self.reader = Client(raise_request_exception=True)
        self.form = form_data(self.client, self.at("change"))
        self.document = CONTENT.read_bytes()
        self.inputs = json.dumps(stated(reference_document()))
        self.answers: Counter[tuple[str, object]] = Counter()
        self.wrong: list[str] = []
        self.slowest = 0.0

    def run(self, count: int) -> None:
        kinds: list[Callable[[], tuple[str, object]]] = [
            *[self.a_document] * 9,
            *[self.a_page] * 7,
            *[self.a_score] * 2,
            *[self.a_screen] * 2,
            *[self.a_form] * 2,
            *[self.an_upload] * 1,
        ]
        for number in range(count):
            # Each input has a seed of its own, so that one can be tried again alone.
            self.random.seed(f"{self.seed} {number}")
            self.one(number, self.random.choice(kinds))
            if number == min(100, count // 2):
                before = megabytes()
        if megabytes() - before > MEGABYTES:
            self.wrong.append(f"memory grew from {before} to {megabytes()} MB")

    def one(self, number: int, kind: Callable[[], tuple[str, object]]) -> None:
        self.tried, began = "", time.thread_time()
        try:
            with transaction.atomic():
                self.answers[kind.__name__, kind()] += 1
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                transaction.set_rollback(True)
        except Exception:
            self.report(number, kind, traceback.format_exc(limit=-4))
        took = time.thread_time() - began
        self.slowest = max(took, self.slowest)
        if took > SECONDS:
            self.report(number, kind, f"took {took:.1f} s")

    def report(self, number: int, kind: Callable[..., object], what: str) -> None:
        self.wrong.append(
            f"seed {self.seed}, {number}, {kind.__name__}: {self.tried[:500]}\n{what}"
        )

    def junk(self) -> str:
        if self.random.random() < 0.7:
            return self.random.choice(JUNK)
        letters = string.printable + "éßİ漢\u2028\u0000"
        return "".join(self.random.choices(letters, k=self.random.randint(0, 60)))

    def at(self, screen: str) -> str:
        return reverse(f"admin:roles_assessment_{screen}", args=[self.draft.pk])

    def address(self, form: str) -> str:
        parts = [quote(self.junk()[:300].encode(errors="replace"), safe="") for _ in range(2)]
        known = ["clinical-coder-nhs", "1", "red"]
        parts = [self.random.choice([part or "-", *known]) for part in parts]
        return form.format(*parts)

    def status(self, client: Client, method: str, url: str, data: object = None) -> object:
        self.tried = f"{method} {url} {str(data)[:300] if data else ''}"
        answer = getattr(client, method)(url, data) if data else getattr(client, method)(url)
        if answer.status_code >= 500:
            raise AssertionError(f"status {answer.status_code}")
        b"".join(answer) if answer.streaming else answer.content
        return answer.status_code

    def a_page(self) -> object:
        """Any public address, with any parameters."""
        pairs = [
            (self.random.choice([*NAMES, self.junk()[:20]]), self.junk())
            for _ in range(self.random.choice([0, 1, 2, 3, 8, 40]))
        ]
        query = urlencode(
            [(n.encode(errors="replace"), v.encode(errors="replace")) for n, v in pairs]
        )
        if self.random.random() < 0.1:
            query = quote(self.random.randbytes(60), safe="=&;?+%")
        url = f"{self.address(self.random.choice(PUBLIC))}?{query[:7_000]}"
        return self.status(self.reader, self.random.choice(["get", "get", "get", "head"]), url)

    def a_score(self) -> object:
        """JSON to be scored, in which some values or bytes are not what they should be."""
        asked = json.loads(self.inputs)
        rows = [row for one in asked["inputs"].values() if isinstance(one, list) for row in one]
        places = [asked, asked["inputs"], *rows]
        for _ in range(self.random.choice([0, 1, 3])):
            of = self.random.choice(places)
            of[self.random.choice([*of, "x"])] = self.value()
        sent = json.dumps(asked).encode()
        if self.random.random() < 0.3:
            sent = self.damaged(sent)
        self.tried = f"post {sent[:400]!r}"
        answer = self.reader.post("/api/v1/score", sent, "application/json")
        # Of nothing the client says no type: 415.
        assert answer.status_code in (200, 400, 413, 415, 422), answer.status_code
        return answer.status_code

    def value(self) -> object:
        """Any value of JSON, and some that only some readers take for one."""
        nested: object = []
        for _ in range(500):
            nested = [nested]
        numbers = [0, -1, 10**400, float("nan"), float("inf"), 1e308, 0.1, True, None]
        return self.random.choice([*numbers, self.junk(), {}, {"x": self.junk()}, nested, [{}]])

    def a_screen(self) -> object:
        """Any address of the admin, with parameters, asked or posted to."""
        model, screen = self.random.choice(ADMIN), self.random.choice(SCREENS)
        key = self.random.choice(
            [str(self.draft.pk), quote(self.junk()[:50].encode(errors="replace"), "")]
        )
        url = f"/admin/roles/{model}/{key or '0'}/{self.address(screen)}/"
        if self.random.random() < 0.3:
            url = f"/admin/roles/{model}/"
        if self.random.random() < 0.5:
            names = (
                "q",
                "p",
                "o",
                "status",
                "zone",
                "all",
                "_popup",
                "e",
                "role__sector",
                "_to_field",
            )
            query = {self.random.choice(names): clean(self.junk()) for _ in range(3)}
            return self.status(self.client, "get", f"{url}?{urlencode(query)}")
        names = ("action", "_selected_action", "step", "edition", "section", "text", "post", "at")
        data = {self.random.choice(names): clean(self.junk()) for _ in range(4)}
        return self.status(self.client, "post", url, data)

    def a_form(self) -> object:
        """The form of an assessment, in which some fields are not what a browser would send."""
        data = dict(self.form)
        for name in self.random.sample(sorted(data), self.random.randint(1, 6)):
            data[name] = clean(self.junk())
        for name in self.random.sample(sorted(data), self.random.choice([0, 0, 1, 5])):
            del data[name]
        screen = self.random.choice(["change", "preview", "step"])
        return self.status(self.client, "post", self.at(screen), data)

    def an_upload(self) -> object:
        """Files and archives, damaged or not, for the import."""
        content = self.damaged(self.document)
        name = self.random.choice(["a.md", "a.zip", "\u202e.md", "../a.md", "a" * 300, "a.exe"])
        if self.random.random() < 0.5:
            packed = io.BytesIO()
            how = self.random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
            with zipfile.ZipFile(packed, "w", how) as archive:
                for number in range(self.random.choice([0, 1, 3])):
                    archive.writestr(f"{number}{clean(self.junk())[:10]}.md", content)
            content, name = packed.getvalue(), "a.zip"
            if self.random.random() < 0.7:
                content = self.damaged(content)
        data = {"files": SimpleUploadedFile(name, content)}
        if self.random.random() < 0.3:
            data = {"document": self.damaged(self.document).decode(errors="ignore"), "save": "1"}
        return self.status(self.client, "post", reverse("admin:roles_assessment_import"), data)

    def a_document(self) -> object:
        """A document in which bytes, lines or cells were changed; what is read is written again."""
        text = self.damaged(self.document)
        self.tried = f"a document of {len(text)} bytes"
        parsed = parse(text)
        if parsed.document is None:
            assert parsed.problems
            return "refused"
        again = parse(render(parsed.document).encode())
        assert again.document, "it cannot be read when it is written again"
        return "read"

    def damaged(self, content: bytes) -> bytes:
        lines = content.split(b"\n")
        for _ in range(self.random.choice([0, 1, 1, 2, 5])):
            at = self.random.randrange(len(lines))
            junk = self.junk().encode(errors="replace")
            match self.random.randrange(7):
                case 0:
                    del lines[at]
                    lines = lines or [b""]
                case 1:
                    lines.insert(at, junk)
                case 2:
                    lines[at] = lines[at].replace(b"|", b"|" + junk, 1)
                case 3:
                    cut = self.random.randint(0, len(lines[at]))
                    lines[at] = lines[at][:cut] + junk + lines[at][cut:]
                case 4:
                    lines[at:at] = lines[at : at + self.random.choice([1, 20])]
                case 5:
                    lines[at] = self.random.randbytes(self.random.choice([1, 8, 200]))
                case 6:
                    lines = lines[: max(1, at)]
        return b"\n".join(lines)


def clean(text: str) -> str:
    """Without halves of characters, which the libraries that send this cannot write."""
    return text.encode(errors="replace").decode()


def megabytes() -> int:
    """The most that this process has held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000


def main() -> None:
    import logging

    from django.conf import settings
    from django.test.utils import setup_test_environment

    logging.disable(logging.CRITICAL)
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    connection.settings_dict["TEST"]["NAME"] = f"fuzz_{os.getpid()}"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        get_resolver()
        count, began = int(sys.argv[1]), time.monotonic()
        fuzz = Fuzz(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
        fuzz.run(count)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    took = time.monotonic() - began
    print(f"{count} inputs in {took:.0f} s; slowest {fuzz.slowest:.2f} s; {megabytes()} MB at most")
    for (kind, answer), times in sorted(fuzz.answers.items(), key=str):
        print(f"{kind:12} {answer!s:10} {times}")
    print(*fuzz.wrong[:20], sep="\n\n")
    print(f"{len(fuzz.wrong)} faults.")
    sys.exit(bool(fuzz.wrong))


if __name__ == "__main__":
    main()
