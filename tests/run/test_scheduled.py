"""`make run` publishes what is scheduled, and goes on whatever comes of it."""

import pytest

from jobzone import environment, run


class Server:
    """Stands in for the process that serves: it ends after being asked so many times."""

    returncode = 0

    def __init__(self, *_, **__):
        self.asked = 0

    def poll(self):
        self.asked += 1
        return 0 if self.asked > 8 else None

    def terminate(self):
        """Nothing to end."""

    wait = terminate


def test_it_looks_again_and_again(monkeypatch):
    looked = []
    monkeypatch.setattr(run, "PUBLISHES_EVERY", 0)
    monkeypatch.setattr(run, "_publish_scheduled", lambda: looked.append(1))
    monkeypatch.setattr(run, "_is_jobzone", lambda: True)
    monkeypatch.setattr(run.subprocess, "Popen", Server)
    monkeypatch.setattr(run.time, "sleep", lambda _: None)
    with pytest.raises(SystemExit):
        run._serve(None)
    assert len(looked) > 3


def test_a_publication_that_fails_is_said_and_stops_nothing(monkeypatch, capsys):
    def fails(*_):
        raise OSError("no database\nat all")

    monkeypatch.setattr("django.core.management.call_command", fails)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    run._publish_scheduled()
    assert capsys.readouterr().err == "Scheduled publication: no database at all\n"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://me:p%40ss@mail.example", 587, True, False),
        ("smtps://me:p%40ss@mail.example:4650", 4650, False, True),
    ],
)
def test_a_mail_server(monkeypatch, url, port, tls, ssl):
    monkeypatch.setenv("EMAIL_URL", url)
    options = environment.mailers()["default"]["OPTIONS"]
    assert (options["host"], options["port"]) == ("mail.example", port)
    assert (options["use_tls"], options["use_ssl"]) == (tls, ssl)
    assert options["password"] == ("p@ss" if "@mail" in url else "")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://:25", "smtp://x:y"])
def test_a_mail_server_that_cannot_be_meant(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(SystemExit, match="EMAIL_URL cannot be read") as refused:
        environment.mailers()
    assert "x:y" not in str(refused.value)


def test_a_time_zone_that_is_none(monkeypatch):
    monkeypatch.setenv("EDITORS_TIME_ZONE", "London")
    with pytest.raises(SystemExit, match="EDITORS_TIME_ZONE"):
        environment.time_zone("EDITORS_TIME_ZONE", "Europe/London")
