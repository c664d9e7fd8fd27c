"""What there is to have of a publication: its indicators and its regions, with how many figures each has."""

from __future__ import annotations

from collections import Counter

from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk

Overzichtsrij = dict[str, object]


@remember(8)
def indicators(merk: Kenmerk, voorbeeld: bool) -> tuple[Overzichtsrij, ...]:
    """Return one entry per indicator, in the order of the catalogue, also of those without a figure to show."""
    return tuple(
        {
            "indicator_id": i.indicator_id,
            "titel": i.titel,
            "vraag": i.vraag,
            "definitie": i.definitie,
            "formule": i.formule,
            "eenheid": i.eenheid,
            "richting": i.richting,
            "actielijn": i.actielijn,
            "pijler": i.pijler,
            "ritme": i.ritme,
            "aantal": len(data.waarnemingen(merk, i.indicator_id, voorbeeld)),
        }
        for i in data.indicatoren(merk).values()
    )


@remember(8)
def regions(merk: Kenmerk, voorbeeld: bool) -> tuple[Overzichtsrij, ...]:
    """Return one entry per region above gemeente, in the order of its code, also of those without a figure."""
    aantallen = Counter(
        r.regio_code for naam in data.indicatoren(merk) for r in data.waarnemingen(merk, naam, voorbeeld)
    )
    return tuple(
        {
            "regio_code": r.regio_code,
            "niveau": r.niveau,
            "naam": r.naam,
            "geldig_van": r.geldig_van.isoformat() if r.geldig_van else None,
            "geldig_tot": r.geldig_tot.isoformat() if r.geldig_tot else None,
            "aantal": aantallen[r.regio_code],
        }
        for r in data.regios(merk).values()
    )
