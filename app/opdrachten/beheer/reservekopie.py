"""Putting a backup back: publications, raw data and the committee's database, whole or not at all.

A restore never destroys what was there: that is kept under `voor_herstel/` first, and what the backup does not
have stays. Everything is checked and laid ready before anything is changed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.commissie.bank.keten import KetenError, links
from app.commissie.bank.opslag import Opslag
from app.commissie.model import OpslagError, Wijziging
from app.commissie.openen import open_to_restore
from app.commissie.terugzetten import KEPT, Journaal, finish_restore, settled, write_journal
from app.commissie.uitwisselen import export_csv, insert_missing, read_csv
from app.commissie.vergeten import is_forgotten
from app.commissie.vreemd import read_sqlite
from app.logboek import boek, deur
from app.logboek.nagaan import read as read_log
from app.opdrachten.beheer.kopie_lezen import (
    COMMISSIE_CSV,
    LOGBOEK,
    RAUW,
    Inhoud,
    damaged,
    is_encrypted,
    is_sound,
    publication_id,
    unpack,
)  # fmt: skip
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.warehouse.bewaard import BERICHT, VERZEGELD
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE
from pipelines.levering.leveringen import sha256_of


@dataclass(frozen=True)
class Hersteld:
    """What a restore put back, and where what was there before is kept; `wijzigingen` None: the committee's stayed."""

    publicaties: int
    wijzigingen: int | None
    bewaard_in: Path
    leveringen: int = 0


def restore(warehouse: Path, pad: Path, raw: Path | None = None, sleutel: Path | None = None) -> Hersteld:
    """Put a backup back and return what came of it; nothing changes unless all of the backup is sound.

    Cut off at any moment, the next command finishes it or undoes it. Without `raw` the raw data stay as they are. One
    that is under a key needs that key.

    Raises:
        AfgekeurdError: the file is no backup, is damaged, or contradicts what is there; everything is as it was.
        OpslagError: the committee's database does not answer; everything is as it was.
    """
    if sleutel is not None or is_encrypted(pad):
        from app.opdrachten.beheer.sleutel import opened

        with opened(pad, sleutel, warehouse) as kaal:
            return restore(warehouse, kaal, raw)
    warehouse.mkdir(parents=True, exist_ok=True)
    with settled(warehouse):
        merk = str(uuid.uuid4())
        nu = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        journaal = Journaal(merk, beslist=False, bewaard=nu, raw=str(raw.resolve()) if raw is not None else "")
        write_journal(warehouse, journaal)
        try:
            return _restore(warehouse, pad, journaal)
        finally:
            # Without the mark of its transaction in the database this takes away what was laid ready.
            finish_restore(warehouse)


def _restore(warehouse: Path, pad: Path, journaal: Journaal) -> Hersteld:
    klaar, rauw = journaal.staging(warehouse), journaal.raw_staging()
    klaar.mkdir(mode=0o700)

    def _place(naam: str) -> Path:
        if rauw is None or not naam.startswith(RAUW):
            return klaar / naam
        rauw.mkdir(mode=0o700, parents=True, exist_ok=True)
        return rauw / naam[len(RAUW) :]

    inhoud = unpack(pad, _place)
    if not all(is_sound(klaar / naam, naam) for naam in inhoud.sommen if naam.endswith(".duckdb") and RAUW not in naam):
        raise damaged(pad)
    wijzigingen = _read_committee(klaar, inhoud, pad)
    opslag = open_to_restore(warehouse, journaal.bewaard, vervang=wijzigingen is not None)
    wijzigingen = _as_here(opslag, wijzigingen, pad)
    aantal = _drop_present(warehouse, klaar, inhoud)
    _record_sums(warehouse / ARCHIEF, klaar, inhoud)
    leveringen = _new_deliveries(Path(journaal.raw), inhoud, pad) if rauw is not None else ()
    _drop_known_log(warehouse, klaar / LOGBOEK)
    _keep(warehouse, klaar / KEPT, opslag)
    write_journal(warehouse, replace(journaal, beslist=True, leveringen=leveringen))
    with opslag.transaction() as con:
        if wijzigingen is not None:
            opslag.set_aside(con, f"wijziging_tot_{journaal.bewaard.lower()}")
            insert_missing(con, wijzigingen, pad.name)
        opslag.begin_anew(con, journaal.merk)
    telling = None if wijzigingen is None else len(wijzigingen)
    return Hersteld(aantal, telling, warehouse / KEPT / journaal.bewaard, len(leveringen))


def _read_committee(klaar: Path, inhoud: Inhoud, pad: Path) -> list[Wijziging] | None:
    """Return the changes in the backup; only rows are taken over, whatever else a file may hold."""
    naam = inhoud.commissie
    if not naam:
        return None
    wijzigingen = (
        read_csv((klaar / naam).read_bytes(), naam) if naam == COMMISSIE_CSV else read_sqlite(klaar / naam, naam)
    )
    if inhoud.keten is not None and inhoud.keten != (links(wijzigingen) or [""])[-1]:
        tekst = "De geschiedenis van de commissie in deze reservekopie is niet die waarvan zij is gemaakt."
        advies = "Er zijn wijzigingen weggehaald of veranderd. Gebruik een andere reservekopie."
        raise AfgekeurdError([Melding(pad.name, tekst, advies=advies)])
    return wijzigingen


