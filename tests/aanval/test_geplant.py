"""Every kind of leak, planted in a small publication without any, is found; and without it there is nothing to find."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from lekplanten import HIER, LEEG, LEKKEN, ZKH, Lek, show_beside
from proefbed import write_bed

from pipelines.aanval.aanval import Relatie, Waarheid, Werkgevers
from pipelines.aanval.audit import audit, audit_warehouse
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.bevinding import Bevinding
from pipelines.aanval.insider import find_insiders
from pipelines.afspraken.warehouse.bewaard import VERZEGELD


@pytest.fixture(scope="module")
def schoon(bouw_eens: Callable[[str, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the warehouse of the test bed: two years, hard to protect, and protected."""
    return bouw_eens("proefbed", write_bed(tmp_path_factory.mktemp("raw")))


@pytest.fixture
def warehouse(schoon: Path, tmp_path: Path) -> Path:
    """Return a copy of it to plant in, with one more publication that was kept: the same, named `oud`."""
    doel = Path(shutil.copytree(schoon, tmp_path / "wh"))
    shutil.copy(doel / "publicatie.duckdb", doel / "oud.duckdb")
    return doel


def find(warehouse: Path, *, insider: bool = False) -> list[Bevinding]:
    """Return what an attack on the publication and the kept one finds."""
    with duckdb.connect(str(warehouse / "werk.duckdb"), read_only=True) as werk:
        return audit(warehouse / "publicatie.duckdb", [warehouse / "oud.duckdb"], werk, {}, insider=insider)


def change(pad: Path, *opdrachten: str) -> None:
    with duckdb.connect(str(pad)) as con:
        for opdracht in opdrachten:
            con.execute(opdracht)


def test_there_are_twenty_kinds_at_least():
    assert len({lek.naam for lek in LEKKEN}) >= 20


def test_without_a_plant_nothing_is_found(warehouse):
    assert find(warehouse) == []


@pytest.mark.parametrize("lek", LEKKEN, ids=lambda lek: lek.naam)
def test_a_planted_leak_is_found(warehouse: Path, lek: Lek):
    with (
        duckdb.connect(str(warehouse / "publicatie.duckdb")) as pub,
        duckdb.connect(str(warehouse / "werk.duckdb")) as werk,
    ):
        lek.plant(pub, werk)
    gevonden = find(warehouse)
    assert any(b.plek == lek.plek and b.tekst.startswith(lek.woorden) for b in gevonden), [str(b) for b in gevonden]


def test_a_kept_publication_that_shows_the_cell_is_named(warehouse):
    change(
        warehouse / "oud.duckdb",
        f"update waarneming set status = 'beschikbaar', waarde = 1, teller = 1500, noemer = 1500 where {ZKH}",
    )
    assert {(b.plek, b.publicatie, b.is_nieuw) for b in find(warehouse)} >= {(("RA0102", "ZKH"), "oud", False)}


ANDER_BESTAND = "update levering set sha256 = 'ander'"


def test_what_is_hidden_here_and_shown_there_is_taken_together(warehouse):
    """The other publication, of another file, hides the hospital and shows what protects it here."""
    change(warehouse / "oud.duckdb", ANDER_BESTAND)
    with duckdb.connect(str(warehouse / "oud.duckdb")) as pub, duckdb.connect(str(warehouse / "werk.duckdb")) as werk:
        show_beside(pub, werk)
    assert ("RA0102", "ZKH") in {b.plek for b in find(warehouse)}


def test_what_a_withdrawn_publication_said_is_known_but_no_longer_to_mend(warehouse):
    """It shows the hospital: that is not said again. It shows what protects another's: that makes a finding."""
    (warehouse / VERZEGELD).mkdir()
    weg = (warehouse / "oud.duckdb").rename(warehouse / VERZEGELD / "oud.duckdb")
    change(weg, f"update waarneming set status = 'beschikbaar', waarde = 1, teller = 1500, noemer = 1500 where {ZKH}")
    assert ("RA0102", "ZKH") not in {b.plek for b in audit_warehouse(warehouse, None, insider=False)[2]}
    change(weg, f"update waarneming set status = 'onderdrukt', {LEEG} where {ZKH}")
    with duckdb.connect(str(weg)) as pub, duckdb.connect(str(warehouse / "werk.duckdb")) as werk:
        show_beside(pub, werk)
    assert ("RA0102", "ZKH") in {b.plek for b in audit_warehouse(warehouse, None, insider=False)[2]}


