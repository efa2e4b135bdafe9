"""What takes too long for CI, or needs root: starts that were cut short, and hostile folders.

As root, on Linux, from the top folder: ``python tests/run/recovery.py USER ``.
Each case makes a fresh clone, packages and all, and prints what a person sees. USER is any
ordinary user; the Python on the PATH has to be one that USER may run.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path("/srv/with space/ö")
READY = "Ctrl-C stops it."
MINUTES = 240
failures = 0


class Start:
    """One `make run` by a user, in a session of its own as in a terminal."""

    def __init__(self, folder: Path, user: str, prefix: tuple[str, ...] = (), **environment: str):
        account = pwd.getpwnam(user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = str(probe.getsockname()[1])
        self.output = Path(f"/tmp/jobzone-recovery-{self.port}")
        kept = {n: v for n, v in os.environ.items() if n not in ("DATABASE_URL", "SECRET_KEY")}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [*prefix, "make", "--no-print-directory", "run"],
                cwd=folder,
                env={**kept, "HOME": account.pw_dir, "PORT": self.port, **environment},
                user=None if prefix else account.pw_uid,
                group=None if prefix else account.pw_gid,
                extra_groups=None if prefix else [],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def serves(self) -> bool:
        """Whether it gets so far that the page of a role can be read."""
        deadline = time.monotonic() + MINUTES
        while READY not in self.said and self.process.poll() is None:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return READY in self.said and self.reads()

    def reads(self) -> bool:
        url = f"http://127.0.0.1:{self.port}/roles/clinical-coder-nhs/"
        with suppress(OSError), urllib.request.urlopen(url, timeout=10) as page:
            return page.status == 200
        return False

    def stop(self, sign: signal.Signals = signal.SIGINT) -> str:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)
        self.process.wait(60)
        return self.said

    def ends(self) -> str:
        """What it says until it ends by itself."""
        self.process.wait(MINUTES)
        return self.said


def fresh(name: str, user: str, parent: Path = PLACE) -> Path:
    """A fresh clone that belongs to a user."""
    folder = parent / name
    folder.mkdir(parents=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for file in listed.stdout.decode().rstrip("\0").split("\0"):
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, target)
    chown = ["chown", "-R", f"{user}:", str(folder)]
    subprocess.run(chown, check=True)
    return folder


def clean(folder: Path) -> None:
    """Remove a clone with all that it made."""
    subprocess.run(["make", "clean"], cwd=folder, check=True, capture_output=True)
    shutil.rmtree(folder)


def report(case: str, right: bool, said: str, last: int = 0) -> None:
    """One line for a case, and the last lines that a person saw."""
    global failures
    right = right and "Traceback" not in said
    failures += not right
    print(f"{'ok    ' if right else 'FAILED'} {case}", flush=True)
    lines = [line for line in re.split(r"[\r\n]+", said) if line.strip()]
    for line in lines[-last:] if last else [] if right else lines[-15:]:
        print(f"         {line}")


def cut_short(user: str, sign: signal.Signals) -> None:
    """A first start that is cut short every other second, over and over, and one that is not."""
    folder = fresh("cut", user)
    said = ""
    for seconds in (0.2, 1, 2, 4, 6, 8, 10, 12, 14, 16):
        start = Start(folder, user)
        time.sleep(seconds)
        said += start.stop(sign)
    start = Start(folder, user)
    works = start.serves()
    report(f"{user}: ten starts ended by {sign.name}, then one that is let be", works, said)
    start.stop()
    for seconds in (3, 6, 9, 12, 15):
        clean_but_sources(folder)
        start = Start(folder, user)
        time.sleep(seconds)
        said = start.stop(sign)
        start = Start(folder, user)
        works = start.serves()
        report(f"{user}: a first start ended by {sign.name} after {seconds} s", works, said)
        start.stop()
    clean(folder)


def clean_but_sources(folder: Path) -> None:
    subprocess.run(["make", "clean"], cwd=folder, check=True, capture_output=True)


def one_after_the_other(first: str, second: str) -> None:
    """A folder of the first user, in which another starts."""
    folder = fresh("both", first)
    start = Start(folder, first)
    report(f"{first} starts first", start.serves(), start.said)
    start.stop()
    start = Start(folder, second)
    if second == "root":
        report("then root", start.serves(), start.said)
        start.stop()
        start = Start(folder, first)
        report(f"then {first} again", start.serves(), start.said)
        start.stop()
    else:
        report(f"then {second}", "make clean" in start.ends(), start.said, 2)
    clean(folder)


def two_at_once(user: str) -> None:
    folder = fresh("twice", user)
    first, second = Start(folder, user), Start(folder, user)
    works = first.serves() and second.serves()
    report(f"{user}: two first starts at once", works, first.said + second.said)
    first.stop()
    second.stop()
    clean(folder)


def full_disk(megabytes: int) -> None:
    """A first start on a disk that has so much room."""
    disk = Path("/srv/small disk")
    disk.mkdir(exist_ok=True)
    options = f"size={megabytes}m,mode=755,uid={pwd.getpwnam(USER).pw_uid}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)
    try:
        folder = fresh("clone", USER, disk)
        start = Start(folder, USER)
        works = start.serves()
        said = start.stop()
        report(f"{USER}: a disk of {megabytes} MB", not works and "No space" in said, said, 2)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def read_only(*, installed: bool) -> None:
    """A folder that cannot be written to."""
    folder = fresh("still", USER)
    if installed:
        start = Start(folder, USER)
        start.serves()
        start.stop()
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        said = Start(folder, USER).ends()
        when = "after a first start" if installed else "from the beginning"
        report(f"{USER}: a read-only folder, {when}", "Read-only" in said, said, 2)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    clean(folder)


def no_network() -> None:
    folder = fresh("offline", USER)
    nothing = {"PIP_CONFIG_FILE": "/dev/null", "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1"}
    uid = pwd.getpwnam(USER).pw_uid
    become = ("unshare", "--net", "setpriv", "--reuid", str(uid), "--clear-groups")
    said = Start(folder, USER, become, **nothing).ends()
    report(f"{USER}: no network at install", "cannot be installed" in said, said, 2)
    start = Start(folder, USER)
    report(f"{USER}: the next start, with a network", start.serves(), start.said)
    start.stop()
    clean(folder)


def killed_postgres() -> None:
    folder = fresh("served", USER)
    start = Start(folder, USER)
    works = start.serves()
    postmaster = folder / "var" / "postgres" / "postmaster.pid"
    os.kill(int(postmaster.read_text().splitlines()[0]), signal.SIGKILL)
    deadline = time.monotonic() + 30
    time.sleep(1)
    while not start.reads() and time.monotonic() < deadline:
        time.sleep(0.1)
    report(f"{USER}: Postgres killed while serving comes back", works and start.reads(), start.said)
    said = start.stop(signal.SIGHUP)
    report(f"{USER}: the terminal is closed, and nothing serves", not start.reads(), said)
    clean(folder)


USER = sys.argv[1]
CASES: dict[str, Callable[[], None]] = {
    "root-first": lambda: one_after_the_other("root", USER),
    "user-first": lambda: one_after_the_other(USER, "root"),
    "two": lambda: two_at_once(USER),
    "two-as-root": lambda: two_at_once("root"),
    "read-only": lambda: read_only(installed=False),
    "read-only-later": lambda: read_only(installed=True),
    "disk-10": lambda: full_disk(10),
    "disk-100": lambda: full_disk(100),
    "disk-185": lambda: full_disk(185),
    "disk-210": lambda: full_disk(210),
    "offline": no_network,
    "served": killed_postgres,
    "interrupted": lambda: cut_short(USER, signal.SIGINT),
    "killed": lambda: cut_short(USER, signal.SIGKILL),
    "killed-as-root": lambda: cut_short("root", signal.SIGKILL),
}

if __name__ == "__main__":
    for name in sys.argv[2:] or CASES:
        CASES[name]()
    print(f"{failures} cases failed.")
    sys.exit(failures > 0)
