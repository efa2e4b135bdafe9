"""A real headless Chromium, on a site started by `make run`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import sync_playwright

from tests.reference import ROOT
from tests.run.server import serving

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
NO_BROWSER = (
    "no Chromium: install the system's (apt-get install chromium) "
    "or Playwright's (.venv/bin/playwright install chromium)"
)


def chromium_path(playwright):
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).exists() else None)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            pytest.skip(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def database():
    """The URL of a database of its own."""
    server = os.environ["DATABASE_URL"]
    name = f"jobzone_browser_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = server.replace("/jobzone?", f"/{name}?") if "/jobzone?" in server else None
    if url is None:
        head, _, database = server.rpartition("/")
        url = f"{head}/{name}" + (f"?{database.partition('?')[2]}" if "?" in database else "")
    yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def site(database):
    """The site with the content and some synthetic roles."""
    with serving(ROOT, DATABASE_URL=database) as running:
        subprocess.run(
            [sys.executable, "manage.py", "make_synthetic_roles", "60", "--seed", "7"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database},
            check=True,
            capture_output=True,
        )
        yield running.url


@pytest.fixture
def visit(browser, site):
    """Opens a page of the site in a window of its own; fails on any error in its console."""
    contexts, errors = [], []

    def open_page(path, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith(site) or errors.append(request.url),
        )
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
