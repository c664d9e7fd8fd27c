"""Deliveries of many areas at once, and the same with other figures for all areas but one.

A wave of the survey that is raked; workers in a division of UWV that cuts regions; sick leave
per region; budgets of every WGO, so that there is a sum for the country.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from conftest import LEVERING, write_delivery
from koppen import KOPPEN
from proefbed import WGO
from respondenten import margins, wave

from pipelines.afspraken.codelijsten import LAND, Pijler

REGIOS = tuple(regio for delen in WGO.values() for regio in delen)
_WGOS = tuple(f"WGO{nummer:02}" for nummer in range(1, 15) if nummer != 8)
# UWV: AM11 lies in RA0410 as a whole, and AM06 partly, with the rest elsewhere.
_UWV = ("AM06", "AM11")


def write_all(raw: Path, gelijk: Collection[str] | None = None) -> Path:
    """Write the deliveries under this folder and return it; with `gelijk` all figures but those of these areas other.

    Which figures there are stays the same.
    """

    def more(gebied: str) -> int:
        return 0 if gelijk is None or gebied in gelijk else 7

    tabellen = wave("2023") | {"randtotalen": margins(110)}
    tabellen["antwoorden"] = "".join(
        _other_answers(regel) if "WGO" in regel and more(regel.split(",")[2]) else regel
        for regel in tabellen["antwoorden"].splitlines(keepends=True)
    )
    write_delivery(raw, tabellen, "l1", LEVERING | {"bron": "srs_enquete", "periode": '"2023"'})
    regels = [f"2022KW02,{r},VVT,kzv,{500 + 9 * i + more(r)},9000," for i, r in enumerate((*REGIOS, LAND))]
    _write(raw, "verzuim", "verzuim", KOPPEN["verzuim.verzuim"], regels)
    kop = "periode,regio_code,branche_code,telling,werknemers,contracturen"
    regels = [f"2022KW02,{code},TOTAAL,cbs_smal,{40_000 + 100 * more(code)}," for code in _UWV]
    _write(raw, "werknemers", "werknemers", kop, regels)
    kop = "jaar,wgo_code,pijler,onderdeel,subsidie_eur,cofinanciering_eur,gezamenlijk"
    regels = [f"2022,{w},{p},,{1000 + 10 * i + more(w)},200,0" for i, w in enumerate(_WGOS) for p in Pijler]
    _write(raw, "srs_budget", "budget", kop, regels)
    return raw


def _write(raw: Path, bron: str, tabel: str, kop: str, regels: list[str]) -> None:
    write_delivery(raw, {tabel: "\n".join([kop, *regels]) + "\n"}, "l1", LEVERING | {"bron": bron, "periode": "2022"})


def _other_answers(regel: str) -> str:
    """Return one answer with another figure and opinion, each as its question allows, and for some another size."""
    velden = regel.replace("neutraal", "eens").split(",")
    if velden[7] == "7":
        velden[4] = "50-249"
    velden[7] = str(int(velden[7]) - 3)
    return ",".join(velden)
