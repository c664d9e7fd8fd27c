"""The attack on a publication: nothing to find in what a build makes, everything where a protection is left out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from proefbed import GEVOELIG, employers, write_bed

from app.opdrachten import cli
from pipelines import bouwen
from pipelines.aanval import audit, tabelaanval
from pipelines.aanval.aanval import Aanval, Feit, Relatie, Waarheid, find_interval
from pipelines.aanval.audit import audit_warehouse
from pipelines.aanval.audit_tabellen import Aanvalstabel
from pipelines.aanval.gevoelig import is_sensitive
from pipelines.aanval.gezien import Reeks
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import build
from pipelines.onthulling import onthulling
from pipelines.onthulling.verbergen import Verbergkeuze


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bed(tmp_path_factory.mktemp("proefbed"))


@pytest.fixture(scope="module")
def gebouwd(raw: Path, bouw_eens: Callable[[str, Path], Path]) -> Path:
    return bouw_eens("proefbed", raw)


@pytest.fixture
def warehouse(gebouwd: Path, tmp_path: Path) -> Path:
    """Return a copy of the test bed's warehouse, to spoil."""
    return Path(shutil.copytree(gebouwd, tmp_path / "wh"))


def test_the_test_bed_is_safe_from_outsiders_and_from_employers(gebouwd):
    _, geheim, bevindingen = audit_warehouse(gebouwd, None, insider=True)
    assert bevindingen == []
    with duckdb.connect(str(gebouwd / "publicatie.duckdb"), read_only=True) as con:
        weg = "select regio_code, branche_code from waarneming where status = 'onderdrukt'"
        assert set(con.execute(weg).fetchall()) >= GEVOELIG
        # Hiding all of the cross table, as a cautious supplier would, costs 162 figures a year.
        assert len(GEVOELIG) * 2 < geheim < 80
        rand = "status = 'onderdrukt' and (regio_code = 'NL01' or branche_code = 'TOTAAL')"
        assert con.execute(f"select count(*) from waarneming where {rand}").fetchone() == (0,)


def test_without_secondary_suppression_every_sensitive_cell_is_found_and_nothing_is_swapped_in(
    raw, tmp_path, monkeypatch
):
    monkeypatch.setattr(onthulling, "choose_hidden", lambda groep: Verbergkeuze(groep.gevoelig.copy(), True))
    monkeypatch.setattr(bouwen, "RONDEN", 1)
    with pytest.raises(AfgekeurdError) as fout:
        build(raw, tmp_path / "wh")
    gevonden = {tuple(re.search(r", (\w+) × (\w+),", m.tekst).groups()) for m in fout.value.meldingen}
    assert gevonden == GEVOELIG
    assert not (tmp_path / "wh" / "publicatie.duckdb").exists()


def test_what_the_attack_finds_is_hidden_as_well_and_the_publication_says_so(raw, tmp_path, monkeypatch):
    """Nothing beside the sensitive cells was hidden: the build hides what is around them, and the delivery counts."""
    monkeypatch.setattr(onthulling, "choose_hidden", lambda groep: Verbergkeuze(groep.gevoelig.copy(), True))
    gebouwd = build(raw, tmp_path / "wh")
    _, geheim, bevindingen = audit_warehouse(tmp_path / "wh", None, insider=False)
    assert bevindingen == []
    assert geheim == gebouwd.aantal_onderdrukt > 2 * len(GEVOELIG)
    with duckdb.connect(str(tmp_path / "wh" / "publicatie.duckdb"), read_only=True) as con:
        zinnen = con.execute("select melding from kwaliteit where melding like 'De aanval vond%'").fetchall()
    assert len(zinnen) >= 1


def forget_sums(warehouse):
    """Leave the publications as those are from before there were sums: nothing says that one was changed."""
    for som in (warehouse / "publicaties").glob("*.sha256"):
        som.unlink()


def test_a_sensitive_cell_that_is_shown_is_a_finding(warehouse):
    """The suppressor's own rules are not trusted: the audit judges each true value again."""
    forget_sums(warehouse)
    with duckdb.connect(str(warehouse / "publicatie.duckdb")) as con:
        con.execute(
            "update waarneming set status = 'beschikbaar', waarde = 1, teller = 1500, noemer = 1500 "
            "where regio_code = 'RA0102' and branche_code = 'ZKH' and periode = '2021'"
        )
    bevindingen = audit_warehouse(warehouse, None, insider=False)[2]
    assert "dekkingsgraad, 2021, levering, RA0102 × ZKH, waarde: is gevoelig en wordt getoond" in map(str, bevindingen)


