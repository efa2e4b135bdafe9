"""One's own week in a browser: by keyboard on a phone, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import expect_no_barrier

pytestmark = pytest.mark.browser

ROLE = "/roles/clinical-coder-nhs/"
MIX = f"{ROLE}my-mix/"
MOVED = f"{MIX}?t2=5&t5=30&v=1&method=1.0"
PORTER = (
    "/score/?job=Porter&task=Moving+patients&time=60&score=1&mode=not-involved"
    "&task=Paperwork&time=40&score=4&mode=displacement&method=1.0"
)
PHONE = 360
SCREEN = 800


def figures(page):
    return page.locator("#result .beside").inner_text(), page.locator("#said").inner_text()


def tab_to(page, element):
    """Press Tab until an element has the focus, as who has no mouse does."""
    for _ in range(200):
        if element.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by keyboard: {element}")


def put(page, field, value):
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(value)
    page.keyboard.press("Tab")


def on_screen(page, number, *places):
    """Fail where a place is not wholly on that screen of the page, which begins with the first."""
    for place in places:
        box = page.locator(place).first.bounding_box()
        top = box["y"] + page.evaluate("scrollY")
        assert (number - 1) * SCREEN <= top, place
        assert top + box["height"] <= number * SCREEN, place


def test_by_keyboard_on_a_phone_from_a_job_to_an_own_score_that_a_copied_address_shows(visit):
    page = visit("/", width=PHONE)
    page.set_viewport_size({"width": PHONE, "height": SCREEN})
    tab_to(page, page.get_by_label("What is your job?"))
    page.keyboard.type("clinical coder")
    expect(page.get_by_role("option").first).to_contain_text("Clinical Coder (NHS)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ROLE}")
    on_screen(page, 1, ".verdict .figure", ".verdict .of", ".verdict .badge", ".verdict .tag")
    verdict = page.locator(".verdict").inner_text()
    for words in ("22.4", "range 18 to 28", "Red (Displacing)", "published"):
        assert words in verdict
    on_screen(page, 1, ".why")
    assert "assigning ICD-10 diagnosis codes (25 %)" in page.locator(".why").inner_text()
    on_screen(page, 2, "#strategy h2", "#strategy li strong")
    assert "Move upstream" in page.locator("#strategy li").first.inner_text()
    tab_to(page, page.get_by_role("link", name="Put in your own week"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{MIX}")
    assert "22.4" in figures(page)[0]
    said = page.locator("#said")
    said.evaluate("one => { one.dataset.same = 'yes' }")
    put(page, page.get_by_label("Assigning ICD-10 diagnosis codes", exact=True), "5")
    expect(said).to_contain_text("Red (Displacing)")
    put(page, page.get_by_label("Clinical queries and engagement", exact=True), "30")
    page.wait_for_url(f"**{MOVED}")
    expect(page.locator("#said[data-same=yes]")).to_contain_text("27.3")
    expect(page.locator("#result")).to_contain_text("Yellow (Urgent)")
    expect(page).to_have_title(re.compile("27.3"))
    assert page.evaluate("document.activeElement.value") == "t5", "focus is on the button after it"
    shown = figures(page)
    assert "Range 22 to 33" in shown[0]
    copied = page.url
    assert figures(visit("/" + copied.split("/", 3)[3], java_script_enabled=False)) == shown
    page.reload()
    assert figures(page) == shown


def test_without_scripts_a_form_with_a_button_does_the_same(visit):
    page = visit(MIX, java_script_enabled=False)
    page.fill("#t2", "5")
    page.fill("#t5", "30")
    page.get_by_role("button", name="Update").click()
    assert page.url.endswith(f"{MOVED}#result")
    assert "27.3" in figures(page)[0]
    page.get_by_role("button", name="Add a task").click()
    page.get_by_label("Task", exact=True).fill("Teaching")
    page.get_by_label("Time", exact=True).fill("20")
    page.get_by_label("How far AI can do it").select_option("1")
    page.get_by_label("What AI does").select_option("not-involved")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Update").click()
    assert "Teaching" in page.locator("#result").inner_text()
    assert "add up to 120" in page.locator("#total").inner_text()
    page.get_by_role("button", name="Drop Teaching").click()
    assert "27.3" in figures(page)[0]


def test_arrow_keys_in_a_list_recompute_and_do_not_navigate(visit):
    page = visit(MOVED)
    page.evaluate("window.same = 'yes'")
    page.get_by_text("Barriers: as assessed unless").click()
    choice = page.locator("#physical_presence")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**physical_presence=1**")
    expect(choice).to_be_focused()
    assert page.evaluate("window.same") == "yes"
    expect(page.locator("#result")).to_contain_text("from barriers")


def test_a_time_that_makes_no_sense_is_said_by_its_field_as_it_is_left(visit):
    page = visit(MIX)
    page.fill("#t1", "-5")
    page.keyboard.press("Tab")
    expect(page.locator("#t1-note")).to_contain_text("a time from 0 to 100 instead of “-5”")
    page.fill("#t1", "20")
    page.keyboard.press("Enter")
    expect(page.locator("#t1-note")).to_have_text(re.compile(r"^\s*$"))
    expect(page.locator("#result")).to_contain_text("it gives the published score")


def test_a_lost_connection_is_said(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto(site + MIX)
    context.set_offline(True)
    page.fill("#t1", "5")
    page.keyboard.press("Tab")
    expect(page.locator("#said")).to_contain_text("No answer, so this is not up to date.")
    context.close()


def test_adding_a_task_puts_the_focus_into_its_name(visit):
    page = visit(MIX)
    page.get_by_role("button", name="Add a task").click()
    expect(page.get_by_label("Task", exact=True)).to_be_focused()


@pytest.mark.parametrize("path", [MOVED, PORTER, f"{MIX}?t1=60&t2=abc&task=A&regulatory=9"])
def test_there_is_no_barrier_that_axe_knows_and_nothing_scrolls_sideways(visit, path):
    page = visit(path, width=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    expect_no_barrier(page)
    page.emulate_media(color_scheme="dark")
    for width in (320, PHONE, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect_no_barrier(page, runOnly=["color-contrast"])


def test_what_has_the_focus_is_never_under_the_score(visit):
    page = visit(MOVED, width=PHONE)
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.locator("#week summary").focus()
    for _ in range(15):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        bar = page.locator(".so-far").bounding_box()
        assert top >= bar["y"] + bar["height"] - 1
    assert page.evaluate("document.activeElement.id") == "t1"
    expect(page.locator(".so-far")).to_be_in_viewport()


def test_at_200_percent_the_score_does_not_cover_a_phone(visit):
    page = visit(MOVED, width=PHONE)
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator("#t5").focus()
    expect(page.locator(".so-far")).not_to_be_in_viewport()
    assert page.evaluate("document.querySelector('main').scrollWidth") <= PHONE
