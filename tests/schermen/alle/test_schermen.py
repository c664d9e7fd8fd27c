"""Each page in its states: full, real figures only, a chosen region, a hostile link, nothing to show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from publicatiebed import Toon
from scherm import VERBODEN, new_screen, run, text
from toegangsbed import login_settings

from app.lezen import data
from app.lezen.onderwerp import bewijs, voorbeeld
from app.rollen import lezer
from app.schermen.landelijk import koers
from pipelines.afspraken.warehouse.meegeleverd import SCHAKELAAR

HOOFD = Path(__file__).parents[3] / "app" / "hoofd.py"


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


@pytest.mark.parametrize("naam", ["landelijk_beeld", "kaart", "verantwoording"])
def test_every_page_stands_on_real_figures_alone(naam: str) -> None:
    tekst = text(run(naam, voorbeeld="0"))
    assert not VERBODEN.search(tekst), VERBODEN.search(tekst)


def test_national_picture_says_what_the_sources_say() -> None:
    tekst = text(run("landelijk_beeld"))
    titel = "Dekkingsgraad stijgt van 66% op 1 augustus 2019 naar 68% op 30 juni 2022; verdubbeld bij"
    assert f"{titel} sociaal werk (mogelijk door een trendbreuk)" in tekst
    zinnen = re.search(r'<ul class="rm-zinnen">.*?</ul>', tekst)
    assert zinnen
    assert zinnen[0].count("<li>") == 3
    assert "Op 30 juni 2022 werkte 68% van de medewerkers" in tekst
    # The picture of the flows says what they are.
    assert "172.160 erbij, 151.510 eraf: per saldo 20.650 erbij" in tekst
    assert "151.510 weg" not in zinnen[0]
    assert "7,3" in tekst
    for pijler in ("Kiezen en toeleiden", "Leren en opleiden", "Werken en behoud", "Innoveren"):
        assert pijler in tekst


def test_regions_beside_those_that_are_the_whole_country_lack_nothing_on_the_start_page() -> None:
    """DUO counts hbo in 22 of the 28 regions: together Nederland."""
    voor = text(run("landelijk_beeld", voorbeeld="0")).split("Elk lijntje")[0]
    tegels = voor.rpartition('class="rm-tekening')[2]
    assert tegels.count(">n.v.t.<") == 6
    assert "geen cijfer" not in tegels


def test_without_any_figure_the_start_page_says_so_once_and_has_no_empty_heading(toon: Toon) -> None:
    toon("delete from waarneming")
    scherm = run("landelijk_beeld", voorbeeld="0")
    assert text(scherm).count("nog geen landelijke cijfers") == 1
    assert "In de loop van de tijd" not in [kop.value for kop in scherm.header]


def test_where_something_is_judged_the_verdicts_stand_open_and_only_the_pijlers_fold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dicht = text(run("landelijk_beeld"))
    assert "<summary>Wat er per actielijn en pijler wel bekend is</summary>" in dicht
    monkeypatch.setattr(koers, "is_judged", lambda _: True)
    open_ = text(run("landelijk_beeld"))
    assert "Wat er per actielijn en pijler wel bekend is" not in open_
    assert "<summary>Per pijler is de koers nog niet te zeggen</summary>" in open_
    assert open_.index('class="rm-koersen"') < open_.index("rm-voorop")


def test_the_key_figures_of_in_between_are_a_document_too() -> None:
    scherm = run("landelijk_beeld")
    scherm.checkbox(key="document_kort").check().run()
    labels = [k.label for k in scherm.get("download_button") if k.label.startswith("Document")]
    assert labels == ["Document als PDF", "Document als DOCX"]


def test_hospitals_have_no_change_because_of_the_break() -> None:
    scherm = run("landelijk_beeld")
    scherm.session_state["tabel_dekkingsgraad_per_branche"] = True
    tekst = text(scherm.run())
    rij = re.search(r'<th scope="row">Ziekenhuizen</th>.*?</tr>', tekst)
    assert rij
    assert "procentpunt" not in rij[0]
    assert "rendbreuk" in rij[0]


def test_map_names_voorbeelddata_and_hides_them_on_request() -> None:
    kaart = run("kaart")
    assert kaart.header[0].value == "Dekkingsgraad in 28 arbeidsmarktregio's (voorbeelddata)"
    echt = run("kaart", voorbeeld="0")
    assert "voorbeelddata" not in text(echt).lower()
    assert "dekkingsgraad" not in echt.selectbox(key="kies_indicator").options


def test_real_vacancies_per_province() -> None:
    tekst = text(run("kaart", indicator="openstaande_vacatures", periode="2022KW03"))
    assert "12 provincies" in tekst
    assert "16.600" in tekst


def test_the_map_of_real_figures_opens_on_one_that_is_full() -> None:
    """Of what is known for every province the newest; what half of the regions have leaves a map half empty."""
    assert run("kaart", voorbeeld="0").selectbox(key="kies_indicator").value == "openstaande_vacatures"


def test_the_map_opens_on_the_core_series_of_what_is_chosen() -> None:
    scherm = run("kaart", indicator="bbl_duaal", niveau="arbeidsmarktregio", voorbeeld="0")
    assert "Nederland 15,5%" in scherm.header[0].value
    scherm.session_state["kaart_meer"] = True
    scherm.run()
    andere = "maat=eerstejaars;opleiding=verpleegkundige_hbo"
    scherm.selectbox(key="kies_uitsplitsing").select(andere).run()
    reeks = "eerstejaars (telling van DUO), waar de opleiding staat, verpleegkundige (hbo)"
    assert f"Nederland ({reeks}) 9,4%" in scherm.header[0].value


def test_a_link_shows_what_its_sender_saw() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", niveau="wgo", periode="2019", regio="WGO06")
    assert scherm.selectbox(key="kies_periode").value == "2019"
    assert "Sigra" in [e.value for e in scherm.subheader]


def test_choosing_a_region_puts_it_in_the_url() -> None:
    scherm = run("kaart")
    scherm.selectbox(key="kies_regio").select("RA0512").run()
    assert scherm.query_params["regio"] == "RA0512"
    assert scherm.query_params["indicator"] == "dekkingsgraad"
    assert "Utrecht en omgeving" in [e.value for e in scherm.subheader]


def test_another_indicator_keeps_what_still_fits() -> None:
    scherm = run("kaart", indicator="dekkingsgraad", regio="RA0512", periode="2019")
    scherm.selectbox(key="kies_indicator").select("tekort_verwacht").run()
    assert not scherm.exception
    assert scherm.query_params["regio"] == "RA0512"


@pytest.mark.parametrize("naam", ["kaart", "verantwoording", "landelijk_beeld"])
def test_a_hostile_link_falls_back_and_is_not_echoed(naam: str) -> None:
    kwaad = "<script>alert(1)</script>"
    sleutels = ("indicator", "niveau", "periode", "branche", "regio", "uitsplitsing", "onderdeel", "voorbeeld", "x")
    scherm = run(naam, **dict.fromkeys(sleutels, kwaad))
    assert "alert(1)" not in text(scherm)
    assert "iets dat hier niet bestaat" in text(scherm)


def test_deep_link_opens_the_indicator_with_its_pages() -> None:
    tekst = text(run("indicator", indicator="dekkingsgraad"))
    assert "Tabel 1.1" in tekst
    assert "Nulmeting SRS 2021 (SEOR, 2022)" in tekst
    assert "nee: er is een beter cijfer" in tekst


@pytest.mark.parametrize(
    ("indicator", "bestanden"),
    [
        ("openstaande_vacatures", {"cijfers.csv", "vacatures.csv"}),
        ("dekkingsgraad", {"cijfers.csv", "dekking.csv"}),
        ("amo_spp", {"cijfers.csv", "antwoorden.csv", "uitgenodigd.csv"}),
        ("rol_soort", {"cijfers.csv", "open_antwoorden.csv", "uitgenodigd.csv"}),
    ],
)
def test_an_indicator_names_only_the_tables_its_figures_come_from(indicator: str, bestanden: set[str]) -> None:
    leveringen = bewijs.leveringen_van(data.kenmerk(), indicator)
    assert {rij[leveringen.kolommen.index("bestand")] for rij in leveringen.rijen} == bestanden


def test_without_a_publication_the_reader_learns_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    scherm = new_screen(HOOFD).run()
    assert not scherm.exception
    assert scherm.title[0].value == "Er is nog geen publicatie"
    assert "make start" in text(scherm)


def test_voorbeeldmodus_has_a_banner_on_every_page_with_the_way_out() -> None:
    scherm = new_screen(HOOFD)
    scherm.query_params["voorbeeld"] = "1"
    assert "Voorbeeldmodus." in text(scherm.run())
    scherm.button(key="voorbeeld_uit").click().run()
    assert "Voorbeeldmodus." not in text(scherm)
    assert scherm.query_params["voorbeeld"] == "0"


def test_a_link_of_before_still_means_real_figures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHAKELAAR, "1")
    scherm = run("kaart", alleen_echt="ja")
    assert scherm.query_params["voorbeeld"] == "0"
    assert "dekkingsgraad" not in scherm.selectbox(key="kies_indicator").options


def test_only_what_start_says_of_the_shipped_deliveries_begins_with_examples(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not voorbeeld.is_usual(data.kenmerk())
    monkeypatch.setenv(SCHAKELAAR, "1")
    assert voorbeeld.is_usual(data.kenmerk())
    shutil.copyfile(warehouse / data.BESTAND, tmp_path / data.BESTAND)
    with duckdb.connect(str(tmp_path / data.BESTAND)) as con:
        con.execute("update levering set sha256 = 'een eigen bestand' where levering_id like 'pfzw_dekking/%'")
    assert not voorbeeld.is_usual(data.kenmerk(tmp_path / data.BESTAND))


def test_after_a_first_start_the_command_folds_out_for_who_sits_here_and_nobody_else_reads_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SCHAKELAAR, "1")
    begin = text(run("landelijk_beeld"))
    assert "<summary>Echte cijfers zijn één opdracht ver</summary>" in begin
    assert begin.index("opdracht ver") < begin.index("fetch alles") < begin.index("rm-zinnen")
    (met_login := tmp_path / "toegang.toml").write_text(
        login_settings() + "[toegang]\nopenbaar = true\n", encoding="utf-8"
    )
    met_login.chmod(0o600)
    for wie in (lezer.OPEN, str(met_login)):
        monkeypatch.setenv(lezer.SCHAKELAAR, wie)
        for gezien in (text(run("landelijk_beeld")), text(run("indicator", indicator="imago", voorbeeld="0"))):
            assert "regiomonitor fetch" not in gezien
            assert "opdracht ver" not in gezien


def test_the_whole_app_runs() -> None:
    scherm = new_screen(HOOFD).run()
    assert not scherm.exception
    assert scherm.title[0].value == "Landelijk beeld"
    assert "Regiomonitor, publicatie" in text(scherm)
