"""The pages as a person sees them."""

import pytest

from tests.browser.axe import expect_no_barrier
from tests.browser.screenshots import SEEN

pytestmark = pytest.mark.browser

ROLE = "/roles/clinical-coder-nhs/"
COMPARE = (
    "/compare/?role=clinical-coder-nhs&role=health-information-technologist"
    "&role=clinical-documentation-improvement-specialist"
)
PAGES = [
    "/",
    ROLE,
    "/roles/health-information-technologist/",
    "/method/",
    "/provenance/",
    "/privacy/",
    "/embed/clinical-coder-nhs/",
    "/occupations/",
    "/occupations/15-1299.08-computer-systems-engineers-architects/",
    "/changes/",
    "/data/",
    "/roles/paralegal/history/",
    "/roles/",
    "/zones/red/?sector=Healthcare",
    "/roles/?q=clinicl+coder",
    "/overview/",
    "/api/v1/",
    "/compare/",
    COMPARE,
]
WIDTHS = [320, 768, 1280]


def test_a_stranger_reads_the_role_page(visit):
    page = visit(ROLE)
    assert page.title() == "Clinical Coder (NHS): 22.4 Red (Displacing), published – JobZone"
    assert page.locator("h1").inner_text() == "Clinical Coder (NHS)"
    first_screen = page.locator(".hero").inner_text()
    for words in ("22.4", "of 100", "Red (Displacing)", "2.6 points short of Yellow"):
        assert words in first_screen
    sure = page.locator("#sure").inner_text()
    assert "27.3, Yellow" in sure
    assert "claims 55 %" in sure


def test_a_phone_shows_score_reasons_and_what_to_do_in_the_first_screen(visit):
    page = visit(ROLE, width=360)
    page.set_viewport_size({"width": 360, "height": 800})
    for place in ("h1", ".level", ".verdict", ".why", ".now dd >> nth=0", ".now dt >> nth=1"):
        box = page.locator(place).bounding_box()
        assert box["y"] + box["height"] <= 800, place


@pytest.mark.parametrize(("width", "most"), [(360, 9000), (1280, 6000)])
def test_the_page_as_it_opens_is_not_long(visit, width, most):
    # Roles that other tests add can stand among its neighbours, a line each.
    most += 100
    page = visit(ROLE, width=width)
    assert page.evaluate("document.documentElement.scrollHeight") < most


def test_what_matters_is_open_and_in_the_order_of_a_reader(visit):
    page = visit(ROLE)
    order = [part.get_attribute("id") for part in page.locator(".sections > section").all()]
    assert order[:6] == ["worry", "strategy", "safer", "tasks", "holds", "sure"]
    for words in ("Most at risk", "Specialise in complex cases", "Senior Clinical Coder (NHS)"):
        assert page.get_by_text(words).first.is_visible(), words


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_opens_what_is_folded(visit, scripts):
    page = visit(ROLE, java_script_enabled=scripts)
    reason = page.locator("#override p").first
    assert not reason.is_visible()
    page.goto(page.url + "#override")
    assert reason.bounding_box()["height"] > 20


def test_a_reason_opens_by_keyboard(visit):
    page = visit(ROLE)
    row = page.locator("#barriers summary").first
    row.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("NHS coding calls for accreditation").is_visible()


def test_what_is_folded_is_read_on_paper(visit):
    page = visit(ROLE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.emulate_media(media="print")
    assert page.get_by_text("NHS coding calls for accreditation").is_visible()


def test_the_columns_are_as_wide_as_the_time_and_as_high_as_the_score(visit):
    page = visit(ROLE)
    whole = page.locator(".tasks-drawn").bounding_box()
    bars = [bar.bounding_box() for bar in page.locator(".tasks-drawn .bar").all()]
    assert [round(bar["width"] / whole["width"] * 100) for bar in bars] == [
        25,
        20,
        20,
        10,
        10,
        10,
        5,
    ]
    assert [round(bar["height"] / whole["height"] * 5) for bar in bars] == [4, 4, 3, 3, 2, 2, 2]


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_number_of_a_task_meets_another(visit, width, size):
    page = visit(ROLE, width=width)
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    boxes = [text.bounding_box() for text in page.locator(".tasks-drawn text").all()]
    assert len(boxes) == 7
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] + 1
            above = abs(one["y"] - other["y"]) >= min(one["height"], other["height"]) - 8
            assert beside or above, (one, other)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_mark_stands_at_its_score(visit):
    page = visit(ROLE)
    strip = page.locator(".hero svg.strip").bounding_box()
    mark = page.locator(".hero line.own").bounding_box()
    place = (mark["x"] + mark["width"] / 2 - strip["x"]) / strip["width"]
    assert place == pytest.approx(0.224, abs=0.005)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [COMPARE])
def test_the_numbers_under_a_strip_stand_clear_of_each_other_and_of_the_caption(visit, path, width):
    figure = visit(path, width=width).locator("figure.strip").first
    caption = figure.locator("figcaption").bounding_box()["y"]
    boxes = {text.inner_html(): text.bounding_box() for text in figure.locator("text.other").all()}
    assert len(boxes) > 1
    for number, box in boxes.items():
        assert box["y"] + box["height"] <= caption + 2, number
        for other, beside in boxes.items():
            apart = max(
                abs(box[start] + box[size] / 2 - beside[start] - beside[size] / 2)
                - (box[size] + beside[size]) / 2
                for start, size in (("x", "width"), ("y", "height"))
            )
            assert other == number or apart > -2, (number, other)


def test_from_home_to_a_neighbour_by_links_alone(visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("table").get_by_role("link", name="Clinical Coder (NHS)", exact=True).click()
    page.click("#neighbours >> text=Clinical Documentation Improvement Specialist")
    assert "34.8" in page.locator(".hero").inner_text()
    neighbours = page.locator("#neighbours")
    neighbours.get_by_role("link", name="Clinical Coder (NHS)", exact=True).click()
    assert page.url.endswith(ROLE)


def test_the_contents_lead_to_the_sections(visit):
    page = visit(ROLE)
    links = page.locator(".on-page a")
    for number in range(links.count()):
        anchor = links.nth(number).get_attribute("href")
        assert page.locator(anchor).count() == 1, anchor


@pytest.mark.parametrize("path", [ROLE, COMPARE, f"{ROLE}my-mix/?t2=5&t5=30&level=2"])
def test_with_text_twice_as_large_no_labels_touch_and_nothing_is_cut_off(visit, path):
    page = visit(path, width=360)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate(SEEN) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_and_there_is_no_barrier_that_axe_knows(visit, path):
    page = visit(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    page.set_viewport_size({"width": 360, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    expect_no_barrier(page)
    # The schemes differ in colours alone, and what is wide in where things stand.
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect_no_barrier(page, runOnly=["color-contrast"])


def test_the_skip_link_comes_first_and_works(visit):
    page = visit(ROLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
