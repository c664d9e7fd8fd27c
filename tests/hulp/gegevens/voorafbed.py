"""A concept that waits beside what is published: vacancies and coverage of regions of two WGO's, and of the country.

Of WGO01 (RA0101, RA0102) a figure was corrected, one jumped and somebody confirmed that, and one cell is hidden. Of
WGO02 (RA0204) and of the country there are figures that no text of WGO01 has.
"""

from __future__ import annotations

from pathlib import Path

from conftest import LEVERING, write_delivery
from koppen import KOPPEN

from pipelines.bouwen import build

DEKKING = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
_VACATURES = f"{KOPPEN['vacatures.vacatures']}\n"
# What only others have, as a page writes it: of WGO02 in vacancies and coverage, and of the country.
VAN_ANDEREN = ("9.876", "9876", "8.765", "8765", "83%", "0,83", "0.83", "77%", "0,77", "0.77")


def write_waiting(map_: Path) -> Path:
    """Build what is published and the concept beside it under this folder, and return the warehouse."""
    raw, warehouse = map_ / "raw", map_ / "wh"
    vacatures = LEVERING | {"bron": "vacatures", "leverancier": "UWV"}
    oud = _VACATURES + _rows("2022KW01", RA0101=200, RA0102=210, RA0204=220)
    write_delivery(raw, {"vacatures": oud}, "l1", vacatures | {"ontvangen": "2025-01-01", "periode": "2022KW01"})
    dekking = "2021,2022-06-30,NL01,TOTAAL,680,1000\n2021,2022-06-30,RA0101,TOTAAL,61,100\n"
    write_delivery(raw, {"dekking": DEKKING + dekking}, "l1", LEVERING)
    build(raw, warehouse)
    nieuw = _VACATURES + _rows("2022KW01", RA0101=230, RA0102=210, RA0204=9876)
    nieuw += _rows("2022KW02", RA0101=5432, RA0102=300, RA0204=8765)
    erbij = {"ontvangen": "2025-02-01", "periode": "2022KW02", "bevestigd": '{sprong: "WGO05 telde mee"}'}
    write_delivery(raw, {"vacatures": nieuw}, "l2", vacatures | erbij)
    cellen = {"NL01,TOTAAL": "7700,10000", "RA0204,TOTAAL": "830,1000", "RA0101,TOTAAL": "640,1000"}
    cellen |= {"NL01,ZKH": "900,1000", "RA0101,ZKH": "3,7"}
    dekking = "".join(f"2022,2023-06-30,{plek},{aantallen}\n" for plek, aantallen in cellen.items())
    write_delivery(raw, {"dekking": DEKKING + dekking}, "l2", LEVERING | {"periode": '"2022"'})
    build(raw, warehouse, als_concept=True)
    return warehouse


def _rows(periode: str, **openstaand: int) -> str:
    return "".join(f"{periode},{regio},TOTAAL,sbi_q,{aantal},,\n" for regio, aantal in openstaand.items())
