"""Whether the log is as it was written: every line altered, removed, put in, moved or cut off at the end is found.

No lock is held: whoever writes goes on meanwhile, and what was written after the check began is not missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.logboek.boek import KOP, Kop, Nu, head, is_behind, months, now
from app.logboek.namen import NAMEN, Persoon, load_persons
from app.logboek.opschonen import Grens, month_before, read_limit
from app.logboek.regel import BEGIN, Daad, Logregel, read_line

_ANKER = re.compile(r"(\d{1,12}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Plek:
    """One line and where it stands; without a line, what stands there is none."""

    maand: str
    rij: int
    regel: Logregel | None
    is_heel: bool

    def __str__(self) -> str:
        """Return where it is, for a person."""
        return f"{self.maand}.jsonl, regel {self.rij}"


@dataclass(frozen=True, slots=True)
class Uitslag:
    """Where the log begins and why, what is worth knowing beside, and everything that does not fit."""

    begin: str
    opmerkingen: list[str]
    fouten: list[str]


@dataclass(slots=True)
class _Gang:
    """What was seen on the way through the log."""

    bekend: frozenset[int]
    fouten: list[str] = field(default_factory=list)
    eerste: Logregel | None = None
    vorige: Plek | None = None
    # The sums of the lines that somebody knows, the months that begin, and until where it was cleared away.
    gezien: dict[int, str] = field(default_factory=dict)
    maanden: dict[int, Logregel] = field(default_factory=dict)
    opgeschoond: list[tuple[Logregel, Grens]] = field(default_factory=list)
    # By pseudonym: the sum of the name, the last line of this person, and who was forgotten.
    geloot: dict[str, str] = field(default_factory=dict)
    gebruikt: dict[str, int] = field(default_factory=dict)
    vergeten: set[str] = field(default_factory=set)

    def see(self, plek: Plek) -> None:
        regel = plek.regel
        if regel is None:
            self.fouten.append(f"{plek}: dit is geen hele regel van het logboek.")
            return
        self.eerste = self.eerste or regel
        self.fouten += _line_faults(plek, regel, self.vorige)
        if regel.nummer in self.bekend:
            self.gezien[regel.nummer] = regel.som
        if regel.daad == Daad.MAAND_BEGONNEN:
            self.maanden[regel.nummer] = regel
        if grens := read_limit(regel):
            self.opgeschoond.append((regel, grens))
        self._see_person(plek, regel)
        self.vorige = plek

    def _see_person(self, plek: Plek, regel: Logregel) -> None:
        if regel.daad == Daad.PSEUDONIEM_GELOOT:
            if self.geloot.setdefault(regel.wie, regel.waarover) != regel.waarover:
                self.fouten.append(f"{plek}: {regel.wie} staat hier voor een andere naam dan eerder.")
        elif regel.wie:
            self.gebruikt[regel.wie] = regel.nummer
        if regel.daad == Daad.NAAM_VERGETEN:
            self.vergeten.add(regel.waarover)

    def limit(self) -> tuple[Logregel, Grens] | None:
        """Return the newest clearing away that held: until the end of a month, and of none within its own term."""
        geldig = [
            (regel, grens) for regel, grens in self.opgeschoond
            if (begin := self.maanden.get(grens.tot.nummer + 1)) and begin.vorige == grens.tot.som
            and regel.nummer > grens.tot.nummer and begin.waarover < month_before(regel.op[:7], grens.maanden)
        ]  # fmt: skip
        return max(geldig, key=lambda paar: paar[1].tot.nummer, default=None)


def read(map_: Path) -> Iterator[Plek]:
    """Yield every line of the log in the order in which they stand; the half line of a killed process as none."""
    for pad in months(map_):
        with pad.open("rb") as stroom:
            for rij, ruw in enumerate(stroom, start=1):
                heel = ruw.endswith(b"\n")
                yield Plek(pad.stem, rij, read_line(ruw[:-1]) if heel else None, heel)


def read_anchor(tekst: str) -> Kop | None:
    """Return the place in the chain that somebody kept apart; nothing where the text is none."""
    gevonden = _ANKER.fullmatch(tekst.strip())
    return Kop(int(gevonden[1]), gevonden[2]) if gevonden else None


def faults(map_: Path, anker: Kop | None = None) -> list[str]:
    """Return everything that does not fit, in the order of the log; with an anchor also whether its line is there."""
    return examine(map_, anker).fouten


def examine(map_: Path, anker: Kop | None = None, nu: Nu = now) -> Uitslag:
    """Return whether the log is whole; with an anchor also whether its line is there."""
    kop, voor = head(map_), _persons(map_)
    gang = _Gang(frozenset(k.nummer for k in (kop, anker) if k is not None))
    half: Plek | None = None
    for plek in read(map_):
        if half is not None:
            gang.see(half)
        half = None if plek.is_heel else plek
        if plek.is_heel:
            gang.see(plek)
    opmerkingen = [f"{half}: deze regel is nog niet af."] if half else []
    geldig = gang.limit()
    begin, fouten = _begin(gang, geldig)
    if gang.vorige and gang.vorige.maand > f"{nu():%Y-%m}":
        fouten.append(f"{gang.vorige.maand}.jsonl is van een maand die nog moet komen: de klok stond verkeerd.")
    fouten += _head_faults(map_, kop, gang)
    if anker is not None:
        fouten += _anchor_faults(anker, gang)
        if gang.eerste and geldig and anker.nummer < gang.eerste.nummer - 1:
            opmerkingen.append(f"Het anker is van regel {anker.nummer}, die is opgeschoond; het zegt niets meer.")
    fouten += _name_faults(gang, voor, _persons(map_), geldig[1].tot.nummer if geldig else 0)
    return Uitslag(begin, opmerkingen, [*gang.fouten, *fouten])


def _line_faults(plek: Plek, regel: Logregel, ervoor: Plek | None) -> Iterator[str]:
    vorige = ervoor.regel if ervoor else None
    if regel.sum() != regel.som:
        yield f"{plek} (nummer {regel.nummer}): deze regel is veranderd."
    if vorige is not None and not regel.follows(vorige.nummer, vorige.som):
        yield (f"{plek}: nummer {regel.nummer} volgt niet op nummer {vorige.nummer}: hier is een regel veranderd, "
               "weggehaald, ingevoegd of verplaatst.")  # fmt: skip
    if regel.daad == Daad.KOP_WEG:
        yield f"{plek}: {KOP} was weg of liep achter toen dit werd geschreven; het einde ervoor kan zijn afgekapt."
    # A clock that was put back leaves a line of an earlier month; the first line of a file makes its month.
    if regel.op[:7] > plek.maand or (plek.rij == 1 and regel.op[:7] != plek.maand):
        yield f"{plek}: deze regel is van {regel.op[:7]} en hoort niet in dit bestand."
    is_begin = regel.daad == Daad.MAAND_BEGONNEN
    if is_begin != (plek.rij == 1 and regel.nummer > 1):
        yield f"{plek}: hier begint een bestand waar geen maand begint, of andersom."
    if is_begin and ervoor is not None and regel.waarover != ervoor.maand:
        yield f"{plek}: deze maand volgde op {regel.waarover}, en hier op {ervoor.maand}."


def _begin(gang: _Gang, geldig: tuple[Logregel, Grens] | None) -> tuple[str, list[str]]:
    """Return with which line the log begins and why, and what is wrong with that."""
    eerste = gang.eerste
    if eerste is None:
        return "Er staat geen regel in het logboek.", []
    waar = f"Het logboek begint met nummer {eerste.nummer}"
    if eerste.follows(0, BEGIN):
        return f"{waar}: zo is het begonnen.", []
    if geldig and eerste.daad == Daad.MAAND_BEGONNEN and eerste.nummer <= geldig[1].tot.nummer + 1:
        regel, grens = geldig
        af = "" if eerste.nummer > grens.tot.nummer else " Het opschonen is niet af; voer retention opnieuw uit."
        maanden = "maand" if grens.maanden == 1 else "maanden"
        return (f"{waar}: wat ouder was dan {grens.maanden} {maanden}, is opgeschoond op {regel.op[:10]} "
                f"(nummer {regel.nummer}).{af}"), []  # fmt: skip
    fout = (f"Het begin is weg: het logboek begint met nummer {eerste.nummer}, en geen regel zegt dat het eerdere hele "
            "maanden waren, over hun termijn, die zijn opgeschoond.")  # fmt: skip
    return f"{waar}, en waarom is niet te zeggen.", [fout]


def _head_faults(map_: Path, kop: Kop | None, gang: _Gang) -> Iterator[str]:
    """Yield what is missing at the end, by what the head knew when the check began."""
    laatste = gang.vorige.regel if gang.vorige else None
    if kop is None:
        if laatste is not None:
            yield f"{KOP} ontbreekt: of het einde van het logboek er nog staat, is niet te zeggen."
        return
    if kop.nummer:
        yield from _missed(kop, gang, KOP)
    # By now it knows what was written since, but for the newest line.
    straks = head(map_)
    if straks is not None and laatste is not None and is_behind(straks, laatste, map_):
        yield f"{KOP} loopt achter: of het einde van het logboek er nog staat, is niet te zeggen."


def _anchor_faults(anker: Kop, gang: _Gang) -> Iterator[str]:
    eerste = gang.eerste
    if eerste is not None and anker.nummer < eerste.nummer:
        # Of what is gone only the last line is known, by the first one that stayed.
        if anker.nummer == eerste.nummer - 1 and anker.som != eerste.vorige:
            yield f"Logregel {anker.nummer} is een andere dan die het anker kent."
        return
    yield from _missed(anker, gang, "het anker")


def _missed(kop: Kop, gang: _Gang, wie: str) -> Iterator[str]:
    if kop.nummer not in gang.gezien:
        yield f"Logregel {kop.nummer} is weg, die {wie} kent: het einde is afgekapt, of zij is weggehaald."
    elif gang.gezien[kop.nummer] != kop.som:
        yield f"Logregel {kop.nummer} is een andere dan die {wie} kent."


def _persons(map_: Path) -> dict[str, Persoon] | None:
    try:
        return load_persons(map_)
    except OSError:
        return None


def _name_faults(
    gang: _Gang, voor: dict[str, Persoon] | None, na: dict[str, Persoon] | None, tot: int
) -> Iterator[str]:
    """Yield what the table of names says otherwise than the chain; `voor` and `na` are of before and after reading."""
    if voor is None or na is None:
        yield f"{NAMEN} is niet te lezen: wie achter een pseudoniem zit, is niet te zeggen."
        return
    for pseudoniem, persoon in voor.items():
        if pseudoniem not in gang.geloot:
            yield f"{NAMEN}: van de naam achter {pseudoniem} staat niets in de keten."
        elif gang.geloot[pseudoniem] != persoon.sum():
            yield f"{NAMEN}: de naam achter {pseudoniem} is een andere dan bij het loten."
        if pseudoniem in gang.vergeten and pseudoniem in na:
            yield f"{NAMEN}: de naam achter {pseudoniem} is vergeten en staat er nog; voer forget opnieuw uit."
    for pseudoniem, nummer in gang.gebruikt.items():
        if nummer > tot and pseudoniem not in {*voor, *na, *gang.vergeten}:
            yield f"{NAMEN}: de naam achter {pseudoniem} is weg, en geen regel zegt dat zij is vergeten."
