"""A real headless Chromium, on a site started by `make run`."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import sync_playwright

from tests.databases import made_once
from tests.reference import ROOT
from tests.run.server import database_url, serving

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
VISITED = (
    "clinical-coder-nhs",
    "clinical-documentation-improvement-specialist",
    "electrician",
    "health-information-technologist",
    "paralegal",
    "registered-nurse-nhs",
)
NO_BROWSER = (
    "no Chromium: install the system's (apt-get install chromium) "
    "or Playwright's (.venv/bin/playwright install chromium)"
)


def chromium_path(playwright):
    # Without windows to draw, the first takes half the time of the others.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
def filled(testrun_uid):
    """A database with much of the content, some synthetic roles, an assessor and an editor."""
    library = sorted((ROOT / "fixtures" / "assessments").glob("*.md"))
    some = [file for file in library if file.stem in VISITED] + library[::4]
    commands = (
        ("migrate",),
        ("load_occupations",),
        ("import_assessment", "--publish", *map(str, dict.fromkeys(some))),
        ("make_synthetic_roles", "60", "--seed", "7"),
        ("create_demo_editor",),
    )
    with made_once(f"jobzone_browser_{testrun_uid}", *commands) as name:
        yield name


@pytest.fixture(scope="session")
def database(filled):
    """The URL of a database of this process's own."""
    name = f"{filled}_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {filled}")
    yield database_url(name)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def server(database):
    """What serves the site."""
    with serving(ROOT, DATABASE_URL=database) as running:
        yield running


@pytest.fixture(scope="session")
def site(server):
    """The site with much of the content and some synthetic roles."""
    return server.url


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


@pytest.fixture(scope="session")
def cookies():
    """Those of everyone who has signed in: to check a password is made to be dear."""
    return {}


@pytest.fixture
def signed_in(browser, site, cookies):
    """Opens the admin for an assessor or an editor, in a browser of their own."""
    contexts = []

    def sign_in(name):
        context = browser.new_context(base_url=site)
        contexts.append(context)
        context.add_cookies(cookies.get(name, []))
        page = context.new_page()
        page.goto("/admin/")
        if "/login/" in page.url:
            page.fill("#id_username", name)
            page.fill("#id_password", "demo")
            page.click("input[type=submit]")
        # A pattern would match the address of the login too, which ends alike.
        page.wait_for_url(f"{site}/admin/")
        cookies[name] = context.cookies()
        return page

    yield sign_in
    for context in contexts:
        context.close()
