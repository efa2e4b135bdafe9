"""The form of an assessment by hand: rows, faults, and a whole draft written by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.reference import CONTENT

pytestmark = pytest.mark.browser


def open_part(page, title):
    """Open a part of the form as a reader of its contents does."""
    page.locator(".contents").get_by_role("link", name=title, exact=True).click()


def open_draft(page, title):
    """Open a draft of this title, imported by whoever is signed in."""
    page.goto("/admin/roles/assessment/import/")
    page.fill("#id_text", CONTENT.read_text().replace("Clinical Coder (NHS)", title))
    page.click("text=Show what would be imported")
    page.click("input[name=save]")
    page.goto(f"/admin/roles/assessment/?q={title}")
    page.locator("#result_list").get_by_role("link", name=title).click()


def names(page):
    """The tasks in the order in which they stand on the page."""
    fields = page.locator("#tasks-table [type=text][name$='-name']").all()
    return [name for field in fields if (name := field.input_value())]


def save_by_keyboard(page):
    with page.expect_navigation():
        page.keyboard.press("Control+s")


def is_covered(page):
    """Whether the bar lies over what has the focus, which is no part of it."""
    return page.evaluate(
        """() => {
          const bar = document.querySelector(".bar"), field = document.activeElement;
          const box = field.getBoundingClientRect();
          return !bar.contains(field) && box.height < innerHeight / 2 && box.height > 0
            && box.bottom > bar.getBoundingClientRect().top + 1;
        }"""
    )


def axe(page):
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_tasks_are_added_moved_and_dragged_and_faults_lead_to_their_fields(signed_in):
    page = signed_in("assessor")
    page.set_viewport_size({"width": 1280, "height": 720})
    open_draft(page, "Row Coder")
    expect(page.locator("#bar-score")).to_contain_text("22.4")
    before = names(page)

    page.locator("#tasks-table [data-add]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Filing")
    row = page.locator("tr.row", has=page.locator(":focus"))
    up = row.get_by_role("button", name="move up")
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(page.locator("#tasks-table [data-moved]")).to_contain_text("Now in place 7 of 9.")
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.locator("#tasks-0 .handle").drag_to(page.locator("#tasks-2 .handle"))
    page.set_viewport_size({"width": 1280, "height": 720})
    expected = [*before[1:3], before[0], *before[3:6], "Filing", before[6]]
    assert names(page) == expected
    save_by_keyboard(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert names(page) == expected
    axe(page)

    page.fill("#id_tasks-1-time", "0")
    open_part(page, "What this means")
    assert page.locator("details.part[open]").count() == 1
    page.fill("#id_timeline", "Two *years* <b>or</b> three.")
    save_by_keyboard(page)
    expect(page.locator("#faults")).to_be_focused()
    expect(page.locator("#id_tasks-1-time")).to_be_visible()
    expect(page.locator("#bar-score")).to_contain_text("No score yet")
    page.set_viewport_size({"width": 800, "height": 720})
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    page.locator("#faults").get_by_role("link", name="Timeline").press("Enter")
    expect(page.locator("#id_timeline")).to_be_focused()
    expect(page.locator("#id_timeline")).to_be_in_viewport()
    assert not is_covered(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("Two *years* or three.")
    page.locator(".field-timeline").get_by_role("button").press("Enter")
    expect(page.locator(".field-timeline .as-read em")).to_have_text("years")


TEXTS = {
    "id_primary_function": "Sorts what comes in.",
    "id_not_this_role": "NOT a manager.",
    "id_typical_experience": "A year.",
    "id_tasks-0-name": "Sorting",
    "id_tasks-0-time": "60",
    "id_tasks-0-score": "4",
    "id_tasks-0-mode": "D",
    "id_tasks-1-name": "Asking",
    "id_tasks-1-time": "40",
    "id_tasks-1-score": "2",
    "id_tasks-1-mode": "A",
    "id_reinstatement_check": "No new tasks.",
    "id_growth": "0",
    "id_growth_rationale": "No clear link.",
    "id_growth_check": "No clear link.",
    "id_score_vs_reality": "As expected.",
    "id_not_captured": "Little.",
    "id_who_should_worry": "Nobody yet.",
    "id_outlook_year": "2030",
    "id_outlook": "Much the same.",
    "id_survival_strategy": "Learn to check. It stays.",
    "id_timeline": "Five years.",
}
SCORES = ("evidence", "barriers", "principles")


def typed_into(field):
    """What is typed into a field; empty where it is left as it is."""
    if field.startswith(tuple(f"id_{table}-" for table in SCORES)):
        return "0" if field.endswith("-score") else "Judgement: as for others."
    if field in ("id_tasks-0-rationale", "id_tasks-1-rationale"):
        return "Tools do it."
    return TEXTS.get(field, "")


def walk(page, until):
    """Tab through the form, opening each part on the way and typing what belongs there."""
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        kind, field, value = focused.evaluate("one => [one.localName, one.id, one.value ?? '']")
        assert not is_covered(page), field
        if kind == "summary":
            page.keyboard.press("Enter")
        elif text := typed_into(field):
            page.keyboard.insert_text(text) if kind != "select" else page.keyboard.type(text)
        elif value == until:
            return
    raise AssertionError(f"no way to {until}")


def test_a_draft_is_written_and_sent_for_review_by_keyboard_alone(signed_in):
    page = signed_in("assessor")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/admin/roles/role/add/")
    page.keyboard.type("Keyboard Clerk")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Keyboard Clerk")

    page.goto("/admin/roles/assessment/add/")
    role = page.get_by_role("combobox", name="Role", exact=False).first
    while not role.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("Keyboard")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("Keyboard Clerk")
    page.keyboard.press("Enter")
    expect(page.locator("#bar-score")).to_contain_text("missing")

    walk(page, "Save and ask for review")
    expect(page.locator("#bar-score")).not_to_contain_text("missing")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Keyboard Clerk waits for review")
