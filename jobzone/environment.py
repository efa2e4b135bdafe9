"""The environment variables, each read once and refused in one line if it cannot be meant."""

import ipaddress
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import available_timezones

import dj_database_url

from jobzone.places import postgres_home, socket_dir

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")
SHORTEST_KEY = 32
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
MAIL_URL = "the address of a mail server such as smtp+tls://user:password@mail.example:587"
POSTGRES_URL = "a Postgres URL such as postgres://user:password@host/jobzone"


def text(name: str) -> str:
    """A variable, or what is in the file that ``NAME_FILE`` names, as engines give secrets."""
    given, file = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if given or not file:
        return given
    try:
        return Path(file).read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{name}_FILE: {file} cannot be read ({error}).")


def flag(name: str, default: bool) -> bool:
    """A variable that is true or false."""
    value = os.environ.get(name, "").strip().lower()
    if value in TRUE or value in FALSE:
        return value in TRUE
    return default if not value else refuse(name, f"one of {' '.join(TRUE + FALSE)}")


def values(name: str) -> list[str]:
    """The parts of a comma-separated variable."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def allowed_hosts() -> list[str]:
    """The names under which the site is reached; where none is set, those of one's own machine."""
    return values("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]


def origins(name: str) -> list[str]:
    """Comma-separated origins, each with its scheme."""
    found = values(name)
    if not all(one.startswith(("https://", "http://")) for one in found):
        refuse(name, "origins with their scheme, such as https://jobzone.example")
    return found


def contact() -> str:
    """Where readers write to: an e-mail address or a page; empty where none is set."""
    given = os.environ.get("CONTACT", "").strip()
    if given and not re.fullmatch(r"https://\S+|[^\s@:/?#]+@[^\s@:/?#]+", given):
        refuse("CONTACT", "an e-mail address, or a page whose address begins with https://")
    return given


def site() -> str:
    """The address under which the site is known, such as https://jobzone.example; or none."""
    given = os.environ.get("SITE_URL", "").strip().rstrip("/")
    if given and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", given):
        refuse("SITE_URL", "scheme and host of the site, such as https://jobzone.example")
    return given


def mailers() -> dict[str, Any]:
    """Django's MAILERS; empty where no mail server is set, and nobody is written to."""
    given = text("EMAIL_URL").strip()
    if not given:
        return {}
    try:
        parts = urlsplit(given)
        port = parts.port or MAIL_PORTS[parts.scheme]
    except (KeyError, ValueError):
        parts, port = urlsplit(""), 0
    if not parts.hostname:
        # The address may have a password, so it is not repeated.
        sys.exit(f"EMAIL_URL cannot be read; expected {MAIL_URL}.")
    options = {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 10,
    }
    return {"default": {"OPTIONS": options}}


def sender() -> str:
    """From which address the site writes."""
    return os.environ.get("EMAIL_FROM", "").strip() or "jobzone@localhost"


def time_zone(name: str, default: str) -> str:
    """A time zone by its name, such as Europe/London."""
    given = os.environ.get(name, "").strip() or default
    return given if given in available_timezones() else refuse(name, "such as Europe/London")


def admin_path() -> str:
    """Where the admin is, without slashes."""
    given = os.environ.get("ADMIN_PATH", "").strip().strip("/") or "admin"
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", given):
        refuse("ADMIN_PATH", "one part of an address: letters, digits, hyphens")
    return given


def number(name: str, default: int, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        refuse(name, f"a whole number from {least} to {most}")
    return int(value)


def host() -> str:
    """Where the site listens: an address or a name of this machine, IPv6 without brackets."""
    return os.environ.get("HOST", "").strip().strip("[]") or "127.0.0.1"


def port() -> int:
    """The port that the site listens at."""
    return number("PORT", 8000, 1, 65535)


def workers() -> int:
    """How many processes serve."""
    return number("WEB_CONCURRENCY", 2, 1, 256)


def logs_json() -> bool:
    """Whether what is logged is JSON, for machines, or text, for people."""
    given = os.environ.get("LOG_FORMAT", "").strip().lower() or "json"
    return given == "json" if given in ("json", "text") else refuse("LOG_FORMAT", "json or text")


def metrics_port() -> int:
    """The port of the figures for operators; 0 is none."""
    return number("METRICS_PORT", 0, 0, 65535)


def metrics_host() -> str:
    """Where they are given: to the machine itself, unless something else is set."""
    return os.environ.get("METRICS_HOST", "").strip() or "127.0.0.1"


def url(name: str) -> str:
    """The address of a service, with its scheme; or none."""
    given = os.environ.get(name, "").strip()
    if given and not re.fullmatch(r"https?://[^\s;,]+", given):
        refuse(name, "an address with its scheme, such as https://reports.example/jobzone")
    return given


def authority(name: str) -> str:
    """A host with the port, as an address of the site has it."""
    return f"[{name}]:{port()}" if ":" in name else f"{name}:{port()}"


def is_wildcard(name: str) -> bool:
    """Whether a host stands for every address of the machine."""
    try:
        return ipaddress.ip_address(name).is_unspecified
    except ValueError:
        return False


def secret_key() -> str:
    """The key that signs sessions; empty where none is set, as when collecting static files."""
    key = text("SECRET_KEY")
    if key and len(key) < SHORTEST_KEY:
        sys.exit(
            f"SECRET_KEY has {len(key)} characters; expected a random text of at least "
            f"{SHORTEST_KEY}."
        )
    return key


def databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES; empty where none is set, as when collecting static files.

    ``default`` is the role that serves; ``owner``, where it is named, the one that owns the tables;
    ``replica`` what public pages are read from. Each password can stand by itself, as it is.
    """
    names = {"default": "DATABASE", "owner": "DATABASE_OWNER", "replica": "DATABASE_REPLICA"}
    found = {alias: _database(f"{name}_URL") for alias, name in names.items()}
    for alias, name in names.items():
        if found[alias] and (password := text(f"{name}_PASSWORD")):
            found[alias]["PASSWORD"] = password
    return {alias: database for alias, database in found.items() if database}


def _database(name: str) -> dict[str, Any]:
    """The connection of a URL, in whose user and password nothing has to be percent-encoded."""
    url = text(name).strip()
    if not url:
        return {}
    scheme, separator, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql") or not separator:
        sys.exit(f"{name} does not name a Postgres; expected {POSTGRES_URL}.")
    login, at, place = rest.rpartition("@")
    user, colon, password = login.partition(":")
    url = f"{scheme}://{_encoded(user)}{colon}{_encoded(password)}{at}{place}"
    try:
        parts = urlsplit(url)
        named = parts.path.strip("/") and (parts.hostname or "host=" in parts.query)
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        named = None
    if not named:
        sys.exit(f"{name} cannot be read; expected {POSTGRES_URL}.")
    return parsed


def _encoded(text: str) -> str:
    return quote(unquote(text), safe="")


def is_embedded(configured: dict[str, dict[str, Any]]) -> bool:
    """Whether Django's DATABASES name the embedded Postgres of this clone."""
    own = str(socket_dir(postgres_home()))
    return any(database.get("OPTIONS", {}).get("host") == own for database in configured.values())


def require(names: Iterable[str] = ("SECRET_KEY", "DATABASE_URL")) -> None:
    """Refuse to go on without these variables, which a site that serves cannot do without."""
    expected = {"SECRET_KEY": "a long random text", "DATABASE_URL": POSTGRES_URL}
    for name in names:
        if not text(name):
            sys.exit(
                f"{name} is not set; expected {expected[name]}. "
                "For one's own machine, `make run` brings a key and a database."
            )


def refuse(name: str, expected: str) -> NoReturn:
    """End with one line on a variable that is not what was expected."""
    sys.exit(f"{name} is {os.environ[name]!r}; expected {expected}.")
