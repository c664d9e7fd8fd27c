"""A service of DUO of a test with a file in small, and a raw folder to fetch its files into."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from ckan import Onderwijsbestand, Onderwijsdata

from pipelines.afspraken.contract import load_bronnen
from pipelines.openbaar.duo.koppelbestand import load_duokoppelingen
from pipelines.openbaar.openen import Opdracht
from pipelines.openbaar.ophaler import fetch_mapped

BRONNEN = load_bronnen()
KOPPELINGEN = load_duokoppelingen(BRONNEN)
EERSTEJAARS = KOPPELINGEN["eerstejaars_hbo"]
KOP = "PROVINCIE;GEMEENTENUMMER;CROHO ONDERDEEL;OPLEIDINGSCODE ACTUEEL;OPLEIDINGSVORM;GESLACHT;2019;2020"
# A gemeente in each provincie but Groningen and Drenthe: a whole file has rows of all.
ELDERS = ("0080", "0193", "0995", "0202", "0344", "0363", "0518", "0687", "0772", "0935")
# Two rows in Groningen (RA0101), one in Assen (RA0102) that is masked, and eleven that are not of care.
RIJEN = (
    "Groningen;0014;gezondheidszorg;34560;voltijd onderwijs;man;10;20",
    "Groningen;0014;gezondheidszorg;34560;voltijd onderwijs;vrouw;100;<5",
    "Drenthe;0106;gezondheidszorg;40000;voltijd onderwijs;vrouw;0;<5",
    "Drenthe;0106;techniek;34267;voltijd onderwijs;man;7;8",
    *(f"elders;{gm};techniek;34267;voltijd onderwijs;man;1;1" for gm in ELDERS),
)


def table(kop: str = KOP, rijen: tuple[str, ...] = RIJEN) -> bytes:
    """Return a file as DUO wrote it until 2019."""
    return ("\r\n".join([kop, *rijen]) + "\r\n").encode("latin-1")


def file(
    inhoud: bytes | None = None, naam: str = EERSTEJAARS.bestand, id_: str = "b1", **anders: object
) -> Onderwijsbestand:
    """Return a file of a package."""
    return Onderwijsbestand(id_, naam, table() if inhoud is None else inhoud, **anders)


class Bed:
    """A service, a raw folder and what was said; `fetch` fetches one mapping from it."""

    def __init__(self, map_: Path, dienst: Onderwijsdata, gevraagd: list[str]) -> None:
        self.dienst, self.gevraagd = dienst, gevraagd
        self.gezegd: list[str] = []
        (map_ / "raw").mkdir(exist_ok=True)
        self.opdracht = Opdracht(BRONNEN, map_ / "raw", map_ / "wh", dienst.basis, self.gezegd.append)

    def fetch(self, naam: str = "eerstejaars_hbo", **anders: object) -> int:
        self.opdracht.fouten.clear()
        return fetch_mapped([replace(KOPPELINGEN[naam], **anders)], self.opdracht)

    @property
    def fouten(self) -> str:
        return "\n".join(str(melding) for melding in self.opdracht.fouten)

    def rows(self, naam: str = "instroom") -> dict[tuple[str, ...], tuple[str, str]]:
        """Return, of the newest delivery, the count and its upper end per period, region and opleiding."""
        (pad,) = sorted(self.opdracht.raw.glob(f"*/*/{naam}.csv"), key=lambda pad: pad.stat().st_mtime_ns)[-1:]
        with pad.open(encoding="utf-8", newline="") as stroom:
            rijen = list(csv.DictReader(stroom))
        return {
            (r.get("schooljaar") or r["periode"], r["regio_code"], r["opleiding"]): (r[naam], r.get(f"{naam}_tot", ""))
            for r in rijen
        }
