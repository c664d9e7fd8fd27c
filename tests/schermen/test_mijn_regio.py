"""The page Mijn regio in its states: a WGO, a region, one that no longer exists, plans, changes and gaps."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

import duckdb
import pytest
from scherm import open_screen
from streamlit.testing.v1 import AppTest

from app.beeld import charts
from app.lezen import data, regiogegevens, vorige
from app.lezen.data import Indicator, Regio, Waarneming
from app.oordeel import regiokern

SCHERM = """
from app.lezen import data; from app.raam import onderdelen, selectie
from app.schermen.regio import pagina as mijn_regio
selectie.start_run()
mijn_regio.show(data.kenmerk())
for tekst in selectie.messages():
    onderdelen.notice(tekst)
"""
VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback|\bbeste\b|\bslechtste\b")
RIJ = Waarneming(
    indicator_id="dekkingsgraad", categorie="", uitsplitsing="", regio_code="RA0101", niveau="arbeidsmarktregio",
    branche_code="TOTAAL", periode="2021", schatting="", herkomst="levering", peildatum=None, waarde=0.7,
    waarde_tot=None, onder=None, boven=None, teller=None, noemer=None, n=None, status="beschikbaar",
    is_voorlopig=False, levering_id="l", precisie="", populatie="", bron="PFZW", vindplaats="p. 1",
    periode_naam="2021", periode_soort="jaar", begin=date(2021, 1, 1), eind=date(2021, 12, 31),
)  # fmt: skip
KAART = Indicator(
    indicator_id="dekkingsgraad", volgorde=1, titel="Dekkingsgraad", vraag="", definitie="", formule="",
    eenheid="aandeel", richting="hoger", actielijn="", pijler="", schakel="", bron="", optelbaar=False,
    vertrouwelijk="", te_bevestigen=False, plekken={"regio": 10},
)  # fmt: skip
GRONINGEN = Regio("RA0101", "arbeidsmarktregio", "Groningen", "", None, None, "hoog", None, None)


@pytest.fixture
def pub(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped publication that a test may add to."""
    pad = tmp_path / data.BESTAND
    shutil.copyfile(warehouse / data.BESTAND, pad)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    return pad


def alter(pad: Path, *opdrachten: str) -> None:
    with duckdb.connect(str(pad)) as con:
        for opdracht in opdrachten:
            con.execute(opdracht)


run = partial(open_screen, SCHERM)


