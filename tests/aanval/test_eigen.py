"""What one area sees of a concept: nothing of others in it, nothing that depends on others, and nothing to compute."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest
from conftest import approve
from eigenbed import write_all
from proefbed import WGO, write_bed

from pipelines.aanval.audit import audit
from pipelines.aanval.uitgegeven.eigen import find_foreign, refuse_foreign
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.eigen import own_file, own_files
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE, WERK, attach_alone, open_alone
from pipelines.bouwen import build
from pipelines.publicatie.plaatsen.eigen import Grondslag, write_own

COALITIES = [(wgo,) for wgo in WGO] + list(itertools.combinations(WGO, 2))
# What there is in the file of WGO01 and RA0101 of a concept with all of it, to see that it is no empty file.
HEEFT = {"verzuim", "rapportcijfer", "rol_transitie", "budget_bedrag", "budget_aandeel", "respons"}


def rows(bestand: Path, tabel: str, waar: str = "true") -> set[tuple[object, ...]]:
    with open_alone(bestand) as con:
        return set(con.execute(f"select columns(*)::varchar from {tabel} where {waar}").fetchall())


@pytest.fixture(scope="module")
def twee(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of two concepts: in the second, every figure that is not of WGO01 is another one."""
    with pytest.MonkeyPatch.context() as hier:
        # Read in this process, and unchecked: the figures of a few rows are right, and to check them takes longest.
        hier.setattr("pipelines.levering.toets.leesproces.is_small", lambda _levering: True)
        hier.setattr("pipelines.levering.toets.valideren.run_controles", approve)
        concepten = []
        for gelijk in (None, ("WGO01", *WGO["WGO01"])):
            map_ = tmp_path_factory.mktemp("anders")
            build(write_all(map_ / "raw", gelijk), map_ / "wh", als_concept=True)
            concepten += (map_ / "wh" / "concept").iterdir()
    return concepten[0], concepten[1]


@pytest.mark.parametrize("code", ["WGO01", "RA0101"])
def test_what_others_deliver_changes_nothing_of_what_an_area_sees(twee: tuple[Path, Path], code: str) -> None:
    """So nothing of others follows from it, beside whatever else is known: it is the same for all they may have."""
    een, ander = (own_file(map_, code) for map_ in twee)
    for tabel in ("waarneming", "levering", "kwaliteit", "indicator", "periode", "eigen_gebied"):
        assert rows(een, tabel) == rows(ander, tabel) != set(), tabel
    gezien = {rij[0] for rij in rows(een, "waarneming")}
    assert gezien >= (HEEFT if code == "WGO01" else {"verzuim"})


def test_what_does_depend_on_others_is_in_the_concept_and_in_no_file_of_an_area(twee: tuple[Path, Path]) -> None:
    with duckdb.connect() as con:
        attach_alone(con, een=twee[0] / PUBLICATIE, ander=twee[1] / PUBLICATIE)
        anders = con.execute("""
            select schatting, regexp_matches(uitsplitsing, 'brug=') from (
                select * from een.waarneming where regio_code in ('WGO01', 'RA0410') except from ander.waarneming
                where regio_code in ('WGO01', 'RA0410'))
            where regio_code = 'WGO01' or uitsplitsing like '%brug=%' group by all order by all
        """).fetchall()
    assert ("geraakt", False) in anders
    assert ("", True) in anders
    for map_ in twee:
        for bestand in own_files(map_):
            waar = "schatting in ('geraakt', 'model') or uitsplitsing like '%brug=%' or herkomst = 'synthetisch'"
            assert rows(bestand, "waarneming", waar) == set()


