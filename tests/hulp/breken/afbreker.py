"""Do one thing and be killed at a chosen step, go on as a next command would, and say what then is there.

Each step is a change of the file system or a commit, as in `herstel_breker`. Each try runs in a fork of its own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import afbreek_ophalen
import afbreek_opslag
import sqlalchemy as sa
from herstel_breker import Teller, in_fork
from kopiebed import SCORE, _publish

from app.commissie.bank import keten, migreren
from app.commissie.bank.opslag import BESTAND, sqlite_url
from app.commissie.bank.tabellen import WIJZIGING, as_row
from app.commissie.model import Inhoud, Wijziging
from app.commissie.openen import open_opslag
from app.commissie.vergeten import forget
from app.logboek import deur, nagaan, namen
from app.logboek.deur import Wie, record
from app.logboek.regel import Daad
from app.opdrachten.beheer.kopie_lezen import check_backup
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.beheer.sleutel import make_key, opened
from pipelines.afspraken.warehouse import concept
from pipelines.afspraken.warehouse.concept import Persoon
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.afspraken.warehouse.schrijven import remove_leftovers, remove_parts
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, WERK
from pipelines.levering.aannemen import accept_path
from pipelines.publicatie.plaatsen.wisselen import discard, release_due

AN = "an@voorbeeld.nl"
_CONCEPT, _NU = "20260102T000000Z-nieuw", datetime(2026, 2, 1, tzinfo=UTC)
OUD = Wijziging("k1", SCORE, Inhoud("Eerst", 2), 1, 0, AN, "commissie", datetime(2026, 1, 1))
LEVERING = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
)
EISEN = "bron: pfzw_dekking\nleverancier: PFZW\nperiode: '2021'\nontvangen: 2025-06-30\nherkomst: levering\n"


@dataclass(frozen=True)
class Daadwerk:
    """One thing to be killed at: what is there before, what is done, and what is there after the next command.

    What the next command does again has a `kijk` of its own: how far it was when it was killed.
    """

    leg: Callable[[Path], object]
    doe: Callable[[Path], object]
    lees: Callable[[Path], object]
    kijk: Callable[[Path], object] = lambda _: None


def _notes(map_: Path) -> list[object]:
    keten._GEZIEN.clear()
    return [(w.inhoud.tekst, w.wie.partition("-")[0], w.versie) for w in open_opslag(map_ / "wh").history()]


def _write(map_: Path, tekst: str, basis: int) -> None:
    open_opslag(map_ / "wh").save(SCORE, Inhoud(tekst, 2), wie=AN, rol="commissie", gebaseerd_op=basis)


def _lay_notes(map_: Path) -> None:
    _write(map_, "Eerst", 0)
    record(map_ / "wh", Wie(AN, "commissie"), Daad.NOTITIES_GELEZEN)


def _lay_all(map_: Path) -> None:
    _lay_notes(map_)
    _publish(map_ / "wh", "20230601T120000Z-aaaaaaaa")
    make_key(map_ / "sleutel")


def _lay_old(map_: Path) -> None:
    """Make the database as the first version had it, by its own migration."""
    engine = sa.create_engine(sqlite_url(map_ / "wh" / BESTAND), poolclass=sa.NullPool)
    with engine.begin() as con:
        migreren.upgrade(con, "0001")
        con.execute(sa.insert(WIJZIGING), [as_row(OUD)])


def _look_migrated(map_: Path) -> object:
    """Return which version the tables are of, with or without a chain."""
    with closing(sqlite3.connect(map_ / "wh" / BESTAND)) as con:
        tabellen = sorted(naam for (naam,) in con.execute("select name from sqlite_master where type = 'table'"))
        kolommen = [rij[1] for rij in con.execute("pragma table_info(wijziging)")]
        return [con.execute("select version_num from alembic_version").fetchall(), tabellen, kolommen]


def _look_forgotten(map_: Path) -> object:
    """Return who the committee's database has; the log comes after it, and so has the person as long as that does."""
    with closing(sqlite3.connect(map_ / "wh" / BESTAND)) as con:
        wie = [naam.partition("-")[0] for (naam,) in con.execute("select wie from wijziging")]
    assert wie == ["vergeten"] or AN in namen.load_names(map_ / "wh" / "logboek").values()
    return wie


