"""Figures written by hand for the course of an indicator."""

from __future__ import annotations

from datetime import date

from app.lezen.rijen import Indicator, Waarneming

LAGER = Indicator(
    "verzuim", 1, "Ziekteverzuim", "?", "", "", "aandeel", "lager", "werken", "", "", "", True, "", False
)  # fmt: skip


def figure(jaar: int, waarde: float, uitsplitsing: str = "", **anders: object) -> Waarneming:
    basis = dict.fromkeys(Waarneming.__dataclass_fields__, "") | {
        "indicator_id": "verzuim", "uitsplitsing": uitsplitsing, "regio_code": "NL01", "niveau": "land",
        "branche_code": "TOTAAL", "periode": str(jaar), "herkomst": "gepubliceerd", "peildatum": None, "waarde": waarde,
        "waarde_tot": None, "onder": None, "boven": None, "teller": None, "noemer": None, "n": None, "decimalen": None,
        "status": "beschikbaar", "is_voorlopig": False, "periode_naam": str(jaar), "periode_soort": "jaar",
        "begin": date(jaar, 1, 1), "eind": date(jaar, 12, 31),
    }  # fmt: skip
    return Waarneming(**(basis | anders))  # type: ignore[arg-type]
