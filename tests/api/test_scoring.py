"""Inputs that are sent to be scored: no database is asked, so these tests have none."""

import json

import pytest

from roles.api.operations import MOST_BYTES
from scoring.figures import FIGURES

LONG = "1" + "0" * 400
LONGER = "9" * 5_000


def test_inputs_give_every_figure_the_range_and_the_warnings(ask, coder):
    scored = ask("/score", coder).json
    assert scored["figures"].keys() == scored["as_shown"].keys() == FIGURES.keys()
    assert scored["figures"]["raw"] == "2.223456"
    assert scored["as_shown"]["published_score"] == "22.4"
    assert (scored["figures"]["range_low"], scored["figures"]["range_high"]) == ("17.7", "27.7")
    assert [one["about"] for one in scored["warnings"]] == ["adjustment changes the zone"]
    assert scored["crossing"]["zone"] == "Yellow"


def test_ratings_alone_are_enough_and_numbers_are_numbers(ask, coder):
    for name in ("tasks", "evidence", "barriers", "principles"):
        for row in coder["inputs"][name]:
            del row["rationale"]
    for task in coder["inputs"]["tasks"]:
        task["time"] = int(task["time"])
    assert ask("/score", coder).json["figures"]["published_score"] == "22.4"


def changed(coder, old, new) -> bytes:
    sent = json.dumps(coder)
    assert old in sent
    return sent.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ('"time": "20"', '"time": NaN', "#/inputs/tasks/0/time"),
        ('"time": "20"', '"time": Infinity', "#/inputs/tasks/0/time"),
        ('"time": "20"', f'"time": {LONG}', "#/inputs/tasks/0/time"),
        ('"time": "20"', f'"time": {LONGER}', "#/inputs/tasks/0/time"),
        ('"time": "20"', '"time": 1e400', "#/inputs/tasks/0/time"),
        ('"time": "20"', '"time": 1e99999999999999999999', "#/inputs/tasks/0/time"),
        ('"time": "20"', '"time": "20.05"', "#/inputs/tasks/0/time"),
        ('"time": "20"', '"time": "19.5"', "#/inputs/tasks"),
        ('"growth": -1', '"growth": 3', "#/inputs/growth"),
        ('"growth": -1', '"growth": true', "#/inputs/growth"),
        ('"growth": -1', '"growth": -1, "luck": 1', "#/inputs"),
        ('"override": "22.4"', '"override": "122.4"', "#/inputs/override"),
        ('"method_version": "1.0"', '"method_version": "9"', "#/method_version"),
    ],
)
def test_what_cannot_be_scored_is_named_by_its_place(ask, coder, old, new, pointer):
    problem = ask("/score", changed(coder, old, new), status=422).json
    assert problem["errors"][0]["pointer"] == pointer
    assert len(problem["detail"]) < 300


@pytest.mark.parametrize(
    "body", [b" ", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b"[]", b'"\\ud800"', b"{}"]
)
def test_what_cannot_be_read_is_refused(ask, body):
    problem = ask("/score", body, status=422 if body == b"{}" else 400).json
    assert problem["errors"][0]["pointer"].startswith("#")


def test_half_a_character_in_a_name_comes_back_as_it_is(ask, coder):
    task = coder["inputs"]["tasks"][1]
    name = json.dumps(task["name"])
    assert ask("/score", changed(coder, name, '"\\ud800"')).json["crossing"]["name"] == "\ud800"


def test_too_much_is_refused(ask, coder):
    task = {"name": "Coding", "time": "0.1", "score": 4, "mode": "DISPLACEMENT"}
    coder["inputs"]["tasks"] = [task] * 1_000
    many = ask("/score", coder, status=422)
    assert many.json["errors"][0]["pointer"] == "#/inputs/tasks"
    assert "256 kB" in ask("/score", b" " * (MOST_BYTES + 1), status=413).json["detail"]


def test_another_content_type_or_parameter_is_refused(ask, coder):
    ask("/score", coder, status=415, content_type="application/x-www-form-urlencoded")
    assert ask("/score?zone=Red", coder, status=400).json["errors"][0]["parameter"] == "zone"
