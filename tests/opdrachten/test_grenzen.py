"""No file may be opened any more, or a folder may only be read: a sentence, nothing lost, and it goes on afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from gesprekpublicatie import NATIONAL, write
from lang import alleen_lang, some_of
from schijf import few_files, read_only

from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud, Onderwerp, OpslagError
from app.commissie.openen import open_opslag
from app.lezen import data
from app.logboek.deur import SCHAKELAAR as LOGBOEK
from app.opdrachten.cli import main
from pipelines.afspraken.warehouse.gaaf import is_whole, record_sum
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, WERK

ID = "20230601T120000Z-00000000"
KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")


@pytest.fixture
def bed(maak_levering, hier_gelezen, goedgekeurd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A delivery, and a warehouse with one small publication and a note."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setenv(LOGBOEK, str(tmp_path / "logboek"))
    wh = tmp_path / "wh"
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(wh))
    (wh / ARCHIEF).mkdir(parents=True)
    write(wh / PUBLICATIE, NATIONAL, publicatie_id=ID)
    record_sum(wh / ARCHIEF, ID, wh / PUBLICATIE)
    shutil.copyfile(wh / PUBLICATIE, wh / ARCHIEF / f"{ID}.duckdb")
    maak_levering({"dekking": f"{KOP}2021,2022-06-30,NL01,TOTAAL,680,1000\n"})
    note("Eerst", 0)
    return tmp_path


def note(tekst: str, basis: int) -> None:
    wh = Path(data.pad()).parent
    open_opslag(wh).save(SCORE, Inhoud(tekst, 2), wie="An", rol="commissie", gebaseerd_op=basis)


OPDRACHTEN: dict[str, Callable[[Path], list[str]]] = {
    "build": lambda map_: ["build", "--force", "--quiet", "--raw", str(map_ / "raw"), "--warehouse", str(map_ / "wh")],
    "backup": lambda map_: ["backup", "-o", str(map_ / "wh" / "kopie.zip"), "--raw", str(map_ / "raw"),
                            "--warehouse", str(map_ / "wh")],
    "report": lambda map_: ["report", "RA9001", "--format", "docx", "-o", str(map_ / "wh" / "uit"),
                            "--warehouse", str(map_ / "wh")],
    "export": lambda map_: ["export", "--format", "csv", "-o", str(map_ / "wh" / "csv"),
                            "--warehouse", str(map_ / "wh")],
}  # fmt: skip


def state(wh: Path) -> dict[str, bytes]:
    """Return what a reader has."""
    return {pad.name: pad.read_bytes() for pad in (wh / PUBLICATIE, *(wh / ARCHIEF).iterdir())}


def left(wh: Path) -> list[str]:
    """Return what lies about that belongs to nobody."""
    return [
        pad.name for pad in wh.rglob("*") if pad.name.startswith((".bouw-", ".kopie-", ".uit")) or ".deel" in pad.name
    ]


@pytest.mark.lang
@pytest.mark.parametrize(
    ("opdracht", "ruimte"), some_of([(opdracht, n) for opdracht in OPDRACHTEN for n in range(1, 13)], 2)
)
def test_a_limit_to_open_files_is_one_sentence_and_nothing_is_lost(
    bed: Path, capsys: pytest.CaptureFixture[str], opdracht: str, ruimte: int
) -> None:
    wh, woorden = bed / "wh", OPDRACHTEN[opdracht](bed)
    voor = state(wh)
    with few_files(ruimte):
        code = main(woorden)
    gezegd = capsys.readouterr().err
    assert "Traceback" not in gezegd
    assert code == 0 or gezegd.strip()
    assert is_whole(wh / PUBLICATIE)
    assert code == 0 or {naam: state(wh).get(naam) for naam in voor} == voor
    # What it was busy with is cleared away by the next command, which works.
    shutil.rmtree(wh / "uit", ignore_errors=True)
    (wh / "kopie.zip").unlink(missing_ok=True)
    shutil.rmtree(wh / "csv", ignore_errors=True)
    assert main(woorden) == 0, capsys.readouterr().err
    assert left(wh) == []


@pytest.mark.lang
@pytest.mark.parametrize("ruimte", some_of(range(1, 9), 2))
def test_a_note_that_finds_no_file_to_open_is_refused_and_can_be_saved_later(bed: Path, ruimte: int) -> None:
    geweigerd = None
    with few_files(ruimte):
        try:
            note("Daarna", 1)
        except OpslagError as fout:
            geweigerd = str(fout)
    if geweigerd is not None:
        assert "Daarna" not in geweigerd
        note("Daarna", 1)
    assert [w.inhoud.tekst for w in open_opslag(bed / "wh").history()] == ["Eerst", "Daarna"]


@pytest.mark.lang
@pytest.mark.parametrize("opdracht", some_of([*OPDRACHTEN], 2))
def test_a_folder_that_may_only_be_read_is_named_and_stays_as_it_is(
    bed: Path, capsys: pytest.CaptureFixture[str], opdracht: str
) -> None:
    voor = {pad: pad.read_bytes() for pad in (bed / "wh").rglob("*") if pad.is_file()}
    with read_only(bed / "wh"):
        assert main(OPDRACHTEN[opdracht](bed)) == 1
        # Readers see what there is.
        assert data.publicatie(data.kenmerk()).publicatie_id == ID
        with pytest.raises(OpslagError):
            note("Daarna", 1)
    gezegd = capsys.readouterr().err
    assert "geen toegang" in gezegd or "u mag hier niet schrijven" in gezegd
    assert "Traceback" not in gezegd
    assert {pad: pad.read_bytes() for pad in (bed / "wh").rglob("*") if pad.is_file()} == voor
    note("Daarna", 1)


@alleen_lang
@pytest.mark.lang
@pytest.mark.parametrize("schade", ["kop", "midden", "afgekapt", "weg"])
def test_a_work_file_that_is_damaged_is_named_and_the_next_build_makes_a_new_one(
    bed: Path, capsys: pytest.CaptureFixture[str], schade: str
) -> None:
    """The exact figures are no part of what readers see; who attacks a publication needs them, and hears of it."""
    wh = bed / "wh"
    bouw = OPDRACHTEN["build"](bed)
    assert main(bouw) == 0
    audit = ["audit", "--warehouse", str(wh)]
    assert main(audit) == 0
    heel = (wh / WERK).read_bytes()
    if schade == "weg":
        (wh / WERK).unlink()
    else:
        plek = {"kop": 4_100, "midden": 13_000, "afgekapt": len(heel) // 2}[schade]
        stuk = heel[:plek] if schade == "afgekapt" else heel[:plek] + bytes(64) + heel[plek + 64 :]
        (wh / WERK).write_bytes(stuk)
    capsys.readouterr()
    code = main(audit)
    gezegd = capsys.readouterr()
    assert "Traceback" not in gezegd.err
    assert (code == 1 and WERK in gezegd.err) or (schade == "weg" and code == 0)
    assert is_whole(wh / PUBLICATIE)
    assert data.publicatie(data.kenmerk()).publicatie_id != ID
    assert main(bouw) == 0
    with duckdb.connect(str(wh / WERK), read_only=True) as con:
        assert con.execute("select count(*) > 0 from duckdb_tables()").fetchone() == (True,)
    assert main(audit) == 0
