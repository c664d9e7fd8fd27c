"""What an area sees of its own figures before release: to whom, what, in the log, and never anything of others."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest
from scherm import SCHERM, new_screen, plain
from streamlit.testing.v1 import AppTest
from voorafbed import VAN_ANDEREN, write_waiting

from app.logboek import deur, nagaan
from app.logboek.regel import Daad
from app.raam.paginas import PAGINAS, VOORAF
from app.rollen.lezer import Lezer
from app.rollen.rechten import read_role
from pipelines.afspraken.warehouse import concept
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.publicatie.plaatsen.wisselen import discard

HOOFD = Path(__file__).parents[2] / "app" / "hoofd.py"
NIETS = "Hier staat nu niets voor u."
PAGINA = SCHERM.format(pagina=VOORAF)
ANDERE_ROLLEN = ("kijker", "commissie", "leverancier:vacatures", "meelezer", "beheer")


@pytest.fixture(scope="module")
def gebouwd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as hier:
        hier.setattr("pipelines.levering.toets.leesproces.is_small", lambda _levering: True)
        return write_waiting(tmp_path_factory.mktemp("vooraf"))


@pytest.fixture
def warehouse(gebouwd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse with a concept that waits, and a log of its own."""
    map_ = Path(shutil.copytree(gebouwd, tmp_path / "wh"))
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))
    monkeypatch.delenv(deur.SCHAKELAAR, raising=False)
    return map_


