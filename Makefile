# Two commands: `make run` serves the site, `make test` tests it. Both install what they need.

VENV := .venv
PYTHON := $(VENV)/bin/python

# The site as it is in production, but over plain HTTP and with a key of this clone's own.
export HTTPS ?= 0
export SECRET_KEY ?= $(shell cat var/secret-key 2>/dev/null)

.PHONY: run test bench lint format lock superuser clean

run: $(VENV)/.installed var/secret-key
	@$(PYTHON) -m jobzone.run

test: $(VENV)/.installed-dev var/static var/secret-key
	$(PYTHON) -m pytest

# Minutes; BENCH_ROLES=1000,10000 chooses the sizes.
bench: $(VENV)/.installed-dev var/static var/secret-key
	@$(PYTHON) -m benchmarks.bench

lint: $(VENV)/.installed-dev var/secret-key
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/djlint --check --lint templates
	$(PYTHON) manage.py audit_content fixtures/assessments/*.md
	$(PYTHON) manage.py makemigrations --check --dry-run
	HTTPS=1 $(PYTHON) manage.py check --deploy --fail-level WARNING

format: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djlint --reformat --quiet templates

# The hash-locked requirements, after a change of the dependencies in pyproject.toml.
lock: $(VENV)/.installed-dev
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.12 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url pyproject.toml --output-file requirements.txt
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.12 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url --constraint requirements.txt --group dev \
		pyproject.toml --output-file requirements-dev.txt

superuser: $(VENV)/.installed var/secret-key
	@$(PYTHON) manage.py createsuperuser

# Removes what the commands above made, the embedded database and its content too.
clean:
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@python=$$(sh .ci/find-python) && "$$python" -m venv --clear $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing (a minute the first time) ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

var/secret-key: | $(VENV)/bin/python
	@mkdir -p var
	@(umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > $@)

var/static: $(VENV)/.installed var/secret-key $(shell find static -type f)
	@DATABASE_URL=postgres://unused/ $(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@touch $@
