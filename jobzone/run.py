"""What `make run` does: prepare the database, serve, and keep the embedded Postgres alive."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from jobzone import clone, environment
from jobzone.embedded_postgres import Server
from jobzone.places import BASE_DIR

PUBLISHES_EVERY = 60
"""Seconds between two looks for what is scheduled and due."""


def main() -> None:
    """Bring the database up to date, give an empty one its content, and serve until stopped."""
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _end)
    sys.unraisablehook = _raise_again
    for sign in (signal.SIGINT, signal.SIGALRM):
        signal.signal(sign, signal.default_int_handler)
    try:
        environment.workers()
        _refuse_used_port()
        _answer_own_addresses()
        with _step("Starting the database"):
            postgres = clone.use()
        _prepare()
        # What serves knows no owner.
        os.environ.pop("DATABASE_OWNER_URL", None)
        _serve(postgres)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"{error.filename or 'JobZone'}: {error.strerror or error}.")
    except Exception as error:
        if not _was_interrupted(error):
            raise
        sys.exit(130)
    finally:
        # What is left is to stop the database, which takes a moment.
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)


def _end(sign: int, _: FrameType | None) -> NoReturn:
    """End as after Ctrl-C: also when the terminal is closed, which gunicorn would survive."""
    sys.exit(128 + sign)


def _raise_again(dropped: "sys.UnraisableHookArgs") -> None:
    """Python drops what is raised within some callbacks, an interrupt too: raise it once more."""
    if isinstance(dropped.exc_value, KeyboardInterrupt | SystemExit):
        signal.setitimer(signal.ITIMER_REAL, 0.01)
    else:
        sys.__unraisablehook__(dropped)


def _was_interrupted(error: BaseException | None) -> bool:
    """Whether it was raised while an interrupted step was given up, such as a transaction."""
    while error and not isinstance(error, KeyboardInterrupt | SystemExit):
        error = error.__context__
    return error is not None


@contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"{name} ...", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print()
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def _refuse_used_port() -> None:
    host, port = environment.host(), environment.port()
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        environment.refuse("HOST", "an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1")
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            at = environment.authority(host)
            if _is_jobzone():
                sys.exit(f"JobZone is already running at http://{environment.authority(_shown())}/")
            sys.exit(f"Cannot serve at {at} ({error.strerror}). Try: PORT=8001 make run")


def _shown() -> str:
    """The host under which the site is opened on this machine."""
    return "localhost" if environment.is_wildcard(environment.host()) else environment.host()


def _is_jobzone() -> bool:
    url = f"http://{environment.authority(_shown())}/health/"
    with suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
        return bool(answer.read(7) == b"JobZone")
    return False


def _answer_own_addresses() -> None:
    """Let the site be opened under the names by which HOST makes it reachable."""
    host = environment.host()
    own = [socket.gethostname(), host]
    if environment.is_wildcard(host):
        with suppress(OSError):
            own += socket.gethostbyname_ex(socket.gethostname())[2]
    own = [f"[{name}]" if ":" in name else name for name in own]
    os.environ["ALLOWED_HOSTS"] = ",".join([*environment.allowed_hosts(), *own])


def _prepare() -> None:
    # Django reads the settings when it is imported, and they need the database's address.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobzone.settings")
    import django
    from django.core.management import CommandError, call_command
    from django.db import OperationalError, connections

    django.setup()
    try:
        call_command("prepare")
    except CommandError as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database of DATABASE_URL: {' '.join(str(error).split())}")
    connections.close_all()


def _publish_scheduled() -> None:
    """Publish what is due; what goes wrong is said, and tried again a minute later."""
    from django.core.management import call_command
    from django.db import connections

    try:
        call_command("publish_scheduled")
    except Exception as error:
        # Whatever it is, the site goes on.
        print(f"Scheduled publication: {' '.join(str(error).split())}", file=sys.stderr, flush=True)
    finally:
        connections.close_all()


def _serve(postgres: Server | None) -> None:
    """Serve until a signal comes.

    Meanwhile start a Postgres again that was killed, and publish what was scheduled.
    """
    if environment.flag("DEBUG", default=False):
        at = environment.authority(environment.host())
        command = [sys.executable, "manage.py", "runserver", at]
    else:
        command = [sys.executable, "-m", "jobzone.gunicorn"]
    server = subprocess.Popen(command, cwd=BASE_DIR)
    try:
        with _step("Starting the site"):
            while server.poll() is None and not _is_jobzone():
                time.sleep(0.1)
        if server.poll() is None:
            _welcome()
        scheduled = time.monotonic() + PUBLISHES_EVERY
        while server.poll() is None:
            if postgres:
                postgres.keep()
            if time.monotonic() >= scheduled:
                _publish_scheduled()
                scheduled = time.monotonic() + PUBLISHES_EVERY
            time.sleep(1)
        sys.exit(server.returncode)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    finally:
        server.terminate()
        server.wait()


def _welcome() -> None:
    site = f"http://{environment.authority(_shown())}/"
    print(
        f"\nJobZone is at {site}\n"
        f"Sign in at {site}admin/ with an account that `make superuser` makes.\n"
        "It is for this machine; docs/deploy.md says how to serve others.\n"
        "Ctrl-C stops it.\n",
        flush=True,
    )


if __name__ == "__main__":
    main()
