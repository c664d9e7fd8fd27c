"""Export and import of the committee's history as CSV: every change, safe to open in a spreadsheet, both ways exact."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.commissie.bank.keten import append, links
from app.commissie.bank.opslag import Opslag
from app.commissie.bank.tabellen import WIJZIGING, as_row, from_row
from app.commissie.model import Onderwerp, Wijziging, clean, faults, holding, levels
from app.commissie.referentiekader import why_not_rising
from app.taal.inert import make_inert
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest

KOLOMMEN = ("kenmerk", "soort", "regio_code", "jaar", "sleutel", "versie", "gebaseerd_op", "score", "stand", "datum",
            "publicatie_id", "tekst", "wie", "rol", "op")  # fmt: skip
# Ties each row to all before it; an export from before there was a chain does without.
KETEN = "keten"
GROOTSTE_BESTAND = 50_000_000
# Two computers that exchange their history need not agree on the second.
_KLOK_SCHEELT = timedelta(hours=1)
# Moments that every page can show, whatever the clock said when they were written down.
_EERSTE_MOMENT, _LAATSTE_MOMENT = datetime(1970, 1, 1), datetime(2999, 12, 31)
_GETALLEN = {"jaar": False, "versie": True, "gebaseerd_op": False, "score": True}


def export_csv(wijzigingen: Iterable[Wijziging]) -> bytes:
    """Return every change as one row of a CSV: BOM, semicolons, times in UTC, and the chain in the last column."""
    tekst, alles = io.StringIO(), list(wijzigingen)
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow((*KOLOMMEN, KETEN))
    for wijziging, keten in zip(alles, links(alles), strict=True):
        rij = as_row(wijziging)
        schrijver.writerow([*(_cell(rij[kolom]) for kolom in KOLOMMEN), keten])
    return tekst.getvalue().encode("utf-8-sig")


def _cell(waarde: object) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, (date, datetime)):
        return waarde.isoformat()
    if not isinstance(waarde, str):
        return str(waarde)
    # One apostrophe is taken off again on import, so a text of its own that begins with one gets another.
    return f"'{waarde}" if waarde.startswith("'") else make_inert(waarde)


def read_csv(inhoud: bytes, naam: str, regios: Collection[str] | None = None) -> list[Wijziging]:
    """Return the changes in an export; with `regios` only of regions that exist.

    Raises:
        AfgekeurdError: it is no export, or rows in it are wrong; every fault at once.
    """
    if len(inhoud) > GROOTSTE_BESTAND:
        raise AfgekeurdError([Melding(naam, "Dit bestand is te groot.", advies="Hoogstens 50 MB.")])
    try:
        rijen = list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    except (UnicodeDecodeError, csv.Error):
        advies = "Gebruik een export van de commissie: UTF-8, met puntkomma's."
        raise AfgekeurdError([Melding(naam, "Dit is geen leesbare CSV.", advies=advies)]) from None
    met_keten = bool(rijen) and tuple(rijen[0]) == (*KOLOMMEN, KETEN)
    if not rijen or (tuple(rijen[0]) != KOLOMMEN and not met_keten):
        advies = f"Verwacht: {', '.join(KOLOMMEN)}, {KETEN}."
        raise AfgekeurdError([Melding(naam, "De kolommen zijn niet die van een export.", advies=advies)])
    return read_rows([[v.removeprefix("'") for v in rij] for rij in rijen[1:]], naam, regios, met_keten=met_keten)


def read_rows(
    rijen: Sequence[Sequence[str]], naam: str, regios: Collection[str] | None = None, *, met_keten: bool
) -> list[Wijziging]:
    """Return the changes in rows of text, the first of which is called row 2; every rule of the form holds for them.

    Raises:
        AfgekeurdError: rows are wrong, or the chain through them is broken; every fault at once.
    """
    fouten: list[Melding] = []
    wijzigingen, eerste = [], dict[str, int]()
    breedte = len(KOLOMMEN) + met_keten
    for nummer, rij in enumerate(rijen, start=2):
        if len(rij) != breedte:
            fouten.append(Melding(naam, f"{len(rij)} velden in plaats van {breedte}.", rij=nummer))
            continue
        wijziging = _change(naam, nummer, rij[: len(KOLOMMEN)], fouten, in_keten=met_keten)
        if wijziging is None:
            continue
        wijzigingen.append(wijziging)
        if eerste.setdefault(wijziging.kenmerk, nummer) != nummer:
            tekst = f"Dit kenmerk staat ook in rij {eerste[wijziging.kenmerk]}."
            fouten.append(Melding(naam, tekst, rij=nummer, kolom="kenmerk", advies="Haal een van de twee rijen weg."))
        if regios is not None and wijziging.onderwerp.regio_code not in regios:
            code = wijziging.onderwerp.regio_code
            tekst = f"'{show_value(code)}' bestaat niet.{suggest(code, regios)}"
            fouten.append(Melding(naam, tekst, rij=nummer, kolom="regio_code"))
    if met_keten and not fouten:
        fouten = _chain_faults(naam, wijzigingen, [rij[-1] for rij in rijen])
    if fouten:
        raise AfgekeurdError(fouten)
    return wijzigingen


def _chain_faults(naam: str, wijzigingen: Sequence[Wijziging], ketens: Sequence[str]) -> list[Melding]:
    """Return where the chain breaks first; what comes after it cannot be judged."""
    for nummer, (moet, is_) in enumerate(zip(links(wijzigingen), ketens, strict=True), start=2):
        if moet != is_:
            tekst = "Deze rij past niet in de keten: zij of een rij ervoor is veranderd, ingevoegd of weggehaald."
            advies = "Gebruik het bestand zoals Regiomonitor het maakte, of maak de export opnieuw."
            return [Melding(naam, tekst, rij=nummer, kolom=KETEN, advies=advies)]
    return []


def _change(naam: str, nummer: int, rij: Sequence[str], fouten: list[Melding], *, in_keten: bool) -> Wijziging | None:
    """Return one row as a change; what is wrong with it goes with the faults."""
    velden: dict[str, Any] = dict(zip(KOLOMMEN, rij, strict=True))
    begin = len(fouten)
    for kolom, mag_leeg in _GETALLEN.items():
        velden[kolom] = _number(naam, nummer, kolom, velden[kolom], mag_leeg, fouten)
    for kolom, soort in (("datum", date), ("op", datetime)):
        velden[kolom] = _moment(naam, nummer, kolom, velden[kolom], soort, fouten)
    if not _is_uuid(velden["kenmerk"]):
        fouten.append(Melding(naam, "Dit is geen kenmerk.", rij=nummer, kolom="kenmerk"))
    if len(fouten) > begin:
        return None
    velden |= {kolom: clean(velden[kolom]) for kolom in ("tekst", "wie")}
    wijziging = from_row(velden)
    mis = faults(wijziging.onderwerp, wijziging.inhoud, wijziging.wie, wijziging.rol, wijziging.gebaseerd_op)
    if wijziging.versie not in (None, wijziging.gebaseerd_op + 1):
        mis.append("De versie volgt niet op de versie waarop zij is gebaseerd.")
    # A database whose clock was ahead for a while wrote what it wrote; the chain vouches for its order.
    laatste = _LAATSTE_MOMENT if in_keten else datetime.now(UTC).replace(tzinfo=None) + _KLOK_SCHEELT
    if wijziging.op > laatste:
        mis.append("Dit tijdstip ligt in de toekomst.")
    if wijziging.op < _EERSTE_MOMENT:
        mis.append("Dit tijdstip ligt te ver in het verleden.")
    fouten += [Melding(naam, fout, rij=nummer) for fout in mis]
    return wijziging if len(fouten) == begin else None


def _is_uuid(tekst: str) -> bool:
    """Whether this is a kenmerk as the database writes it, and no other spelling of one."""
    try:
        return str(uuid.UUID(tekst)) == tekst
    except ValueError:
        return False


# A note that slid into another column must not end up in a log: what was filled in is not repeated.
def _number(naam: str, rij: int, kolom: str, tekst: str, mag_leeg: bool, fouten: list[Melding]) -> int | None:
    if not tekst and mag_leeg:
        return None
    if tekst.isascii() and tekst.isdigit() and len(tekst) < 7:
        return int(tekst)
    advies = f"Alleen cijfers, hoogstens zes{'; leeg mag ook' if mag_leeg else ''}."
    fouten.append(Melding(naam, "Dit is geen geheel getal.", rij=rij, kolom=kolom, advies=advies))
    return None


def _moment(naam: str, rij: int, kolom: str, tekst: str, soort: type[date], fouten: list[Melding]) -> date | None:
    if not tekst and kolom == "datum":
        return None
    try:
        moment = soort.fromisoformat(tekst)
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            return moment
    except ValueError:
        pass
    wat, vorm = ("tijdstip", "2022-06-30T14:05:00") if soort is datetime else ("datum", "2022-06-30")
    fouten.append(Melding(naam, f"Dit is geen {wat}.", rij=rij, kolom=kolom, advies=f"Bijvoorbeeld {vorm}."))
    return None


def import_changes(opslag: Opslag, wijzigingen: Sequence[Wijziging], naam: str) -> int:
    """Add the changes that are not there yet, all or none; returns how many were added.

    Raises:
        AfgekeurdError: what is there already says something else, or would no longer fit; nothing was added.
    """
    with opslag.transaction() as con:
        er_al = set(con.scalars(sa.select(WIJZIGING.c.kenmerk)))
        aantal = insert_missing(con, wijzigingen, naam)
        nieuw = {nummer: w for nummer, w in enumerate(wijzigingen, start=2) if w.kenmerk not in er_al}
        if fouten := _misfits(con, nieuw, naam):
            raise AfgekeurdError(fouten)
        return aantal


def _misfits(con: sa.Connection, nieuw: Mapping[int, Wijziging], naam: str) -> list[Melding]:
    """Return what no form would have let through: a version without the one before it, a level that falls."""
    alles = [from_row(rij._mapping) for rij in con.execute(sa.select(WIJZIGING))]
    versies, stand = {(w.onderwerp, w.versie) for w in alles}, holding(alles)
    niveaus, fouten = levels(stand), []
    for nummer, w in nieuw.items():
        if w.versie is not None and w.versie > 1 and (w.onderwerp, w.gebaseerd_op) not in versies:
            tekst = "De versie waarop deze is gebaseerd, staat niet in het bestand en niet in de database."
            fouten.append(Melding(naam, tekst, rij=nummer, kolom="gebaseerd_op"))
        if w.onderwerp.soort == "ambitieniveau" and stand.get(w.onderwerp) == w:
            tekst = why_not_rising(niveaus, w.onderwerp.jaar, w.inhoud.score or 1)
            fouten += [Melding(naam, tekst, rij=nummer, kolom="score")] if tekst else []
    return fouten


def insert_missing(con: sa.Connection, wijzigingen: Sequence[Wijziging], naam: str) -> int:
    """Add, within a transaction, the changes that are not there yet; returns how many."""
    aanwezig = {rij.kenmerk: from_row(rij._mapping) for rij in con.execute(sa.select(WIJZIGING))}
    bezet: dict[tuple[Onderwerp, int | None], str] = {
        (w.onderwerp, w.versie): w.kenmerk for w in aanwezig.values() if w.versie is not None
    }
    fouten, nieuw = [], []
    for nummer, w in enumerate(wijzigingen, start=2):
        if aanwezig.get(w.kenmerk) == w:
            continue
        sleutel = (w.onderwerp, w.versie)
        if w.kenmerk in aanwezig or (w.versie is not None and bezet.get(sleutel, w.kenmerk) != w.kenmerk):
            tekst = "Hier staat al iets anders; een import verandert niets."
            advies = "Importeer in een lege database, of voer deze wijziging met de hand in."
            fouten.append(Melding(naam, tekst, rij=nummer, advies=advies))
            continue
        if w.versie is not None:
            bezet[sleutel] = w.kenmerk
        nieuw.append(w)
    if fouten:
        raise AfgekeurdError(fouten)
    if nieuw:
        append(con, nieuw)
    return len(nieuw)
