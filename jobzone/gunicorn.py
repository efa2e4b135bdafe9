"""How gunicorn serves the site, in a container and in `make run` alike."""

import os
import socket
import sys
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from jobzone import environment, logs, metrics

environment.require()


class Worker(ThreadWorker):  # type: ignore[misc]
    """Is gone at Ctrl-C, which reaches it twice: from the terminal and from its master.

    gunicorn's own answer closes the pool of threads and waits for them. One answer that interrupts
    another waits for the pool's lock for ever, until the master kills it after half a minute.
    """

    def handle_quit(self, *_: Any) -> None:
        """Go at once; to be stopped after what has begun is SIGTERM's part."""
        os._exit(0)


wsgi_app = "jobzone.wsgi"
bind = environment.authority(environment.host())
worker_class = Worker
workers = environment.workers()
# Many more than work on pages (``admission.SLOTS``), for what is sent from memory and for clients
# who are slow to say what they want; one is made when there is no other to take a request.
threads = 256
loglevel = "warning"
logconfig_dict = logs.configuration(as_json=environment.logs_json())
# The address of a mix of one's own carries up to forty tasks; this is the most there can be.
limit_request_line = 8190
# Nothing here is steered at run time.
control_socket_disable = True
# Heartbeats in memory: a container's disk can be slow enough to fail them.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Workers are not renewed: each keeps the pages that it has worked out (``max_requests`` of
# 10,000 would throw them away every few seconds), and what it keeps is bounded.

GONE = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}
"""A client that is gone without a word is noticed after a minute. One that is there and silent is
not hung up on: gunicorn would stand still for two seconds each time. A proxy in front does."""


def when_ready(server: Any) -> None:
    """Have connections inherit that from the sockets that listen."""
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in GONE.items():
            if option := getattr(socket, name, None):
                listener.sock.setsockopt(socket.IPPROTO_TCP, option, value)


if environment.metrics_port():
    _remove = metrics.prepare()

    def post_worker_init(_: Any) -> None:
        """Have each process answer for all."""
        metrics.serve(environment.metrics_host(), environment.metrics_port())

    def child_exit(_: Any, worker: Any) -> None:
        """Forget a process that has ended."""
        metrics.forget(worker.pid)

    def on_exit(_: Any) -> None:
        """Leave no files."""
        _remove()


if __name__ == "__main__":
    # gunicorn reads the environment before this file, and answers what it cannot read with a
    # traceback; so this file, and the settings, are read first.
    from gunicorn.app.wsgiapp import run

    from jobzone import settings  # noqa: F401 - importing it is the check

    if environment.metrics_port():
        _remove()  # gunicorn reads this file again, and makes a folder of its own.
    sys.argv = ["gunicorn", "--config", "python:jobzone.gunicorn"]
    run()
