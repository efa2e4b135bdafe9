"""The shape of several machines on one, from Debian's packages: what stops, and what that costs.

As root: ``apt-get install postgresql pgbouncer nginx``, then
``.venv/bin/python tests/run/topology.py``. A primary and a streaming replica, a PgBouncer that
pools by transaction, two web processes, deploy/nginx.conf in front. A correction is published and
looked for at the proxy; then the replica, a web process, PgBouncer and the primary are stopped in
turn, under readers.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.run.fire import ROLE, Reader
from tests.run.server import free_port, plain_environment

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
ACCOUNT = pwd.getpwnam("postgres")
# Whatever a password has, nothing of it has to be encoded.
PASSWORDS = {name: f"p@s:/?#%41 '\"{secrets.token_hex(4)}" for name in ("owner", "jobzone")}
DOCUMENT = ROOT / "fixtures" / "assessments" / "clinical-coder-nhs.md"


class Shape:
    """All the servers, each of which can be stopped and started again."""

    def __init__(self, stack: ExitStack) -> None:
        self.home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jobzone-shape-")))
        self.home.chmod(0o755)
        names = ("primary", "replica", "pooler", "web1", "web2", "front")
        self.port = {name: free_port() for name in names}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        stack.callback(self.stop_all)
        self.url = f"http://127.0.0.1:{self.port['front']}"

    def file(self, name: str, text: str, mode: int = 0o644) -> Path:
        path = self.home / name
        path.write_text(text)
        path.chmod(mode)
        os.chown(path, ACCOUNT.pw_uid, ACCOUNT.pw_gid)
        return path

    def as_postgres(self, *command: object, **more: str) -> None:
        environment = {**os.environ, **more}
        subprocess.run(
            [str(part) for part in command],
            check=True,
            capture_output=True,
            cwd=self.home,
            user=ACCOUNT.pw_uid,
            group=ACCOUNT.pw_gid,
            env=environment,
        )

    def build(self) -> None:
        data = self.home / "data"
        data.mkdir()
        os.chown(data, ACCOUNT.pw_uid, ACCOUNT.pw_gid)
        word = self.file("word", PASSWORDS["owner"], 0o600)
        self.as_postgres(
            *(PROGRAMS / "initdb", "-D", data / "primary", "-U", "owner", "--auth=scram-sha-256"),
            *("--pwfile", word, "--encoding=UTF8", "--locale=C.UTF-8"),
        )
        with (data / "primary" / "pg_hba.conf").open("a") as rules:
            rules.write("host replication owner 127.0.0.1/32 scram-sha-256\n")
        self.start("primary")
        self.as_postgres(
            *(PROGRAMS / "createdb", "-h", "127.0.0.1", "-p", self.port["primary"]),
            *("-U", "owner", "jobzone"),
            PGPASSWORD=PASSWORDS["owner"],
        )
        self.as_postgres(
            *(PROGRAMS / "pg_basebackup", "-h", "127.0.0.1", "-p", self.port["primary"]),
            *("-U", "owner", "-D", data / "replica", "-R", "-C", "-S", "replica", "-c", "fast"),
            PGPASSWORD=PASSWORDS["owner"],
        )
        self.start("replica")
        self.manage("prepare", owner=True)
        limits = "ALTER ROLE jobzone SET statement_timeout = '30s'"
        self.as_postgres(
            *(PROGRAMS / "psql", "-h", "127.0.0.1", "-p", self.port["primary"], "-U", "owner"),
            *("-c", limits, "jobzone"),
            PGPASSWORD=PASSWORDS["owner"],
        )
        quoted = {name: word.replace('"', '""') for name, word in PASSWORDS.items()}
        users = self.file("users", f'"jobzone" "{quoted["jobzone"]}"\n', 0o600)
        self.file(
            "pooler.ini",
            "[databases]\n"
            f"jobzone = host=127.0.0.1 port={self.port['primary']} dbname=jobzone\n"
            f"replica = host=127.0.0.1 port={self.port['replica']} dbname=jobzone\n"
            "[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {self.port['pooler']}\n"
            f"auth_type = scram-sha-256\nauth_file = {users}\nunix_socket_dir =\n"
            "pool_mode = transaction\ndefault_pool_size = 6\nmax_client_conn = 200\n"
            "server_login_retry = 1\nquery_wait_timeout = 5\nserver_connect_timeout = 3\n",
        )
        front = (ROOT / "deploy" / "nginx.conf").read_text()
        servers = "".join(
            f"server 127.0.0.1:{self.port[name]} max_fails=1 fail_timeout=2s;\n"
            for name in ("web1", "web2")
        )
        front = front.replace("server web:8000 max_fails=0;", servers)
        front = front.replace("listen 8080", f"listen 127.0.0.1:{self.port['front']}")
        front = front.replace("/tmp/", f"{self.home}/front/")
        (self.home / "front").mkdir()
        os.chown(self.home / "front", ACCOUNT.pw_uid, ACCOUNT.pw_gid)
        self.file("front.conf", front)
        for name in ("pooler", "web1", "web2", "front"):
            self.start(name)

    def environment(self, *, owner: bool = False, pooled: bool = True) -> dict[str, str]:
        at = self.port["pooler" if pooled else "primary"]
        word = self.home / "jobzone.word"
        word.write_text(PASSWORDS["jobzone"] + "\n")
        more = {
            "DATABASE_URL": f"postgres://jobzone@127.0.0.1:{at}/jobzone",
            "DATABASE_PASSWORD_FILE": str(word),
            "SECRET_KEY": "k" * 50,
            "HTTPS": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_POOLED": str(int(pooled)),
        }
        if pooled:
            more["DATABASE_REPLICA_URL"] = f"postgres://jobzone@127.0.0.1:{at}/replica"
            more["DATABASE_REPLICA_PASSWORD_FILE"] = str(word)
        if owner:
            primary = self.port["primary"]
            more["DATABASE_OWNER_URL"] = f"postgres://owner@127.0.0.1:{primary}/jobzone"
            more["DATABASE_OWNER_PASSWORD"] = PASSWORDS["owner"]
        return plain_environment(**more)

    def manage(self, *command: str, owner: bool = False) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment(owner=owner, pooled=not owner),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")

    def start(self, name: str) -> None:
        port, user, environment = str(self.port[name]), True, None
        if name in ("primary", "replica"):
            command = [PROGRAMS / "postgres", "-D", self.home / "data" / name, "-p", port]
            command += ["-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"]
        elif name == "pooler":
            command = ["/usr/sbin/pgbouncer", self.home / "pooler.ini"]
        elif name == "front":
            command = ["/usr/sbin/nginx", "-c", self.home / "front.conf", "-g", "daemon off;"]
        else:
            command, user = [sys.executable, "-m", "jobzone.gunicorn"], False
            environment = {**self.environment(), "PORT": port, "WEB_CONCURRENCY": "1"}
        who = {"user": ACCOUNT.pw_uid, "group": ACCOUNT.pw_gid} if user else {}
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.home if user else ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **who,
            )
        until(lambda: is_open(self.port[name]), 30)
        if name == "replica" or name == "primary":
            time.sleep(1)

    def stop(self, name: str, sign: signal.Signals = signal.SIGINT) -> None:
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            # What its children still held would be in the way of the next.
            (os.killpg if sign == signal.SIGKILL else os.kill)(process.pid, sign)
        process.wait(30)

    def stop_all(self) -> None:
        shutil.copytree(
            self.home,
            "/tmp/jobzone-shape",
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("data"),
        )
        for name in reversed(list(self.running)):
            with suppress(subprocess.TimeoutExpired):
                self.stop(name, signal.SIGTERM if name in ("web1", "web2") else signal.SIGINT)

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return answer.read().decode()


def is_open(port: int) -> bool:
    import socket

    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    return False


def until(condition, seconds: float) -> float:
    """How long it took until a condition came true; ends all if it did not."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not in {seconds} s")
        time.sleep(0.005)
    return time.monotonic() - began


