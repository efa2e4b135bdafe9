"""The form of an assessment by hand: rows that are added and moved, faults and the way to them."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import expect_good_screen, names, open_draft, open_part

pytestmark = pytest.mark.browser


def save_by_keyboard(page):
    with page.expect_navigation():
        page.keyboard.press("Control+s")


def drag(page, what, where):
    # Browsers take the first movement for the beginning of a drag, and only the next for its way.
    page.locator(what).hover()
    page.mouse.down()
    page.locator(where).hover()
    page.locator(where).hover()
    page.mouse.up()


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
    # The preview moves what is below it, so it has to be there before something is dragged.
    expect(page.locator("#bar-score")).to_contain_text("No score yet")
    page.set_viewport_size({"width": 1280, "height": 2400})
    drag(page, "#tasks-0 .handle", "#tasks-2 .handle")
    page.set_viewport_size({"width": 1280, "height": 720})
    expected = [*before[1:3], before[0], *before[3:6], "Filing", before[6]]
    assert names(page) == expected
    save_by_keyboard(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert names(page) == expected
    expect_good_screen(page)

    page.fill("#id_tasks-1-time", "0")
    open_part(page, "What this means")
    assert page.locator("details.part[open]").count() == 1
    page.fill("#id_timeline", "Two *years* <b>or</b> three.")
    save_by_keyboard(page)
    expect(page.locator("#faults")).to_be_focused()
    expect(page.locator("#id_tasks-1-time")).to_be_visible()
    expect(page.locator("#bar-score")).to_contain_text("No score yet")
    page.set_viewport_size({"width": 800, "height": 720})
    expect_good_screen(page)
    page.locator("#faults").get_by_role("link", name="Timeline").press("Enter")
    expect(page.locator("#id_timeline")).to_be_focused()
    expect(page.locator("#id_timeline")).to_be_in_viewport()
    assert not is_covered(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("Two *years* or three.")
    page.locator(".field-timeline").get_by_role("button").press("Enter")
    expect(page.locator(".field-timeline .as-read em")).to_have_text("years")
