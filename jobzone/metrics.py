"""Figures for operators, in Prometheus' format, on a port of their own; off unless it is set.

Each process of gunicorn counts into files that all of them share, and answers for all.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client expects the folder of those files, before it is imported."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def prepare() -> Callable[[], None]:
    """Make the folder, in the process above all others; returns what removes it."""
    os.environ[FOLDER] = folder = tempfile.mkdtemp(prefix="jobzone-metrics-")
    return lambda: shutil.rmtree(folder, ignore_errors=True)


class Measured:
    """Counts and times what an application answers, by method and status."""

    def __init__(self, application: WSGIApplication) -> None:
        from prometheus_client import Counter, Gauge, Histogram

        self.application = application
        self._answers = Counter("jobzone_answers_total", "Answers.", ["method", "status"])
        self._seconds = Histogram(
            "jobzone_answer_seconds", "Time until an answer begins.", ["status"], buckets=SECONDS
        )
        self._under_way = Gauge(
            "jobzone_requests_under_way", "Requests.", multiprocess_mode="livesum"
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        status, began = "500", time.perf_counter()

        def started(said: str, headers: Any, error: Any = None) -> Any:
            nonlocal status
            status = said[:3]
            return start_response(said, headers, error) if error else start_response(said, headers)

        method = environ["REQUEST_METHOD"]
        method = method if method in ("GET", "HEAD", "POST") else "other"
        self._under_way.inc()
        try:
            return self.application(environ, started)
        finally:
            self._under_way.dec()
            self._answers.labels(method, status).inc()
            self._seconds.labels(f"{status[0]}xx").observe(time.perf_counter() - began)


class _Server(ThreadingMixIn, WSGIServer):
    """Any process may answer at the one port."""

    daemon_threads = allow_reuse_port = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def serve(host: str, port: int) -> None:
    """Answer at a port in a thread of this process."""
    from prometheus_client import CollectorRegistry, make_wsgi_app
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    server = make_server(host, port, make_wsgi_app(registry), _Server, _Silent)
    Thread(target=server.serve_forever, daemon=True, name="metrics").start()


def forget(pid: int) -> None:
    """Leave a process that has ended out of what is under way."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]
