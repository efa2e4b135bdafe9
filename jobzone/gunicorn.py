"""How gunicorn serves the site, in a container and in `make run` alike."""

import os
import socket
import struct
import sys
from typing import Any

from jobzone import environment, logs, metrics

environment.require()

wsgi_app = "jobzone.wsgi"
bind = environment.authority(environment.host())
workers = environment.workers()
# More than work on pages (``admission.SLOTS``), for what is sent from memory and who is slow.
threads = 32
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

SILENCE_SECONDS = 10
"""How long a connection may be silent within a request; a proxy in front has its own limits."""


def when_ready(server: Any) -> None:
    """Have connections inherit from the sockets that listen how long silence may last."""
    for listener in server.LISTENERS:
        seconds = struct.pack("ll", SILENCE_SECONDS, 0)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, seconds)


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
    from jobzone import settings  # noqa: F401 - importing it is the check

    if environment.metrics_port():
        _remove()  # gunicorn reads this file again, and makes a folder of its own.
    command = [sys.executable, "-m", "gunicorn", "--config", "python:jobzone.gunicorn"]
    os.execv(sys.executable, command)