def test_a_hidden_figure_in_another_table_is_a_finding(warehouse):
    forget_sums(warehouse)
    with duckdb.connect(str(warehouse / "publicatie.duckdb")) as con:
        con.execute(
            "insert into aansluiting by name select 'dekkingsgraad' as indicator_id, '' as categorie, "
            "'' as uitsplitsing, 'RA0102' as regio_code, 'ZKH' as branche_code, '2021' as periode, "
            "0.99 as berekend, 'levering' as herkomst_berekend"
        )
    bevindingen = audit_warehouse(warehouse, None, insider=False)[2]
    assert [b.tekst for b in bevindingen] == ["staat in aansluiting"]


def test_what_an_earlier_publication_shows_stays_known(raw, warehouse):
    """Old tens of RA0102 × ZKH: the next build goes through, hides nothing behind it, and the audit names the file."""
    (oud,) = (warehouse / "publicaties").glob("*.duckdb")
    with duckdb.connect(str(oud)) as con:
        con.execute(
            "update waarneming set status = 'beschikbaar', waarde = 1, teller = 1500, noemer = 1500 "
            "where regio_code = 'RA0102' and branche_code = 'ZKH' and periode = '2021'"
        )
    oud.rename(oud.with_stem("oud"))
    build(raw, warehouse)
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        ziekenhuis = "regio_code = 'RA0102' and branche_code = 'ZKH' and periode = '2021'"
        assert con.execute(f"select status from waarneming where {ziekenhuis}").fetchone() == ("onderdrukt",)
        melding = (
            "select distinct melding from kwaliteit where controle like 'geheime cijfers%' and melding is not null"
        )
        assert con.execute(melding).fetchall() == [
            ("Eerdere publicaties geven 1 geheime cel al prijs; zie .venv/bin/regiomonitor audit.",)
        ]
    bevindingen = audit_warehouse(warehouse, None, insider=False)[2]
    assert {b.plek for b in bevindingen} == {("RA0102", "ZKH")}
    assert "staat open in publicatie oud" in {b.tekst for b in bevindingen}


@pytest.mark.usefixtures("hier_gelezen", "goedgekeurd")
def test_shares_that_others_publish_beside_a_kept_publication_hold_up_no_build(raw, warehouse, maak_levering, tmp_path):
    """REV, JZ and GGZ of RA0102: next to the counts of the kept one they tell RA0103 × JZ, whatever is hidden now."""
    kop = "id,indicator_id,regio_code,branche_code,periode,waarde,precisie,bron,vindplaats,kwaliteit\n"
    rij = "{0},dekkingsgraad,RA0102,{0},2021,{1},afgerond,PFZW,tabel 1,primair\n"
    aandelen = {"REV": 0.6864, "JZ": 0.6658, "GGZ": 0.6543}
    for branche, aandeel in aandelen.items():
        alle = employers("RA0102", branche, "2021")
        assert sum(p for lid, p in alle if lid) / sum(p for _, p in alle) == pytest.approx(aandeel, abs=5e-5)
    shutil.copytree(raw, tmp_path / "raw")
    tekst = kop + "".join(rij.format(*deel) for deel in aandelen.items())
    maak_levering({"cijfers": tekst}, naam="g", bron="gepubliceerd", herkomst="gepubliceerd")
    gebouwd = build(tmp_path / "raw", warehouse)
    bevindingen = audit_warehouse(warehouse, None, insider=False)[2]
    assert {(b.plek, b.is_nieuw) for b in bevindingen} == {(("RA0103", "JZ"), False)}
    (gezegd,) = gebouwd.onveilig
    assert "Eerdere publicaties geven, met wat anderen publiceren, 1 geheime cel prijs, zoals" in gezegd.tekst
    with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
        zinnen = con.execute("select melding from kwaliteit where melding like 'Eerdere%'").fetchall()
    assert zinnen == [("Eerdere publicaties geven 1 geheime cel al prijs; zie .venv/bin/regiomonitor audit.",)]


def test_the_same_build_again_hides_the_same(raw, warehouse):
    def hidden() -> list[tuple]:
        with duckdb.connect(str(warehouse / "publicatie.duckdb"), read_only=True) as con:
            weg = "select regio_code, branche_code, periode from waarneming where status = 'onderdrukt' order by all"
            return con.execute(weg).fetchall()

    voor = hidden()
    build(raw, warehouse)
    assert hidden() == voor


def test_an_unchanged_table_is_not_attacked_again(warehouse, monkeypatch):
    monkeypatch.setattr(audit, "attack", lambda *_, **__: pytest.fail("solved again"))
    assert audit_warehouse(warehouse, None, insider=False)[2] == []


def test_the_command_says_who_attacked_and_exits_with_the_outcome(warehouse, capsys):
    opdracht = ["audit", "--warehouse", str(warehouse)]
    assert cli.main(opdracht) == 0
    assert "geen is te achterhalen door een buitenstaander." in capsys.readouterr().out
    assert cli.main([*opdracht, "--publicatie", "20210101"]) == 1
    assert "Publicatie '20210101' bestaat niet." in capsys.readouterr().err
    with duckdb.connect(str(warehouse / "publicatie.duckdb")) as con:
        con.execute("update waarneming set teller = 1500 where regio_code = 'RA0102' and branche_code = 'ZKH'")
    forget_sums(warehouse)
    assert cli.main(opdracht) == 1
    assert "staat in waarneming" in capsys.readouterr().err


