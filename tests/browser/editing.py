"""What editors do in a browser, for the tests of the admin."""

import re

from playwright.sync_api import expect

from tests.browser.axe import expect_no_barrier
from tests.reference import CONTENT

KEPT = re.compile(r"Kept here and on the server at \d\d:\d\d UTC; not saved yet")
SOURCES = "## Sources\n\n| Dimension | Title | Publisher | URL | Seen |\n|---|---|---|---|---|\n"
SOURCE = "| Wage Trends | Source {} | | | 2026 |\n"
NOT_OURS = {
    # The heads of Django's tables of rows and of its columns of boxes to tick.
    "empty-table-header": {"enabled": False},
}


def open_draft(page, title, sources=0):
    """The form of a new draft of whoever is signed in, with so many sources."""
    document = CONTENT.read_text().replace("Clinical Coder (NHS)", title)
    rows = "".join(SOURCE.format(number) for number in range(sources))
    document = document.replace("## Related Roles", f"{SOURCES}{rows}\n## Related Roles")
    page.goto("/admin/roles/assessment/import/")
    page.fill("#id_text", document)
    page.click("text=Show what would be imported")
    page.click("input[name=save]")
    page.goto(f"/admin/roles/assessment/?q={title.replace(' ', '+')}")
    page.locator("#result_list").get_by_role("link", name=title).click()


def open_part(page, title):
    """Open a part of the form as a reader of its contents does."""
    page.locator(".contents").get_by_role("link", name=title, exact=True).click()


def write(page, **texts):
    """Write into fields of the form, opening the part that has each."""
    for name, text in texts.items():
        field = page.locator(f"#id_{name}")
        part = page.locator("details.part", has=field)
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        field.fill(text)


def names(page):
    """The tasks in the order in which they stand on the page."""
    fields = page.locator("#tasks-table [type=text][name$='-name']").all()
    return [name for field in fields if (name := field.input_value())]


def state(page):
    """What the form says of its own text."""
    return page.locator("#keeping-state")


def save(page):
    """Save and stay."""
    page.click("input[name=_continue]")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def expect_saved(page, **texts):
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    for name, text in texts.items():
        expect(page.locator(f"#id_{name}")).to_have_value(text)


def expect_good_screen(page):
    """Without a barrier, and nothing beside the page."""
    expect_no_barrier(page, rules=NOT_OURS)
    expect_nothing_beside(page)


def expect_nothing_beside(page):
    """So that it does not scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
