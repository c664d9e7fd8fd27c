"""Every page for everyone: axe-core in both themes, the keyboard alone, and a very narrow screen."""

from __future__ import annotations

import pytest
from axe import violations
from eerste_scherm import assert_first_screen
from playwright.sync_api import Page, expect
from stappen import await_run, choose, fits, go, settle

from app.beeld.stijl import Thema, on_paper
from app.raam.paginas import PADEN
from app.schermen.toegankelijkheid.pagina import state

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("pad", sorted(PADEN))
def test_axe_finds_only_what_the_page_toegankelijkheid_lists(kijker: Page, adres: str, pad: str) -> None:
    """And its first screen says something at a glance: that is looked at here because the page is open."""
    regels = {regel for regel, _ in state().axe}
    _open(kijker, adres + pad)
    assert_first_screen(kijker, pad)
    assert not {v for v in _broken(kijker) if not any(f" {regel}:" in v for regel in regels)}
    # Nobody scrolls sideways on a very narrow screen.
    kijker.set_viewport_size({"width": 320, "height": 640})
    fits(kijker, 320)


def test_what_the_page_toegankelijkheid_lists_is_still_found(kijker: Page, adres: str) -> None:
    genoemd = {regel for regel, _ in state().axe}
    for pad in sorted(PADEN):
        if not genoemd:
            return
        _open(kijker, adres + pad)
        gevonden = _broken(kijker)
        genoemd = {regel for regel in genoemd if not any(f" {regel}:" in v for v in gevonden)}
    assert not genoemd, "de pagina Toegankelijkheid noemt iets dat al goed is"


@pytest.mark.parametrize("pad", ["/budget", "/kaart", "/regio"])
def test_with_examples_the_first_screen_has_a_picture_too(kijker: Page, adres: str, pad: str) -> None:
    _open(kijker, f"{adres}{pad}?voorbeeld=1")
    assert_first_screen(kijker, pad)


def _open(page: Page, adres: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    go(page, adres)


def _broken(page: Page) -> set[str]:
    """Return what axe finds on a page in either theme, at first and after a choice."""
    gevonden = _in_both_themes(page, "light", "dark")
    lijst = page.locator("[data-testid=stSelectbox] input").first
    if lijst.count():
        lijst.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        await_run(page)
        gevonden |= {f"na een keuze, {v}" for v in _in_both_themes(page, "dark", "light")}
    return gevonden


def _in_both_themes(page: Page, nu: Thema, straks: Thema) -> set[str]:
    """Return what is broken in the theme of now, and in the other after it, without loading the page again."""
    gevonden = {f"{nu}: {v}" for v in violations(page)}
    grond = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    eerder = page.evaluate(grond)
    page.emulate_media(color_scheme=straks)
    page.wait_for_function(f"eerder => {grond} !== eerder", arg=eerder)
    donker, licht = set(on_paper()), set(on_paper().values())
    vreemd = licht - donker if straks == "dark" else donker - licht
    # A chart follows by itself: the page asks for the run that knows the theme.
    getekend = "[...document.querySelectorAll('svg.marks [fill]')].map(e => e.getAttribute('fill'))"
    page.wait_for_function(f"vreemd => !{getekend}.some(kleur => vreemd.includes(kleur))", arg=sorted(vreemd))
    await_run(page)
    # What is drawn by the browser itself glides to its colour.
    page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running')")
    return gevonden | {f"{straks}: {v}" for v in violations(page)}


def test_axe_finds_planted_faults_and_does_not_pass_over_a_rule_that_stumbles(kijker: Page, adres: str) -> None:
    page = kijker
    _open(page, f"{adres}/toegankelijkheid")
    fout = '<img src="/x.svg"><p style="color: #777; background: #888">slecht te lezen</p>'
    page.evaluate("fout => document.querySelector('h1').insertAdjacentHTML('afterend', fout)", fout)
    assert {"image-alt", "color-contrast"} <= {v.split(":")[0] for v in violations(page)}
    page.evaluate("axe.configure({checks: [{id: 'color-contrast', evaluate: () => { throw Error('verschoven') }}]})")
    with pytest.raises(AssertionError, match=r"niet kunnen nagaan[\s\S]*color-contrast[\s\S]*verschoven"):
        violations(page)


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
    page.locator("details.rm-zo summary").click()
    rijen = page.locator("details.rm-zo .rm-tabel tbody tr")
    alle = rijen.count()
    assert alle > 30
    assert rijen.filter(visible=True).count() == alle
    page.emulate_media(media="print")
    assert rijen.filter(visible=True).count() == 30
    rest = page.evaluate("getComputedStyle(document.querySelector('details .rm-tabelvak'), '::after').content")
    assert "De hele tabel: te downloaden" in rest