def test_of_a_table_that_is_not_named_nothing_is_in_it(twee: tuple[Path, Path]) -> None:
    with open_alone(own_file(twee[0], "WGO01")) as con:
        tabellen = {naam for (naam,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert tabellen == {"eigen_gebied", "indicator", "kwaliteit", "levering", "periode", "publicatie", "waarneming"}
    assert find_foreign(twee[0] / PUBLICATIE, own_files(twee[0])) == []


@pytest.mark.parametrize(
    ("fout", "gezegd"),
    [
        ("insert into waarneming select * replace ('WGO02' as regio_code) from waarneming limit 1", "WGO02"),
        ("insert into eigen_gebied values ('RA0410', '0001-01-01', '9999-12-31')", "RA0410"),
        ("update waarneming set waarde = waarde + 1 where indicator_id = 'verzuim'", "die het concept niet heeft"),
        ("create table verschil as select 1 as p", "tabel verschil"),
        ("update levering set opmerking = 'WGO05 had er 120'", "opmerking"),
        ("update kwaliteit set melding = 'NL01: 5'", "NL01"),
    ],
)  # fmt: skip
def test_whatever_of_others_is_planted_in_it_stops_the_concept(
    twee: tuple[Path, Path], fout: str, gezegd: str, tmp_path: Path
) -> None:
    map_ = Path(shutil.copytree(twee[0], tmp_path / "concept"))
    with duckdb.connect(str(own_file(map_, "WGO01"))) as con:
        con.execute(fout)
    with pytest.raises(AfgekeurdError, match=gezegd):
        refuse_foreign(map_ / PUBLICATIE)


@pytest.fixture(scope="module")
def gebouwd(tmp_path_factory: pytest.TempPathFactory, bouw_eens: Callable[[str, Path], Path]) -> Path:
    """A concept with both years of what is hard to protect, what each area sees of it, and beside it 2021 as published.

    The concept is that of a build; what was published of 2021 is what it says of that year.
    """
    map_ = bouw_eens("proefbed", write_bed(tmp_path_factory.mktemp("proefbed")))
    nu = map_ / "nu.duckdb"
    shutil.copyfile(map_ / PUBLICATIE, nu)
    with duckdb.connect(str(nu)) as con:
        con.execute("delete from waarneming where periode = '2022'; update publicatie set publicatie_id = 'nu'")
    bronnen = load_bronnen()
    van = Grondslag((), (), (), bronnen, load_indicatoren(INDICATORS_YML, bronnen))
    with duckdb.connect(str(map_ / WERK)) as con:
        write_own(con, map_ / PUBLICATIE, nu, van)
    refuse_foreign(map_ / PUBLICATIE)
    return map_


def knowledge(map_: Path, codes: Iterable[str], doel: Path) -> Path:
    """Write what is published now with what these areas see of the concept, as one publication, and return it."""
    shutil.copyfile(map_ / "nu.duckdb", doel)
    for code in codes:
        with duckdb.connect(str(doel)) as con:
            con.execute(f"attach '{own_file(map_, code)}' as eigen (read_only)")
            con.execute("insert or ignore into waarneming from eigen.waarneming")
            con.execute("insert or ignore into periode from eigen.periode")
    return doel


@pytest.mark.parametrize("samen", COALITIES, ids="+".join)
def test_no_area_and_no_two_together_compute_what_the_concept_hides(
    gebouwd: Path, samen: tuple[str, ...], tmp_path: Path
) -> None:
    weten = knowledge(gebouwd, samen, tmp_path / "weten.duckdb")
    with open_alone(gebouwd / WERK) as werk:
        assert audit(weten, [gebouwd / "nu.duckdb"], werk, {}, huidig=gebouwd / PUBLICATIE) == []
    assert rows(weten, "waarneming", "periode = '2022' and regio_code = 'NL01'") == set()


def test_a_hidden_figure_that_an_area_would_see_is_found(gebouwd: Path, tmp_path: Path) -> None:
    """What one area would see of a cell that was hidden for another is enough to compute that one."""
    map_ = Path(shutil.copytree(gebouwd, tmp_path / "lek"))
    with duckdb.connect(str(own_file(map_, "WGO01"))) as con:
        con.execute(f"attach '{map_ / WERK}' as werk (read_only)")
        con.execute("""
            update waarneming
            set status = 'beschikbaar', teller = c.teller, noemer = c.noemer, waarde = c.teller / c.noemer
            from werk.cel_exact c where c.indicator_id = waarneming.indicator_id and c.periode = waarneming.periode
            and c.regio_code = waarneming.regio_code and c.branche_code = waarneming.branche_code
            and waarneming.status = 'onderdrukt' and waarneming.regio_code <> 'RA0102'
        """)
    weten = knowledge(map_, ["WGO01"], tmp_path / "weten.duckdb")
    with open_alone(map_ / WERK) as werk:
        gevonden = audit(weten, [map_ / "nu.duckdb"], werk, {}, huidig=map_ / PUBLICATIE)
    assert any("RA0102" in str(bevinding) for bevinding in gevonden)
    assert find_foreign(map_ / PUBLICATIE, [own_file(map_, "WGO01")])
