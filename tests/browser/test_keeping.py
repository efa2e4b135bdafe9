"""What is typed is kept: dead servers, ended sessions, two tabs, a draft that is published."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import (
    KEPT,
    expect_good_screen,
    expect_saved,
    names,
    open_draft,
    press,
    save,
    state,
    write,
)

pytestmark = pytest.mark.browser

ONLY_HERE = "Kept in this browser only: the server does not answer"


def asked_on_leaving(page):
    """Whether the browser asks before the page is left; stays on it."""
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    return asked == ["beforeunload"]


def failing(status):
    return lambda route: route.fulfill(status=status)


def test_a_server_that_does_not_answer(signed_in):
    """Faults 3 and 4: a form of 61 sources and more; offline, failing, then a crash."""
    page = signed_in("editor")
    open_draft(page, "Keeper of Words", sources=61)
    address = page.url
    expect(state(page)).to_be_in_viewport()
    write(page, timeline="Typed.")
    expect(state(page)).to_have_text(KEPT)
    expect(state(page)).to_be_in_viewport()
    page.context.set_offline(True)
    write(page, timeline="Typed offline.")
    expect(state(page)).to_contain_text(ONLY_HERE)
    assert asked_on_leaving(page)
    page.context.set_offline(False)
    expect(state(page)).to_have_text(KEPT)
    for status in (403, 500):
        page.route("**/keep/", failing(status))
        write(page, timeline=f"Typed at {status}.")
        expect(state(page)).to_contain_text(f"{ONLY_HERE} ({status})", timeout=10_000)
        page.unroute("**/keep/")
    # The browser is gone; what it had is newer than what the server has.
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#keeping")).to_contain_text("This browser has what you typed")
    page.get_by_role("button", name="Show what I had typed").click()
    expect(page.locator("#id_timeline")).to_have_value("Typed at 500.")
    expect(state(page)).to_have_text(KEPT)
    save(page)
    expect_saved(page, timeline="Typed at 500.")
    expect(page.locator("#keeping .held")).to_have_count(0)
    assert page.locator("[id^=id_sources-][id$=-title]").count() >= 61


def test_what_is_typed_before_the_scripts_have_come(signed_in):
    page = signed_in("editor")
    open_draft(page, "Writer on a Slow Line")
    waiting = []
    page.route("**/autosave*.js", lambda route: waiting.append(route))
    page.reload(wait_until="commit")
    write(page, timeline="Typed early.")
    assert state(page).inner_text() == ""
    waiting.pop().continue_()
    expect(state(page)).to_have_text(KEPT)
    page.unroute("**/autosave*.js")
    # Opened once more and left alone, the form has nothing to keep.
    page.goto(page.url, wait_until="commit")
    expect(state(page)).to_have_text("Nothing typed since the form was opened.")
    page.get_by_role("link", name="Show what I had typed").click()
    expect(page.locator("#id_timeline")).to_have_value("Typed early.")


def test_two_tabs_and_what_comes_late(signed_in):
    """Faults 5 and 6: a text of each tab; an autosave on its way makes no text of what is saved."""
    one = signed_in("editor")
    open_draft(one, "Clerk of Two Tabs")
    two = one.context.new_page()
    two.goto(one.url)
    with one.expect_request("**/keep/") as sent:
        write(one, timeline="In one tab.")
    write(two, growth_check="In the other.")
    for page in (one, two):
        expect(state(page)).to_have_text(KEPT)
    save(one)
    expect_saved(one, timeline="In one tab.")
    request = sent.value
    token = {"X-CSRFToken": request.headers["x-csrftoken"]}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    late = one.request.post(request.url, data=request.post_data, headers=token | form)
    assert late.status == 409
    save(two)
    expect(two.locator("h2", has_text="Changed by editor only")).to_be_visible()
    expect_good_screen(two)
    two.get_by_role("button", name="Open the form with this").click()
    expect(two.locator("#id_growth_check")).to_have_value("In the other.")
    save(two)
    expect_saved(two, timeline="In one tab.", growth_check="In the other.")
    expect(two.locator("#keeping .held")).to_have_count(0)


def sign_in_again(context):
    page = context.new_page()
    page.goto("/admin/login/?next=/admin/password_change/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "demo")
    page.click("input[type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()
    page.close()


def test_a_session_that_ends(signed_in):
    """Fault 2: signing in again in another tab; saving when the session has ended."""
    page = signed_in("editor")
    open_draft(page, "Guard of Sessions")
    context = page.context
    context.clear_cookies(name="sessionid")
    write(page, timeline="Typed without a session.")
    expect(state(page)).to_contain_text("Kept in this browser only: you are signed out")
    sign_in_again(context)
    write(page, timeline="Typed with another.")
    expect(state(page)).to_have_text(KEPT, timeout=10_000)
    save(page)
    expect_saved(page, timeline="Typed with another.")
    context.clear_cookies(name="sessionid")
    write(page, timeline="Saved without a session.")
    save(page)
    expect(page.locator("h1")).to_have_text("Not saved yet, and not lost")
    expect_good_screen(page)
    sign_in_again(context)
    page.get_by_role("button", name="Open what I typed").click()
    expect(page.locator("#id_timeline")).to_have_value("Saved without a session.")
    save(page)
    expect_saved(page, timeline="Saved without a session.")


def test_a_draft_that_is_published_meanwhile(signed_in):
    """Fault 1: what was typed goes into a new draft, word by word as one chooses."""
    assessor, editor = signed_in("assessor"), signed_in("editor")
    open_draft(assessor, "Writer of a Draft")
    address = assessor.url
    editor.goto(address.replace("/change/", "/review/"))
    press(editor, "Publish")
    press(editor, "Publish")
    expect(editor.locator(".messagelist")).to_contain_text("is published")
    write(assessor, timeline="Typed too late.")
    expect(state(assessor)).to_have_text(KEPT)
    save(assessor)
    expect(assessor.locator("#content-main")).to_contain_text("Typed too late.")
    expect_good_screen(assessor)
    assessor.get_by_role("button", name="Take it into a draft").click()
    assessor.get_by_role("button", name="Open the form with this").click()
    expect(assessor.locator("#id_timeline")).to_have_value("Typed too late.")
    save(assessor)
    expect_saved(assessor, timeline="Typed too late.")
    assert assessor.url != address


def test_two_people_add_a_task_each(signed_in):
    """Fault 8: where two texts are joined, no row that one of them added is left out."""
    assessor, editor = signed_in("assessor"), signed_in("editor")
    open_draft(assessor, "Clerk of Two People")
    editor.goto(assessor.url)
    for page, task in ((assessor, "Hers"), (editor, "His")):
        page.locator("#tasks-table [data-add]").click()
        page.keyboard.type(task)
        save(page)
    expect(editor.locator("#content-main")).to_contain_text("Changed by assessor only")
    editor.get_by_role("button", name="Open the form with this").click()
    save(editor)
    expect_saved(editor)
    assert {*names(editor)[-2:]} == {"Hers", "His"}
