"""Regions like this one: nearest in branch mix, size and urbanity, only when every region has its employees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest

from pipelines.afspraken.codelijsten import fill_codelijst
from pipelines.afspraken.regio import load_regio

SQL = Path(__file__).parents[2] / "pipelines" / "publicatie"
Vergelijk = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def vergelijk() -> Vergelijk:
    """Compare 28 regions of 1.000 employees in VVT and 1.000 in hospitals, or as told; nothing leaves a region out."""

    def compare(anders: Mapping[str, tuple[int, int] | None], herkomst: str = "levering") -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        load_regio(con)
        con.execute("attach ':memory:' as pub; use pub")
        con.execute((SQL / "publicatie.sql").read_text(encoding="utf-8"))
        fill_codelijst(con, "codelijst")
        con.execute("use memory; insert into pub.periode values ('2021', 'jaar', '2021', '2021-01-01', '2021-12-31')")
        codes = con.execute("select regio_code from regio where niveau = 'arbeidsmarktregio'").fetchall()
        for (code,) in codes:
            aantallen = anders.get(code, (1_000, 1_000))
            if aantallen is None:
                continue
            for branche, aantal in zip(("VVT", "ZKH", "TOTAAL"), (*aantallen, sum(aantallen)), strict=True):
                con.execute(
                    "insert into pub.waarneming by name select 'aantal_werknemers' as indicator_id, '' as categorie, "
                    "'telling=cbs_breed' as uitsplitsing, ? as regio_code, 'arbeidsmarktregio' as niveau, "
                    "? as branche_code, '2021' as periode, '' as schatting, ? as herkomst, ? as waarde, "
                    "'beschikbaar' as status, false as is_voorlopig, 'l' as levering_id",
                    [code, branche, herkomst, aantal],
                )
        con.execute((SQL / "gelijkenis.sql").read_text(encoding="utf-8"))
        return con

    return compare


def test_a_region_finds_the_one_with_the_same_branches_and_size(vergelijk: Vergelijk) -> None:
    # Two large ones with home care only among small ones that are half hospital; half of either live in cities.
    con = vergelijk({"RA0410": (90_000, 0), "RA0309": (80_000, 0)})
    rijen = con.execute(
        "select gelijkende_code, branches_gelijk from pub.gelijkende_regio where regio_code = 'RA0410' order by rang"
    ).fetchall()
    assert rijen[0] == ("RA0309", 1.0)
    # In every other one half of the employees would have to change branch.
    assert {gelijk for _, gelijk in rijen[1:]} == {0.5}


def test_every_region_has_five_others_and_only_wgos_of_now_are_compared(vergelijk: Vergelijk) -> None:
    con = vergelijk({})
    tellingen = con.execute(
        """
        select left(regio_code, 2), count(distinct regio_code), count(*) filter (where regio_code = gelijkende_code),
               min(rang), max(rang), bool_or(gelijkende_code in ('WGO07', 'WGO08'))
        from pub.gelijkende_regio group by all order by all
        """
    ).fetchall()
    assert tellingen == [("RA", 28, 0, 1, 5, False), ("WG", 12, 0, 1, 5, False)]


def test_a_wgo_is_the_sum_of_the_regions_it_has_now(vergelijk: Vergelijk) -> None:
    con = vergelijk({})
    # Sigra has four regions since samen Voor Betere Zorg joined it in July 2022.
    leden = con.execute(
        "select count(*) from regio_lid where ouder_code = 'WGO06' and kind_code like 'RA%' and geldig_tot is null"
    ).fetchone()
    assert leden is not None
    sigra = con.execute("select werknemers from pub.regiokenmerk where regio_code = 'WGO06'").fetchone()
    assert sigra == (2_000 * leden[0],)
    som = con.execute("select sum(werknemers) from pub.regiokenmerk group by niveau").fetchall()
    assert som == [(56_000,), (56_000,)]


def test_equal_branches_and_size_leave_urbanity_to_decide(vergelijk: Vergelijk) -> None:
    con = vergelijk({})
    naaste = con.execute(
        """
        select abs(a.stedelijk - b.stedelijk) <= (
            select min(abs(a.stedelijk - c.stedelijk)) from pub.regiokenmerk c
            where c.niveau = a.niveau and c.regio_code <> a.regio_code) + 1e-9
        from pub.gelijkende_regio g
        join pub.regiokenmerk a on a.regio_code = g.regio_code
        join pub.regiokenmerk b on b.regio_code = g.gelijkende_code
        where g.rang = 1 and a.niveau = 'arbeidsmarktregio'
        """
    ).fetchall()
    assert naaste == [(True,)] * 28


def test_with_one_region_missing_nothing_is_called_alike(vergelijk: Vergelijk) -> None:
    con = vergelijk({"RA0101": None})
    assert con.execute("select count(*) from pub.gelijkende_regio").fetchone() == (0,)
    assert con.execute("select count(*) from pub.regiokenmerk").fetchone() == (0,)


def test_made_up_employees_make_no_region_like_another(vergelijk: Vergelijk) -> None:
    con = vergelijk({}, herkomst="synthetisch")
    assert con.execute("select count(*) from pub.gelijkende_regio").fetchone() == (0,)
    assert con.execute("select count(*) from pub.regiokenmerk").fetchone() == (0,)
