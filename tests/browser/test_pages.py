"""The pages as a person sees them."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
    "/occupations/",
    "/occupations/15-1299.08-computer-systems-engineers-architects/",
    "/changes/",
    "/roles/paralegal/history/",
    "/roles/",
    "/zones/red/?sector=Healthcare",
    "/roles/?q=clinicl+coder",
    "/overview/",
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
    assert "27.3, Yellow" in page.locator("#tasks .notice").inner_text()
    assert "claims 55 %" in page.locator("#claims").inner_text()


def test_the_bars_are_as_long_as_the_time_they_stand_for(visit):
    page = visit(ROLE)
    tasks = page.locator(".tasks li")
    assert tasks.count() == 7
    track = tasks.nth(1).locator(".track").bounding_box()["width"]
    bar = tasks.nth(1).locator(".bar").bounding_box()["width"]
    assert bar / track == pytest.approx(0.25, abs=0.01)


def test_the_mark_stands_at_its_score(visit):
    page = visit(ROLE)
    strip = page.locator(".hero svg.strip").bounding_box()
    mark = page.locator(".hero line.own").bounding_box()
    place = (mark["x"] + mark["width"] / 2 - strip["x"]) / strip["width"]
    assert place == pytest.approx(0.224, abs=0.005)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [ROLE, COMPARE])
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
    links = page.locator(".contents a")
    for number in range(links.count()):
        anchor = links.nth(number).get_attribute("href")
        assert page.locator(anchor).count() == 1, anchor


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(visit, path):
    page = visit(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_there_is_no_barrier_that_axe_knows(visit, path, width):
    page = visit(path, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    # The schemes differ in colours alone.
    page.emulate_media(color_scheme="dark")
    results = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert results.violations_count == 0, results.generate_report()


def test_the_skip_link_comes_first_and_works(visit):
    page = visit(ROLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
