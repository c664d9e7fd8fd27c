"""The chain through the history: each change carries a hash over itself and all before it, so none can be rewritten.

What a chain cannot show is that its end was cut off. So the newest change that was seen is kept in a file beside
the database as well, and per process in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.commissie.bank.tabellen import OORSPRONG, WIJZIGING, as_row, from_row
from app.commissie.model import URL, OpslagError, Wijziging
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole

BEGIN = ""
_GEZIEN: dict[str, Kop] = {}


class KetenError(OpslagError):
    """The history is not as the app wrote it; the message says which change does not fit, and nothing of its text."""


@dataclass(frozen=True, slots=True)
class Kop:
    """The newest change that was seen: of which beginning of the history, its number and its place in the chain."""

    oorsprong: str
    nummer: int
    keten: str
    soort: str


def link(vorige: str, wijziging: Wijziging) -> str:
    """Return the place in the chain of a change that follows on this one."""
    return link_row(vorige, as_row(wijziging))


def link_row(vorige: str, rij: Mapping[str, Any]) -> str:
    """Return the place in the chain of a row: every column but its number, each in one spelling."""
    velden = [w.isoformat() if hasattr(w, "isoformat") else w for w in rij.values()]
    tekst = json.dumps([vorige, *velden], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(tekst.encode("ascii")).hexdigest()


def links(wijzigingen: Iterable[Wijziging], vorige: str = BEGIN) -> list[str]:
    """Return the place of each change of a history in its chain."""
    uit = []
    for wijziging in wijzigingen:
        vorige = link(vorige, wijziging)
        uit.append(vorige)
    return uit


def append(con: sa.Connection, wijzigingen: Sequence[Wijziging]) -> None:
    """Write changes at the end of the chain, within a transaction that nobody else writes beside."""
    laatste = con.scalar(sa.select(WIJZIGING.c.keten).order_by(WIJZIGING.c.nummer.desc()).limit(1))
    ketens = links(wijzigingen, laatste or BEGIN)
    con.execute(WIJZIGING.insert(), [as_row(w) | {"keten": k} for w, k in zip(wijzigingen, ketens, strict=True)])


@dataclass(frozen=True, slots=True)
class Gezien:
    """The newest change that was seen before: in this process, and by whoever kept it in the file."""

    zelf: Kop | None
    bewaard: Kop | None


def seen(database: str, pad: Path | None) -> Gezien:
    """Return the newest changes that were seen before; to be asked before the transaction that looks for them.

    Somebody else may add one meanwhile, and it would seem to be gone.
    """
    return Gezien(_GEZIEN.get(database), _read(pad))


def verify(con: sa.Connection, database: str, pad: Path | None, gezien: Gezien) -> None:
    """Check the chain: whole at the first time in this process, after that from where it was seen.

    Raises:
        KetenError: a change was changed, put in or taken out beside the app, or this is another database.
    """
    oorsprongen = list(con.scalars(sa.select(OORSPRONG.c.kenmerk).order_by(OORSPRONG.c.nummer.desc())))
    _refuse_other(con, oorsprongen, pad, gezien.bewaard)
    oorsprong = next(iter(oorsprongen), "")
    eerder = [kop for kop in (gezien.zelf, gezien.bewaard) if kop is not None and kop.oorsprong == oorsprong]
    zelf = gezien.zelf if gezien.zelf in eerder else None
    staat = all(_is_there(con, kop) for kop in eerder)
    kop = _follow(con, zelf if staat and zelf else Kop(oorsprong, 0, BEGIN, con.dialect.name))
    if not staat:
        raise KetenError(
            f"De laatste wijzigingen van de commissie zijn weg of veranderd, buiten Regiomonitor om: na wijziging "
            f"{min(kop.nummer, *(k.nummer for k in eerder))} hoort er meer te staan. {_advice(pad)}"
        )
    _GEZIEN[database] = kop
    if pad is not None and kop.nummer and _read(pad) != kop:
        remember(pad, kop)


def _refuse_other(con: sa.Connection, oorsprongen: Sequence[str], pad: Path | None, bewaard: Kop | None) -> None:
    """Refuse an empty or other file in the place of what changes were seen in; a server is another matter."""
    if bewaard is None or con.dialect.name != "sqlite" or not bewaard.nummer or bewaard.oorsprong in oorsprongen:
        return
    if bewaard.soort == "sqlite":
        raise KetenError(
            f"De database van de commissie is weg, leeg of een andere: er stonden {bewaard.nummer} wijzigingen in. "
            f"{_advice(pad)}"
        )
    # A command without the settings of the service would keep and save an empty history, and nobody would notice.
    zelf = f" Is zij met opzet vervangen, haal dan {pad.name} weg." if pad is not None else ""
    raise OpslagError(
        f"Wat de commissie schreef staat in PostgreSQL ({bewaard.nummer} wijzigingen), en {URL} noemt die "
        "database hier niet. Geef de opdracht met de instellingen van de dienst; zie "
        f"docs/handleiding/installeren.md.{zelf}"
    )


def _follow(con: sa.Connection, kop: Kop) -> Kop:
    """Follow the chain from here to its end, and return where that is."""
    vraag = sa.select(WIJZIGING).where(WIJZIGING.c.nummer > kop.nummer).order_by(WIJZIGING.c.nummer)
    nummer, vorige = kop.nummer, kop.keten
    for rij in con.execute(vraag):
        if link(vorige, from_row(rij._mapping)) != rij.keten:
            raise KetenError(
                f"Wijziging {rij.nummer} van de commissie (kenmerk {str(rij.kenmerk)[:36]}) past niet in de keten: zij "
                f"of een wijziging ervoor is veranderd, ingevoegd of weggehaald, buiten Regiomonitor om. {_advice()}"
            )
        nummer, vorige = rij.nummer, rij.keten
    return Kop(kop.oorsprong, nummer, vorige, kop.soort)


def _advice(pad: Path | None = None) -> str:
    zelf = f" Is de database met opzet vervangen, haal dan {pad.name} weg." if pad is not None else ""
    return (
        "Er wordt niets gelezen of geschreven tot dit is uitgezocht. Zet een reservekopie van ervoor terug met: "
        f".venv/bin/regiomonitor restore PAD. Wat er nu staat, blijft daarbij bewaard.{zelf}"
    )


def _is_there(con: sa.Connection, kop: Kop) -> bool:
    return (
        con.scalar(sa.select(WIJZIGING.c.keten).where(WIJZIGING.c.nummer == kop.nummer)) == kop.keten or not kop.nummer
    )


def _read(pad: Path | None) -> Kop | None:
    try:
        return Kop(**json.loads(pad.read_bytes())) if pad is not None else None
    except (OSError, ValueError, TypeError):
        return None


def remember(pad: Path, kop: Kop) -> None:
    """Keep the newest change that was seen; where that cannot be, the one before it does as well."""
    with contextlib.suppress(OSError):
        write_whole(pad, json.dumps(asdict(kop)).encode(), mode=VERTROUWELIJK)
