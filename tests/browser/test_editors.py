"""The story of one assessment in the admin, from import to rollback, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.editing import (
    KEPT,
    expect_good_screen,
    expect_nothing_beside,
    open_draft,
    open_part,
    save,
    state,
)
from tests.reference import CONTENT

pytestmark = pytest.mark.browser


def test_the_whole_story_on_screens_without_barriers(signed_in, browser, site):
    document = CONTENT.read_text().replace("Clinical Coder (NHS)", "Ward Clerk Coder")
    document = re.sub(r"## Related Roles.*?(?=## Further)", "", document, flags=re.S)
    assessor, editor = signed_in("assessor"), signed_in("editor")

    assessor.goto("/admin/roles/assessment/import/")
    expect_good_screen(assessor)
    assessor.fill("#id_text", document)
    assessor.click("text=Show what would be imported")
    expect(assessor.locator("input[name=save]")).to_be_visible()
    expect_good_screen(assessor)
    expect(assessor.locator("#content-main")).to_contain_text("22.4 Red (Displacing)")
    expect(assessor.locator("#content-main")).to_contain_text("claimed 55, computed 75")
    assessor.click("input[name=save]")
    assessor.goto("/admin/roles/assessment/?q=Ward+Clerk")
    assessor.locator("#result_list").get_by_role("link", name="Ward Clerk Coder").click()

    assessor.select_option("#id_tasks-0-score", "1")
    expect(assessor.locator("#preview")).to_contain_text("22.4 Red (Displacing)")
    open_part(assessor, "Adjustment and override")
    assessor.fill("#id_override", "")
    assessor.fill("#id_override_reason", "")
    expect(assessor.locator("#preview .figure")).to_contain_text("21.2 Red")
    assessor.fill("#id_adjusted_task_resistance", "")
    assessor.fill("#id_adjustment_reason", "")
    expect(assessor.locator("#preview .figure")).to_contain_text("34.6 Yellow")
    expect(state(assessor)).to_have_text(KEPT)
    expect_good_screen(assessor)
    assessor.click("text=Save and ask for review")

    editor.goto("/admin/")
    editor.locator(".worklist").get_by_role("link", name="Ward Clerk Coder").first.click()
    address = editor.url
    editor.select_option("#id_section", "Evidence Score")
    editor.fill("#id_text", "Which year is the wage figure from?")
    editor.get_by_role("button", name="Remark").click()
    expect(editor.locator("#differences")).to_contain_text("Which year")
    expect_good_screen(editor)
    for screen in ("confirm/publish", "compare", "history", "delete"):
        editor.goto(address.replace("review", screen))
        expect_good_screen(editor)
    editor.goto(address)
    editor.get_by_role("button", name="Send back").click()

    assessor.goto(address)
    expect(assessor.locator("#differences")).to_contain_text("Which year")
    assessor.get_by_role("button", name="Settle").click()
    assessor.get_by_role("button", name="Submit").click()
    editor.goto(address)
    editor.get_by_role("button", name="Publish").click()
    expect(editor.locator("#content-main")).to_contain_text("A new page: Ward Clerk Coder")
    editor.get_by_role("button", name="Publish").click()
    expect(editor.locator(".messagelist")).to_contain_text("is published")

    reader = browser.new_context(base_url=site).new_page()
    reader.goto("/roles/ward-clerk-coder/")
    expect(reader.locator(".hero")).to_contain_text("34.6")

    editor.get_by_role("button", name="Revise").click()
    open_part(editor, "AI growth correlation")
    editor.select_option("#id_growth", "1")
    editor.click("input[name=_save]")
    editor.goto("/admin/roles/assessment/?status__exact=draft")
    editor.locator("#result_list").get_by_role("link", name="Ward Clerk Coder").click()
    editor.get_by_role("link", name="Review, publish, history").click()
    expect(editor.locator("#differences")).to_contain_text("AI growth correlation")
    assert editor.locator("#differences del").count() > 0
    editor.get_by_role("button", name="Publish").click()
    editor.get_by_role("button", name="Publish").click()
    reader.goto("/changes/")
    expect(reader.locator(".versions li").first).to_contain_text("before 34.6 Yellow")

    editor.goto(address)
    editor.get_by_role("button", name="Roll back").click()
    editor.get_by_role("button", name="Roll back").click()
    reader.goto("/roles/ward-clerk-coder/history/")
    expect(reader.locator("h2").first).to_contain_text("3 versions")
    reader.goto("/roles/ward-clerk-coder/")
    expect(reader.locator(".hero")).to_contain_text("34.6")
    reader.context.close()


SCREENS = {
    "": "Worklist",
    "roles/assessment/add/": "Add assessment",
    "roles/assessment/kept/": "What you typed and did not save",
    "roles/role/add/": "Add role",
    "roles/role/?_to_field=": "Not answered",
    "auth/user/": "Not allowed",
    "login/": "Log in",
}


def test_no_screen_of_ours_has_a_barrier_that_axe_knows(signed_in):
    page = signed_in("editor")
    for screen, title in SCREENS.items():
        if screen == "login/":
            page.context.clear_cookies(name="sessionid")
        page.goto(f"/admin/{screen}")
        expect(page).to_have_title(re.compile(title))
        expect_good_screen(page)


def expect_large_text_within(page):
    """On a phone, with text of twice the size."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect_nothing_beside(page)


def test_large_text_on_a_phone_stays_within_the_page(signed_in):
    page = signed_in("editor")
    page.set_viewport_size({"width": 360, "height": 800})
    lists = ("roles/assessment/", "roles/role/", "roles/assessment/import/")
    for screen in (*lists, *SCREENS):
        page.goto(f"/admin/{screen}")
        expect_large_text_within(page)
    open_draft(page, "Reader of Large Text")
    draft = page.url.partition("change/")[0]
    page.goto("/admin/roles/assessment/?status=published")
    page.locator("#result_list th a").first.click()
    published = page.url.partition("change/")[0]
    for version in (draft, published):
        for screen in ("change", "review", "compare", "history", "delete"):
            page.goto(f"{version}{screen}/")
            expect_large_text_within(page)
    page.goto("/admin/roles/assessment/add/")
    save(page)
    expect(page.locator("#faults")).to_be_visible()
    expect_large_text_within(page)
