"""What nobody's browser would send is refused in words, never by a trace."""

import io
import random
import time
import zipfile
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from roles.documents.fields import MAX_ROWS
from roles.documents.parse import parse
from roles.documents.text import MAX_BYTES
from roles.editing.importing import MOST_BYTES
from tests.editing.conftest import at, form_data
from tests.factories import draft
from tests.reference import CONTENT

pytestmark = pytest.mark.django_db
NUMBERS = ["abc", "0", "-1", "99999999999999999999", "1.5", "%00", "_5F", "é"]
SCREENS = ["change", "delete", "history"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_address_of_nothing(admin_client, number, method):
    for model, screen in product(["role", "assessment"], SCREENS):
        url = f"/admin/roles/{model}/{number}/{screen}/"
        assert getattr(admin_client, method)(url).status_code in (302, 400, 404), url


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_address_of_nothing_on_our_own_screens(admin_client, number, method):
    for screen in ("preview", "conflict/1", "export", "review", "step"):
        url = f"/admin/roles/assessment/{number}/{screen}/"
        assert getattr(admin_client, method)(url).status_code in (302, 400, 403, 404, 405), url


@pytest.mark.parametrize(
    "action", ["publish_selected", "export_selected", "delete_selected", "nothing"]
)
@pytest.mark.parametrize("model", ["roles_role", "roles_assessment", "auth_user"])
def test_action_on_nothing(admin_client, model, action):
    draft()
    for selected in NUMBERS:
        data = {"action": action, "_selected_action": [selected], "index": "0"}
        response = admin_client.post(reverse(f"admin:{model}_changelist"), data)
        assert response.status_code in (200, 302, 400), selected


@pytest.mark.parametrize("key", ["abc", "\n", "-1", "9" * 40, "\x00"])
@pytest.mark.parametrize("field", ["id", "assessment"])
def test_a_row_that_is_none(admin_client, field, key):
    assessment = draft()
    data = form_data(admin_client, at("change", assessment.pk)) | {f"tasks-0-{field}": key}
    assert admin_client.post(at("change", assessment.pk), data).status_code == 400


@pytest.mark.parametrize("model", ["role", "assessment"])
@pytest.mark.parametrize("name", ["zone", "status", "q", "p"])
def test_a_character_that_no_text_has(admin_client, model, name):
    response = admin_client.get(f"/admin/roles/{model}/", {name: "a\x00b"})
    assert response.status_code == 400


@pytest.mark.parametrize("screen", SCREENS)
def test_a_field_without_a_name(admin_client, screen):
    assert admin_client.get(f"{at(screen, draft().pk)}?_to_field=").status_code == 400


@pytest.mark.parametrize("button", ["_saveasnew", "_save", "_continue", "_addanother", "_popup"])
def test_buttons_that_the_form_has_not(admin_client, button):
    assessment = draft()
    data = form_data(admin_client, at("change", assessment.pk)) | {button: "1"}
    response = admin_client.post(at("change", assessment.pk), data)
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("screen", ["change", "preview"])
@pytest.mark.parametrize(
    "rows",
    [
        {"tasks-TOTAL_FORMS": "2000"},
        {"tasks-TOTAL_FORMS": "-1"},
        {"tasks-INITIAL_FORMS": "9" * 5000},
        {"sources-TOTAL_FORMS": "many"},
        {f"tasks-{number}-name": "forged" for number in range(MAX_ROWS + 1)},
        {f"tasks-{'9' * 500}-name": "forged"},
    ],
)
def test_forged_rows(admin_client, screen, rows):
    assessment = draft()
    data = form_data(admin_client, at("change", assessment.pk)) | rows
    began = time.monotonic()
    response = admin_client.post(at(screen, assessment.pk), data)
    assert time.monotonic() - began < 1
    assert response.status_code == 400
    assert f"has more than {MAX_ROWS} rows" in response.content.decode()


def test_more_fields_than_any_form_has(admin_client, settings):
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    response = admin_client.post(at("add"), {f"a{number}": "" for number in range(most + 1)})
    assert response.status_code == 400
    assert f"More than {most} fields were sent." in response.content.decode()


def packed(method=zipfile.ZIP_DEFLATED, name="a.md"):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as file:
        file.writestr(name, "no document " * 500)
    return archive.getvalue()


def damaged():
    """Archives as accidents and fuzzers make them, the same in every run."""
    whole, chance = packed(), random.Random(0)
    yield from (packed(zipfile.ZIP_LZMA), packed(zipfile.ZIP_BZIP2), b"", b"PK", b"no archive")
    yield from (whole[:cut] for cut in range(1, len(whole), 7))
    # A name that its flag calls UTF-8, and that is none.
    yield packed(name="é.md").replace("é".encode(), b"\xff\xfe")
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED):
        for _ in range(60):
            data = bytearray(packed(method))
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield bytes(data)


def test_damaged_archives(assessor):
    for data in damaged():
        response = assessor.post(at("import"), {"files": SimpleUploadedFile("a.zip", data)})
        assert response.status_code == 200
    assert (
        "it cannot be unpacked"
        in assessor.post(
            at("import"), {"files": SimpleUploadedFile("a.zip", packed()[:100])}
        ).content.decode()
    )


def full_size():
    """A sound document of as many bytes as one may have, in short lines."""
    document = CONTENT.read_bytes().rstrip() + b"\n\n"
    line = b"Word.\n"
    room = MAX_BYTES - len(document)
    filler = line * (room // len(line))
    return document + filler + b"x" * (room - len(filler))


def test_a_document_of_full_size_is_previewed_and_saved(assessor):
    """A browser ends lines in CR and LF, which makes the text longer than it was."""
    data = full_size()
    assert len(data) == MAX_BYTES
    sent = {"files": SimpleUploadedFile("a.md", data)}
    preview = assessor.post(at("import"), sent)
    assert preview.context["taken"], preview.context["candidates"][0].report.parsed.problems[:3]
    text = preview.context["candidates"][0].text.replace("\n", "\r\n")
    saved = assessor.post(at("import"), {"document": text, "save": "1"})
    assert saved.status_code == 302


def test_all_that_may_be_imported_comes_back_for_saving(settings):
    """Twenty documents of full size, each line of which a browser ends in CR and LF."""
    assert 2 * MOST_BYTES < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_a_table_has_at_most_a_hundred_rows():
    text = CONTENT.read_text()
    row = next(line for line in text.splitlines() if "| AUGMENTATION |" in line)
    more = text.replace(row, "\n".join([row] * (MAX_ROWS + 1)))
    assert any(f"at most {MAX_ROWS}" in str(problem) for problem in parse(more.encode()).problems)
