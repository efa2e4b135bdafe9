"""Inputs from JSON, what is refused of it, and the command that prints a computation."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from scoring.__main__ import main
from scoring.figures import InvalidInputs, score
from scoring.plain import computation, plain
from scoring.reading import Unreadable, loaded, score_of
from tests.reference import CLINICAL_CODER, ROOT
from tests.scoring.strategies import inputs as any_inputs

README = (ROOT / "scoring" / "README.md").read_text()
(EXAMPLE,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)


def written(inputs, **more):
    """Inputs as the JSON of a role has them."""
    data = plain(inputs)
    for group in ("evidence", "barriers", "principles"):
        rows = data[group].items()
        data[group] = [{"dimension": name, "score": rated} for name, rated in rows]
    return {"method_version": "1.0", "inputs": data, **more}


CODER = written(CLINICAL_CODER, **computation(score(CLINICAL_CODER)))


@given(any_inputs())
def test_what_is_written_is_read_again(inputs):
    assert score_of(loaded(json.dumps(written(inputs)))).inputs == inputs


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"growth": 1.5}, "growth: expected a whole number"),
        ({"growth": True}, "growth: expected a number"),
        ({"growth": "1e3"}, "growth: expected a number"),
        ({"override": "9" * 400}, "override: expected a number"),
        ({"override_reason": 7}, "override_reason: expected text"),
        ({"overide": "22.4"}, "inputs: there is no overide"),
        ({"tasks": {}}, "tasks: expected a list"),
        ({"tasks": [7]}, "tasks[0]: expected an object"),
        ({"tasks": [{"hours": 7}]}, "tasks[0]: there is no hours"),
        ({"tasks": [{"mode": ["x"]}]}, "tasks[0].mode: expected one of DISPLACEMENT"),
        ({"barriers": [{"dimension": "Height", "score": 1}]}, "barriers[0].dimension: expected"),
        ({"barriers": CODER["inputs"]["barriers"] * 2}, "barriers[5].dimension: Regulatory"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(changes, message):
    data = {**CODER, "inputs": {**CODER["inputs"], **changes}}
    with pytest.raises(Unreadable, match=re.escape(message)):
        score_of(loaded(json.dumps(data)))


@pytest.mark.parametrize("text", ["", "[", b"\xff", "[" * 100_000])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(Unreadable, match="this is no JSON"):
        loaded(text)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "7" * 5000, "1e" + "9" * 30])
def test_a_number_that_nobody_can_hold_is_named_by_its_place(number):
    data = {**CODER, "inputs": {**CODER["inputs"], "growth": 12345}}
    text = json.dumps(data).replace("12345", number)
    with pytest.raises(Unreadable, match="growth: expected a number"):
        score_of(loaded(text))


@pytest.mark.parametrize("data", [None, [], {}, {"inputs": 1}, {"inputs": {}}, "text"])
def test_so_is_json_of_something_else(data):
    with pytest.raises(Unreadable):
        score_of(data)


def test_inputs_that_cannot_be_scored_are_refused_with_every_reason():
    with pytest.raises(InvalidInputs) as refused:
        score_of({"method_version": "1.0", "inputs": {}})
    assert len(refused.value.problems) == 1 + 5 + 5 + 3 + 1


@pytest.fixture
def file(tmp_path):
    def write(data) -> str:
        path = tmp_path / "role.json"
        path.write_text(json.dumps(data))
        return str(path)

    return write


def test_the_command_prints_each_step_and_each_figure(file, capsys):
    assert main([file(CODER)]) == 0
    printed = capsys.readouterr().out
    assert "Raw = 2.223456  (2.3 x 0.96 x 1.06 x 0.95)" in printed
    assert "(2.223456 - 0.54) / 7.93 x 100 = 21.228953" in printed
    assert "share_3_plus         75" in printed
    assert "The adjustment decides the zone" in printed
    assert "rated 3 in place of 4, gives 25.5, Yellow" in printed
    assert printed.endswith("The figures are those that the file states.\n")


def test_a_figure_that_the_inputs_do_not_give_is_named(file, capsys):
    figures = {**CODER["figures"], "share_3_plus": "55", "luck": "7"}
    assert main([file({**CODER, "figures": figures})]) == 1
    printed = capsys.readouterr().out
    assert "share_3_plus: the file states 55, computed 75" in printed
    assert "luck: the file states 7, computed None" in printed


def test_what_cannot_be_computed_is_said_without_a_trace(file, capsys):
    assert main([file({"inputs": {}})]) == 2
    assert main(["no-such-file.json"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("method_version: expected one of 1.0")
    assert said[1].startswith("no-such-file.json: ")


def test_it_needs_python_alone(tmp_path):
    """No package can be imported, and the example of the README is piped in."""
    (tmp_path / "scoring").symlink_to(ROOT / "scoring")
    command = [sys.executable, "-S", "-m", "scoring", "-"]
    done = subprocess.run(command, input=EXAMPLE, cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    assert "published_score" in done.stdout


def test_the_code_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("clinical-coder-nhs.json").write_text(json.dumps(CODER))
    exec(code, {})
    assert capsys.readouterr().out == "22.4 Red Displacing\n17.7 27.7 80.11\n-2.6\n"