def corrections(shape: Shape, count: int) -> None:
    """Publish a correction, and ask the proxy until it has it."""
    took = []
    for number in range(count):
        text = DOCUMENT.read_text()
        note = f"Correction {number} of {secrets.token_hex(4)}."
        changed = shape.home / "corrected.md"
        heading = re.search(r"(?m)^## .*[Nn]otes.*$", text)
        at = heading.end() if heading else len(text)
        changed.write_text(f"{text[:at]}\n\n{note}\n{text[at:]}")
        shape.get(ROLE)
        shape.manage("import_assessment", str(changed), "--publish")
        took.append(until(lambda note=note: note in shape.get(ROLE), 10))
    print(
        f"{count} corrections: at the proxy {statistics.median(took) * 1000:.0f} ms after the "
        f"command ended in the median, {max(took) * 1000:.0f} at most"
    )


def without(shape: Shape, name: str, seconds: float = 8) -> None:
    """Stop one of them for a while, and say what readers at the proxy got meanwhile."""
    kept, worked_out = Reader(shape, ROLE), Reader(shape, "/roles/?q=nurse{number}" + f"-{name}")
    for reader in (kept, worked_out):
        reader.start()
    time.sleep(2)
    shape.stop(name, signal.SIGKILL if name.startswith("web") else signal.SIGINT)
    time.sleep(seconds)
    shape.start(name)
    back = until(lambda: answers(shape, f"/roles/?q=back{time.monotonic()}"), 30)
    time.sleep(2)
    print(f"without {name} for {seconds:.0f} s (back {back:.1f} s after its start):")
    print(f"  kept pages {kept.stop()}\n  pages worked out {worked_out.stop()}", flush=True)


def answers(shape: Shape, path: str) -> bool:
    with suppress(OSError):
        return bool(shape.get(path))
    return False


def main() -> None:
    with ExitStack() as stack:
        shape = Shape(stack)
        shape.build()
        print(f"Postgres of {PROGRAMS.parent.name}, all is up", flush=True)
        corrections(shape, 5)
        for name in ("replica", "web1", "pooler", "primary"):
            without(shape, name)
        shape.manage("verify")
        print("Everything is reproduced.")


if __name__ == "__main__":
    main()
