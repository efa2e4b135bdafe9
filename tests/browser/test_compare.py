"""Comparing in a browser: roles are added, swapped and taken out on the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import expect_no_barrier

pytestmark = pytest.mark.browser

CODER = "clinical-coder-nhs"
TWO = f"/compare/?role={CODER}&role=paralegal"
FOUR = f"{TWO}&role=electrician&role=registered-nurse-nhs"
WIDE = "() => document.documentElement.scrollWidth"


def test_a_role_is_added_by_keyboard(visit):
    page = visit(TWO)
    box = page.get_by_role("combobox", name="Add a role")
    box.press_sequentially("electri", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("Electrician")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    box.press("Enter")
    page.wait_for_url("**/compare/?role=clinical-coder-nhs&role=paralegal&role=electrician")


def test_who_comes_back_after_adding_a_role_adds_another_alone(visit):
    page = visit(TWO)
    box = page.get_by_role("combobox", name="Add a role")
    page.evaluate("HTMLFormElement.prototype.submit = function () {}")
    box.press_sequentially("electri", delay=20)
    page.get_by_role("option", name="Electrician").click()
    expect(box).to_have_attribute("name", "add")
    expect(page.locator("input[type=hidden][value=electrician]")).to_have_count(0)


def test_a_role_is_swapped_in_its_place(visit):
    page = visit(TWO)
    page.get_by_text("Swap Clinical Coder (NHS)").click()
    box = page.get_by_label("Instead of Clinical Coder (NHS)")
    box.press_sequentially("electri", delay=20)
    page.get_by_role("option", name="Electrician").click()
    page.wait_for_url("**/compare/?role=electrician&role=paralegal")


def test_a_role_is_taken_out(visit):
    page = visit(FOUR)
    page.get_by_role("link", name="Remove Paralegal").click()
    expect(page.locator("h1")).not_to_contain_text("Paralegal")
    expect(page.locator(".chosen li")).to_have_count(3)


def test_without_scripts_a_name_that_is_typed_is_looked_up(visit):
    page = visit(TWO, java_script_enabled=False)
    page.get_by_label("Add a role").fill("nurse")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Registered Nurse (NHS)").click()
    expect(page.locator("h1")).to_contain_text("Registered Nurse (NHS)")


def test_escape_closes_the_list_and_keeps_what_was_typed(visit):
    page = visit(TWO)
    box = page.get_by_role("combobox", name="Add a role")
    box.press_sequentially("electri", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("electri")


def test_a_phone_shows_two_roles_and_the_address_says_which(visit):
    page = visit(FOUR, width=360)
    heads = page.locator(".compared").first.locator("thead th:not(:first-child):visible")
    expect(heads).to_have_count(2)
    for name in ("Paralegal", "Clinical Coder (NHS)"):
        page.get_by_role("checkbox", name=name).uncheck()
    for name in ("Electrician", "Registered Nurse (NHS)"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Show these two").click()
    page.wait_for_url("**&show=electrician&show=registered-nurse-nhs")
    expect(heads.nth(0)).to_contain_text("Electrician")
    expect(heads.nth(1)).to_contain_text("Registered Nurse")
    expect(page.locator(".chosen li")).to_have_count(4)
    assert page.evaluate(WIDE) <= 360


@pytest.mark.parametrize("width", [360, 1280])
def test_names_stay_in_sight_and_cover_no_focus(visit, width):
    page = visit(FOUR, width=width)
    table = page.locator(".compared").first
    box = table.bounding_box()
    page.evaluate("y => scrollTo(0, y)", box["y"] + box["height"] / 2)
    head = table.locator("thead").bounding_box()
    assert -1 <= head["y"] <= 2
    assert head["height"] < 900 / 3
    for summary in page.locator("#figures summary").all():
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        summary.focus()
        place = summary.bounding_box()
        covered = page.evaluate(
            "([x, y]) => !document.elementFromPoint(x, y)?.closest('summary')",
            [place["x"] + 20, place["y"] + place["height"] / 2],
        )
        assert not covered


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_four_roles_fit_at_twice_the_size_of_text(visit, width):
    page = visit(FOUR, width=width)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDE) <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_there_is_no_barrier_in_the_open_list(visit, width):
    page = visit(TWO, width=width)
    page.get_by_role("combobox", name="Add a role").press_sequentially("nurse", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    expect_no_barrier(page)