def plain(scherm: AppTest) -> str:
    """Return what the page says without its tags."""
    delen = [e.value for soort in (scherm.title, scherm.header, scherm.subheader) for e in soort]
    delen += [e.proto.body for e in scherm.get("html")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", "\n".join(delen))))


def drawn(scherm: AppTest) -> list:
    return list(scherm.get("arrow_vega_lite_chart")) + list(scherm.get("vega_lite_chart"))


def cards(scherm: AppTest) -> list[str]:
    """Return what each card says."""
    beeld = next(e.proto.body for e in scherm.get("html") if "rm-regiokern" in e.proto.body)
    return [re.sub(r"<[^>]+>", " ", deel) for deel in beeld.split('class="rm-kaartje"')[1:]]


def test_a_series_of_one_figure_is_that_figure_and_no_chart_without_a_course(pub: Path) -> None:
    scherm = run(regio="RA0205", indicator="stagetekort")
    assert not drawn(scherm)
    assert drawn(run(regio="RA0205", indicator="aantal_werknemers"))
    assert re.search(r"\d+ personen Twente, 2022", plain(scherm))


@pytest.mark.parametrize("echt", ["nee", "ja"])
@pytest.mark.parametrize("regio", ["WGO01", "WGO04", "WGO07", "RA0512"])
def test_every_kind_of_area_has_six_cards_and_speaks_plainly(pub: Path, regio: str, echt: str) -> None:
    scherm = run(regio=regio, alleen_echt=echt)
    assert len(cards(scherm)) == 6
    assert not VERBODEN.search(plain(scherm)), VERBODEN.search(plain(scherm))
    if echt == "ja":
        assert "VOORBEELD" not in plain(scherm)


def test_a_wgo_sees_itself_beside_nederland_in_the_title(pub: Path) -> None:
    scherm = run(regio="WGO01")
    assert re.match(r"ZorgpleinNoord: dekkingsgraad \d\d%, Nederland 68%", scherm.header[0].value)
    assert scherm.header[0].value.endswith("(voorbeelddata)")
    assert "Regio's nu: Groningen, Drenthe en Friesland." in plain(scherm)


def test_a_survey_region_that_is_too_small_gets_the_reason(pub: Path) -> None:
    assert "Flever: 4 organisaties deden mee; te weinig voor een uitkomst (minstens 10)." in plain(run(regio="WGO04"))


def test_only_a_test_says_what_differs_from_the_rest(pub: Path) -> None:
    alter(pub, "update verschil set oordeel = 'geen_verschil' where regio_code = 'WGO13'")
    tekst = plain(run(regio="WGO13"))
    assert re.search(r"Geen van de \d+ getoetste uitkomsten is aantoonbaar anders dan bij de rest", tekst)
    assert not re.search(r"(?i)(hoger|lager) dan", tekst)
    alter(pub, "update verschil set oordeel = 'hoger', verschil = 0.25, onder = 0.12, boven = 0.38 "
          "where regio_code = 'WGO13' and indicator_id = 'amo_bekendheid' and categorie = 'bekend'")  # fmt: skip
    tekst = plain(run(regio="WGO13"))
    zin = "Hoger dan bij de rest van Nederland: +25 procentpunt (95%-interval 12 tot 38). VOORBEELD"
    assert re.search(r"Aantoonbaar anders .*, 1 van de \d+ getoetste uitkomsten:", tekst)
    assert zin in tekst


def test_a_region_is_sent_to_its_wgo_for_the_survey(pub: Path) -> None:
    assert "De enquête is gehouden per werkgeversorganisatie" in plain(run(regio="RA0512"))


def test_a_wgo_that_no_longer_exists_says_until_when(pub: Path) -> None:
    scherm = run(regio="WGO07")
    tekst = plain(scherm)
    assert "Bestond tot en met 30 juni 2022." in tekst
    assert "bestaat niet meer en wordt daarom niet met andere vergeleken" in tekst
    assert "(tot en met 30 juni 2022)" in " ".join(scherm.selectbox(key="kies_regio").options)


def test_the_break_of_a_wgo_that_grew_is_told(pub: Path) -> None:
    alter(
        pub,
        "insert into trendbreuk values ('dekkingsgraad', 'WGO01', null, date '2021-01-01', 'Proefbreuk.', null, true)",
    )
    scherm = run(regio="WGO01", indicator="dekkingsgraad")
    assert "Proefbreuk." in plain(scherm)
    assert "Dekkingsgraad in ZorgpleinNoord: 73% in 2021 (voorbeelddata)" in [e.value for e in scherm.subheader]


def test_regions_like_this_one_are_named_with_the_reason(pub: Path) -> None:
    alter(
        pub,
        "delete from gelijkende_regio",
        "delete from regiokenmerk",
        "insert into regiokenmerk values ('RA0101', 'arbeidsmarktregio', '2021', '', 50000, 1, 0.41, 'levering'), "
        "('RA0205', 'arbeidsmarktregio', '2021', '', 52000, 1, 0.5, 'levering')",
        "insert into gelijkende_regio values ('RA0101', 'RA0205', 1, 0.1, 0.93, 'levering')",
    )
    scherm = run(regio="RA0101")
    assert "Het meest lijken op Groningen: Twente" in plain(scherm)
    assert "regio's zoals deze" in scherm.header[0].value
    scherm.session_state["tabel_gelijkende"] = True
    scherm.session_state["tabel_kerncijfers"] = True
    scherm.run()
    assert re.search(r"Twente 52\.000 50% 93%", plain(scherm))
    # A table that is open stays open for another region.
    scherm.query_params["regio"] = "RA0205"
    assert "Cijfer Periode Twente Nederland" in plain(scherm.run())


def test_without_employees_the_reader_learns_why_nobody_is_alike(pub: Path) -> None:
    alter(pub, "delete from gelijkende_regio")
    assert "CBS kan het leveren (tabel werknemers)" in plain(run(regio="RA0101"))


def test_no_plans_says_how_to_deliver_them_and_plans_stand_beside_the_figure(pub: Path) -> None:
    assert "levert ze uit haar actieplan (RAAT)" in plain(run(regio="WGO01"))
    alter(
        pub,
        "insert into doel values ('dekkingsgraad', 'RA0101', 2021, 0.7, 2025, 0.8, 'Proefplan')",
        "insert into actie values ('a1', 'RA0102', 'werken', 'anders', '<b>Proefactie</b>', 'verzuim', 10, "
        "'Proeftrekker', date '2024-01-01', date '2025-01-01', 'loopt')",
    )
    tekst = plain(run(regio="WGO01"))
    assert "70% in 2021" in tekst
    assert "80% in 2025" in tekst
    assert "<b>Proefactie</b>" in tekst  # as text, not as markup
    assert "1 januari 2024 tot 1 januari 2025" in tekst


def test_what_is_missing_names_who_can_deliver_it(pub: Path) -> None:
    alter(
        pub,
        "delete from beschikbaarheid",
        "insert into beschikbaarheid values ('verzuim', 'wgo', 'niets', null, 'Vernet', ''), "
        "('dekkingsgraad', 'wgo', 'synthetisch', '2021', 'PFZW', ''), "
        "('werkdruk', 'wgo', 'levering', '2021', 'CBS', '')",
    )
    scherm = run(regio="WGO01")
    assert "1 cijfer is er niet voor dit soort gebied; voor 1 cijfer staat er voorbeelddata" in plain(scherm)
    scherm.session_state["tabel_ontbrekend"] = True
    scherm.run()
    assert "Ziekteverzuim geen cijfer Vernet" in plain(scherm)


def test_a_hostile_link_falls_back_and_is_not_echoed(pub: Path) -> None:
    kwaad = "<script>alert(1)</script>"
    tekst = plain(run(regio=kwaad, indicator=kwaad))
    assert "alert(1)" not in tekst
    assert "De link noemt voor de regio iets dat hier niet bestaat" in tekst


def test_changes_since_the_publication_before_never_bring_back_what_is_hidden_now(pub: Path) -> None:
    nu = data.publicatie(data.kenmerk()).publicatie_id
    oud = pub.parent / "publicaties" / "20200101T000000Z-aaaaaaaa.duckdb"
    oud.parent.mkdir()
    shutil.copyfile(pub, oud)
    shutil.copyfile(pub, oud.with_name(f"{nu}.duckdb"))
    hier = "indicator_id = 'dekkingsgraad' and regio_code = 'RA0101' and branche_code = 'TOTAAL'"
    # Was 0,61 and 0,985; the first is another figure now, the second is hidden.
    alter(oud, f"update waarneming set waarde = 0.61 where {hier} and periode = '2019'",
          f"update waarneming set waarde = 0.985 where {hier} and periode = '2021'")  # fmt: skip
    alter(pub, f"update waarneming set waarde = 0.66 where {hier} and periode = '2019'",
          f"update waarneming set waarde = null, status = 'onderdrukt' where {hier} and periode = '2021'")  # fmt: skip
    scherm = run(regio="RA0101")
    kop = "Cijfers tegenover de publicatie van 1 januari 2020 (20200101T000000Z-aaaaaaaa)"
    assert f"{kop}: 1 andere waarde, 1 andere status." in plain(scherm)
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


def test_a_damaged_earlier_publication_is_no_error(pub: Path) -> None:
    map_ = pub.parent / "publicaties"
    map_.mkdir()
    (map_ / "20200101T000000Z-aaaaaaaa.duckdb").write_bytes(b"kapot")
    assert "Er is geen eerdere publicatie om mee te vergelijken." in plain(run(regio="RA0101"))


def _regions(*waarden: float) -> tuple[Waarneming, ...]:
    """Return one figure for RA0101, RA0102, … and one for Nederland."""
    rijen = [replace(RIJ, regio_code=f"RA{i:04d}", waarde=w) for i, w in enumerate(waarden, start=101)]
    return (*rijen, replace(RIJ, regio_code="NL01", niveau="land", waarde=0.68))


def _kern(rijen: tuple[Waarneming, ...], gelijkende: set[str]) -> regiokern.Regiokern:
    return regiokern.collect({"dekkingsgraad": KAART}, lambda _: rijen, GRONINGEN, gelijkende)[0]


def test_regions_like_this_one_are_a_range_and_never_a_mean() -> None:
    kern = _kern(_regions(0.7, 0.6, 0.9, 0.1), {"RA0102", "RA0103"})
    assert regiokern.range_text(kern) == "60% tot 90%"
    titel = regiokern.title(GRONINGEN, [kern])
    assert titel == "Groningen: dekkingsgraad 70%, Nederland 68%, regio's zoals deze 60% tot 90%"


def test_an_uncertain_figure_does_not_stretch_the_range() -> None:
    rijen = _regions(0.7, 0.6, 0.65)
    kern = _kern((*rijen, replace(RIJ, regio_code="RA0104", waarde=0.99, status="indicatief")), {"RA0102", "RA0104"})
    assert regiokern.range_text(kern) == "60%"


def test_another_period_or_way_of_counting_does_not_stand_beside_it() -> None:
    anders = replace(RIJ, regio_code="RA0102", waarde=0.2, uitsplitsing="telling=pfzw")
    eerder = replace(RIJ, regio_code="RA0103", waarde=0.3, periode="2019", eind=date(2019, 12, 31))
    kern = _kern((*_regions(0.7), anders, eerder), {"RA0102", "RA0103"})
    assert kern.gelijk == ()


def test_members_of_a_wgo_follow_the_day(pub: Path) -> None:
    merk = data.kenmerk()
    assert "RA0717" not in regiogegevens.members(merk, "WGO06", date(2021, 12, 31))
    assert "RA0717" in regiogegevens.members(merk, "WGO06", date(2022, 12, 31))
    assert regiogegevens.members(merk, "RA0717", date(2021, 12, 31)) == ("RA0717",)


@pytest.mark.parametrize(
    ("hoogste", "eind"), [(0.9, 1.0), (0.51, 1.0), (0.5, 0.52), (0.08, 0.08), (0.081, 0.12), (0, 0.04)]
)
def test_an_axis_of_shares_ends_on_a_whole_step(hoogste: float, eind: float) -> None:
    assert charts.top_of_axis([0.0, hoogste]) == pytest.approx(eind)
