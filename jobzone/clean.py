"""Removes all that was made in a clone, wherever it was put: packages, key, database, caches."""

import shutil
import sys
from pathlib import Path

from jobzone import processes
from jobzone.places import BASE_DIR, VAR_DIR, VENV_DIR, postgres_home, socket_dir

CACHES = (".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache")


def main() -> None:
    """Stop a server that was left, and remove everything; refuse while the site runs."""
    home = postgres_home()
    found = [VENV_DIR, home, socket_dir(home), VAR_DIR, *(BASE_DIR / name for name in CACHES)]
    kept = (VENV_DIR, VAR_DIR, BASE_DIR / ".git")
    found += [
        folder
        for folder in BASE_DIR.rglob("__pycache__")
        if not any(folder.is_relative_to(one) for one in kept)
    ]
    try:
        if home.exists():
            _stop_postgres(home)
        for folder in found:
            if folder.exists():
                shutil.rmtree(folder)
                if folder.name != "__pycache__":
                    print(f"Removed {folder}")
    except OSError as error:
        sys.exit(f"{error.filename} cannot be removed: {error.strerror}. Who made it can, or root.")


def _stop_postgres(home: Path) -> None:
    with processes.alone(home):
        if not processes.is_free(home / "users.lock"):
            sys.exit("JobZone is running here. Stop it first (Ctrl-C), then `make clean`.")
        processes.stop(home)


if __name__ == "__main__":
    main()
