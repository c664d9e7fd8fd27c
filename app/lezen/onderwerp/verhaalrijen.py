"""The stories of a publication, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk


@dataclass(frozen=True, slots=True)
class Verhaal:
    """One story, insight, signal or recommendation from a source."""

    verhaal_id: str
    soort: str
    pijler: str
    regio_code: str
    branche_code: str
    titel: str
    samenvatting: str
    stem: str
    aantal: int | None
    bron: str
    vindplaats: str
    jaar: int | None
    actielijn: str = ""


@remember(4)
def alle(merk: Kenmerk) -> tuple[Verhaal, ...]:
    """Return every story, the newest first."""
    tabel = haal_tabel(
        merk,
        """
        select verhaal_id, soort, coalesce(pijler, ''), coalesce(regio_code, ''), coalesce(branche_code, ''), titel,
               samenvatting, coalesce(stem, ''), aantal, coalesce(bron, ''), coalesce(vindplaats, ''), jaar,
               coalesce(actielijn, '')
        from verhaal order by jaar desc nulls last, verhaal_id
        """,
    )
    return tuple(Verhaal(*rij) for rij in tabel.rijen)
