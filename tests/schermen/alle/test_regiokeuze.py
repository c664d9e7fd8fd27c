"""What was chosen on one page is chosen on the next; what a page does not have is said and not forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from scherm import ADRESSEN, new_screen, text
from streamlit.testing.v1 import AppTest

from app.lezen import data

SCHERM = """
import importlib
import streamlit as st
from app.lezen import data; from app.raam.vakken import onderdelen; from app.raam.keuze import selectie
from app.raam.paginas import PAGINAS
selectie.start_run()
importlib.import_module(f"app.schermen.{PAGINAS[st.session_state['pagina']].scherm}").show(data.kenmerk())
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def visit(pagina: str, scherm: AppTest | None = None, **keuze: str) -> AppTest:
    """Open a page, in a new browser or as the next page of the same reader: the menu takes nothing of the URL along."""
    scherm = scherm or new_screen(SCHERM)
    scherm.query_params.clear()
    for sleutel, waarde in ({"voorbeeld": "1"} | keuze).items():
        scherm.query_params[sleutel] = waarde
    scherm.session_state["pagina"] = ADRESSEN.get(pagina, pagina)
    scherm.run()
    assert not scherm.exception
    return scherm


def name(code: str) -> str:
    return data.regios(data.kenmerk())[code].naam


def wgo_of(regio: str) -> str:
    merk = data.kenmerk()
    return data.wgo_van_regio(merk, data.publicatie(merk).gemaakt_op.date())[regio]


def test_a_region_goes_along_and_comes_back_from_pages_that_know_only_its_wgo() -> None:
    scherm = visit("mijn_regio")
    scherm.selectbox(key="kies_regio").select("RA0205").run()
    for pagina in ("kaart", "voortgangsgesprek"):
        assert visit(pagina, scherm).selectbox(key="kies_regio").value == "RA0205"
        assert "deze pagina toont" not in text(scherm)
    wgo = wgo_of("RA0205")
    assert visit("pijlers", scherm).selectbox(key="kies_groep").value == wgo
    assert f"Twente valt onder {name(wgo)}; deze pagina toont {name(wgo)}." in text(scherm)
    assert scherm.query_params["regio"] == "RA0205", "wie de link opent, ziet hetzelfde"
    assert visit("pijlers", regio="RA0205").selectbox(key="kies_groep").value == wgo
    assert "Twente is er hier niet; deze pagina toont 13 werkgeversorganisaties samen." in text(visit("budget", scherm))
    assert visit("mijn_regio", scherm).selectbox(key="kies_regio").value == "RA0205"


def test_for_a_talk_a_wgo_of_more_regions_is_asked_which_of_them_is_meant() -> None:
    scherm = visit("voortgangsgesprek", regio="WGO05")
    assert "Utrechtzorg omvat 3 regio's. Over welke gaat het gesprek?" in text(scherm)
    te_kiezen = [k.label for k in scherm.button if k.key.startswith("welke_")]
    assert "Utrecht en omgeving" in te_kiezen
    assert len(te_kiezen) == 3
    scherm.button(key="welke_RA0512").click().run()
    assert scherm.query_params["regio"] == "RA0512"
    assert "Utrecht en omgeving:" in text(scherm)


def test_a_wgo_chosen_as_a_group_is_the_region_of_the_next_pages() -> None:
    scherm = visit("mijn_regio", regio="RA0205")
    visit("pijlers", scherm).selectbox(key="kies_groep").select("WGO06").run()
    assert "regio" not in scherm.query_params
    assert visit("mijn_regio", scherm).selectbox(key="kies_regio").value == "WGO06"
    kaart = visit("kaart", scherm, indicator="dekkingsgraad")
    assert kaart.selectbox(key="kies_regio").value == "WGO06"
    assert "13 werkgeversorganisaties" in kaart.header[0].value
    visit("pijlers", scherm).selectbox(key="kies_groep").select("ZKH").run()
    assert visit("kaart", scherm).selectbox(key="kies_regio").value == "WGO06", "een branche is geen regio"
    assert visit("pijlers", scherm).selectbox(key="kies_groep").value == "ZKH"


def test_what_the_url_says_goes_before_what_was_chosen_earlier() -> None:
    scherm = visit("mijn_regio", regio="RA0205")
    assert (
        visit("kaart", scherm, indicator="dekkingsgraad", regio="RA0512").selectbox(key="kies_regio").value == "RA0512"
    )
    kaart = visit("kaart", scherm, indicator="dekkingsgraad", niveau="wgo", regio="RA0512")
    assert kaart.selectbox(key="kies_regio").value == "WGO05"
    assert "Utrecht en omgeving valt onder Utrechtzorg; deze pagina toont Utrechtzorg." in text(kaart)
    kaart.session_state["kaart_meer"] = True
    kaart.run()
    kaart.button_group(key="kies_niveau").set_value("arbeidsmarktregio").run()
    assert kaart.selectbox(key="kies_regio").value == "RA0512"