def _read_backup(map_: Path) -> object:
    pad = map_ / "kopie.zip.age"
    # As the next backup into this folder does.
    remove_parts(map_)
    if not pad.exists():
        return None
    with opened(pad, map_ / "sleutel", map_ / "wh") as kaal:
        # The log went on meanwhile, and its parts are in it as they were.
        return sorted(check_backup(kaal).sommen)


def _forget(map_: Path) -> None:
    forget(map_ / "wh", AN, ook_in_teksten=False, proef=False)
    deur.forget(map_ / "wh" / "logboek", Wie("", "beheer"), AN)


def _read_forgotten(map_: Path) -> object:
    """Return what is left of the person; what was half done is done by doing it again."""
    _forget(map_)
    nog = [pad.name for pad in map_.rglob("*") if pad.is_file() and AN.encode() in pad.read_bytes()]
    return [_notes(map_), nog]


def _lay_delivery(map_: Path) -> None:
    (map_ / "levering").mkdir()
    (map_ / "levering" / "levering.yml").write_text(EISEN)
    (map_ / "levering" / "dekking.csv").write_text(LEVERING)
    (map_ / "raw").mkdir()


def _read_raw(map_: Path) -> object:
    return {
        str(pad.relative_to(map_ / "raw")): hashlib.sha256(pad.read_bytes()).hexdigest()
        for pad in sorted((map_ / "raw").rglob("*")) if pad.is_file()
    }  # fmt: skip


def _lay_concept(map_: Path) -> None:
    """Make a publication, and a concept that two people released; what is in a file is no matter here."""
    wh, klaar = map_ / "wh", map_ / "klaar"
    klaar.mkdir()
    (wh / ARCHIEF).mkdir()
    for pad in (wh / ARCHIEF / "20260101T000000Z-oud.duckdb", wh / PUBLICATIE, wh / WERK):
        pad.write_bytes(b"oud")
    for naam in (PUBLICATIE, WERK):
        (klaar / naam).write_bytes(b"nieuw")
    concept.set_ready(klaar, wh, _CONCEPT)
    concept.ask(concept.concepts(wh)[_CONCEPT], Persoon(AN, "a", "org"), _NU)
    concept.agree(concept.concepts(wh)[_CONCEPT], Persoon("jo@voorbeeld.nl", "b", "org"))


def _look_released(map_: Path) -> object:
    """Return whether a concept is still there, whole; and of which the exact figures lie about."""
    wh = map_ / "wh"
    over = [str(pad.relative_to(wh)) for pad in wh.rglob(WERK) if pad.parent != wh]
    return [over, concept.why_not(wh, concept.concepts(wh)[_CONCEPT]) if concept.concepts(wh) else "weg"]


def _read_released(map_: Path) -> object:
    """Return what there is once the timer came by again."""
    wh = map_ / "wh"
    assert release_due(wh, _NU).meldingen == []
    paden = sorted(pad for pad in wh.rglob("*") if pad.is_file() and pad.suffix == ".duckdb")
    return [{str(pad.relative_to(wh)): pad.read_text() for pad in paden}, [*concept.concepts(wh)]]


def _read_overtaken(map_: Path) -> object:
    """Return what the timer makes of it when another publication came in between: that one stays."""
    wh = map_ / "wh"
    for pad in (wh / ARCHIEF / "20260103T000000Z-later.duckdb", wh / PUBLICATIE, wh / WERK):
        pad.write_bytes(b"later")
    record_sum(wh / ARCHIEF, "20260103T000000Z-later", wh / PUBLICATIE)
    release_due(wh, _NU)
    assert (wh / PUBLICATIE).read_bytes() == (wh / WERK).read_bytes() == b"later"
    return sorted(str(pad.relative_to(wh)) for pad in wh.rglob("*.duckdb"))


