"""What was kept for as long as the rules say goes, or is sealed; the rules are data."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import TypeAdapter, with_config

from app.commissie.bank.opslag import BESTAND, URL
from app.commissie.model import OpslagError
from app.commissie.openen import open_opslag
from app.commissie.terugzetten import KEPT, UIT_KOPIE, old_databases
from app.logboek import boek, deur, opschonen
from app.logboek.regel import Daad
from app.opdrachten.beheer.kopie_lezen import check_backup, is_encrypted, publication_id
from app.opdrachten.beheer.sleutel import opened
from app.opdrachten.uitgeven.publicaties import throw_away
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path
from pipelines.afspraken.schrift.modellen import STRENG, Vorm, read_as
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.concept import concepts
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.opslagstand import follows_store

_ALTIJD = "altijd"
_KOPIE = re.compile(r"regiomonitor-(\d{8}T\d{6})Z\.zip(?:\.age)?", re.ASCII)
_PUBLICATIE = re.compile(r"(\d{8}T\d{6})Z-.*", re.ASCII)
# Folders of before a restore, and of a log that came out of a backup, have the moment in their name.
_MOMENT = re.compile(r"(\d{8}T\d{6})\d*", re.ASCII)
# Two clocks may differ by so much; and after so long without anything the clock is asked about.
_SPELING, _LANG_STIL = timedelta(days=1), timedelta(days=366)
_REDEN = "De bewaartermijn is om"


def _read_term(tekst: str) -> int | None:
    return None if tekst == _ALTIJD else int(tekst)


# No end at all is none; a number is 1 or more.
Termijn = Annotated[
    int | None,
    Vorm(rf"[1-9][0-9]{{0,4}}|{_ALTIJD}", _read_term, "{wat} '{waarde}' is geen termijn.",
         "Schrijf een getal van 1 of meer, of altijd."),
]  # fmt: skip


@with_config(STRENG)
@dataclass(frozen=True)
class Termijnen:
    """How long each kind of thing is kept; of backups so many of the newest, and the first of so many months."""

    publicaties_jaren: Termijn
    reservekopieen_nieuwste: Termijn
    reservekopieen_maanden: Termijn
    logboek_maanden: Termijn
    voor_herstel_dagen: Termijn
    concepten_dagen: Termijn


@dataclass(frozen=True)
class Stap:
    """One thing whose time is over: what becomes of it in words, and how that is done."""

    tekst: str
    doe: Callable[[], object]


def load_terms(pad: Path) -> Termijnen:
    """Return the terms in this file.

    Raises:
        AfgekeurdError: all that is wrong with it.
    """
    return read_as(TypeAdapter(Termijnen), load_yaml(pad), pad.name)


def refuse_clock(warehouse: Path, kopieen: Path | None, nu: datetime) -> None:
    """Refuse to go on where by this clock nothing happened for a year: with a wrong one everything would be over.

    Raises:
        AfgekeurdError: the clock is far past the newest that is known here.
    """
    namen = [gevonden[1] for naam in kept(warehouse) if (gevonden := _PUBLICATIE.fullmatch(naam))]
    namen += [gevonden[1] for pad in (warehouse / KEPT).glob("*") if (gevonden := _MOMENT.fullmatch(pad.name))]
    namen += [moment for moment, _ in _copies(kopieen, nu)] if kopieen is not None else []
    namen += [f"{pad.stem.replace('-', '')}01T000000" for pad in boek.months(deur.folder(warehouse))]
    bekend = [moment for moment in map(_moment, namen) if moment <= nu + _SPELING]
    if bekend and nu - max(bekend) > _LANG_STIL:
        tekst = f"Volgens de klok is het {nu:%d-%m-%Y}, en het laatste wat hier gebeurde was op {max(bekend):%d-%m-%Y}."
        advies = "Zet de klok goed. Klopt zij, doe dit dan met --klok-klopt. Er is niets verwijderd."
        raise AfgekeurdError([Melding("retention", tekst, advies=advies)])


def plan(
    warehouse: Path, kopieen: Path | None, termijnen: Termijnen, nu: datetime, sleutel: Path | None = None
) -> Iterator[Stap]:
    """Yield everything whose time is over at this moment.

    Raises:
        AfgekeurdError: of the backups that stay one is damaged, or the committee does not say what its notes are of.
    """
    yield from _publications(warehouse, termijnen.publicaties_jaren, nu)
    if kopieen is not None:
        is_goed = partial(_is_sound, warehouse, sleutel)
        yield from _backups(warehouse, kopieen, termijnen, nu, is_goed)
    yield from _log(warehouse, termijnen.logboek_maanden, nu)
    yield from _before_restores(warehouse, termijnen.voor_herstel_dagen, nu)
    yield from _concepts(warehouse, termijnen.concepten_dagen, nu)


def _publications(warehouse: Path, jaren: int | None, nu: datetime) -> Iterator[Stap]:
    """Yield the publications to seal; that of now stays, however old it is, and what a note of the committee is of."""
    # Out of a store come the publications that the computer that builds still has.
    if jaren is None or follows_store(warehouse):
        return
    grens, huidig = _months_before(nu, 12 * jaren), newest_whole(warehouse)
    getoond = publication_id(huidig) if huidig is not None else None
    over = [
        naam for naam in kept(warehouse)
        if getoond and naam != getoond and (g := _PUBLICATIE.fullmatch(naam)) and _moment(g[1]) < grens
    ]  # fmt: skip
    genoemd = _named_in_notes(warehouse) if over else set()
    for naam in over:
        if naam not in genoemd:
            yield Stap(f"Publicatie {naam} is verzegeld.", partial(_seal, warehouse, naam, nu.date()))


def _named_in_notes(warehouse: Path) -> set[str]:
    """Return the publications that a note of the committee was written with."""
    if not (os.environ.get(URL) or (warehouse / BESTAND).exists()):
        return set()
    try:
        return {wijziging.inhoud.publicatie_id for wijziging in open_opslag(warehouse).history()}
    except OpslagError as fout:
        raise AfgekeurdError([Melding("retention", str(fout))]) from None


def _seal(warehouse: Path, naam: str, dag: date) -> None:
    from pipelines.publicatie.herschrijven import withdraw

    with deur.recorded(warehouse, deur.on_command_line(), Daad.PUBLICATIE_INGETROKKEN, naam):
        withdraw(warehouse, naam, _REDEN, dag)


def _copies(map_: Path, nu: datetime) -> list[tuple[str, Path]]:
    """Return the backups by their moment; what is empty or of a moment that was not yet there is none."""
    gevonden = sorted((g[1], pad) for pad in map_.iterdir() if (g := _KOPIE.fullmatch(pad.name)) and pad.is_file())
    return [(moment, pad) for moment, pad in gevonden if _moment(moment) <= nu + _SPELING and pad.stat().st_size]


def _is_sound(warehouse: Path, sleutel: Path | None, pad: Path) -> bool:
    """Return whether a backup can be read to its end; of one under a key that is not given only how it begins."""
    if is_encrypted(pad) and sleutel is None:
        return True
    try:
        with opened(pad, sleutel if is_encrypted(pad) else None, warehouse) as kaal:
            check_backup(kaal)
    except AfgekeurdError:
        return False
    return True


def _backups(
    warehouse: Path, map_: Path, termijnen: Termijnen, nu: datetime, is_goed: Callable[[Path], bool]
) -> Iterator[Stap]:
    """Yield the backups that are neither among the newest nor the first of a month that still counts."""
    nieuwste, maanden = termijnen.reservekopieen_nieuwste, termijnen.reservekopieen_maanden
    if nieuwste is None:
        return
    gevonden = _copies(map_, nu)
    grens = f"{_months_before(nu, maanden):%Y%m}" if maanden is not None else ""
    eerste: dict[str, Path] = {}
    for moment, pad in gevonden:
        if moment[:6] >= grens:
            eerste.setdefault(moment[:6], pad)
    blijft = {*eerste.values(), *(pad for _, pad in gevonden[-nieuwste:])}
    over = [pad for _, pad in gevonden if pad not in blijft]
    stuk = [pad for _, pad in gevonden[-nieuwste:] if not is_goed(pad)] if over else []
    if stuk:
        advies = "Maak een nieuwe en haal deze weg. Er is niets verwijderd: een oudere kan nodig zijn."
        raise AfgekeurdError(
            [Melding(show_path(pad), "Deze reservekopie is beschadigd.", advies=advies) for pad in stuk]
        )
    for pad in over:
        yield _removal(warehouse, f"reservekopie {_written(pad.name)}", f"Reservekopie {show_path(pad.name)}", pad)


def _log(warehouse: Path, maanden: int | None, nu: datetime) -> Iterator[Stap]:
    if maanden is None:
        return
    map_ = deur.folder(warehouse)
    over = opschonen.expired(map_, opschonen.month_before(f"{nu:%Y-%m}", maanden))
    if over:
        yield Stap(f"Het logboek van {over[0].stem} tot en met {over[-1].stem} is verwijderd.",
                   partial(deur.forget_months, map_, deur.on_command_line(), maanden))  # fmt: skip
    for oud in _dated(warehouse / UIT_KOPIE, _months_before(nu, maanden)):
        yield _removal(
            warehouse, f"logboek_uit_kopie {_written(oud.name)}", f"Het logboek uit een reservekopie ({oud.name})", oud
        )


def _before_restores(warehouse: Path, dagen: int | None, nu: datetime) -> Iterator[Stap]:
    """Yield what is kept of before a restore or a migration; it holds the committee's notes."""
    if dagen is None:
        return
    grens = nu - timedelta(days=dagen)
    for map_ in _dated(warehouse / KEPT, grens):
        yield _removal(
            warehouse, f"voor_herstel {_written(map_.name)}", f"Wat er stond voor het herstel van {map_.name}", map_
        )
    for pad in old_databases(warehouse):
        if datetime.fromtimestamp(pad.stat().st_mtime, UTC) < grens:
            yield _removal(warehouse, "oude_database", show_path(pad.name), pad)


