"""How gunicorn serves the site, in a container and in `make run` alike."""

import os
import sys

from jobzone import environment

environment.require()

wsgi_app = "jobzone.wsgi"
bind = environment.authority(environment.host())
workers = environment.workers()
threads = 4
loglevel = "warning"
# The address of a mix of one's own carries up to forty tasks; this is the most there can be.
limit_request_line = 8190
# Nothing here is steered at run time.
control_socket_disable = True
# Heartbeats in memory: a container's disk can be slow enough to fail them.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Workers are not renewed: each keeps the pages that it has worked out (``max_requests`` of
# 10,000 would throw them away every few seconds), and what it keeps is bounded.

if __name__ == "__main__":
    # gunicorn reads the environment before this file, and answers what it cannot read with a
    # traceback; so this file, and the settings, are read first.
    from jobzone import settings  # noqa: F401 - importing it is the check

    command = [sys.executable, "-m", "gunicorn", "--config", "python:jobzone.gunicorn"]
    os.execv(sys.executable, command)
