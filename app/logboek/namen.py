"""Who is behind a pseudonym: a table apart from the log, so that a person can be forgotten and the chain stays whole.

A pseudonym is drawn, not computed: once a person is out of the table, nothing leads from the log to the name. A line of
the log holds the sum of the name with a salt that is in the table alone, so that a name is not altered unnoticed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.logboek.boek import Gebeurtenis, Nu, append, now
from app.logboek.regel import Daad
from pipelines.afspraken.schrift.naam import is_same_name
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, sync_folder, write_whole

NAMEN = "namen.json"


@dataclass(frozen=True, slots=True)
class Persoon:
    """One person in the table; the salt is of this one alone."""

    naam: str
    zout: str

    def sum(self) -> str:
        """Return what the chain knows of this person: nothing, without the salt."""
        return hashlib.sha256(f"{self.zout}{self.naam}".encode("utf-8", "surrogatepass")).hexdigest()


def load_persons(map_: Path) -> dict[str, Persoon]:
    """Return the person behind each pseudonym that is still known.

    Raises:
        OSError: the table is there and cannot be read.
    """
    try:
        return {str(p): Persoon(str(rij["naam"]), str(rij["zout"]))
                for p, rij in json.loads((map_ / NAMEN).read_bytes()).items()}  # fmt: skip
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise OSError(errno.EIO, "de tabel met namen is beschadigd", str(map_ / NAMEN)) from None


def load_names(map_: Path) -> dict[str, str]:
    """Return the name behind each pseudonym that is still known.

    Raises:
        OSError: the table is there and cannot be read.
    """
    return {pseudoniem: persoon.naam for pseudoniem, persoon in load_persons(map_).items()}


def pseudonym_of(map_: Path, naam: str, nu: Nu = now) -> str:
    """Return the pseudonym of a person, a new one for who has none; the caller holds the lock of the log.

    Raises:
        OSError: the table or the log cannot be read or written.
    """
    if not naam:
        return ""
    personen = load_persons(map_)
    for pseudoniem, persoon in personen.items():
        if persoon.naam == naam:
            return pseudoniem
    pseudoniem, persoon = f"p-{secrets.token_hex(8)}", Persoon(naam, secrets.token_hex(16))
    # The line first: a pseudonym that was drawn and never used is nobody, a name that no line knows is an alarm.
    bind(map_, pseudoniem, persoon, nu)
    save(map_, personen | {pseudoniem: persoon})
    return pseudoniem


def bind(map_: Path, pseudoniem: str, persoon: Persoon, nu: Nu = now) -> None:
    """Tie a person to the chain; the caller holds the lock.

    Raises:
        OSError: the log cannot be written.
    """
    append(map_, Gebeurtenis(pseudoniem, "", Daad.PSEUDONIEM_GELOOT, persoon.sum()), nu)


def forget(map_: Path, naam: str, wie: Gebeurtenis, nu: Nu = now) -> list[str]:
    """Take a person out of the table and return the pseudonyms that now lead nowhere; the caller holds the lock.

    Raises:
        OSError: the table or the log cannot be read or written.
    """
    personen = load_persons(map_)
    weg = [pseudoniem for pseudoniem, persoon in personen.items() if is_same_name(persoon.naam, naam)]
    # The lines first: where this is cut off, a check finds a name that should be gone, and not one that is missing.
    for pseudoniem in weg:
        append(map_, replace(wie, daad=Daad.NAAM_VERGETEN, waarover=pseudoniem), nu)
    if weg:
        save(map_, {p: persoon for p, persoon in personen.items() if p not in weg})
    return weg


def save(map_: Path, personen: Mapping[str, Persoon]) -> None:
    """Write the table as it is now to be; the caller holds the lock.

    Raises:
        OSError: it cannot be written.
    """
    rijen = {pseudoniem: asdict(persoon) for pseudoniem, persoon in personen.items()}
    write_whole(map_ / NAMEN, json.dumps(rijen, ensure_ascii=True, indent=0).encode("ascii"), mode=VERTROUWELIJK)
    sync_folder(map_)
