"""Building: which delivery counts, and an old publication that stays whole whatever happens to the new one."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from lang import LANG, some_of

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.geheugen import BESTAND
from pipelines.bouwen import PUBLICATIE, STAPPEN, WERK, build, is_current, list_publications
from pipelines.levering.onthouden import MAP
from pipelines.rekenen.eerder import MAP as CELLEN

KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
RIJ = "2021,2022-06-30,NL01,TOTAAL,{},1000\n"
# A period more: what was read before is as it was, so nothing tells of whom a difference is.
LATER = RIJ.format(680) + "2022,2023-06-30,NL01,TOTAAL,690,1000\n"


def figures(warehouse: Path) -> list[tuple]:
    """Return (periode, waarde, herkomst, levering) of every figure in the publication."""
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        return con.execute(
            "select periode, waarde, herkomst, levering_id from waarneming where branche_code = 'TOTAAL' order by all"
        ).fetchall()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_three_rows_in_one_figure_out(maak_levering, raw, tmp_path):
    maak_levering({"dekking": KOP + RIJ.format(680)})
    build(raw, tmp_path / "wh")
    assert figures(tmp_path / "wh") == [("2021", 0.68, "levering", "pfzw_dekking/l1")]


def test_counts_of_persons_are_published_in_tens_and_shares_from_exact_counts(
    maak_levering, goedgekeurd, raw, tmp_path
):
    """674 of 1004 is 67.1 %, so 67 %; the counts are shown as 670 of 1000."""
    maak_levering({"dekking": KOP + "2021,2022-06-30,NL01,TOTAAL,674,1004\n"})
    build(raw, tmp_path / "wh")
    with duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True) as con:
        rij = con.execute("select waarde, teller, noemer from waarneming where branche_code = 'TOTAAL'").fetchone()
    assert rij == (0.67, 670, 1000)


def test_newest_delivery_of_a_period_replaces_the_older_one(maak_levering, goedgekeurd, raw, tmp_path):
    maak_levering({"dekking": KOP + RIJ.format(600)}, naam="zoud", ontvangen="2022-09-15")
    maak_levering({"dekking": KOP + RIJ.format(700)}, naam="nieuw", ontvangen="2023-01-01")
    build(raw, tmp_path / "wh")
    assert figures(tmp_path / "wh") == [("2021", 0.7, "levering", "pfzw_dekking/nieuw")]


def test_voorbeelddata_vanish_when_a_real_delivery_arrives_even_an_older_one(maak_levering, goedgekeurd, raw, tmp_path):
    beide = KOP + RIJ.format(500) + "2019,2019-08-01,NL01,TOTAAL,400,1000\n"
    maak_levering({"dekking": beide}, naam="voorbeeld", herkomst="synthetisch", ontvangen="2026-01-01")
    maak_levering({"dekking": KOP + RIJ.format(700)}, naam="echt", ontvangen="2022-09-15")
    build(raw, tmp_path / "wh")
    assert figures(tmp_path / "wh") == [
        ("2019", 0.4, "synthetisch", "pfzw_dekking/voorbeeld"),
        ("2021", 0.7, "levering", "pfzw_dekking/echt"),
    ]


def test_a_rejected_delivery_leaves_the_old_publication(maak_levering, raw, tmp_path):
    goed = maak_levering({"dekking": KOP + RIJ.format(680)})
    build(raw, tmp_path / "wh")
    voor = sorted((p.relative_to(tmp_path), p.stat().st_mtime_ns) for p in (tmp_path / "wh").rglob("*"))
    (goed / "dekking.csv").write_text(KOP + RIJ.format(1001), encoding="utf-8")
    with pytest.raises(AfgekeurdError, match=r"dekking.csv, rij 2, kolom medewerkers_aangesloten: 1001 is meer dan"):
        build(raw, tmp_path / "wh")
    assert voor == sorted((p.relative_to(tmp_path), p.stat().st_mtime_ns) for p in (tmp_path / "wh").rglob("*"))


def test_failures_of_all_deliveries_come_back_at_once(maak_levering, raw, tmp_path):
    maak_levering({"dekking": KOP + RIJ.format(1001)}, naam="a")
    maak_levering({"dekking": KOP + RIJ.format("x")}, naam="b")
    with pytest.raises(AfgekeurdError) as fout:
        build(raw, tmp_path / "wh")
    assert {m.bestand for m in fout.value.meldingen} == {
        "pfzw_dekking/a/dekking.csv",
        "pfzw_dekking/b/dekking.csv",
    }
    assert not (tmp_path / "wh").exists()


def test_nothing_changed_means_nothing_to_build(maak_levering, goedgekeurd, raw, tmp_path):
    map_ = maak_levering({"dekking": KOP + RIJ.format(680)})
    assert not is_current(raw, tmp_path / "wh")
    build(raw, tmp_path / "wh")
    assert is_current(raw, tmp_path / "wh")
    (map_ / "dekking.csv").write_text(KOP + RIJ.format(690), encoding="utf-8")
    assert not is_current(raw, tmp_path / "wh")


def test_earlier_publications_stay_readable(maak_levering, goedgekeurd, raw, tmp_path):
    map_ = maak_levering({"dekking": KOP + RIJ.format(680)})
    build(raw, tmp_path / "wh")
    (map_ / "dekking.csv").write_text(KOP + RIJ.format(690), encoding="utf-8")
    build(raw, tmp_path / "wh")
    lijst = list_publications(tmp_path / "wh")
    assert [huidig for *_, huidig in lijst].count(True) == 1
    oud = next(rij[0] for rij in lijst if not rij[3])
    with duckdb.connect(str(tmp_path / "wh" / "publicaties" / f"{oud}.duckdb"), read_only=True) as con:
        assert con.execute("select waarde from waarneming where branche_code = 'TOTAAL'").fetchone() == (0.68,)


def test_a_reader_keeps_the_old_file_and_the_next_one_sees_the_new(maak_levering, goedgekeurd, raw, tmp_path):
    map_ = maak_levering({"dekking": KOP + RIJ.format(680)})
    build(raw, tmp_path / "wh")
    lezer = duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True)
    (map_ / "dekking.csv").write_text(KOP + LATER, encoding="utf-8")
    build(raw, tmp_path / "wh")
    assert lezer.execute("select max(waarde) from waarneming").fetchone() == (0.68,)
    lezer.close()
    assert figures(tmp_path / "wh")[-1][:2] == ("2022", 0.69)


def test_the_same_rows_in_another_order_give_the_same_publication(maak_levering, goedgekeurd, raw, tmp_path):
    rijen = [RIJ.format(680), RIJ.replace("NL01", "RA0101").format(500), RIJ.replace("NL01", "RA0102").format(300)]
    map_ = maak_levering({"dekking": KOP + "".join(rijen)})
    build(raw, tmp_path / "wh1")
    (map_ / "dekking.csv").write_text(KOP + "".join(reversed(rijen)), encoding="utf-8")
    build(raw, tmp_path / "wh2")
    assert figures(tmp_path / "wh1") == figures(tmp_path / "wh2")


def test_microdata_are_for_the_builder_only(maak_levering, goedgekeurd, raw, tmp_path):
    maak_levering({"dekking": KOP + RIJ.format(680)})
    build(raw, tmp_path / "wh")
    assert (tmp_path / "wh" / WERK).stat().st_mode & 0o077 == 0
    assert {p.name for p in (tmp_path / "wh").iterdir()} == {
        PUBLICATIE, WERK, "publicaties", ".bouw.lock", BESTAND, MAP, CELLEN,
    }  # fmt: skip
    for naam in (BESTAND, MAP, CELLEN):
        assert (tmp_path / "wh" / naam).stat().st_mode & 0o077 == 0


def test_two_builds_at_once_do_not_mix(maak_levering, goedgekeurd, raw, tmp_path):
    maak_levering({"dekking": KOP + RIJ.format(680)})

    def build_again(naam: str) -> None:
        if naam == "Publicatie schrijven":
            with pytest.raises(AfgekeurdError, match="Er loopt al een bouw"):
                build(raw, tmp_path / "wh")

    build(raw, tmp_path / "wh", stap=build_again)
    assert figures(tmp_path / "wh")[0][1] == 0.68


# Runs in a process of its own: forks a build per moment, and kills it there as the system would.
KILL = """
import os, signal, sys
from pathlib import Path
from pipelines import bouwen; from pipelines.levering.toets import valideren
from pipelines.levering.toets.keuring import Controleuitkomst

