"""The API held to its own description, by requests that are made up from it."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.site.test_page_cache import around, cache  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]

EXAMPLES = 8
"""Of each kind, for each address."""
TELLS_MORE = [positive_data_acceptance]
"""A description cannot say that times sum to 100, or which cursor belongs to which list."""
CODER = "clinical-coder-nhs"
KNOWN = {
    "role": {"path_parameters": {"slug": CODER}},
    "versions": {"path_parameters": {"slug": CODER}},
    "version": {"path_parameters": {"slug": CODER, "number": 1}},
    "compare": {"query": {"role": [CODER, "other-coder", "health-information-technologist"]}},
    "occupation": {"path_parameters": {"code": "29-2074.00"}},
}
"""What there is, so that answers are seen which are no refusals."""
TAKES_MORE_THAN_A_PATH = {"roles", "compare", "occupations", "score"}
"""What can be asked in a wrong way; to a wrong path there is nothing."""


@pytest.fixture
def described(cache):  # noqa: F811
    """The API as it describes itself, with the page cache around it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", cache)


def hold(requests) -> None:
    """Send some of these requests, and hold each answer against the description."""

    @given(case=requests)
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    def check(case):
        # What it asks with reads nothing that is compressed.
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=TELLS_MORE)

    check()


def test_the_description_is_openapi(ask):
    validate(ask("/openapi.json").json)


def test_every_answer_is_as_described(described, coder):
    known = {**KNOWN, "score": {"body": coder}}
    for found in described.get_all_operations():
        operation = found.ok()
        name = operation.definition.raw["operationId"]
        hold(operation.as_strategy())
        if name in TAKES_MORE_THAN_A_PATH:
            hold(operation.as_strategy(GenerationMode.NEGATIVE))
        hold(operation.as_strategy(**known.get(name, {})))
        known.pop(name, None)
    assert not known


def test_every_example_of_the_page_is_answered(client, ask):
    page = client.get("/api/v1/").content.decode()
    assert "curl &quot;" not in page
    examples = [line.partition('"')[0] for line in page.split('curl "')[1:]]
    assert len(examples) == 7
    for example in examples:
        path = example.replace("&amp;", "&").replace("29-2072.00", "29-2074.00")
        ask(path.removeprefix("http://testserver/api/v1"))
