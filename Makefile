# `make run` serves the site, `make test` tests it. Both install what they need; `make clean`
# removes it.

PYTHON := .venv/bin/python
# Ctrl-C is ignored until Python has started, and then taken by jobzone/__main__.py.
find-python := trap '' INT; python=$$(sh .ci/find-python) && exec "$$python"

# Starts are many, and each would compile all modules anew; `make clean` removes what they keep.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test fuzz audit dev bench lint format lock superuser clean install install-dev

run: install
	@trap '' INT; exec $(PYTHON) -m jobzone run

# Each process has a database of its own, and whole files: what a file starts, it starts once. Three
# for two cores, since browsers and starts are waited for.
test: install-dev
	$(PYTHON) -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# The site with debug pages, which starts again after each change of its code.
dev: install-dev
	@trap '' INT; DEBUG=1 exec $(PYTHON) -m jobzone run

# Half an hour; ends with an error on a fault, a second of work for one input, or memory that grows.
fuzz: install-dev
	@$(PYTHON) tests/fuzz.py $(or $(COUNT),100000) $(SEED)

# Known weaknesses, licences and contents of what is locked, and secrets in the code.
audit: install-dev
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh .ci/audit

# Minutes; BENCH_ROLES=1000,10000 chooses the sizes.
bench: install-dev
	@$(PYTHON) -m benchmarks.bench

lint: install-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m djlint --check --lint templates
	$(PYTHON) manage.py audit_content fixtures/assessments/*.md
	$(PYTHON) manage.py makemigrations --check --dry-run
	HTTPS=1 $(PYTHON) manage.py check --deploy --fail-level WARNING

format: install-dev
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	$(PYTHON) -m djlint --reformat --quiet templates

# requirements.txt from pyproject.toml; UPGRADE=--upgrade takes the newest of everything.
lock: install-dev
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh .ci/lock $(UPGRADE)

superuser: install
	@$(PYTHON) manage.py createsuperuser

# All that the commands above made, the embedded database and its content too.
clean:
	@$(find-python) -m jobzone clean

install:
	@echo "Looking for what is installed ..."
	@$(find-python) -m jobzone install

install-dev:
	@echo "Looking for what is installed ..."
	@$(find-python) -m jobzone install --development
