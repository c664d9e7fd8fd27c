"""Who is behind a pseudonym: a table apart from the log, so that a person can be forgotten and the chain stays whole.

A pseudonym is drawn, not computed: once a person is out of the table, nothing leads from the log to the name.
"""

from __future__ import annotations

import errno
import json
import secrets
from pathlib import Path

from pipelines.afspraken.naam import is_same_name
from pipelines.afspraken.schrijven import VERTROUWELIJK, write_whole

NAMEN = "namen.json"


def load_names(map_: Path) -> dict[str, str]:
    """Return the name behind each pseudonym that is still known.

    Raises:
        OSError: the table is there and cannot be read.
    """
    try:
        ruw = json.loads((map_ / NAMEN).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as fout:
        raise OSError(errno.EIO, "de tabel met namen is beschadigd", str(map_ / NAMEN)) from fout
    return {str(p): str(naam) for p, naam in ruw.items()} if isinstance(ruw, dict) else {}


def pseudonym_of(map_: Path, naam: str) -> str:
    """Return the pseudonym of a person, a new one for who has none; the caller holds the lock of the log.

    Raises:
        OSError: the table cannot be read or written.
    """
    if not naam:
        return ""
    namen = load_names(map_)
    for pseudoniem, bekend in namen.items():
        if bekend == naam:
            return pseudoniem
    pseudoniem = f"p-{secrets.token_hex(8)}"
    _save(map_, namen | {pseudoniem: naam})
    return pseudoniem


def forget(map_: Path, naam: str) -> list[str]:
    """Take a person out of the table and return the pseudonyms that now lead nowhere; the caller holds the lock.

    Raises:
        OSError: the table cannot be read or written.
    """
    namen = load_names(map_)
    weg = [pseudoniem for pseudoniem, bekend in namen.items() if is_same_name(bekend, naam)]
    if weg:
        _save(map_, {p: bekend for p, bekend in namen.items() if p not in weg})
    return weg


def _save(map_: Path, namen: dict[str, str]) -> None:
    write_whole(map_ / NAMEN, json.dumps(namen, ensure_ascii=True, indent=0).encode("ascii"), mode=VERTROUWELIJK)
