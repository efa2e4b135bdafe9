"""What `make run` does: prepare the database, load the content, serve."""

import os
import socket
import sys

from jobzone import embedded_postgres, gunicorn


def main() -> None:
    """Bring the database up to date with code and content, then serve until stopped."""
    host, port = gunicorn.bind.rsplit(":", 1)
    _refuse_used_port(host, int(port))
    # Set for the workers too: the one process that owns the embedded Postgres is this one.
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or embedded_postgres.url()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobzone.settings")
    _prepare()
    print(f"JobZone is at http://{host}:{port}/ (Ctrl-C stops it)", flush=True)
    print(f"An account for http://{host}:{port}/admin/ is made by: make superuser", flush=True)
    _serve()


def _refuse_used_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot serve at {host}:{port} ({error.strerror}). Try PORT=8001 make run.")


def _prepare() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    documents = sorted((settings.BASE_DIR / "fixtures" / "assessments").glob("*.md"))
    call_command("import_assessment", *map(str, documents), publish=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    # Connections do not survive the fork into workers.
    connections.close_all()


def _serve() -> None:
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = ["gunicorn", "--config", "python:jobzone.gunicorn"]
    WSGIApplication().run()


if __name__ == "__main__":
    main()
