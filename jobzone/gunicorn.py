"""How gunicorn serves the site, in a container and in `make run` alike."""

import os

wsgi_app = "jobzone.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Nothing here is steered at run time.
control_socket_disable = True
# Heartbeats in memory: a container's disk can be slow enough to fail them.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Workers are renewed now and then, not all at once.
max_requests = 10_000
max_requests_jitter = 1_000
