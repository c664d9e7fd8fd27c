"""What a publication is made from: the deliveries that were found, and the hash of exactly those files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.levering.intrekken import Intrekking, find_intrekkingen
from pipelines.levering.leveringen import Levering, find_leveringen, sha256_of

_POGINGEN = 3


@dataclass(frozen=True)
class Invoer:
    """The deliveries of one build, those that were withdrawn, and the SHA-256 of every file by name."""

    leveringen: list[Levering]
    intrekkingen: list[Intrekking]
    sommen: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """Return one hash over all of it."""
        som = hashlib.sha256()
        for naam, sha256 in self.sommen.items():
            # A name that is no UTF-8 is still a name.
            som.update(f"{naam}\0{sha256}\n".encode(errors="surrogateescape"))
        return som.hexdigest()


def read_invoer(raw: Path, indicators: Path, bronnen: Mapping[str, Bron]) -> Invoer:
    """Return what there is to build from.

    Files are hashed before deliveries are looked for. What comes in between is found without a hash, and then both
    are done again; what comes after is in neither, so that the next build sees it.

    Raises:
        AfgekeurdError: the folder is missing, a delivery is not what it should be, or more keep coming in.
    """
    for _ in range(_POGINGEN):
        sommen = hash_files(raw, indicators)
        leveringen = find_leveringen(raw, bronnen)
        if all(naam in sommen for _, naam, _ in _files(leveringen)):
            gevonden = {levering.levering_id for levering in leveringen}
            weg = [mark for mark in find_intrekkingen(raw) if mark.levering_id not in gevonden]
            return Invoer(leveringen, weg, sommen)
    advies = "Wacht tot er geen leveringen meer bij komen en bouw dan opnieuw."
    raise AfgekeurdError([Melding(show_value(raw), "Deze map verandert tijdens het zoeken.", advies=advies)])


def check_unchanged(invoer: Invoer) -> None:
    """Refuse deliveries of which a file is no longer what it was when it was hashed."""
    anders = [
        Melding(f"{levering.levering_id}/{show_value(pad.name)}", "Dit bestand veranderde tijdens de bouw.",
                advies="Bouw opnieuw; een levering verandert u door een nieuwe aan te nemen.")
        for levering, naam, pad in _files(invoer.leveringen)
        if not pad.is_file() or sha256_of(pad) != invoer.sommen[naam]
    ]  # fmt: skip
    if anders:
        raise AfgekeurdError(anders)


def hash_files(raw: Path, indicators: Path) -> dict[str, str]:
    """Return the SHA-256 of raw files, the code and indicators.yml, by name and in a fixed order."""
    wortel = Path(__file__).parents[1]
    code = sorted(p for p in wortel.rglob("*") if p.suffix in (".py", ".sql", ".yml", ".csv"))
    rauw = sorted(p for p in raw.rglob("*") if p.is_file() and not p.is_symlink() and not _is_hidden(p, raw))
    return (
        {f"code/{pad.relative_to(wortel).as_posix()}": sha256_of(pad) for pad in code}
        | {_name(raw, pad): sha256_of(pad) for pad in rauw}
        | {"indicators": sha256_of(indicators)}
    )


def _is_hidden(pad: Path, raw: Path) -> bool:
    """Return whether a file is hidden, or lies in a hidden folder: a delivery that is only half taken in."""
    return any(deel.startswith(".") for deel in pad.relative_to(raw).parts)


def _name(raw: Path, pad: Path) -> str:
    return f"raw/{pad.relative_to(raw).as_posix()}"


def files_of(levering: Levering) -> dict[str, Path]:
    """Return every regular file that this delivery is read from, by its name among the hashes."""
    raw = levering.map.parents[1]
    kolommen = [levering.map / levering.kolommen] if levering.kolommen else []
    delen = (pad for deel in levering.bestanden.values() for pad in deel)
    paden = [levering.map / "levering.yml", *kolommen, *delen]
    return {_name(raw, pad): pad for pad in paden if pad.is_file() and not pad.is_symlink()}


def _files(leveringen: list[Levering]) -> Iterator[tuple[Levering, str, Path]]:
    """Yield the files of these deliveries, with their names."""
    yield from ((levering, naam, pad) for levering in leveringen for naam, pad in files_of(levering).items())
