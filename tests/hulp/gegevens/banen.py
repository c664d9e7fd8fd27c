"""Jobs and memberships of made-up persons, as PFZW delivers them."""

from __future__ import annotations

from pathlib import Path

from pipelines.levering.aannemen import check_path

KOP = "periode,peildatum,persoon_id,werkgever_id,branche_code,gm_code\n"
LEDEN = "werkgever_id,wgo_code,lid_van,lid_tot\n"
# Groningen is in RA0101 and WGO01; Emmen in RA0102 and WGO01; Almere in RA0410, the only region of WGO04.
GRONINGEN, EMMEN, ALMERE = "GM0014", "GM0114", "GM0034"


def jobs(*banen: str, periode: str = "2021", dag: str = "2022-06-30") -> str:
    """Return rows of dienstverbanden from 'persoon werkgever branche gemeente'."""
    return "".join(f"{periode},{dag},{','.join(baan.split())}\n" for baan in banen)


def check(map_: Path) -> list[str]:
    """Return what a check of this delivery says."""
    return [str(melding) for melding in check_path(map_, None).meldingen]
