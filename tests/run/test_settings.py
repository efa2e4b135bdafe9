"""A variable that cannot be meant is refused in one line that names it and what was expected."""

import runpy
import shutil
import socket
import subprocess
import sys

import pytest

from tests.reference import ROOT
from tests.run.server import free_port, plain_environment

KEY = "k" * 32
NOWHERE = "postgres://someone:secret@127.0.0.1:1/jobzone"


def read(monkeypatch, **environment):
    """The settings, and how they are served, in an environment."""
    for name, value in ({"SECRET_KEY": KEY, "DATABASE_URL": NOWHERE} | environment).items():
        monkeypatch.setenv(name, value)
    files = [ROOT / "jobzone" / name for name in ("settings.py", "gunicorn.py")]
    return {name: value for file in files for name, value in runpy.run_path(str(file)).items()}


def refusal(*command, **environment):
    """The one line in which a command refuses to go on, in an environment without a clone."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=plain_environment(**({"SECRET_KEY": KEY, "DATABASE_URL": NOWHERE} | environment)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "eighty", "PORT is 'eighty'; expected a whole number from 1 to 65535"),
        ("PORT", "0", "PORT is '0'"),
        ("PORT", "70000", "PORT is '70000'"),
        ("PAGE_CACHE_MB", "0", "PAGE_CACHE_MB is '0'; expected a whole number from 1"),
        ("CDN_MAX_AGE", "-1", "CDN_MAX_AGE is '-1'; expected a whole number from 0"),
        ("WEB_CONCURRENCY", "many", "WEB_CONCURRENCY is 'many'; expected a whole number from 1"),
        ("HTTPS", "maybe", "HTTPS is 'maybe'; expected one of 1 true yes on 0 false no off"),
        ("SECOND_PERSON_PUBLISHES", "2", "SECOND_PERSON_PUBLISHES is '2'; expected one of"),
        ("CONTACT", "us", "CONTACT is 'us'; expected an e-mail address, or a page"),
        ("DEBUG", "x", "DEBUG is 'x'"),
        ("SITE_URL", "jobzone.example", "SITE_URL is 'jobzone.example'; expected scheme and host"),
        ("SITE_URL", "https://a/b", "SITE_URL is 'https://a/b'; expected scheme and host"),
        ("ADMIN_PATH", "a/b", "ADMIN_PATH is 'a/b'; expected one part of an address"),
        ("STATEMENT_SECONDS", "-1", "STATEMENT_SECONDS is '-1'; expected a whole number from 0"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml'; expected json or text"),
        ("METRICS_PORT", "x", "METRICS_PORT is 'x'; expected a whole number from 0"),
        ("SENTRY_DSN", "x", "SENTRY_DSN is 'x'; expected an address with its scheme"),
        ("SECRET_KEY", "short", "SECRET_KEY has 5 characters; expected a random text of at least"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL does not name a Postgres; expected"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL does not name a Postgres; expected"),
        ("DATABASE_URL", "postgres://", "DATABASE_URL cannot be read; expected"),
        ("DATABASE_URL", "postgres://host:port/name", "DATABASE_URL cannot be read; expected"),
        ("CSRF_TRUSTED_ORIGINS", "jobzone.example", "CSRF_TRUSTED_ORIGINS is 'jobzone.example'"),
    ],
)
def test_what_cannot_be_meant(monkeypatch, name, value, expected):
    with pytest.raises(SystemExit) as refused:
        read(monkeypatch, **{name: value})
    assert str(refused.value).startswith(expected)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("command", ["jobzone.run", "jobzone.gunicorn"])
@pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "HTTPS", "SECRET_KEY"])
def test_one_line(command, name):
    assert refusal("-m", command, **{name: "maybe"}).startswith(f"{name} ")


@pytest.mark.parametrize("command", [("-m", "jobzone.run"), ("manage.py", "migrate")])
def test_a_database_that_does_not_answer(command):
    said = refusal(*command, PORT=str(free_port()))
    assert said.startswith("The database of DATABASE_URL: connection failed")
    assert "secret" not in said


def test_a_host_that_is_not_this_machine():
    assert "HOST is 'nowhere.invalid'; expected an address of" in refusal(
        "-m", "jobzone.run", HOST="nowhere.invalid"
    )


def test_a_port_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refusal("-m", "jobzone.run", PORT=str(port))
    assert said.startswith(f"Cannot serve at 127.0.0.1:{port} (Address already in use). Try: PORT=")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
@pytest.mark.parametrize("command", [("-m", "jobzone.gunicorn"), ("manage.py", "check")])
def test_what_production_lacks(tmp_path, name, command):
    for part in ("jobzone", "roles", "scoring"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "manage.py", tmp_path)
    environment = plain_environment(SECRET_KEY=KEY, DATABASE_URL=NOWHERE)
    del environment[name]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.startswith(f"{name} is not set; expected a")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("value", ["1", "true", "Yes", "on", "0", "false", "NO", "off"])
def test_what_true_and_false_are_called(monkeypatch, value):
    found = read(monkeypatch, HTTPS=value, SECOND_PERSON_PUBLISHES=value)
    meant = value.lower() in ("1", "true", "yes", "on")
    assert (found["HTTPS"], found["SECOND_PERSON_PUBLISHES"]) == (meant, meant)


@pytest.mark.parametrize("password", ["p@ss/w#rd%?", "p%40ss%2Fw%23rd%25%3F"])
def test_a_password_needs_no_escapes(monkeypatch, password):
    from jobzone import environment

    monkeypatch.setenv(
        "DATABASE_URL", f"postgres://me:{password}@host:5433/jobzone?sslmode=require"
    )
    database = environment.databases()["default"]
    assert database["PASSWORD"] == "p@ss/w#rd%?"
    assert (database["USER"], database["HOST"], database["PORT"]) == ("me", "host", 5433)
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_secrets_come_from_files(monkeypatch, tmp_path):
    from jobzone import environment

    for name, secret in [("DATABASE_PASSWORD", "p@s:/?#%41 w"), ("SECRET_KEY", KEY)]:
        file = tmp_path / name
        file.write_text(f"{secret}\n")
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE", str(file))
    monkeypatch.setenv("DATABASE_URL", "postgres://jobzone@database/jobzone")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner:other@database/jobzone")
    databases = environment.databases()
    assert databases["default"]["PASSWORD"] == "p@s:/?#%41 w"
    assert (databases["owner"]["USER"], databases["owner"]["PASSWORD"]) == ("owner", "other")
    assert environment.secret_key() == KEY
    environment.require()


def test_a_secret_that_cannot_be_read():
    said = refusal("-m", "jobzone.gunicorn", SECRET_KEY="", SECRET_KEY_FILE="/no/such/file")
    assert said.startswith("SECRET_KEY_FILE: /no/such/file cannot be read")


def test_importing_the_settings_starts_nothing():
    code = "from jobzone import settings; assert not settings.DATABASES and not settings.SECRET_KEY"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=plain_environment(), check=True)
