"""Budget deliveries written by hand."""

from __future__ import annotations

KOP = "jaar,wgo_code,pijler,onderdeel,subsidie_eur,cofinanciering_eur,gezamenlijk\n"


def budget(jaar: int, wgo: str) -> str:
    """Return one WGO's budget of 1.000 euro subsidy that meets every rule for a WGO."""
    rijen = [("basis", "informatie", 60), ("basis", "communicatie", 90), ("basis", "netwerkbeheer", 150),
             ("basis", "", 254), ("kiezen_toeleiden", "", 154), ("leren_opleiden", "", 120),
             ("werken_behoud", "", 120)]  # fmt: skip
    tekst = [f"{jaar},{wgo},{p},{o},{s},{s if p not in ('basis',) else 0},0" for p, o, s in rijen]
    return "\n".join([*tekst, f"{jaar},{wgo},innoveren,,34.67,0,0", f"{jaar},{wgo},innoveren,,17.33,0,1"]) + "\n"
