"""The key journeys of a reader, in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from stappen import choose, download, fits, go, settle

from app.beeld.stijl import on_paper

pytestmark = pytest.mark.browser

PAGINAS = (
    "/",
    "/kaart",
    "/kaart?niveau=wgo",
    "/kaart?indicator=openstaande_vacatures",
    "/verantwoording",
    "/indicator",
)
ENGELS = re.compile(
    r"\b(Choose|Select(ed)?|Search|Settings|Running|Deploy|Loading|Close|Show data|Fullscreen|Menu item|Clear"
    r"|Skip to|App pages)\b"
)


def test_reader_sees_the_state_of_the_programme(page: Page, adres: str) -> None:
    go(page, adres)
    assert page.locator("html").get_attribute("lang") == "nl"
    expect(page).to_have_title("Landelijk beeld | Regiomonitor")
    expect(page.locator("h1")).to_have_text("Landelijk beeld")
    expect(page.locator(".rm-zinnen li")).to_have_count(3)
    expect(
        page.get_by_role(
            "heading",
            name="Dekkingsgraad stijgt van 66% op 1 augustus 2019 naar 68% op 30 juni 2022; "
            "verdubbeld bij sociaal werk (mogelijk door een trendbreuk)",
        )
    ).to_be_visible()
    expect(page.locator("svg.marks")).to_have_count(5)
    menu = page.get_by_role("navigation", name="Menu").get_by_role("link")
    assert menu.all_inner_texts() == ["Landelijk", "Kaart", "Regio", "Programma", "Gesprek", "Cijfers"]
    expect(page.get_by_role("link", name="Landelijk", exact=True)).to_have_attribute("aria-current", "page")


def test_a_click_on_the_map_chooses_a_region_and_the_link_keeps_it(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart")
    page.locator(".st-key-rm-kaart").get_by_label("Utrecht en omgeving:").click()
    expect(page.get_by_role("heading", name="Utrecht en omgeving")).to_be_visible()
    expect(page).to_have_url(re.compile("regio=RA0512"))
    page.reload()
    settle(page)
    expect(page.get_by_role("heading", name="Utrecht en omgeving")).to_be_visible()


def test_a_second_click_and_a_click_after_the_list_are_noticed(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart")
    kop, op_kaart = page.locator(".st-key-rm-detail h3"), page.locator(".st-key-rm-kaart")
    op_kaart.get_by_label("Utrecht en omgeving:").click()
    expect(kop).to_have_text("Utrecht en omgeving")
    choose(page, "regio", "Twente")
    expect(kop).to_have_text("Twente")
    op_kaart.get_by_label("Utrecht en omgeving:").click()
    expect(kop).to_have_text("Utrecht en omgeving")
    op_kaart.get_by_label("Utrecht en omgeving:").click()
    # Nederland is real, and has no place beside regions that are made up.
    expect(kop).to_have_count(0)


def test_a_wgo_is_chosen_by_any_of_its_tiles(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart?niveau=wgo")
    page.locator(".tegels_marks path").nth(0).click()
    expect(page.get_by_role("heading", name="ZorgpleinNoord")).to_be_visible()


def test_map_with_borders_is_clicked_switched_and_passed_on(page: Page, adres: str, grenzen: Path) -> None:
    lagen: list[str] = []
    page.on("request", lambda r: lagen.append(r.url) if r.url.endswith(".topojson") else None)
    go(page, f"{adres}/kaart?indicator=dekkingsgraad")
    expect(page.locator(".vlakken_marks path")).to_have_count(28)
    # The choices, the title and the whole map stand in the first screen.
    assert page.evaluate("document.querySelector('.st-key-rm-kaart svg.marks').getBoundingClientRect().bottom") < 900
    expect(page.locator(".st-key-rm-kaart svg.marks").get_by_text("VOORBEELD")).to_be_visible()
    expect(page.locator(".arcering_marks path").first).to_have_attribute("fill", re.compile(r"url\(#rm-arc-1-[dl]\)"))
    expect(page.get_by_text("© CBS / Kadaster, via PDOK, CC BY 4.0")).to_be_visible()
    # The hatching lies on top and lets a click through.
    page.locator(".st-key-rm-kaart").get_by_label("Gooi- en Vechtstreek:").click()
    expect(page.get_by_role("heading", name=re.compile("Gooi"))).to_be_visible()
    expect(page).to_have_url(re.compile("regio=RA0511"))
    gemerkt = "[...document.querySelectorAll('.gekozen_marks path')].map(p => getComputedStyle(p).strokeOpacity)"
    assert sorted(page.evaluate(gemerkt), reverse=True)[:2] == ["1", "0"]
    assert len(lagen) == 1
    page.get_by_text("Meer keuzes").click()
    page.get_by_text("Tegels", exact=True).click()
    expect(page.locator(".tegels_marks path")).to_have_count(28)
    expect(page).to_have_url(re.compile("vorm=tegels"))
    page.reload()
    settle(page)
    expect(page.locator(".tegels_marks path")).to_have_count(28)


def test_map_of_wgos_shows_those_of_the_day(page: Page, adres: str, grenzen: Path) -> None:
    go(page, f"{adres}/kaart?indicator=dekkingsgraad&niveau=wgo&regio=WGO06")
    expect(page.locator(".vlakken_marks path")).to_have_count(13)
    page.locator(".st-key-rm-kaart").get_by_label("ZorgpleinNoord:").click()
    expect(page.get_by_role("heading", name="ZorgpleinNoord")).to_be_visible()


def test_voorbeeld_stands_in_the_picture_and_goes_with_the_way_out(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart?indicator=dekkingsgraad")
    expect(page.locator(".st-key-rm-kaart svg.marks").get_by_text("VOORBEELD")).to_be_visible()
    page.get_by_role("button", name="Alleen echte cijfers").click()
    expect(page.locator(".rm-melding-voorbeeld")).to_have_count(0)
    expect(page.locator("svg.marks").get_by_text("VOORBEELD")).to_have_count(0)
    expect(page).to_have_url(re.compile("voorbeeld=0"))
    page.get_by_role("link", name="Landelijk", exact=True).click()
    expect(page.locator("h1")).to_have_text("Landelijk beeld")
    expect(page).to_have_url(re.compile("voorbeeld=0"))


def test_a_figure_leads_to_its_page_in_one_click(page: Page, adres: str) -> None:
    go(page, adres)
    page.locator(".rm-kern").get_by_role("link", name="Dekkingsgraad").click()
    settle(page)
    expect(page.locator("h1")).to_have_text("Dekkingsgraad")
    expect(page).to_have_title("Dekkingsgraad | Regiomonitor")
    expect(page.get_by_text("Tabel 1.1").first).to_be_visible()
    # The way back is one press, and the next figure one click.
    page.locator(".rm-verder a").first.click()
    expect(page.locator("h1")).not_to_have_text("Dekkingsgraad")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Dekkingsgraad")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Landelijk beeld")


def test_table_of_the_map_can_be_downloaded(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart?indicator=dekkingsgraad")
    page.get_by_text("Tabel: Dekkingsgraad per regio").click()
    expect(page.get_by_role("rowheader", name="Drenthe")).to_be_visible()
    inhoud = download(
        page,
        page.locator(".st-key-csv_kaart_dekkingsgraad_2021").get_by_role("button", name="Download als CSV", exact=True),
    ).read_bytes()
    assert inhoud.startswith(b"\xef\xbb\xbf")
    assert b"VOORBEELD" in inhoud


# The theme changes colours alone, which axe looks at on every page; a map also has to print light from the dark one.
@pytest.mark.parametrize(("pad", "schema"), [*((pad, "light") for pad in PAGINAS), ("/kaart", "dark")])
def test_a_phone_scrolls_one_way_and_reads_dutch_and_nothing_comes_from_elsewhere(
    page: Page, adres: str, pad: str, schema: str
) -> None:
    elders: list[str] = []
    fouten: list[str] = []
    eigen = (adres, adres.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: elders.append(r.url) if not r.url.startswith(eigen) else None)
    page.on("pageerror", lambda fout: fouten.append(str(fout)))
    page.on("console", lambda m: fouten.append(m.text) if "Content Security Policy" in m.text else None)
    page.emulate_media(color_scheme=schema)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, adres + pad)
    fits(page, 390)
    namen = page.evaluate(
        "[...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap(e =>"
        " ['aria-label','title','placeholder'].map(n => e.getAttribute(n))).filter(Boolean).join('\\n')"
    )
    gevonden = ENGELS.search(namen + page.inner_text("body"))
    assert gevonden is None, gevonden
    assert (elders, fouten) == ([], [])
    if pad.startswith("/kaart"):
        vak = page.locator(".st-key-rm-kaart svg.marks").bounding_box()
        assert vak is not None
        assert vak["y"] + vak["height"] / 2 < 844, "de bovenste helft van de kaart staat in het eerste scherm"
        _prints_light(page)


def test_a_page_on_a_slow_line_is_dutch_from_its_first_drawing(page: Page, adres: str) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route(re.compile(r"/regiomonitor/\w+\.js$"), late)
    go(page, adres)
    expect(page.get_by_text("Naar de inhoud")).to_be_attached()
    assert not ENGELS.search(page.inner_text("body"))


def _prints_light(page: Page) -> None:
    """Check that the map is light on paper in either theme, without choices, and afterwards as it was."""
    woord = page.locator(".st-key-rm-kaart svg.marks .mark-text text", has_text=re.compile("VOORBEELD|\\d")).last
    eerder = woord.get_attribute("fill")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).color") == "rgb(27, 39, 51)"
    expect(page.locator(".st-key-kies_indicator")).to_be_hidden()
    donker = set(on_paper()) - set(on_paper().values())
    assert not donker & set(
        page.evaluate("[...document.querySelectorAll('svg.marks [fill]')].map(e => e.getAttribute('fill'))")
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert woord.get_attribute("fill") == eerder


def test_a_hostile_link_does_no_harm(page: Page, adres: str) -> None:
    go(page, f"{adres}/kaart?indicator=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&periode=%3Cscript%3E")
    expect(page.get_by_text("iets dat hier niet bestaat").first).to_be_visible()
    assert "onerror" not in page.content()