def _removal(warehouse: Path, waarover: str, wat: str, pad: Path) -> Stap:
    return Stap(f"{wat} is verwijderd.", partial(_remove, warehouse, waarover, pad))


def _remove(warehouse: Path, waarover: str, pad: Path) -> None:
    with deur.recorded(warehouse, deur.on_command_line(), Daad.OPGERUIMD, waarover):
        if pad.is_dir():
            shutil.rmtree(pad)
        else:
            pad.unlink()


def _written(naam: str) -> str:
    """Return the moment in this name, as the log may say it."""
    gevonden = re.search(r"\d{8}T\d{6}", naam, re.ASCII)
    return gevonden[0] if gevonden else ""


def _concepts(warehouse: Path, dagen: int | None, nu: datetime) -> Iterator[Stap]:
    """Yield the concepts that nobody released so long after they were built, or after the moment that was asked."""
    if dagen is None:
        return
    for naam, klaar in concepts(warehouse).items():
        gevonden = _PUBLICATIE.fullmatch(naam)
        gemaakt = _moment(gevonden[1]) if gevonden else datetime.fromtimestamp(klaar.map.stat().st_mtime, UTC)
        if max(gemaakt, klaar.vanaf or gemaakt) < nu - timedelta(days=dagen):
            yield Stap(f"Concept {naam} is weggegooid.", partial(throw_away, warehouse, naam))


def _dated(map_: Path, grens: datetime) -> Iterator[Path]:
    """Yield the folders in this one whose name is a moment before this one."""
    for pad in sorted(map_.glob("*")):
        if pad.is_dir() and not pad.is_symlink() and (g := _MOMENT.fullmatch(pad.name)) and _moment(g[1]) < grens:
            yield pad


def _moment(tekst: str) -> datetime:
    try:
        return datetime.strptime(tekst, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        # No moment that there was: not to be judged, and so not over.
        return datetime.max.replace(tzinfo=UTC)


def _months_before(nu: datetime, maanden: int) -> datetime:
    """Return the same day so many months before; the 28th where that month may be shorter, the year 1 at the least."""
    jaar, maand = divmod(nu.year * 12 + nu.month - 1 - maanden, 12)
    return nu.replace(year=max(jaar, 1), month=maand + 1, day=min(nu.day, 28))
