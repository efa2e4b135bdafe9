"""What is unfinished, disputed or only planned does not reach a reader."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import open_draft, press, save, write

pytestmark = pytest.mark.browser


def test_on_its_way_to_readers_a_draft_is_stopped_at_every_gate(signed_in):
    assessor, editor = signed_in("assessor"), signed_in("editor")
    open_draft(assessor, "Gate Keeper")
    review = assessor.url.replace("/change/", "/review/")
    year = assessor.input_value("#id_outlook_year")
    write(assessor, outlook_year="")
    expect(assessor.locator("#contents-list")).to_contain_text("What this means 1 missing")
    save(assessor)
    editor.goto(review)
    expect(editor.locator("#content-main")).to_contain_text("Missing for publication")
    press(editor, "Publish")
    expect(editor.locator("#content-main")).to_contain_text("Not possible now")
    expect(editor.get_by_role("button", name="Publish", exact=True)).to_have_count(0)

    write(assessor, outlook_year=year)
    assessor.click("text=Save and ask for review")
    editor.goto(review)
    editor.select_option("#id_section", "Evidence Score")
    editor.fill("#id_text", "Which year?")
    press(editor, "Remark")
    press(editor, "Schedule")
    editor.fill("#id_at", "2099-01-01T09:00")
    press(editor, "Schedule")
    # The browser itself asks for the tick.
    expect(editor.locator("#id_knowing_remarks:invalid")).to_have_count(1)
    editor.check("#id_knowing_remarks")
    press(editor, "Schedule")
    expect(editor.locator("#content-main")).to_contain_text("to be published at")
    editor.goto("/admin/")
    expect(editor.locator(".worklist")).to_contain_text("Planned for")
    editor.goto(review)
    press(editor, "Cancel schedule")
    expect(editor.locator(".messagelist")).to_contain_text("the planned publication is off")
    expect(editor.locator("#content-main")).not_to_contain_text("to be published at")
    assert editor.request.get("/roles/gate-keeper/").status == 404


def test_pay_and_country_are_in_one_spelling(signed_in):
    page = signed_in("editor")
    page.goto("/admin/roles/role/add/")
    page.fill("#id_title", "Porter of Pay")
    page.fill("#id_country", "UK")
    page.fill("#id_pay_currency", "pou")
    page.fill("#id_pay_low", "100")
    page.fill("#id_pay_high", "200")
    save(page)
    expect(page.locator(".errorlist").first).to_contain_text("expected a code of ISO 4217")
    page.fill("#id_pay_currency", "gbp")
    save(page)
    expect(page.locator(".errorlist").first).to_contain_text("year")
    page.fill("#id_pay_year", "2026")
    save(page)
    expect(page.locator("#id_country")).to_have_value("United Kingdom")
    expect(page.locator("#id_pay_currency")).to_have_value("GBP")
