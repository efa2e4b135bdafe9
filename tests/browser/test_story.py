"""A role from an empty form to its readers by keyboard alone, through all that can go wrong."""

import psycopg
import pytest
from playwright.sync_api import Error, expect

from tests.browser.editing import KEPT, state
from tests.browser.test_form import is_covered, save_by_keyboard

pytestmark = pytest.mark.browser

TITLE = "Keyboard Clerk"
TEXTS = {
    "id_primary_function": "Sorts what comes in.",
    "id_not_this_role": "NOT a manager.",
    "id_typical_experience": "A year.",
    "id_tasks-0-name": "Sorting",
    "id_tasks-0-time": "60",
    "id_tasks-0-score": "4",
    "id_tasks-0-mode": "D",
    "id_tasks-0-rationale": "Tools sort.",
    "id_tasks-1-name": "Asking",
    "id_tasks-1-time": "40",
    "id_tasks-1-score": "2",
    "id_tasks-1-mode": "A",
    "id_tasks-1-rationale": "People ask.",
    "id_reinstatement_check": "No new tasks.",
    "id_sources-0-dimension": "Wage",
    "id_sources-0-title": "Pay of clerks",
    "id_sources-0-publisher": "Office of Pay",
    "id_sources-0-url": "https://example.org/pay",
    "id_sources-0-seen": "2026-11-01",
    "id_growth": "0",
    "id_growth_rationale": "No clear link to growth.",
    "id_growth_check": "Checked: none.",
    "id_score_vs_reality": "As expected.",
    "id_not_captured": "Little else.",
    "id_who_should_worry": "Nobody yet.",
    "id_outlook_year": "2030",
    "id_outlook": "Much the same.",
    "id_survival_strategy": "Learn to check. It stays.",
    "id_timeline": "Five years.",
    "id_corrections-0-claim": "Clerks are gone",
    "id_corrections-0-correction": "They are not",
    "id_corrections-0-source": "Own count",
}
SCORES = ("evidence", "barriers", "principles")


def typed_into(field):
    """What is typed into a field; empty where it is left as it is."""
    if field.startswith(tuple(f"id_{table}-" for table in SCORES)):
        return "0" if field.endswith("-score") else f"Judgement: on {field} as for others."
    return TEXTS.get(field, "")


def focused(page):
    """What has the focus: its kind, its id, its value and what it says."""
    return page.evaluate(
        """() => {
          const one = document.activeElement;
          return [one.localName, one.id, one.value ?? "", one.textContent.trim()];
        }"""
    )


def tab_to(page, what):
    """Tab to a field by its id, or to a link or a button by what it says."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if what in focused(page)[1:]:
            return
    raise AssertionError(f"no way to {what}")


def press(page, what):
    """Tab to a link or a button, and press it."""
    tab_to(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_on(page, written, until):
    """Tab on, opening each part on the way and typing what is not written, to this field or button.

    Notes what is written, field by field, as the page has it.
    """
    for _ in range(400):
        page.keyboard.press("Tab")
        kind, field, value, said = focused(page)
        assert not is_covered(page), field
        if until in (field, value, said):
            return
        if kind == "summary" and not page.locator("details:has(> :focus)[open]").count():
            page.keyboard.press("Enter")
        elif field not in written and (text := typed_into(field)):
            page.keyboard.insert_text(text) if kind != "select" else page.keyboard.type(text)
            written[field] = focused(page)[2]
    raise AssertionError(f"no way to {until}")


def expect_written(page, written):
    """Every field has what was typed into it."""
    found = page.evaluate(
        "ids => Object.fromEntries(ids.map((id) => [id, document.getElementById(id)?.value]))",
        list(written),
    )
    assert found == written


def end_sessions(database):
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DELETE FROM django_session")


def sign_in(page):
    """Sign in as the assessor by keyboard, in another tab."""
    other = page.context.new_page()
    other.goto("/admin/login/?next=/admin/password_change/")
    expect(other.locator("#id_username")).to_be_focused()
    other.keyboard.type("assessor")
    other.keyboard.press("Tab")
    other.keyboard.type("demo")
    other.keyboard.press("Enter")
    expect(other.locator("#user-tools")).to_be_visible()
    other.close()


def choose_the_role(page):
    role = page.get_by_role("combobox", name="Role", exact=False).first
    while not role.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type("Keyboard")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text(TITLE)
    page.keyboard.press("Enter")


def test_a_role_is_written_and_published_by_keyboard_and_no_word_is_lost(
    signed_in, browser, site, server, database
):
    page = signed_in("assessor")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/admin/roles/role/add/")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type(TITLE)
    page.keyboard.press("Tab")
    page.keyboard.type("Senior")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text(TITLE)

    page.goto("/admin/roles/assessment/add/")
    address, written = page.url, {}
    choose_the_role(page)
    expect(state(page)).to_have_text(KEPT)
    type_on(page, written, until="id_tasks-1-name")
    expect(state(page)).to_have_text(KEPT)
    page.reload()
    press(page, "Show what I had typed")
    expect_written(page, written)
    expect(page.locator("#id_role")).to_contain_text(TITLE)

    end_sessions(database)
    type_on(page, written, until="id_barriers-0-score")
    expect(state(page)).to_contain_text("Kept in this browser only: you are signed out")
    save_by_keyboard(page)
    expect(page.locator("h1")).to_have_text("Not saved yet, and not lost")
    sign_in(page)
    press(page, "Open what I typed")
    expect_written(page, written)

    with server.killed():
        type_on(page, written, until="id_growth_check")
        expect(state(page)).to_contain_text("Kept in this browser only: the server does not answer")
        with pytest.raises(Error, match="CONNECTION_REFUSED"):
            save_by_keyboard(page)
    page.goto(address)
    press(page, "Show what I had typed")
    expect_written(page, written)

    type_on(page, written, until="Save and ask for review")
    assert set(TEXTS) <= set(written)
    expect(page.locator("#bar-score")).not_to_contain_text("missing")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text(f"{TITLE} waits for review")

    editor = signed_in("editor")
    editor.set_viewport_size({"width": 1280, "height": 720})
    press(editor, f"{TITLE}, version 1 (In review)")
    tab_to(editor, "id_section")
    editor.keyboard.type("Evidence")
    tab_to(editor, "id_text")
    editor.keyboard.type("Which year?")
    press(editor, "Remark")
    expect(editor.locator("#differences")).to_contain_text("Which year?")
    press(editor, "Publish")
    tab_to(editor, "id_knowing_remarks")
    editor.keyboard.press("Space")
    press(editor, "Publish")
    expect(editor.locator(".messagelist")).to_contain_text("is published")
    live = editor.get_by_role("link", name="Live page").get_attribute("href")

    reader = browser.new_context(base_url=site).new_page()
    reader.goto(live)
    seen = reader.locator("main").inner_text()
    seen += reader.request.get(f"{live.rstrip('/')}.md").text()
    reader.context.close()
    assert [text for field in written if (text := typed_into(field)) not in seen] == []
