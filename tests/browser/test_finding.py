"""Searching, browsing and comparing in a browser, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def count(page):
    return int(page.locator(".count-line strong").first.inner_text())


def test_results_come_while_typing_and_the_address_follows(visit):
    page = visit("/roles/")
    everything = count(page)
    page.locator("#q").press_sequentially("clinical cod", delay=20)
    expect(page.locator("h1")).to_contain_text("clinical cod")
    assert page.locator(".role-list h2").first.inner_text() == "Clinical Coder (NHS)"
    assert page.url.endswith("/roles/?q=clinical+cod")
    assert count(page) < everything
    assert f"{count(page)} role" in page.locator("#count").inner_text()
    assert page.evaluate("document.activeElement.id") == "q"


def test_facets_narrow_and_back_reload_and_a_copied_address_give_the_same_view(visit):
    page = visit("/roles/")
    everything = count(page)
    page.get_by_label(re.compile(r"^\s*Red\b")).check()
    page.wait_for_url("**/zones/red/")
    red = count(page)
    assert red < everything
    page.get_by_label(re.compile(r"^\s*Healthcare\b")).check()
    page.wait_for_url("**/zones/red/?sector=Healthcare")
    narrow, address = count(page), page.url
    page.reload()
    assert count(page) == narrow
    assert page.get_by_label(re.compile(r"^\s*Healthcare\b")).is_checked()
    page.go_back()
    page.wait_for_url("**/zones/red/")
    expect(page.locator(".count-line strong").first).to_have_text(str(red))
    other = visit("/" + address.split("/", 3)[3])
    assert count(other) == narrow


def test_without_scripts_the_same_pages_work(visit):
    page = visit("/", java_script_enabled=False)
    page.fill("#job", "clinicl coder")
    page.locator(".home button").click()
    assert "Did you mean clinical coder" in page.locator(".notice").inner_text()
    page.goto(page.url.split("?")[0])
    assert page.locator("summary").first.is_visible()
    page.get_by_label(re.compile(r"^\s*Red\b")).check()
    page.get_by_role("button", name="Show", exact=True).click()
    assert "Roles in the Red zone" in page.locator("h1").inner_text()
    for number in (0, 1):
        page.get_by_role("checkbox", name="Compare").nth(number).check()
    page.get_by_role("button", name="Compare").click()
    assert "Where the gaps come from" in page.locator("main").inner_text()
    assert page.locator("table.waterfall").count() == 1


def test_roles_are_ticked_and_compared(visit):
    page = visit("/roles/")
    button = page.get_by_role("button", name="Compare")
    expect(button).not_to_be_in_viewport()
    for number in (0, 1):
        page.get_by_role("checkbox", name="Compare").nth(number).check()
    expect(button).to_be_in_viewport()
    button.click()
    assert page.url.count("role=") == 2
    expect(page.locator("table.waterfall")).to_have_count(1)


def test_one_role_is_compared_with_a_neighbour_of_its_own_choice(visit):
    page = visit("/roles/clinical-coder-nhs/")
    page.get_by_role("link", name="Compare with another role").click()
    page.get_by_label("Compare with").select_option("clinical-documentation-improvement-specialist")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("h1")).to_have_text(
        "Clinical Coder (NHS) and Clinical Documentation Improvement Specialist"
    )


def test_a_choice_keeps_focus_filters_and_live_region_and_renews_the_title(visit):
    page = visit("/roles/", width=360)
    page.evaluate("document.getElementById('count').dataset.same = 'yes'")
    page.get_by_text("Filter", exact=True).click()
    red = page.get_by_label(re.compile(r"^\s*Red\b"))
    red.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/zones/red/")
    expect(page).to_have_title("Roles in the Red zone – JobZone")
    expect(page.locator("#count[data-same=yes]")).to_contain_text(f"{count(page)} role")
    expect(red).to_be_focused()
    expect(red).to_be_checked()
    expect(page.locator("summary").first).to_be_visible()
    assert page.locator("details").first.get_attribute("open") is not None


def test_typing_keeps_the_filters_and_fills_the_history_once(visit):
    page = visit("/zones/red/")
    length = page.evaluate("history.length")
    page.locator("#q").press_sequentially("coder", delay=20)
    page.wait_for_url("**/roles/?q=coder&zone=Red")
    assert page.evaluate("history.length") == length
    page.select_option("#sort", "title")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/roles/?q=coder&zone=Red&sort=title")
    page.go_back()
    page.wait_for_url("**/roles/?q=coder&zone=Red")
    expect(page.locator("#q")).to_have_value("coder")


def test_a_choice_leaves_the_page_where_it_is(visit):
    """A browser that holds on to what is swapped would scroll with it to the end of the page."""
    page = visit("/roles/")
    for name, address in (
        ("Healthcare", "**/?sector=Healthcare"),
        ("Red", "**/zones/red/?sector=*"),
    ):
        page.evaluate("window.scrollTo(0, 399)")
        place = page.get_by_label(re.compile(rf"^\s*{name}\b")).first.bounding_box()
        page.mouse.click(place["x"] + 5, place["y"] + 5)
        page.wait_for_url(address)
        page.wait_for_timeout(200)
        assert page.evaluate("window.scrollY") <= 399


def test_on_a_phone_the_count_is_in_sight_while_filters_are_chosen(visit):
    page = visit("/roles/", width=360)
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label(re.compile(r"^\s*Red\b")).check()
    page.wait_for_url("**/zones/red/")
    shown = page.get_by_role("link", name=re.compile(r"Show\s+\d+ roles?"))
    expect(shown).to_be_in_viewport()
    assert f"{count(page)} role" in shown.inner_text()
    shown.click()
    expect(page.locator(".count-line")).to_be_in_viewport()


def test_filters_open_with_a_mouse_where_the_browser_cannot_show_them_by_itself(visit):
    """As in browsers that do not know ``::details-content``."""
    page = visit("/method/")

    def without(route):
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("details-content", "other"))

    page.route("**/*.css", without)
    page.goto(page.url.replace("/method/", "/roles/"))
    red = page.get_by_label(re.compile(r"^\s*Red\b"))
    assert not red.is_visible()
    page.get_by_text("Filter", exact=True).click()
    expect(red).to_be_visible()


def test_enter_keeps_the_filters(visit):
    page = visit("/zones/red/")
    page.select_option("#sort", "title")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/zones/red/?sort=title")
    page.locator("#q").fill("coder")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/roles/?q=coder&zone=Red&sort=title")


def test_enter_keeps_the_filters_that_were_chosen_without_loading_the_page(visit):
    page = visit("/roles/")
    page.get_by_label(re.compile(r"^\s*Red\b")).check()
    page.wait_for_url("**/zones/red/")
    page.locator("#q").evaluate("box => { box.value = 'coder'; box.form.requestSubmit(); }")
    page.wait_for_url("**/roles/?q=coder&zone=Red")


def test_nothing_is_sent_while_a_word_is_composed(visit):
    page = visit("/roles/")
    asked = []
    page.on("request", lambda request: "?q=" in request.url and asked.append(request.url))
    box = page.locator("#q")
    box.focus()
    devtools = page.context.new_cdp_session(page)
    text = "コーダー"
    for end in range(1, len(text) + 1):
        devtools.send(
            "Input.imeSetComposition",
            {"text": text[:end], "selectionStart": end, "selectionEnd": end},
        )
        page.wait_for_timeout(300)
    assert asked == []
    devtools.send("Input.insertText", {"text": "coder"})
    page.wait_for_url("**/roles/?q=coder")
    assert len(asked) == 1


def test_the_head_follows_every_answer(visit):
    page = visit("/roles/?page=77")
    canonical = page.locator("link[rel=canonical]")
    assert re.search(r"/roles/\?page=\d+$", canonical.get_attribute("href"))
    page.get_by_label(re.compile(r"^\s*Red\b")).check()
    page.wait_for_url("**/zones/red/")
    expect(page).to_have_title("Roles in the Red zone – JobZone")
    expect(canonical).to_have_attribute("href", re.compile("/zones/red/$"))


def test_what_is_not_found_leads_on(visit):
    page = visit("/roles/")
    page.locator("#q").press_sequentially("zymurgist", delay=10)
    expect(page.locator("#results")).to_contain_text("No job here is called “zymurgist”")
    expect(page.locator("#count")).to_contain_text("0 roles")
    page.get_by_role("link", name="Suggest a role").click()
    expect(page.locator("h1")).to_have_text("Suggest a role")


def test_the_bars_of_a_gap_end_where_the_next_begins(visit):
    page = visit("/roles/?zone=Red&zone=Green&sort=score")
    slugs = [
        link.get_attribute("href").strip("/").split("/")[-1]
        for link in page.locator(".role-list h2 a").all()
        if "synthetic" in link.get_attribute("href")
    ]
    page = visit(f"/compare/?role={slugs[0]}&role={slugs[5]}")
    parts = [
        float(text.replace("\u2212", "-").replace("+", ""))
        for text in page.locator(".waterfall .points").all_inner_texts()
    ]
    ends = page.locator(".waterfall .end td:last-child").all_inner_texts()
    start, end = (float(text) for text in ends)
    assert sum(parts) == pytest.approx(end - start)


def test_on_a_phone_the_filters_are_folded_and_the_results_are_near(visit):
    page = visit("/roles/", width=360)
    assert not page.get_by_label(re.compile(r"^\s*Red\b")).is_visible()
    assert page.locator(".role-list h2").first.bounding_box()["y"] < 900
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label(re.compile(r"^\s*Red\b")).check()
    page.wait_for_url("**/zones/red/")
