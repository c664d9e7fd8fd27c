"""Whole months of the log go when their time is over; a line says until where and by which term, for whoever checks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from app.logboek import namen
from app.logboek.boek import Gebeurtenis, Kop, Nu, append, last_line, months, now
from app.logboek.regel import Daad, Logregel, read_line
from pipelines.afspraken.warehouse.schrijven import sync_folder

_GRENS = re.compile(r"(\d{1,12}):([0-9a-f]{64}) (\d{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Grens:
    """Until which line the log was cleared away, and how many whole months were to stay."""

    tot: Kop
    maanden: int

    def __str__(self) -> str:
        """Return it as it stands in a line."""
        return f"{self.tot} {self.maanden}"


def read_limit(regel: Logregel) -> Grens | None:
    """Return until where this line says that the log was cleared away."""
    gevonden = _GRENS.fullmatch(regel.waarover) if regel.daad == Daad.LOGBOEK_OPGESCHOOND else None
    return Grens(Kop(int(gevonden[1]), gevonden[2]), int(gevonden[3])) if gevonden else None


def month_before(maand: str, aantal: int) -> str:
    """Return the month so many before this one, such as 2026-11; that of the year 1 at the least."""
    jaar, rest = divmod(int(maand[:4]) * 12 + int(maand[5:7]) - 1 - aantal, 12)
    return f"{max(jaar, 1):04d}-{rest + 1:02d}"


def expired(map_: Path, grens: str) -> list[Path]:
    """Return the files of the months before this one, the oldest first, by when their last line was written.

    What a file is called is not enough to remove it; one in which no line can be read stays, and what follows it.
    """
    weg: list[Path] = []
    for pad in months(map_)[:-1]:
        laatste = last_line(pad)
        if laatste is None or max(pad.stem, laatste.op[:7]) >= grens:
            break
        weg.append(pad)
    return weg


def forget_months(map_: Path, maanden: int, wie: Gebeurtenis, nu: Nu = now) -> list[Path]:
    """Remove the months whose time is over and return which; a line says where the chain now begins.

    Who is not in what stays is out of the table of names as well. The caller holds the lock. What was cut off is
    finished by the next time.

    Raises:
        OSError: a file cannot be written or removed; the line that says it may be is there.
    """
    weg = expired(map_, month_before(f"{nu():%Y-%m}", maanden))
    eerste = _first_line(months(map_)[len(weg)]) if weg else None
    if eerste is None:
        return []
    blijft = months(map_)[len(weg) :]
    grens = Grens(Kop(eerste.nummer - 1, eerste.vorige), maanden)
    in_gebruik = _in_use(blijft, wie.wie)
    personen = {p: persoon for p, persoon in namen.load_persons(map_).items() if p in in_gebruik}
    for pseudoniem, persoon in personen.items():
        if not in_gebruik[pseudoniem]:
            namen.bind(map_, pseudoniem, persoon, nu)
    append(map_, replace(wie, daad=Daad.LOGBOEK_OPGESCHOOND, waarover=str(grens)), nu)
    namen.save(map_, personen)
    for pad in weg:
        pad.unlink()
    sync_folder(map_)
    return weg


def _first_line(pad: Path) -> Logregel | None:
    with pad.open("rb") as stroom:
        return read_line(stroom.readline().removesuffix(b"\n"))


def _in_use(paden: list[Path], wie: str) -> dict[str, bool]:
    """Return the pseudonyms in these months, and whether the line that ties each to a name is there as well."""
    gebruikt = {wie: False} if wie else {}
    for pad in paden:
        with pad.open("rb") as stroom:
            for regel in filter(None, (read_line(ruw.removesuffix(b"\n")) for ruw in stroom)):
                if regel.wie:
                    is_geloot = regel.daad == Daad.PSEUDONIEM_GELOOT
                    gebruikt[regel.wie] = gebruikt.get(regel.wie, False) or is_geloot
    return gebruikt