@pytest.fixture
def bekijk(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a function that opens the page, or another script, as somebody with these roles."""

    def see(*rollen: str, script: str | Path = PAGINA, **vragen: str) -> AppTest:
        lezer = Lezer("jo@voorbeeld.nl", tuple(map(read_role, rollen)))
        monkeypatch.setattr("app.raam.wie.lezer.current", lambda: lezer)
        scherm = new_screen(script)
        scherm.session_state["tabel_vooraf_wijzigingen"] = scherm.session_state["tabel_vooraf_cijfers"] = True
        for naam, waarde in vragen.items():
            scherm.query_params[naam] = waarde
        scherm.run()
        assert not scherm.exception
        return scherm

    return see


def waiting(warehouse: Path) -> str:
    """Return the id of the one concept that waits."""
    (publicatie_id,) = concept.concepts(warehouse)
    return publicatie_id


def stands(getal: str, tekst: str) -> bool:
    """Return whether a figure stands in a text as a word of its own: a concept's id holds the time, to the second."""
    return re.search(rf"(?<![\w.,]){getal}(?![\w]|[.,]\d)", tekst) is not None


def lines(warehouse: Path) -> list[tuple[str, str, str]]:
    regels = [plek.regel for plek in nagaan.read(warehouse / "logboek") if plek.regel][1:]
    return [(regel.daad, regel.rol, regel.waarover) for regel in regels if regel.daad != Daad.PSEUDONIEM_GELOOT]


def test_a_wgo_sees_what_changes_its_checks_and_its_figures_and_nothing_of_others(
    bekijk: Callable[..., AppTest], warehouse: Path
) -> None:
    gezien = plain(bekijk("wgo:WGO01"))
    assert NIETS not in gezien
    assert f"De cijfers van ZorgpleinNoord zoals zij in de volgende publicatie komen ({waiting(warehouse)}" in gezien
    assert "Tegenover de publicatie van nu: 2 keer nieuw, 1 keer andere waarde" in gezien
    assert "Groningen Totaal 2022KW01 andere waarde 200 (geleverd) 230 (geleverd) Levering" in gezien
    assert "5.432" in gezien
    # Four of its rows in the delivery of six; the jump that somebody confirmed is in the fifth line of the file.
    assert re.search(r"UWV 2022KW02 1 februari 2025 4 ja \d+, alle goed Openstaand, rij 5", gezien)
    assert re.search(r"2022KW01 1 januari 2025 2 nee, er is een latere \d+, alle goed", gezien)
    # Hidden for a cell of seven: also what was shown before.
    assert "61%" not in gezien
    assert "64%" not in gezien
    for van_anderen in (*VAN_ANDEREN, "RA0204", "Nederland, ", "WGO05"):
        assert van_anderen not in gezien, van_anderen


def test_each_area_sees_its_own_and_a_region_no_more_than_that_region(bekijk: Callable[..., AppTest]) -> None:
    van_twee = plain(bekijk("wgo:WGO02"))
    assert "9.876" in van_twee
    assert "5.432" not in van_twee
    regio = plain(bekijk("regio:RA0102"))
    assert stands("300", regio)
    assert "5.432" not in regio
    assert not stands("230", regio)


@pytest.mark.parametrize("rol", [*ANDERE_ROLLEN, "wgo:WGO03", "regio:RA0308", "wgo:WGO99"])
def test_who_has_no_figures_reads_the_same_whether_something_waits_or_not(
    bekijk: Callable[..., AppTest], warehouse: Path, rol: str
) -> None:
    terwijl = plain(bekijk(rol))
    assert NIETS in terwijl
    assert waiting(warehouse) not in terwijl
    discard(warehouse, waiting(warehouse))
    assert plain(bekijk(rol)) == terwijl == plain(bekijk("wgo:WGO01"))
    assert lines(warehouse) == []


def test_who_sees_it_is_in_the_log_once_a_visit_and_without_a_log_nothing_is_shown(
    bekijk: Callable[..., AppTest], warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bekijk("wgo:WGO01").run()
    assert lines(warehouse) == [(Daad.EIGEN_CONCEPT_GEZIEN, "wgo:WGO01", f"{waiting(warehouse)} WGO01")]
    monkeypatch.setenv(deur.SCHAKELAAR, str(warehouse / "publicatie.duckdb"))
    gezien = plain(bekijk("wgo:WGO01"))
    assert "Het logboek is niet te schrijven" in gezien
    assert "5.432" not in gezien


def test_what_cannot_be_released_so_or_was_altered_is_not_shown(
    bekijk: Callable[..., AppTest], warehouse: Path, gebouwd: Path
) -> None:
    bestand = concept.own_publication(warehouse, "WGO01")
    assert bestand is not None
    anders = concept.own_publication(warehouse, "WGO02")
    assert anders is not None
    # Another area's file in the place of this one's.
    goed = bestand.read_bytes()
    shutil.copyfile(anders, bestand)
    assert NIETS in plain(bekijk("wgo:WGO01"))
    bestand.write_bytes(goed)
    assert NIETS not in plain(bekijk("wgo:WGO01"))
    # Another publication came: this concept was not attacked beside it.
    archief = warehouse / "publicaties"
    shutil.copyfile(warehouse / "publicatie.duckdb", archief / "20991231T000000Z-ander.duckdb")
    assert NIETS in plain(bekijk("wgo:WGO01"))


def test_what_is_hidden_since_in_what_is_published_is_hidden_here_too(
    bekijk: Callable[..., AppTest], warehouse: Path
) -> None:
    nu = warehouse / "publicatie.duckdb"
    with duckdb.connect(str(nu)) as con:
        con.execute("update waarneming set status = 'onderdrukt', waarde = null, teller = null "
                    "where regio_code = 'RA0101' and periode = '2022KW01'")  # fmt: skip
    record_sum(warehouse / "publicaties", "nu", nu)
    gezien = plain(bekijk("wgo:WGO01"))
    assert not stands("230", gezien)
    assert not stands("200", gezien)
    assert "5.432" in gezien


def test_its_files_say_in_every_row_that_they_are_not_to_be_spread_and_are_made_for_who_still_may(
    bekijk: Callable[..., AppTest], warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aangeboden: dict[str, Callable[[], bytes]] = {}
    knop = lambda *_, data, file_name, **__: aangeboden.update({file_name: data})  # noqa: E731
    monkeypatch.setattr("app.raam.meenemen.downloads.st.download_button", knop)
    bekijk("wgo:WGO01")
    naam = f"cijfers_WGO01_concept-{waiting(warehouse)}"
    assert {pad.partition("_concept-")[0] for pad in aangeboden} == {
        f"{wat}_WGO01{vorm}" for wat in ("cijfers", "wijzigingen", "leveringen") for vorm in ("", "_programma")
    }
    mag = Lezer("jo@voorbeeld.nl", (read_role("wgo:WGO01"),))
    monkeypatch.setattr("app.raam.wie.lezer.who", lambda *_: mag)
    kop, *rijen = csv.reader(io.StringIO(aangeboden[f"{naam}.csv"]().decode("utf-8-sig")), delimiter=";")
    assert {rij[kop.index("vrijgave")] for rij in rijen} == {"concept, niet verspreiden"}
    assert {rij[kop.index("regio_code")] for rij in rijen} == {"RA0101", "RA0102", "WGO01"}
    boek = openpyxl.load_workbook(io.BytesIO(aangeboden[f"{naam}.xlsx"]()))
    omslag = str([cel.value for rij in boek["Voorblad"].iter_rows() for cel in rij])
    assert f"concept, niet verspreiden: eigen cijfers van WGO01 uit {waiting(warehouse)}" in omslag
    for anders in ("kijker", "wgo:WGO02", "meelezer"):
        monkeypatch.setattr("app.raam.wie.lezer.who", lambda *_, rol=anders: Lezer("jo", (read_role(rol),)))
        with pytest.raises(PermissionError):
            aangeboden[f"{naam}.csv"]()
    monkeypatch.setattr("app.raam.wie.lezer.who", lambda *_: mag)
    discard(warehouse, waiting(warehouse))
    with pytest.raises(PermissionError):
        aangeboden[f"{naam}.csv"]()


def test_only_who_has_an_area_is_led_to_it(bekijk: Callable[..., AppTest], warehouse: Path) -> None:
    gezien = plain(bekijk("wgo:WGO01", script=HOOFD))
    assert "Er staan cijfers van ZorgpleinNoord klaar die nog niet zijn gepubliceerd: Uw cijfers" in gezien
    assert PAGINAS[VOORAF].titel in gezien
    for rol in ANDERE_ROLLEN:
        assert "klaar die nog niet zijn gepubliceerd" not in plain(bekijk(rol, script=HOOFD))
    discard(warehouse, waiting(warehouse))
    assert "klaar die nog niet zijn gepubliceerd" not in plain(bekijk("wgo:WGO01", script=HOOFD))


def test_an_area_does_not_get_at_the_concept_itself(bekijk: Callable[..., AppTest], warehouse: Path) -> None:
    for script in (HOOFD, PAGINA):
        gezien = plain(bekijk("wgo:WGO01", script=script, publicatie=waiting(warehouse)))
        for van_anderen in VAN_ANDEREN:
            assert van_anderen not in gezien, van_anderen


def test_two_areas_of_one_reader_are_shown_one_at_a_time(bekijk: Callable[..., AppTest], warehouse: Path) -> None:
    scherm = bekijk("wgo:WGO01", "wgo:WGO02")
    assert "5.432" in plain(scherm)
    assert "9.876" not in plain(scherm)
    scherm.selectbox("vooraf_wie").select("WGO02").run()
    assert "9.876" in plain(scherm)
    gezien = [waarover.partition(" ")[2] for *_, waarover in lines(warehouse)]
    assert gezien == ["WGO01", "WGO02"]


def test_a_table_of_a_concept_says_so_in_every_row_and_its_page_leads_to_no_open_data(
    bekijk: Callable[..., AppTest], warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aangeboden: dict[str, Callable[[], bytes]] = {}
    knop = lambda *_, data, file_name, **__: aangeboden.update({file_name: data})  # noqa: E731
    monkeypatch.setattr("app.raam.meenemen.downloads.st.download_button", knop)
    monkeypatch.setattr("app.raam.wie.lezer.who", lambda *_: Lezer("jo", (read_role("meelezer"),)))
    kiest = "selectie.start_run(); selectie.choose_publication()"
    raam = SCHERM.format(pagina="indicator").replace("selectie.start_run()", kiest)
    vraag = {"indicator": "openstaande_vacatures", "voorbeeld": "0"}
    gewoon = plain(bekijk("meelezer", script=raam, **vraag))
    assert "Alle echte cijfers van deze indicator" in gewoon
    aangeboden.clear()
    gezien = plain(bekijk("meelezer", script=raam, publicatie=waiting(warehouse), **vraag))
    assert "Alle echte cijfers van deze indicator" not in gezien
    assert "Volg wat er verandert" not in gezien
    for maak in (maak for naam, maak in aangeboden.items() if naam.endswith(".csv") and "_programma" not in naam):
        kop, *rijen = csv.reader(io.StringIO(maak().decode("utf-8-sig")), delimiter=";")
        assert {rij[kop.index("vrijgave")] for rij in rijen} == {"concept, niet vrijgegeven"}
    assert aangeboden
