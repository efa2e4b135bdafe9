#!/usr/bin/env python
"""Django's command line, on this clone's database where the environment names no other."""

import os
import sys

from jobzone import clone

# These need no database, and building an image has none.
WITHOUT_DATABASE = ("collectstatic", "help")


def main() -> None:
    """Run a command; what Postgres refuses is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobzone.settings")
    if sys.argv[1:2] and sys.argv[1] not in WITHOUT_DATABASE:
        clone.use()
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sys.exit(f"The database of DATABASE_URL: {' '.join(str(error).split())}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
