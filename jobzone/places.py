"""Where a clone keeps what it makes; asked before anything but Python is there."""

import hashlib
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV_DIR = BASE_DIR / ".venv"
VAR_DIR = BASE_DIR / "var"
ROOT_DIR = Path("/var/lib/jobzone")
SOCKET = ".s.PGSQL.5432"
# A Unix socket's address has 104 bytes on macOS and 108 on Linux, its end included.
LONGEST_SOCKET = 103


def postgres_home(var_dir: Path = VAR_DIR) -> Path:
    """The folder of the embedded Postgres: ``var_dir``, or for root one below /var/lib.

    Postgres refuses to run as root, and the system user that runs it instead cannot reach
    every folder that root can. Where ``var_dir`` is another user's, root runs it as that one.
    """
    if os.geteuid() == 0 and (not var_dir.exists() or var_dir.stat().st_uid == 0):
        return ROOT_DIR / _digest(var_dir)
    return var_dir


def socket_dir(home: Path) -> Path:
    """The folder of the server's socket: its data, or where that path is too long, one in /tmp."""
    data = home / "postgres"
    if len(os.fsencode(data / SOCKET)) <= LONGEST_SOCKET:
        return data
    return Path("/tmp") / f"jobzone-{_digest(home)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
