"""The key and the Postgres of this clone, where the environment names no others."""

import os
import sys

from jobzone import embedded_postgres, environment
from jobzone.embedded_postgres import Server
from jobzone.places import VAR_DIR

KEY_FILE = VAR_DIR / "secret-key"


def use(*, database: bool = True) -> Server | None:
    """Fill in the environment; the Postgres, if it is used, runs for as long as this process.

    Only where `make` has been at work, which makes the key: elsewhere, as in production,
    what is missing is refused.
    """
    server = None
    if KEY_FILE.exists():
        os.environ.setdefault("HTTPS", "0")
        os.environ.setdefault("LOG_FORMAT", "text")
        if not os.environ.get("SECRET_KEY"):
            os.environ["SECRET_KEY"] = _key()
        if database and not os.environ.get("DATABASE_URL"):
            server = embedded_postgres.start()
            os.environ["DATABASE_URL"] = server.url
            os.environ["DATABASE_OWNER_URL"] = server.owner_url
    environment.require(("SECRET_KEY", "DATABASE_URL") if database else ("SECRET_KEY",))
    return server


def _key() -> str:
    try:
        key = KEY_FILE.read_text().strip()
    except OSError as error:
        sys.exit(
            f"{KEY_FILE} cannot be read ({error.strerror}): another user made it. Start as that "
            "user, or let that user remove everything by: make clean"
        )
    except UnicodeDecodeError:
        key = ""
    return key or sys.exit(f"{KEY_FILE} has no key. Remove it; the next start makes another.")