raw, warehouse = map(Path, sys.argv[1:3])
valideren.run_controles = lambda frame, controles: [Controleuitkomst(c, len(frame), ()) for c in controles]
replace = os.replace


def build_and_die(moment):
    def step(naam):
        if naam == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    calls = []
    def replace_or_die(oud, nieuw):
        if Path(nieuw).parent.name in ("keuringen", "cellen"):  # there only the first time
            return replace(oud, nieuw)
        calls.append(oud)
        if moment == f"voor wissel {len(calls)}":
            os.kill(os.getpid(), signal.SIGKILL)
        replace(oud, nieuw)
        if moment == f"na wissel {len(calls)}":
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = replace_or_die
    bouwen.build(raw, warehouse, stap=step)


for moment in sys.argv[3:]:
    kind = os.fork()
    if kind == 0:
        build_and_die(moment)
        os._exit(0)
    _, status = os.waitpid(kind, 0)
    dood = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    print(moment, dood, *(rij[3] for rij in bouwen.list_publications(warehouse)), sep="|", flush=True)
"""


MOMENTEN = [*STAPPEN, *(f"voor wissel {n}" for n in range(1, 6))]


@pytest.mark.lang
def test_a_build_killed_at_any_moment_leaves_a_whole_publication(maak_levering, goedgekeurd, raw, tmp_path):
    map_ = maak_levering({"dekking": KOP + RIJ.format(680)})
    warehouse = tmp_path / "wh"
    build(raw, warehouse)
    (map_ / "dekking.csv").write_text(KOP + LATER, encoding="utf-8")
    momenten = [*some_of(MOMENTEN, 2), "na wissel 5"]
    opdracht = [sys.executable, "-c", KILL, str(raw), str(warehouse), *momenten]
    uit = subprocess.run(opdracht, capture_output=True, text=True, timeout=1200)
    assert uit.returncode == 0, uit.stderr
    regels = [regel.split("|") for regel in uit.stdout.splitlines()]
    assert [moment for moment, *_ in regels] == momenten
    assert all(dood == "True" for _, dood, *_ in regels)
    assert all(huidig.count("True") == 1 for _, _, *huidig in regels)
    assert figures(warehouse)[-1][:2] == ("2022", 0.69)
    shutil.rmtree(warehouse / "publicaties")
    build(raw, warehouse)
    assert not list(warehouse.glob(".bouw-*"))


# As above, killed by the system after so many milliseconds of its own processor time; what it says of each is whether
# it was, and what there is.
KILL_LATER = (
    KILL.partition("for moment in")[0]
    + """
