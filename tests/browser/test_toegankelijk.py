"""Every page for everyone: axe-core in both themes, the keyboard alone, and a very narrow screen."""

from __future__ import annotations

import pytest
from axe import violations
from playwright.sync_api import Browser, Page, expect
from stappen import await_run, choose, fits, go, settle

from app.raam.paginas import PADEN
from app.schermen.toegankelijkheid.pagina import state

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_axe_finds_only_what_the_page_toegankelijkheid_lists(browser: Browser, adres: str, schema: str) -> None:
    # The strict policy of the pages would keep axe out as well.
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=schema, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    gevonden: set[str] = set()
    for pad in sorted(PADEN):
        go(page, adres + pad)
        gevonden |= {f"{pad} {v}" for v in violations(page)}
        if schema == "light":
            # Nobody scrolls sideways on a very narrow screen.
            page.set_viewport_size({"width": 320, "height": 640})
            fits(page, 320)
            page.set_viewport_size({"width": 1440, "height": 900})
        lijst = page.locator("[data-testid=stSelectbox] input").first
        if lijst.count():
            lijst.focus()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            await_run(page)
            gevonden |= {f"{pad}, na een keuze: {v}" for v in violations(page)}
    regels = {regel for regel, _ in state().axe}
    onbekend = {v for v in gevonden if not any(f" {regel}:" in v for regel in regels)}
    assert not onbekend
    verouderd = {regel for regel in regels if not any(f" {regel}:" in v for v in gevonden)}
    assert not verouderd, "de pagina Toegankelijkheid noemt iets dat al goed is"
    context.close()


def test_axe_finds_planted_faults_and_does_not_pass_over_a_rule_that_stumbles(browser: Browser, adres: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", bypass_csp=True)
    page = context.new_page()
    go(page, f"{adres}/toegankelijkheid")
    fout = '<img src="/x.svg"><p style="color: #777; background: #888">slecht te lezen</p>'
    page.evaluate("fout => document.querySelector('h1').insertAdjacentHTML('afterend', fout)", fout)
    assert {"image-alt", "color-contrast"} <= {v.split(":")[0] for v in violations(page)}
    page.evaluate("axe.configure({checks: [{id: 'color-contrast', evaluate: () => { throw Error('verschoven') }}]})")
    with pytest.raises(AssertionError, match=r"niet kunnen nagaan[\s\S]*color-contrast[\s\S]*verschoven"):
        violations(page)
    context.close()


def test_the_keyboard_alone_reaches_the_table_behind_the_map(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart")
    choose(page, "regio", "Twente")
    expect(page.locator(".st-key-rm-detail h3")).to_have_text("Twente")
    settle(page)
    bereikt = []
    for _ in range(25):
        page.keyboard.press("Tab")
        bereikt.append(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))
        if "\n" not in bereikt[-1].strip().split("\n\n", 1)[-1] and "Tabel: Dekkingsgraad" in bereikt[-1]:
            break
    else:
        raise AssertionError(f"de tabel is met Tab niet te bereiken: {bereikt}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Drenthe")).to_be_visible()
    expect(page.get_by_role("button", name="Download als CSV").first).to_be_visible()
    settle(page)
    bereikt = []
    for _ in range(6):
        page.keyboard.press("Tab")
        bereikt.append(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))
        if bereikt[-1] == "Download als CSV":
            return
    raise AssertionError(f"de download is met Tab niet te bereiken: {bereikt}")


def test_the_menu_leads_to_what_is_not_right_yet(page: Page, adres: str) -> None:
    go(page, adres)
    page.get_by_test_id("stMainMenuButton").focus()
    opzij = page.evaluate("[...document.querySelectorAll('*')].filter(e => e.scrollLeft > 0).length")
    assert opzij == 0, "het menu staat buiten beeld"
    page.get_by_role("link", name="Hoe toegankelijk is deze monitor?").click()
    settle(page)
    expect(page.locator("h1")).to_have_text("Toegankelijkheid")
    for wat, *_ in state().niet_goed:
        expect(page.get_by_text(wat[:40]).first).to_be_visible()


def test_on_paper_a_long_table_is_its_beginning_and_where_the_rest_is(page: Page, adres: str) -> None:
    page.goto(f"{adres}/verantwoording?onderdeel=niet_opgenomen")
    settle(page)
    rijen = page.locator(".rm-tabel tbody tr")
    alle = rijen.count()
    assert alle > 30
    assert rijen.filter(visible=True).count() == alle
    page.emulate_media(media="print")
    assert rijen.filter(visible=True).count() == 30
    rest = page.evaluate("getComputedStyle(document.querySelector('.rm-tabelvak'), '::after').content")
    assert "De hele tabel: te downloaden" in rest
