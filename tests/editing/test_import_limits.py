"""An import takes up to 200 documents, however they are sent."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.editing.conftest import at

pytestmark = pytest.mark.django_db
MOST = 200
TOO_MANY = "More than 200 documents; expected fewer at once"


def packed(many):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(many):
            file.writestr(f"{number}.md", "no document")
    return SimpleUploadedFile("some.zip", archive.getvalue())


def single(many):
    return [SimpleUploadedFile(f"{number}.md", b"no document") for number in range(many)]


@pytest.mark.parametrize("send", [packed, single])
@pytest.mark.parametrize(("many", "refused"), [(MOST, False), (MOST + 1, True)])
def test_in_files_and_archives(assessor, send, many, refused):
    response = assessor.post(at("import"), {"files": send(many)})
    assert response.status_code == 200
    assert (TOO_MANY in response.content.decode()) == refused


def test_sent_back_as_text_for_saving(assessor):
    """As long as the reference each, which is more than Django accepts by default."""
    documents = ["no document " * 1500] * MOST
    response = assessor.post(at("import"), {"document": documents, "save": "1"})
    assert response.status_code == 200
    assert TOO_MANY not in response.content.decode()