DADEN = {
    "notitie": Daadwerk(_lay_notes, lambda map_: _write(map_, "Daarna", 1), _notes),
    "migratie": Daadwerk(_lay_old, lambda map_: open_opslag(map_ / "wh"), _notes, _look_migrated),
    "kopie": Daadwerk(
        _lay_all, lambda map_: backup(map_ / "wh", map_ / "kopie.zip.age", sleutel=map_ / "sleutel"), _read_backup
    ),
    "vrijgave": Daadwerk(_lay_concept, lambda map_: release_due(map_ / "wh", _NU), _read_released, _look_released),
    "ingehaald": Daadwerk(_lay_concept, lambda map_: release_due(map_ / "wh", _NU), _read_overtaken),
    "halen": Daadwerk(afbreek_opslag.lay, afbreek_opslag.take, afbreek_opslag.read, afbreek_opslag.look),
    "ophalen": Daadwerk(afbreek_ophalen.lay, afbreek_ophalen.take, afbreek_ophalen.read, afbreek_ophalen.look),
    "weggooien": Daadwerk(_lay_concept, lambda map_: discard(map_ / "wh", _CONCEPT), _look_released),
    "vergeten": Daadwerk(_lay_notes, _forget, _read_forgotten, _look_forgotten),
    "aannemen": Daadwerk(
        _lay_delivery, lambda map_: accept_path(map_ / "levering", None, "2021", map_ / "raw", None), _read_raw
    ),
}


def attempt(daad: Daadwerk, sjabloon: Path, stop: int) -> tuple[str | None, str]:
    """Do it with a kill at a step (0: none); returns the steps taken, and what is there after the next command."""
    werk = sjabloon.with_name("werk")
    shutil.rmtree(werk, ignore_errors=True)
    shutil.copytree(sjabloon, werk)

    def _do() -> str:
        teller = Teller(stop)
        daad.doe(werk)
        teller.stop()
        return str(teller.stap)

    def _look() -> str:
        remove_leftovers(werk / "wh", werk / "raw")
        gezien = json.dumps([daad.kijk(werk), daad.lees(werk)], sort_keys=True, default=str)
        remove_leftovers(werk / "wh", werk / "raw")
        rest = [pad.name for pad in werk.rglob("*") if pad.name.startswith((".kopie-", ".aannemen-")) or
                pad.suffix == ".deel"]  # fmt: skip
        fouten = nagaan.faults(werk / "wh" / "logboek")
        return f"{gezien}{rest or ''}{fouten or ''}"

    return in_fork(_do), in_fork(_look) or "fout: de volgende opdracht is zelf gestopt"


def main() -> None:
    """Do each thing that is named in a folder of its own, evenly spread over so many steps or all of them."""
    map_, hoeveel, *namen_ = Path(sys.argv[1]), *sys.argv[2:]
    for naam in namen_:
        try_all(naam, map_ / naam, hoeveel)


def try_all(naam: str, map_: Path, hoeveel: str) -> None:
    """Print what is there before and after, then per step `oud`, `nieuw` or what else it is."""
    daad, sjabloon = DADEN[naam], map_ / "sjabloon"
    (sjabloon / "wh").mkdir(parents=True)
    gelegd = in_fork(lambda: str(daad.leg(sjabloon)))
    assert gelegd is not None, gelegd
    assert not gelegd.startswith("fout"), gelegd
    gedaan, nieuw = attempt(daad, sjabloon, 0)
    aantal = int(gedaan or 0)
    _, oud = attempt(daad, sjabloon, 1)
    stappen = range(1, aantal + 1)
    if hoeveel != "alle":
        # Evenly spread, each in the middle of its part.
        deel = max(1, aantal // int(hoeveel))
        stappen = range(1 + deel // 2, aantal + 1, deel)
    print(json.dumps({"naam": naam, "aantal": aantal, "oud": oud, "nieuw": nieuw}), flush=True)
    for stap in stappen:
        gestopt, stand = attempt(daad, sjabloon, stap)
        uitkomst = "oud" if stand == oud else "nieuw" if stand == nieuw else f"anders: {stand}"
        print(json.dumps({"naam": naam, "stap": stap, "gestopt": gestopt is None, "stand": uitkomst}), flush=True)


if __name__ == "__main__":
    main()
