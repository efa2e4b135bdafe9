"""All roles at a glance, and home, in a browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_no_mark_stands_on_another(visit, width):
    page = visit("/overview/", width=width)
    drawing = page.locator("svg.swarm").first
    line = drawing.bounding_box()
    boxes = [mark.bounding_box() for mark in drawing.locator("a").all()]
    assert len(boxes) > 40
    for number, box in enumerate(boxes):
        assert line["x"] - 8 <= box["x"]
        assert box["x"] + box["width"] <= line["x"] + line["width"] + 8
        for other in boxes[number + 1 :]:
            apart = max(abs(box["x"] - other["x"]), abs(box["y"] - other["y"]))
            assert apart >= 13


def test_a_mark_stands_at_its_score_and_leads_to_its_role(visit):
    page = visit("/overview/")
    drawing = page.locator("svg.swarm").first
    line = drawing.bounding_box()
    mark = drawing.get_by_role(
        "link", name="Clinical Coder (NHS): 22.4 Red (Displacing), published"
    )
    place = mark.bounding_box()
    middle = (place["x"] + place["width"] / 2 - line["x"]) / line["width"]
    assert middle == pytest.approx(0.224, abs=0.003)
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/clinical-coder-nhs/")


def test_another_measure_is_chosen_without_scripts(visit):
    page = visit("/overview/", java_script_enabled=False)
    page.get_by_label("Measure", exact=True).select_option("frey_osborne")
    page.get_by_role("button", name="Show").click()
    assert "measure=frey_osborne" in page.url
    expect(page.locator("#exposure figcaption")).to_contain_text("Source: Frey")


@pytest.mark.parametrize(
    "path", ["/", "/roles/", "/overview/", "/roles/registered-nurse-nhs/", "/roles/electrician/"]
)
def test_text_of_twice_the_size_fits(visit, path):
    page = visit(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_row_of_a_list_keeps_room_for_its_name_at_twice_the_size_of_text(visit):
    page = visit("/roles/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for name in page.locator(".role-list li > :first-child").all():
            assert name.bounding_box()["width"] > width / 5


def test_home_answers_in_one_screen_of_a_phone(visit):
    page = visit("/", width=360)
    page.set_viewport_size({"width": 360, "height": 800})
    for name in ("Green", "Yellow", "Red", "Browse all"):
        place = page.locator("#zones").get_by_role("link", name=name).first.bounding_box()
        assert place["y"] + place["height"] <= 800, name
    expect(page.get_by_label("What is your job?")).to_be_in_viewport()


def test_a_title_is_completed_and_leads_to_its_role(visit):
    page = visit("/", width=360)
    box = page.get_by_role("combobox", name="What is your job?")
    box.press_sequentially("clinical cod", delay=20)
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Clinical Coder (NHS) 22.4 Red, published")
    expect(page.locator(".completing [role=status]")).to_contain_text("titles")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/roles/clinical-coder-nhs/")


def test_enter_without_a_choice_searches(visit):
    page = visit("/")
    box = page.get_by_role("combobox", name="What is your job?")
    box.press_sequentially("nurse", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/roles/?q=nurse")


def test_arrows_go_round_the_titles_and_back_to_the_box(visit):
    page = visit("/")
    box = page.get_by_role("combobox", name="What is your job?")
    box.press_sequentially("clinical documentation impr", delay=20)
    many = page.get_by_role("option")
    expect(many.first).to_be_visible()
    box.press("ArrowUp")
    expect(many.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    expect(many.first).to_have_attribute("aria-selected", "true")


def test_titles_that_come_after_one_has_left_the_box_are_not_shown(visit):
    page = visit("/")
    box = page.get_by_role("combobox", name="What is your job?")
    page.route("**/titles/*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    with page.expect_request("**/titles/*"):
        box.press_sequentially("nurse")
    box.press("Tab")
    page.wait_for_timeout(700)
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")


def test_arrow_keys_in_the_order_do_not_ask(visit):
    page = visit("/roles/")
    asked = []
    page.on("request", lambda request: "/roles/" in request.url and asked.append(request.url))
    page.locator("#sort").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(400)
    assert asked == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/?sort=title")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_focused()


def test_a_lost_connection_is_said_and_no_longer_once_it_is_back(browser, site):
    """In a window of its own, since the console tells of the loss, too."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/roles/")
    context.set_offline(True)
    page.locator("#q").fill("nurse")
    said = page.locator("#trouble")
    expect(said).to_contain_text("the connection is lost")
    expect(said).to_be_visible()
    context.set_offline(False)
    page.locator("#q").fill("nurses")
    expect(said).to_have_text("")
    context.close()


def test_a_list_shows_many_roles_on_a_screen(visit):
    page = visit("/roles/")
    rows = page.locator(".role-list > li:not(:has(a[href*=synthetic]))").all()
    heights = [row.bounding_box()["height"] for row in rows]
    assert sum(heights) / len(heights) < 130