def test_the_level_of_the_map_is_in_the_link_and_another_indicator_has_its_own() -> None:
    kaart = visit("kaart", indicator="dekkingsgraad")
    link = kaart.query_params["niveau"]
    weg = visit("mijn_regio", kaart, regio="WGO06")
    terug = visit("kaart", weg, indicator="dekkingsgraad", niveau=link)
    assert terug.query_params["niveau"] == link == "arbeidsmarktregio"
    # Back is the same page; who comes from the menu sees the level of the region.
    assert visit("kaart", weg, indicator="dekkingsgraad").query_params["niveau"] == "wgo"


def test_an_indicator_and_a_period_go_along_and_what_is_not_there_is_said() -> None:
    scherm = visit("kaart", indicator="verzuim")
    assert visit("mijn_regio", scherm, regio="RA0205").selectbox(key="kies_indicator").value == "verzuim"
    scherm = visit("kaart", indicator="dekkingsgraad", periode="2019", niveau="arbeidsmarktregio")
    assert "is er hier niet" not in text(scherm)
    scherm.selectbox(key="kies_indicator").select("tekort_verwacht").run()
    assert "De gekozen periode is er hier niet. U ziet nu:" in text(scherm)
    scherm.selectbox(key="kies_indicator").select("dekkingsgraad").run()
    assert scherm.selectbox(key="kies_periode").value == "2019"
    assert "is er hier niet" not in text(scherm)


def test_a_figure_of_the_country_only_is_said_by_its_name_with_who_could_deliver_it() -> None:
    geen = "Van ziekteverzuim zijn er geen cijfers per regio; te leveren door CBS (kwartaalenquête, NEA), Vernet."
    scherm = visit("indicator", regio="RA0205", indicator="verzuim", voorbeeld="0")
    assert f"{geen} U ziet Nederland." in text(scherm)
    assert "is er hier niet" not in text(scherm)
    kaart = visit("kaart", indicator="verzuim", voorbeeld="0")
    assert f"{geen} U ziet nu:" in text(kaart)
    assert "De link noemt" not in text(kaart)


def test_a_region_with_the_name_of_a_province_is_not_said_to_be_missing_beside_that_province() -> None:
    kaart = visit("kaart", indicator="openstaande_vacatures", regio="RA0102", voorbeeld="0")
    zin = "De arbeidsmarktregio Drenthe is er hier niet; deze pagina toont Nederland per provincie."
    assert zin in text(kaart)


def test_a_region_without_a_figure_where_the_others_are_all_of_nederland_has_none_to_miss() -> None:
    kaart = visit("kaart", indicator="instroom_opleidingen", regio="RA0102", voorbeeld="0")
    zin = "zijn samen het cijfer van heel Nederland: hier is er geen."
    assert zin in text(kaart)
    assert zin not in text(visit("kaart", indicator="instroom_opleidingen", regio="RA0205", voorbeeld="0"))


def test_stories_of_the_region_until_all_are_asked_for() -> None:
    scherm = visit("verhalen", visit("mijn_regio", regio="WGO06"))
    assert scherm.selectbox(key="kies_verhaalregio").value == "WGO06"
    wis = next(knop for knop in scherm.button if knop.label == "Wis alle keuzes")
    wis.click().run()
    assert scherm.selectbox(key="kies_verhaalregio").value == "alle"
    assert visit("verhalen", scherm).selectbox(key="kies_verhaalregio").value == "alle"
    assert visit("mijn_regio", scherm).selectbox(key="kies_regio").value == "WGO06"


def test_a_list_is_told_what_was_chosen_unless_the_reader_chose_it_there_just_now() -> None:
    """The browser begins a list that it does not have anew: back on a page it must hear what was chosen."""
    scherm = visit("mijn_regio", regio="RA0301")
    assert scherm.selectbox(key="kies_regio").proto.set_value
    scherm.selectbox(key="kies_regio").select("RA0205").run()
    assert not scherm.selectbox(key="kies_regio").proto.set_value
    visit("kaart", scherm)
    terug = visit("mijn_regio", scherm).selectbox(key="kies_regio")
    assert (terug.proto.set_value, terug.proto.raw_value) == (True, terug.options[terug.index])
    assert name("RA0205") in terug.proto.raw_value
