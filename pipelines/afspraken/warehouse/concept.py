"""Publications that are not released yet: a folder of their own each, where nothing looks that gives figures out.

`concept/<id>/` has the publication, the work database, and of when it was built which publications there were and which
deliveries it was made from. Somebody asks for release from a moment on (`vraag.json`), somebody else agrees with just
that (`akkoord.json`); at that moment a command puts it in place. What is asked anew has to be agreed with anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.schrift.naam import is_same_name, name_pattern
from pipelines.afspraken.warehouse.bewaard import ever_published, withdrawn
from pipelines.afspraken.warehouse.eigen import MAP as EIGEN
from pipelines.afspraken.warehouse.eigen import is_own, own_file, own_files
from pipelines.afspraken.warehouse.gaaf import Merk, hash_file, merk_of
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, sync_folder, write_whole
from pipelines.afspraken.warehouse.verbinding import INGETROKKEN, PUBLICATIE

MAP = "concept"
_VRAAG, _AKKOORD, _BASIS = "vraag.json", "akkoord.json", "basis.json"
_BESCHADIGD = "Dit concept is beschadigd."
_ID = re.compile(r"[A-Za-z0-9.-]{1,60}")


class VierOgenError(ValueError):
    """Who asks for release is not who agrees with it."""


class WachtError(AfgekeurdError):
    """A concept waits for release, and nothing is published past it."""


@dataclass(frozen=True)
class Persoon:
    """One who logged in: the name to show, the account that stays the same when the name does not, and who vouches.

    `account` is a sum of what the provider calls the account, and is never shown.
    """

    naam: str
    account: str
    aanbieder: str

    def is_same(self, ander: Persoon) -> bool:
        """Return whether these may be one person: the same account under another name, or the other way around."""
        return self.account == ander.account or is_same_name(self.naam, ander.naam)

    @property
    def is_known(self) -> bool:
        """Return whether it is said who this is."""
        return bool(self.naam.strip() and self.account and self.aanbieder)


@dataclass(frozen=True)
class Concept:
    """One publication that is not released, and how far its release is."""

    publicatie_id: str
    map: Path
    vanaf: datetime | None = None
    gevraagd_door: Persoon | None = None
    vrijgegeven_door: Persoon | None = None

    @property
    def bestand(self) -> Path:
        """The publication itself."""
        return self.map / PUBLICATIE

    def is_due(self, nu: datetime) -> bool:
        """Return whether two people released it and the moment is there."""
        return self.vrijgegeven_door is not None and self.vanaf is not None and self.vanaf <= nu


def concepts(warehouse: Path) -> dict[str, Concept]:
    """Return every concept by its id, the oldest first."""
    return {map_.name: _read(map_) for map_ in _folders(warehouse) if _ID.fullmatch(map_.name)}


def shown_to_areas(warehouse: Path) -> list[Concept]:
    """Return the concepts of which areas see their own figures: to whoever did, those are as good as published."""
    return [klaar for klaar in concepts(warehouse).values() if own_files(klaar.map)]


def refuse_past(warehouse: Path) -> None:
    """Refuse to publish while a concept waits: what is in it would come out without the two who release it.

    Raises:
        WachtError: a concept waits.
    """
    if wachtend := list(concepts(warehouse)):
        tekst = "Dit wacht op vrijgave; een gewone bouw zou publiceren wat erin staat."
        advies = (
            "Laat het vrijgeven, haal het weg met .venv/bin/regiomonitor publications --weg ID, of maak ook dit een "
            "concept met .venv/bin/regiomonitor build --concept."
        )
        raise WachtError([Melding(f"concept {', '.join(wachtend)}", tekst, advies=advies)])


def is_concept(bestand: Path) -> bool:
    """Return whether this is the file of a concept, or of what one area sees of it."""
    return (bestand.parent if is_own(bestand) else bestand).parent.parent.name == MAP


def set_ready(klaar: Path, warehouse: Path, publicatie_id: str, leveringen: Iterable[Path] = ()) -> None:
    """Put a folder with a publication of these deliveries among the concepts, in one step and for the builder alone."""
    mappen = [str(map_.resolve()) for map_ in leveringen]
    eigen = {pad.stem: hash_file(pad) for pad in own_files(klaar)}
    basis = {
        "naast": _names(warehouse), "concepten": [ander.publicatie_id for ander in shown_to_areas(warehouse)],
        "som": hash_file(klaar / PUBLICATIE), "leveringen": mappen, "eigen": eigen,
    }  # fmt: skip
    write_whole(klaar / _BASIS, json.dumps(basis).encode(), mode=VERTROUWELIJK)
    for pad in (*klaar.iterdir(), *own_files(klaar)):
        if pad.is_file():
            pad.chmod(VERTROUWELIJK)
    if eigen:
        sync_folder(klaar / EIGEN)
    sync_folder(klaar)
    (warehouse / MAP).mkdir(mode=0o700, exist_ok=True)
    os.replace(klaar, warehouse / MAP / publicatie_id)
    sync_folder(warehouse / MAP)


def why_not(warehouse: Path, concept: Concept) -> str:
    """Return why a concept cannot be put in place; empty when nothing is in the way.

    It is damaged, was not attacked beside what is there now, or rests on a delivery that was withdrawn since.
    """
    try:
        basis = json.loads((concept.map / _BASIS).read_text(encoding="utf-8"))
        naast, som, mappen = basis["naast"], basis["som"], [Path(map_) for map_ in basis["leveringen"]]
        # Where a release was cut off, it may be among them itself; beside those that waited it was attacked as well.
        zonder = {concept.publicatie_id, *basis.get("concepten", [])}
    except (OSError, ValueError, KeyError, TypeError):
        return _BESCHADIGD
    merk = merk_of(concept.bestand)
    if merk is None or _sum_of(merk) != som:
        return _BESCHADIGD
    if naast != [naam for naam in _names(warehouse) if naam not in zonder]:
        return "Sinds dit concept is gebouwd, is er een andere publicatie gekomen of ingetrokken."
    weg = [f"{map_.parent.name}/{map_.name}" for map_ in mappen if not map_.is_dir() or (map_ / INGETROKKEN).exists()]
    return f"Sinds dit concept is gebouwd, is ingetrokken of verdwenen: {', '.join(weg)}." if weg else ""


def own_publication(warehouse: Path, code: str) -> Path | None:
    """Return what one area may see of the newest concept; nothing where there is none, or it cannot be released so.

    What was not attacked beside the publication of now is shown to nobody else. An older concept that waits is not what
    the next publication will say.
    """
    klaar = next(reversed(concepts(warehouse).values()), None)
    pad = own_file(klaar.map, code) if klaar else None
    merk = merk_of(pad) if pad else None
    if klaar is None or merk is None or why_not(warehouse, klaar):
        return None
    try:
        som = json.loads((klaar.map / _BASIS).read_text(encoding="utf-8"))["eigen"][code]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pad if _sum_of(merk) == som else None


def is_past(warehouse: Path, concept: Concept) -> bool:
    """Return whether a concept was released before, and was taken back or followed by another publication since."""
    if concept.publicatie_id in withdrawn(warehouse):
        return True
    namen = _names(warehouse)
    try:
        naast = json.loads((concept.map / _BASIS).read_text(encoding="utf-8"))["naast"]
    except (OSError, ValueError, KeyError, TypeError):
        naast = []
    later = [naam for naam in namen if naam > concept.publicatie_id and naam not in naast]
    return concept.publicatie_id in namen and bool(later)


@functools.lru_cache(maxsize=50)
def _sum_of(merk: Merk) -> str:
    return hash_file(Path(merk[0]))


def ask(concept: Concept, wie: Persoon, vanaf: datetime) -> None:
    """Ask for release from this moment on; whoever agreed with something else did not agree with this.

    Raises:
        VierOgenError: it is not known who asks.
        OSError: it cannot be written.
    """
    if not wie.is_known:
        raise VierOgenError
    with contextlib.suppress(FileNotFoundError):
        (concept.map / _AKKOORD).unlink()
    vraag = {"wie": asdict(wie), "vanaf": vanaf.astimezone(UTC).isoformat()}
    write_whole(concept.map / _VRAAG, json.dumps(vraag).encode(), mode=VERTROUWELIJK)


def agree(concept: Concept, wie: Persoon) -> None:
    """Agree with what was asked, as somebody else; with what is in `concept`, and not with what came after.

    Raises:
        VierOgenError: nothing was asked, it was asked by the same person, or it was asked anew.
        OSError: it cannot be written.
    """
    vrager = concept.gevraagd_door
    if vrager is None or not wie.is_known or wie.is_same(vrager):
        raise VierOgenError
    vraag = (concept.map / _VRAAG).read_bytes()
    if _read(concept.map) != concept:
        raise VierOgenError
    akkoord = {"wie": asdict(wie), "vraag": hashlib.sha256(vraag).hexdigest()}
    write_whole(concept.map / _AKKOORD, json.dumps(akkoord).encode(), mode=VERTROUWELIJK)


def named(warehouse: Path, naam: str) -> list[str]:
    """Return the ids of the concepts where this person asked for release or agreed with it, also where that lapsed."""
    return [map_.name for map_ in _folders(warehouse) if _signed(map_, naam)]


def forget(warehouse: Path, naam: str) -> list[str]:
    """Take away what this person asked or agreed with, and return the ids of those concepts: it is to be asked anew.

    Under a pseudonym somebody could agree with what they asked themselves.

    Raises:
        OSError: it cannot be taken away.
    """
    weg = named(warehouse, naam)
    for publicatie_id in weg:
        map_ = warehouse / MAP / publicatie_id
        for bestand in (_AKKOORD, _VRAAG) if _VRAAG in _signed(map_, naam) else (_AKKOORD,):
            (map_ / bestand).unlink(missing_ok=True)
        sync_folder(map_)
    return weg


def _folders(warehouse: Path) -> list[Path]:
    return sorted(pad for pad in (warehouse / MAP).glob("*") if pad.is_dir() and not pad.is_symlink())


def _signed(map_: Path, naam: str) -> list[str]:
    """Return which of both files has this name; what cannot be read as one may still hold it."""
    return [bestand for bestand in (_VRAAG, _AKKOORD) if _holds(map_ / bestand, naam)]


def _holds(pad: Path, naam: str) -> bool:
    try:
        ruw = pad.read_bytes()
    except FileNotFoundError:
        return False
    try:
        return is_same_name(_person(json.loads(ruw)["wie"]).naam, naam)
    except (ValueError, KeyError, TypeError):
        return name_pattern(naam).search(ruw.decode("utf-8", errors="replace")) is not None


def _names(warehouse: Path) -> list[str]:
    return [pad.stem for pad in ever_published(warehouse)]


def _read(map_: Path) -> Concept:
    """Return a concept; of what cannot be read nothing was asked or agreed."""
    leeg = Concept(map_.name, map_)
    try:
        ruw = (map_ / _VRAAG).read_bytes()
        vraag = json.loads(ruw)
        vanaf = datetime.fromisoformat(vraag["vanaf"]).astimezone(UTC)
        gevraagd = Concept(map_.name, map_, vanaf, _person(vraag["wie"]))
    except (OSError, ValueError, KeyError, TypeError):
        return leeg
    try:
        akkoord = json.loads((map_ / _AKKOORD).read_bytes())
        wie, is_hiermee = _person(akkoord["wie"]), akkoord["vraag"] == hashlib.sha256(ruw).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return gevraagd
    if not is_hiermee or gevraagd.gevraagd_door is None or wie.is_same(gevraagd.gevraagd_door):
        return gevraagd
    return replace(gevraagd, vrijgegeven_door=wie)


def _person(inhoud: dict[str, object]) -> Persoon:
    """Return who it was.

    Raises:
        KeyError, TypeError, ValueError: that is not said.
    """
    wie = Persoon(*(str(inhoud[veld.name]) for veld in fields(Persoon)))
    if not wie.is_known:
        raise ValueError
    return wie
