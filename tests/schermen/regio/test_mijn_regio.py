"""The page Mijn regio in its states: a WGO, a region, one that no longer exists, plans, changes and gaps."""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pytest
from publicatiebed import Toon
from scherm import plain
from scherm import run as open_page
from streamlit.testing.v1 import AppTest

from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.verschil import vorige

VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback|\bbeste\b|\bslechtste\b")


@pytest.fixture
def eigen(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped publication that a test may add to."""
    pad = tmp_path / data.BESTAND
    shutil.copyfile(warehouse / data.BESTAND, pad)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    return pad


def alter(pad: Path, *opdrachten: str) -> None:
    with duckdb.connect(str(pad)) as con:
        for opdracht in opdrachten:
            con.execute(opdracht)


run = partial(open_page, "regio")
# The figures of the regions as if PFZW had delivered them.
DEKKING_ECHT = "update waarneming set herkomst = 'levering' where indicator_id = 'dekkingsgraad' and niveau <> 'land'"
# The answers of organisations as if they had been given, and a test of each that finds nothing.
ENQUETE_ECHT = (
    "update waarneming set herkomst = 'levering' where levering_id like 'srs_enquete/%' and herkomst = 'synthetisch'",
    "insert into verschil select distinct indicator_id, categorie, 'regio_rest', regio_code, periode, null, 0, 0.1, "
    "-0.2, 0.2, 1, 1, 'geen_verschil', herkomst from waarneming where niveau = 'wgo' and schatting = 'gewogen'",
)


def drawn(scherm: AppTest) -> list:
    return list(scherm.get("arrow_vega_lite_chart")) + list(scherm.get("vega_lite_chart"))


def cards(scherm: AppTest) -> list[str]:
    """Return what each card says."""
    beeld = next(e.proto.body for e in scherm.get("html") if "rm-regiokern" in e.proto.body)
    return [re.sub(r"<[^>]+>", " ", deel) for deel in beeld.split('class="rm-tekenvak')[1:]]


def test_a_series_of_one_figure_is_that_figure_and_no_chart_without_a_course(toon: Toon) -> None:
    scherm = run(regio="RA0205", indicator="stagetekort")
    assert not drawn(scherm)
    assert drawn(run(regio="RA0205", indicator="aantal_werknemers"))
    assert re.search(r"\d+ personen Twente, 2022", plain(scherm))


@pytest.mark.parametrize("voorbeeld", ["1", "0"])
@pytest.mark.parametrize("regio", ["WGO01", "WGO04", "WGO07", "RA0512"])
def test_every_kind_of_area_has_six_cards_and_speaks_plainly(toon: Toon, regio: str, voorbeeld: str) -> None:
    scherm = run(regio=regio, voorbeeld=voorbeeld)
    assert len(cards(scherm)) == 6
    assert not VERBODEN.search(plain(scherm)), VERBODEN.search(plain(scherm))
    if voorbeeld == "0":
        assert "VOORBEELD" not in plain(scherm)


def test_a_wgo_sees_itself_beside_nederland_in_the_title(toon: Toon) -> None:
    toon(DEKKING_ECHT)
    scherm = run(regio="WGO01")
    assert re.fullmatch(r"ZorgpleinNoord: dekkingsgraad \d\d% op 30 juni 2022, Nederland 68%", scherm.header[0].value)
    assert "Regio's nu: Groningen, Drenthe en Friesland." in plain(scherm)


def test_without_anything_real_the_page_says_what_is_missing_who_has_it_and_where_to_see_examples(toon: Toon) -> None:
    toon("delete from waarneming where regio_code = 'RA0101' and herkomst <> 'synthetisch'")
    scherm = run(regio="RA0101", voorbeeld="0")
    assert scherm.header[0].value == "Groningen: nog geen echte cijfers"
    leeg = next(e.proto.body for e in scherm.get("html") if "Bekijk met voorbeelddata" in e.proto.body)
    assert re.search(r"Over .*dekkingsgraad", leeg)
    assert "Te leveren door: PFZW" in leeg
    assert 'href="?' in leeg
    assert "voorbeeld=1" in leeg
    assert "regio=RA0101" in leeg
    assert "Bekijk met voorbeelddata" not in plain(run(regio="RA0101", voorbeeld="1"))


def test_who_comes_from_another_figure_sees_examples_of_what_is_lacking(toon: Toon) -> None:
    toon("delete from waarneming where regio_code = 'RA0101' and herkomst <> 'synthetisch'")
    scherm = run(regio="RA0101", voorbeeld="0", indicator="tekort_verwacht")
    leeg = next(e.proto.body for e in scherm.get("html") if "Bekijk met voorbeelddata" in e.proto.body)
    assert "indicator=bbl_duaal" in leeg


def test_what_is_real_of_a_region_comes_first_and_is_the_title(toon: Toon) -> None:
    scherm = run(regio="WGO01", voorbeeld="1")
    assert re.match(r"ZorgpleinNoord: .*\d", scherm.header[0].value)
    verzonnen = ["VOORBEELD" in kaart for kaart in cards(scherm)]
    assert verzonnen == sorted(verzonnen)
    assert not verzonnen[0]


def test_a_survey_region_that_is_too_small_gets_the_reason(toon: Toon) -> None:
    assert "Flever: 4 organisaties deden mee; te weinig voor een uitkomst (minstens 10)." in plain(run(regio="WGO04"))


def test_only_a_test_says_what_differs_from_the_rest(toon: Toon) -> None:
    assert "aantoonbaar" not in plain(run(regio="WGO13"))
    toon(*ENQUETE_ECHT)
    tekst = plain(run(regio="WGO13"))
    assert re.search(r"Geen van de \d+ getoetste uitkomsten is aantoonbaar anders dan bij de rest", tekst)
    assert not re.search(r"(?i)(hoger|lager) dan", tekst)
    toon(*ENQUETE_ECHT, "update verschil set oordeel = 'hoger', verschil = 0.25, onder = 0.12, boven = 0.38 "
          "where regio_code = 'WGO13' and indicator_id = 'amo_bekendheid' and categorie = 'bekend'")  # fmt: skip
    tekst = plain(run(regio="WGO13"))
    zin = "Hoger dan bij de rest van Nederland: +25 procentpunt (95%-interval 12 tot 38)."
    assert re.search(r"Aantoonbaar anders .*, 1 van de \d+ getoetste uitkomsten:", tekst)
    assert zin in tekst


def test_a_region_is_sent_to_its_wgo_for_the_survey(toon: Toon) -> None:
    assert "De enquête is gehouden per werkgeversorganisatie" in plain(run(regio="RA0512"))


def test_a_wgo_that_no_longer_exists_says_until_when(toon: Toon) -> None:
    scherm = run(regio="WGO07")
    tekst = plain(scherm)
    assert "Bestond tot en met 30 juni 2022." in tekst
    assert "bestaat niet meer en wordt daarom niet met andere vergeleken" in tekst
    assert "(tot en met 30 juni 2022)" in " ".join(scherm.selectbox(key="kies_regio").options)


def test_the_break_of_a_wgo_that_grew_is_told(toon: Toon) -> None:
    toon(
        "insert into trendbreuk values ('dekkingsgraad', 'WGO01', null, date '2021-01-01', 'Proefbreuk.', null, true)",
    )
    scherm = run(regio="WGO01", indicator="dekkingsgraad")
    assert "Proefbreuk." in plain(scherm)
    assert "Dekkingsgraad in ZorgpleinNoord (voorbeelddata)" in [e.value for e in scherm.subheader]


def test_regions_like_this_one_are_named_with_the_reason(toon: Toon) -> None:
    toon(
        DEKKING_ECHT,
        "delete from gelijkende_regio",
        "delete from regiokenmerk",
        "insert into regiokenmerk values ('RA0101', 'arbeidsmarktregio', '2021', '', 50000, 1, 0.41, 'levering'), "
        "('RA0205', 'arbeidsmarktregio', '2021', '', 52000, 1, 0.5, 'levering')",
        "insert into gelijkende_regio values ('RA0101', 'RA0205', 1, 0.1, 0.93, 'levering'), "
        "('RA0205', 'RA0101', 1, 0.1, 0.93, 'levering')",
    )
    scherm = run(regio="RA0101")
    assert "Het meest lijken op Groningen: Twente" in plain(scherm)
    assert "regio's zoals deze" in scherm.header[0].value
    scherm.session_state["tabel_gelijkende"] = True
    scherm.run()
    assert re.search(r"Twente 52\.000 50% 93%", plain(scherm))
    # A table that is open stays open for another region.
    scherm.query_params["regio"] = "RA0205"
    assert re.search(r"Groningen 50\.000 41% 93%", plain(scherm.run()))


def test_without_employees_the_reader_learns_why_nobody_is_alike(toon: Toon) -> None:
    toon("delete from gelijkende_regio")
    assert "CBS kan het leveren (tabel werknemers)" in plain(run(regio="RA0101"))


def test_no_plans_says_how_to_deliver_them_and_plans_stand_beside_the_figure(toon: Toon) -> None:
    assert "levert ze uit haar actieplan (RAAT)" in plain(run(regio="WGO01"))
    toon(
        "insert into doel values ('dekkingsgraad', 'RA0101', 2021, 0.7, 2025, 0.8, 'Proefplan')",
        "insert into actie values ('a1', 'RA0102', 'werken', 'anders', '<b>Proefactie</b>', 'verzuim', 10, "
        "'Proeftrekker', date '2024-01-01', date '2025-01-01', 'loopt')",
    )
    tekst = plain(run(regio="WGO01"))
    assert "70% in 2021" in tekst
    assert "80% in 2025" in tekst
    assert "<b>Proefactie</b>" in tekst  # as text, not as markup
    assert "1 januari 2024 tot 1 januari 2025" in tekst


def test_what_is_missing_names_who_can_deliver_it(toon: Toon) -> None:
    toon(
        "delete from beschikbaarheid",
        "insert into beschikbaarheid values ('verzuim', 'wgo', 'niets', null, 'Vernet', '', null, null), "
        "('dekkingsgraad', 'wgo', 'synthetisch', '2021', 'PFZW', '', null, null), "
        "('werkdruk', 'wgo', 'levering', '2021', 'CBS', '', null, null)",
    )
    scherm = run(regio="WGO01")
    assert "1 cijfer is er niet voor dit soort gebied; voor 1 cijfer staan er voorbeelden" in plain(scherm)
    scherm.session_state["tabel_ontbrekend"] = True
    scherm.run()
    assert "Ziekteverzuim geen cijfer Vernet" in plain(scherm)


def test_a_hostile_link_falls_back_and_is_not_echoed(toon: Toon) -> None:
    kwaad = "<script>alert(1)</script>"
    tekst = plain(run(regio=kwaad, indicator=kwaad))
    assert "alert(1)" not in tekst
    assert "De link noemt voor de regio iets dat hier niet bestaat" in tekst


def test_changes_since_the_publication_before_never_bring_back_what_is_hidden_now(eigen: Path) -> None:
    nu = data.publicatie(data.kenmerk()).publicatie_id
    oud = eigen.parent / "publicaties" / "20200101T000000Z-aaaaaaaa.duckdb"
    oud.parent.mkdir()
    shutil.copyfile(eigen, oud)
    shutil.copyfile(eigen, oud.with_name(f"{nu}.duckdb"))
    hier = "indicator_id = 'dekkingsgraad' and regio_code = 'RA0101' and branche_code = 'TOTAAL'"
    # Was 0,61 and 0,985; the first is another figure now, the second is hidden.
    alter(oud, f"update waarneming set waarde = 0.61 where {hier} and periode = '2019'",
          f"update waarneming set waarde = 0.985 where {hier} and periode = '2021'")  # fmt: skip
    alter(eigen, f"update waarneming set waarde = 0.66 where {hier} and periode = '2019'",
          f"update waarneming set waarde = null, status = 'onderdrukt' where {hier} and periode = '2021'")  # fmt: skip
    scherm = run(regio="RA0101")
    kop = "Cijfers tegenover de publicatie van 1 januari 2020 (20200101T000000Z-aaaaaaaa)"
    assert f"{kop}: 1 andere waarde." in plain(scherm)
    scherm.session_state["tabel_wijzigingen"] = True
    scherm.run()
    assert "61% 66%" in plain(scherm)
    assert "98,5%" not in plain(scherm)
    assert "99%" not in plain(scherm)


def test_the_publication_before_is_the_newest_of_other_input(tmp_path: Path) -> None:
    for naam in ("20240101T000000Z-aaaaaaaa", "20240301T000000Z-bbbbbbbb", "20240601T000000Z-cccccccc",
                 "20240701T000000Z-dddddddd", "20240801T000000Z-eeeeeeee"):  # fmt: skip
        (tmp_path / f"{naam}.duckdb").touch()
    gevonden = vorige.previous(tmp_path, "20240701T000000Z-cccccccc")
    assert gevonden is not None
    # Of June is the same input built again, and of August is later.
    assert gevonden.stem == "20240301T000000Z-bbbbbbbb"
    assert vorige.previous(tmp_path, "20240101T000000Z-aaaaaaaa") is None


def test_a_damaged_earlier_publication_is_no_error(eigen: Path) -> None:
    map_ = eigen.parent / "publicaties"
    map_.mkdir()
    (map_ / "20200101T000000Z-aaaaaaaa.duckdb").write_bytes(b"kapot")
    assert "Er is geen eerdere publicatie om mee te vergelijken." in plain(run(regio="RA0101"))


def test_members_of_a_wgo_follow_the_day(toon: Toon) -> None:
    merk = data.kenmerk()
    assert "RA0717" not in regiogegevens.members(merk, "WGO06", date(2021, 12, 31))
    assert "RA0717" in regiogegevens.members(merk, "WGO06", date(2022, 12, 31))
    assert regiogegevens.members(merk, "RA0717", date(2021, 12, 31)) == ("RA0717",)


def test_a_response_is_no_title_and_better_when_higher_nowhere(toon: Toon) -> None:
    scherm = run(regio="WGO06", voorbeeld="0")
    assert scherm.header[0].value.startswith("Sigra: ")
    assert "respons" not in scherm.header[0].value
    assert not any("oger is beter" in kaart for kaart in cards(scherm) if "Respons" in kaart or "Aantal" in kaart)


def test_what_is_known_stands_in_one_table_with_then_now_change_and_aim(toon: Toon) -> None:
    toon("insert into doel values ('instroom_opleidingen', 'RA0101', 2019, 1300, 2027, 1500, 'Proefplan')")
    tekst = plain(run(regio="RA0101", voorbeeld="0"))
    # DUO counted 1,297 first-years in 2018/19 and 1,304 in 2019/20.
    assert "Cijfer Verloop Toen Groningen Periode Verandering Nederland Ambitie" in tekst
    toen_en_nu = r"1\.297 \(schooljaar 2018/19\) 1\.304 schooljaar 2019/20, verouderd: [a-z]* ?\d+ jaar \+7 "
    assert re.search(toen_en_nu, tekst)
    assert "1.500 in 2027" in tekst


def test_made_up_figures_in_the_table_have_no_line_and_no_change(toon: Toon) -> None:
    tekst = plain(run(regio="WGO01", voorbeeld="1"))
    assert re.search(r"Dekkingsgraad \d+% 2021 \(peildatum 30 juni 2022\)", tekst)


def branch_table(**keuze: str) -> tuple[list[str], str]:
    """Return the heads of the table per branche of a WGO, and what the page says."""
    scherm = run(regio="WGO01", indicator="dekkingsgraad", **keuze)
    scherm.session_state["tabel_branches"] = True
    scherm.run()
    tabel = next(
        e.proto.body for e in scherm.get("html") if "per branche in ZorgpleinNoord, 2019 en 2021" in e.proto.body
    )
    return re.findall(r"<th[^>]*>(?:<[^>]+>)*([^<]+)", tabel.split("<tbody")[0]), plain(scherm)


def test_per_branche_a_wgo_stands_then_and_now_beside_nederland_then_and_now(toon: Toon) -> None:
    toon(DEKKING_ECHT)
    koppen, tekst = branch_table()
    assert koppen == [
        "Branche", "ZorgpleinNoord, 2019", "ZorgpleinNoord, 2021", "Nederland, 2019", "Nederland, 2021", "Opmerking",
    ]  # fmt: skip
    assert "vergelijk ze niet" not in tekst


def test_made_up_figures_per_branche_say_where_nederland_is(toon: Toon) -> None:
    koppen, tekst = branch_table(voorbeeld="1")
    assert koppen == ["Branche", "ZorgpleinNoord, 2019", "ZorgpleinNoord, 2021", "Opmerking"]
    assert "Nederland: echte cijfers. Die van ZorgpleinNoord zijn verzonnen: vergelijk ze niet." in tekst
