"""The worklist, the lists and what is done from them, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import expect_good_screen

pytestmark = pytest.mark.browser


def check(page):
    """Wide and narrow."""
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 800})
        expect_good_screen(page)


def test_from_the_worklist_to_a_step_with_many(signed_in):
    page = signed_in("editor")
    check(page)
    page.goto("/admin/roles/role/?standing__exact=Cited")
    check(page)

    page.goto("/admin/roles/assessment/")
    page.locator("summary", has_text="By state").click()
    page.get_by_role("link", name="Published", exact=True).click()
    expect(page.locator("details[data-filter-title=state]")).to_have_attribute("open", "")
    check(page)

    for number in (0, 1):
        page.locator("#result_list input.action-select").nth(number).check()
    page.select_option("select[name=action]", "delete_selected")
    page.click("button[name=index]")
    expect(page.locator("h1").last).to_have_text("Delete: 2 assessments")
    expect(page.locator(".bulk tbody tr").first).to_contain_text("page of this role gone")
    check(page)
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#result_list")).to_be_visible()
    assert "status=published" in page.url