def test_the_audit_shares_no_code_with_the_suppressor():
    for module in Path(audit.__file__).parent.glob("*.py"):
        bron = module.read_text(encoding="utf-8")
        assert not re.search(
            r"import.*\b(onthulling|stromen|verbanden|verbergen)\b|pipelines\.(stromen|verb[ae]r?[ng])", bron
        )


TABEL = {("NL01", "TOTAAL"): 1000, ("NL01", "ZKH"): 300, ("NL01", "VVT"): 500, ("NL01", "GGZ"): 200}


def attack(verborgen: set[str], *, is_optelbaar: bool) -> tuple[float, float]:
    """Return the interval of ZKH when these branches are hidden and the rest is shown in tens."""
    feiten = {plek: Feit() if plek[1] in verborgen else Feit((x - 5, x + 5)) for plek, x in TABEL.items()}
    relatie = Relatie(("NL01", "TOTAAL"), tuple(p for p in TABEL if p[1] != "TOTAAL"), "branches", True)
    return find_interval(Aanval(feiten, [relatie], is_optelbaar, False), ("NL01", "ZKH"), "teller")


def test_what_adds_up_gives_the_one_hidden_part_up_to_rounding():
    """1000 − 500 − 200, each five more or less."""
    assert attack({"ZKH"}, is_optelbaar=True) == pytest.approx((285, 315))


def test_unique_persons_give_a_lower_bound_only():
    """At least what the others leave of the total, at most the total."""
    assert attack({"ZKH"}, is_optelbaar=False) == pytest.approx((285, 1005))


def test_two_hidden_parts_hide_each_other():
    assert attack({"ZKH", "GGZ"}, is_optelbaar=True) == pytest.approx((0, 510))


def test_overlap_of_shown_tables_betrays_the_hidden_one():
    """RA0101 loses 1 % in its total; who supposes the same of RA0102 knows its hospital within the rounding."""
    toon = {("RA0101", "TOTAAL"): 9900, ("RA0101", "ZKH"): 4000, ("RA0101", "VVT"): 6000}
    dicht = {("RA0102", "TOTAAL"): 9900, ("RA0102", "ZKH"): None, ("RA0102", "VVT"): 6000}
    feiten = {plek: Feit() if x is None else Feit((x, x)) for plek, x in (toon | dicht).items()}
    relaties = [Relatie((r, "TOTAAL"), ((r, "ZKH"), (r, "VVT")), "branches", True) for r in ("RA0101", "RA0102")]
    grenzen = find_interval(Aanval(feiten, relaties, False, False), ("RA0102", "ZKH"), "teller")
    assert grenzen == pytest.approx((3999, 3999), abs=1.5)


def test_the_largest_of_the_denominator_ask_no_more_of_a_count_than_a_tenth():
    """A count of 1000, of which the employers of 900 and 800 cannot both be part: 900 to 1100 is room enough."""
    rand, zkh, ggz = ("NL01", "TOTAAL"), ("NL01", "ZKH"), ("NL01", "GGZ")
    relatie = Relatie(rand, (zkh, ggz), "branches", True)
    tabel = Aanvalstabel(
        date(2021, 12, 31),
        "2021",
        is_optelbaar=True,
        feiten={rand: Feit((1100, 1100)), zkh: Feit(), ggz: Feit()},
        verborgen={zkh, ggz},
        relaties=[relatie],
        waarheid={rand: Waarheid(1100, None, 9), zkh: Waarheid(1000, None, 4, 900, 800), ggz: Waarheid(100, None, 5)},
    )
    reeks = Reeks("medewerkers_bij_leden", "", "levering", "2021")
    assert tabelaanval.attack(reeks, tabel, {zkh}, insider=False) == []


@pytest.mark.parametrize(
    ("waar", "gevoelig"),
    [
        (Waarheid(500, 1000, 20, 100, 90), False),
        (Waarheid(9, 1000, 20, 100, 90), True),
        (Waarheid(991, 1000, 20, 100, 90), True),
        (Waarheid(500, 1000, 2, 100, 90), True),
        (Waarheid(500, 1000, 20, 501, 90), True),
        (Waarheid(500, 1000, 20, 450, 351), True),
        (Waarheid(50, 99, 20, 10, 9), True),
        (Waarheid(600, 1000, 20, 480, 90), True),
        (Waarheid(700, 1000, 20, 300, 90), True),
        (Waarheid(500, 1000), True),
    ],
)
def test_the_audit_has_its_own_primary_rules(waar, gevoelig):
    assert is_sensitive(("RA0101", "ZKH"), waar) is gevoelig