def test_the_same_day_under_another_period_is_the_same_cell(warehouse):
    change(
        warehouse / "oud.duckdb",
        ANDER_BESTAND,
        "insert into periode values ('2022Q2', 'kwartaal', '2e kwartaal 2022', date '2022-04-01', date '2022-06-30')",
        f"update waarneming set status = 'beschikbaar', waarde = 1, teller = 1500, noemer = 1500 where {ZKH}",
        f"update waarneming set periode = '2022Q2' where {HIER}",
    )
    assert ("RA0102", "ZKH") in {b.plek for b in find(warehouse)}


def test_a_correction_of_one_cell_alone_may_be_one_employer(warehouse):
    """In the earlier publication GGZ of RA0101 had 620 members more, and so had all around it; the rest is the same."""
    plekken = "(regio_code in ('RA0101', 'WGO01', 'NL01') and branche_code in ('GGZ', 'TOTAAL'))"
    change(
        warehouse / "oud.duckdb",
        ANDER_BESTAND,
        "update waarneming set teller = teller + 620, noemer = noemer + 620, "
        f"waarde = round((teller + 620) / (noemer + 620), 2) where {HIER} and {plekken} and teller is not null",
    )
    gevonden = find(warehouse)
    assert [b.tekst.split(",")[0] for b in gevonden] == ["verschilt 620 met publicatie oud"]
    assert ("NL01", "TOTAAL") in gevonden[0].steunt_op


# Every cell was 4 to 6 per cent less, as when provisional figures become final.
_DEEL = "0.94 + 0.01 * (ascii(substr(branche_code, 2, 1)) % 3)"
ALLES_ANDERS = (
    f"update waarneming set teller = round(teller * ({_DEEL}) / 10) * 10, waarde = null, "
    f"noemer = round(noemer * ({_DEEL}) / 10) * 10 where {HIER} and teller is not null"
)


def revised(warehouse: Path) -> set[tuple[str, str]]:
    return {b.plek for b in find(warehouse) if b.tekst.startswith("verschilt")}


def test_a_correction_of_many_cells_is_no_finding_but_for_the_one_that_stands_out(warehouse):
    """RA0101 × GGZ had 620 more besides, which is no correction of that kind."""
    change(warehouse / "oud.duckdb", ANDER_BESTAND, ALLES_ANDERS)
    assert revised(warehouse) == set()
    een = f"{HIER} and regio_code = 'RA0101' and branche_code = 'GGZ'"
    change(warehouse / "oud.duckdb", f"update waarneming set teller = teller + 620, noemer = noemer + 620 where {een}")
    assert revised(warehouse) == {("RA0101", "GGZ")}


def test_employers_find_nothing_either(warehouse):
    assert find(warehouse, insider=True) == []


def test_the_only_employer_of_a_region_and_of_the_area_around_it_knows_both():
    """All 800 of GHZ in RA0410, which is all of WGO04; with a member of 300 in another cell only that side is known."""
    regio, wgo, ander = ("RA0410", "GHZ"), ("WGO04", "GHZ"), ("RA0101", "GGZ")
    tabel = Aanvalstabel(
        date(2021, 12, 31), "2021", is_optelbaar=False, heeft_noemer=True, verborgen={regio, ander},
        relaties=[Relatie(wgo, (regio,), "wgo uit arbeidsmarktregio", True)],
        waarheid={plek: Waarheid(0, 800, 1, 800) for plek in (regio, wgo)}
        | {ander: Waarheid(500, 2000, leden=Werkgevers(4, 300, 100))},
    )  # fmt: skip
    insiders = find_insiders(tabel, ("teller", "noemer", "rest"))
    assert {weet.plek for weet in insiders[-1].weet} == {regio, wgo}
    lid = next(i for i in insiders if i.plek == ander and i.eigen["teller"] == 300)
    assert [(weet.kant, weet.onder, weet.boven) for weet in lid.weet] == [
        ("noemer", 300, float("inf")),
        ("teller", 300, float("inf")),
    ]
