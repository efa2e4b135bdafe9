"""Makes what a clone needs before it can run: packages, a key, static files.

Each only where it is missing or out of date, and one process at a time. Needs nothing but a
Python with its ``venv`` module.
"""

import hashlib
import os
import secrets
import shlex
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

from jobzone.places import BASE_DIR, VAR_DIR, VENV_DIR
from jobzone.processes import alone

PYTHON = str(VENV_DIR / "bin" / "python")
DEVELOPMENT = "# For development\n"
"""The line of requirements.txt from which on a site that only serves needs nothing."""


def main(*, development: bool) -> None:
    """Make what is missing; ``development`` adds what tests and checks need."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        VAR_DIR.mkdir(exist_ok=True)
        with alone(VAR_DIR, "Waiting for another start in this folder ..."):
            _packages(development)
            _key()
            _static_files()
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.CalledProcessError as error:
        sys.exit(f"This ended with {error.returncode}: {shlex.join(map(str, error.cmd))}")
    except OSError as error:
        sys.exit(f"{error.filename or BASE_DIR}: {error.strerror}. {_advice()}")


def _advice() -> str:
    if VAR_DIR.exists() and VAR_DIR.stat().st_uid != os.geteuid():
        return "Another user made this: start as that user, or let that user run: make clean"
    return "JobZone needs a folder that it may write to, with 300 MB left."


def _packages(development: bool) -> None:
    everything = (BASE_DIR / "requirements.txt").read_text()
    to_serve = everything.partition(DEVELOPMENT)[0]
    wanted, enough = to_serve, {_digest(to_serve), _digest(everything)}
    if development:
        wanted, enough = everything, {_digest(everything)}
    # Written last: without it what is there is half done.
    mark = VENV_DIR / ".installed"
    if Path(PYTHON).exists() and mark.exists() and mark.read_text() in enough:
        return
    print("Installing packages, which takes a minute the first time ...", flush=True)
    began = time.monotonic()
    mark.unlink(missing_ok=True)
    if not _works():
        _create_venv()
    _pip(wanted)
    _replace(mark, _digest(wanted))
    print(f"Packages installed in {time.monotonic() - began:.0f} s.", flush=True)


def _works() -> bool:
    """Whether a virtual environment is there and whole enough to install into."""
    command = [PYTHON, "-m", "pip", "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _create_venv() -> None:
    try:
        venv.create(VENV_DIR, clear=True, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError as error:
        why = _cause((error.output or b"").decode(errors="replace"))
        sys.exit(f"No virtual environment can be made: {why}. {_advice()}")


def _pip(requirements: str) -> None:
    log = VAR_DIR / "pip.log"
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--retries", "2", "--require-hashes", "--requirement", "/dev/stdin"]
    with log.open("w") as output:
        done = subprocess.run(
            command, input=requirements, text=True, stdout=output, stderr=output, check=False
        )
    if done.returncode:
        said = log.read_text()
        unreachable = "Retrying" in said and "no answer from the package index. Is there a network?"
        why = unreachable or f"{_cause(said)}."
        sys.exit(f"The packages cannot be installed: {why} All that pip said is in {log}.")


def _cause(output: str) -> str:
    """What pip names as the error in what it has said."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines[-1:] or ["it ended without a word"])[0].rstrip(".")


def _key() -> None:
    file = VAR_DIR / "secret-key"
    if not file.exists() or (os.access(file, os.R_OK) and not file.read_text().strip()):
        _replace(file, secrets.token_urlsafe(50) + "\n", mode=0o600)


def _static_files() -> None:
    files = sorted(file for file in (BASE_DIR / "static").rglob("*") if file.is_file())
    stats = [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    packages = (VENV_DIR / ".installed").read_text()
    mark, state = VAR_DIR / "static" / ".collected", _digest("\n".join([packages, *stats]))
    if mark.exists() and mark.read_text() == state:
        return
    print("Collecting static files ...", flush=True)
    command = [PYTHON, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    environment = {**os.environ, "DEBUG": "0"}
    # In a group of its own Ctrl-C does not reach it: this process stops it, without a traceback.
    subprocess.run(command, cwd=BASE_DIR, check=True, env=environment, process_group=0)
    _replace(mark, state)


def _replace(file: Path, text: str, mode: int = 0o644) -> None:
    """Write a file beside its place and move it there, so that it is never half."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode)
    fresh.write_text(text)
    fresh.replace(file)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main(development="--development" in sys.argv)