def _as_here(opslag: Opslag, wijzigingen: list[Wijziging] | None, pad: Path) -> list[Wijziging] | None:
    """Return the changes of a backup, each as it is here where a person in it was forgotten since.

    Where the chain here is broken, it is here that something was changed, and the backup mends it.

    Raises:
        AfgekeurdError: it says of a change that is here that somebody else wrote it, or something else.
    """
    if wijzigingen is None:
        return None
    try:
        opslag.verify()
        hier = {w.kenmerk: w for w in opslag.history()}
    except KetenError:
        return wijzigingen
    wijzigingen = [
        hier[w.kenmerk] if w.kenmerk in hier and is_forgotten(w, hier[w.kenmerk]) else w for w in wijzigingen
    ]
    fouten = [
        Melding(pad.name, f"Wijziging {w.kenmerk} is hier door een ander of met een andere inhoud vastgelegd.",
                advies="Een herstel herschrijft geen wijziging. Gebruik een andere reservekopie.")
        for w in wijzigingen if hier.get(w.kenmerk, w) != w
    ]  # fmt: skip
    if fouten:
        raise AfgekeurdError(fouten)
    return wijzigingen


def _drop_present(warehouse: Path, klaar: Path, inhoud: Inhoud) -> int:
    """Leave of the kept publications, and of the messages on those that were withdrawn, what is not there or damaged.

    Returns how many publications that are.
    """
    namen = [*inhoud.names(f"{ARCHIEF}/"), *inhoud.names(f"{VERZEGELD}/")]
    for naam in namen:
        hier = warehouse / naam
        # A message that is here says what was decided here.
        if hier.is_file() and (
            naam.endswith(BERICHT) or sha256_of(hier) == inhoud.sommen[naam] or is_sound(hier, naam)
        ):
            (klaar / naam).unlink()
    return sum((klaar / naam).exists() for naam in inhoud.names(f"{ARCHIEF}/") if not naam.endswith(BERICHT))


def _drop_known_log(warehouse: Path, uit_kopie: Path) -> None:
    """Leave out the log of the backup where the log that is here goes on from it; another one is kept beside it."""
    kop = boek.head(uit_kopie)
    if kop is not None and any(p.regel and (p.regel.nummer, p.regel.som) == (kop.nummer, kop.som)
                               for p in read_log(deur.folder(warehouse))):  # fmt: skip
        shutil.rmtree(uit_kopie)


def _record_sums(archief: Path, klaar: Path, inhoud: Inhoud) -> None:
    """Note the sums of what comes back, so that damage is noticed there as well as in what was built here."""
    archief.mkdir(exist_ok=True)
    zonder = (RAUW, f"{VERZEGELD}/")
    for pad in (klaar / naam for naam in inhoud.sommen if naam.endswith(".duckdb") and not naam.startswith(zonder)):
        if pad.exists() and (publicatie_id := publication_id(pad)):
            record_sum(archief, publicatie_id, pad)


def _new_deliveries(raw: Path, inhoud: Inhoud, pad: Path) -> tuple[str, ...]:
    """Return which deliveries are not there yet; one that is there is never touched.

    Raises:
        AfgekeurdError: one that is there says something else.
    """
    per_levering: dict[str, list[str]] = {}
    for naam in inhoud.names(RAUW):
        per_levering.setdefault("/".join(naam.split("/")[1:3]), []).append(naam)
    nieuw, fouten = [], []
    for levering, namen in per_levering.items():
        if (raw / levering).parent.is_symlink():
            tekst = f"De map van levering {show_value(levering)} is hier een verwijzing naar elders."
            fouten.append(Melding(pad.name, tekst, advies="Zet er een gewone map neer, en herstel opnieuw."))
        elif not os.path.lexists(raw / levering):
            nieuw.append(levering)
        elif not all(_is_same(raw / naam[len(RAUW) :], inhoud.sommen[naam]) for naam in namen):
            tekst = f"Levering {show_value(levering)} staat hier al, met een andere inhoud."
            advies = "Een herstel verandert geen levering. Verplaats de map die er staat, en herstel opnieuw."
            fouten.append(Melding(pad.name, tekst, advies=advies))
    if fouten:
        raise AfgekeurdError(fouten)
    return tuple(nieuw)


def _is_same(pad: Path, som: str) -> bool:
    return pad.is_file() and not pad.is_symlink() and sha256_of(pad) == som


def _keep(warehouse: Path, bewaard: Path, opslag: Opslag) -> None:
    """Lay ready what the app shows now and what the committee has now, to be kept."""
    bewaard.mkdir(mode=0o700)
    if (warehouse / PUBLICATIE).is_file():
        shutil.copyfile(warehouse / PUBLICATIE, bewaard / PUBLICATIE)
    with (
        contextlib.suppress(OpslagError),
        open(os.open(bewaard / COMMISSIE_CSV, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as uit,
    ):
        uit.write(export_csv(opslag.history()))
    for pad in bewaard.iterdir():
        with pad.open("rb") as stroom:
            os.fsync(stroom.fileno())
