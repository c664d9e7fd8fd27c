"""Whether the log is as it was written: every line altered, removed, put in, moved or cut off at the end is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.logboek.boek import KOP, Kop, head, months
from app.logboek.regel import BEGIN, Daad, Logregel, read_line

_ANKER = re.compile(r"(\d{1,12}):([0-9a-f]{64})", re.ASCII)
_TOT = re.compile(r"tot en met (\d+):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Plek:
    """One line and where it stands; without a line, what stands there is none."""

    bestand: str
    rij: int
    regel: Logregel | None


def read(map_: Path) -> Iterator[Plek]:
    """Yield every line of the log in the order in which they stand; the half line of a killed process as none."""
    for pad in months(map_):
        with pad.open("rb") as stroom:
            for rij, ruw in enumerate(stroom, start=1):
                heel = ruw.endswith(b"\n")
                yield Plek(pad.name, rij, read_line(ruw[:-1]) if heel else None)


def read_anchor(tekst: str) -> Kop | None:
    """Return the place in the chain that somebody kept apart; nothing where the text is none."""
    gevonden = _ANKER.fullmatch(tekst.strip())
    return Kop(int(gevonden[1]), gevonden[2]) if gevonden else None


def faults(map_: Path, anker: Kop | None = None) -> list[str]:
    """Return everything that does not fit, in the order of the log; with an anchor also whether its line is there."""
    fouten: list[str] = []
    vorige: Plek | None = None
    bekend = {k.nummer: k.som for k in (head(map_), anker) if k is not None and k.nummer}
    gezien: dict[int, str] = {}
    begin: Kop | None = None
    tot: set[tuple[int, str]] = set()
    for plek in read(map_):
        regel = plek.regel
        waar = f"{plek.bestand}, regel {plek.rij}"
        if regel is None:
            fouten.append(f"{waar}: dit is geen hele regel van het logboek.")
            continue
        begin = begin or Kop(regel.nummer - 1, regel.vorige)
        fouten += _line_faults(waar, regel, vorige.regel if vorige else None)
        if regel.nummer in bekend:
            gezien[regel.nummer] = regel.som
        if regel.daad == Daad.LOGBOEK_OPGESCHOOND and (gevonden := _TOT.fullmatch(regel.waarover)):
            tot.add((int(gevonden[1]), gevonden[2]))
        vorige = plek
    if begin is not None and begin != Kop(0, BEGIN) and (begin.nummer, begin.som) not in tot:
        fouten.append(f"Het begin is weg: het logboek begint met nummer {begin.nummer + 1}, en geen regel zegt dat het "
                      "eerdere is opgeschoond.")  # fmt: skip
    return [*fouten, *_end_faults(map_, vorige, bekend, gezien, anker)]


def _line_faults(waar: str, regel: Logregel, vorige: Logregel | None) -> Iterator[str]:
    if regel.sum() != regel.som:
        yield f"{waar} (nummer {regel.nummer}): deze regel is veranderd."
    if vorige is not None and (regel.nummer, regel.vorige) != (vorige.nummer + 1, vorige.som):
        yield (f"{waar}: nummer {regel.nummer} volgt niet op nummer {vorige.nummer}: hier is een regel veranderd, "
               "weggehaald, ingevoegd of verplaatst.")  # fmt: skip
    if regel.daad == Daad.KOP_WEG:
        yield f"{waar}: {KOP} was weg toen deze regel werd geschreven; het einde ervoor kan zijn afgekapt."


def _end_faults(
    map_: Path, laatste: Plek | None, bekend: dict[int, str], gezien: dict[int, str], anker: Kop | None
) -> Iterator[str]:
    """Yield what is missing at the end: the newest line that the head knew, or the one that was kept apart."""
    kop = head(map_)
    if kop is None and laatste is not None:
        yield f"{KOP} ontbreekt: of het einde van het logboek er nog staat, is niet te zeggen."
    for nummer, som in bekend.items():
        wie = "het anker" if anker is not None and anker.nummer == nummer else KOP
        if nummer not in gezien:
            yield f"Logregel {nummer} is weg, die {wie} kent: het einde is afgekapt, of zij is weggehaald."
        elif gezien[nummer] != som:
            yield f"Logregel {nummer} is een andere dan die {wie} kent."
    if anker is not None and kop is not None and anker.nummer == kop.nummer and anker.som != kop.som:
        yield f"Logregel {anker.nummer} is een andere dan die het anker kent."