from pipelines.afspraken.warehouse.gaaf import is_whole
for ms in map(float, sys.argv[3:]):
    kind = os.fork()
    if kind == 0:
        # Nobody handles this one: it ends a process as SIGKILL does.
        signal.setitimer(signal.ITIMER_PROF, ms / 1000)
        build_and_die("")
        os._exit(0)
    _, status = os.waitpid(kind, 0)
    print(ms, os.WIFSIGNALED(status), is_whole(warehouse / "publicatie.duckdb"),
          sum(rij[3] for rij in bouwen.list_publications(warehouse)), sep="|", flush=True)
"""
)


@pytest.mark.lang
def test_a_build_killed_after_any_time_leaves_a_whole_publication_and_the_next_one_goes_on(
    maak_levering, goedgekeurd, raw, tmp_path, record_property
):
    map_ = maak_levering({"dekking": KOP + RIJ.format(680)})
    warehouse = tmp_path / "wh"
    begin = time.process_time()
    build(raw, warehouse)
    duur = (time.process_time() - begin) * 1000
    (map_ / "dekking.csv").write_text(KOP + LATER, encoding="utf-8")
    worp = random.Random(15)
    momenten = [f"{worp.uniform(0, duur):.1f}" for _ in range(200 if LANG else 3)]
    opdracht = [sys.executable, "-c", KILL_LATER, str(raw), str(warehouse), *momenten]
    uit = subprocess.run(opdracht, capture_output=True, text=True)
    assert uit.returncode == 0, uit.stderr
    regels = [regel.split("|") for regel in uit.stdout.splitlines()]
    assert len(regels) == len(momenten)
    assert {tuple(deel[2:]) for deel in regels} == {("True", "1")}
    assert not LANG or sum(deel[1] == "True" for deel in regels) > 100
    record_property("stappen", len(regels))
    build(raw, warehouse)
    assert figures(warehouse)[-1][:2] == ("2022", 0.69)
    assert not [pad for pad in warehouse.rglob("*") if pad.name.startswith(".bouw-") or pad.suffix == ".deel"]


def test_what_is_filed_during_a_build_waits_for_the_next(maak_levering, goedgekeurd, raw, tmp_path):
    """It is not in this one, and stays as it was filed."""
    maak_levering({"dekking": KOP + RIJ.format(680)})

    def file_one(naam: str) -> None:
        if naam == "Indicatoren berekenen":
            maak_levering({"dekking": KOP + RIJ.format(690)}, naam="later", ontvangen="2025-07-01")

    build(raw, tmp_path / "wh", stap=file_one)
    assert figures(tmp_path / "wh")[0][1] == 0.68
    assert not is_current(raw, tmp_path / "wh")
    build(raw, tmp_path / "wh2")
    assert figures(tmp_path / "wh2")[0][1] == 0.69
