"""The referentiekader: what the committee scores, in which words, and how the level rises over the years."""

from __future__ import annotations

from collections.abc import Mapping

ONDERDELEN = {"regiovisie": "Regiovisie", "actieplan": "Actieplan", "governance": "Governance"}
STAPPEN = {"verstevigen": "Verstevigen", "verbreden": "Verbreden", "verduurzamen": "Verduurzamen"}
ROUTES = {
    "meer": "Meer: meer mensen kiezen voor zorg en welzijn",
    "beter": "Beter: beter leren en opleiden",
    "anders": "Anders: anders werken",
}
# What the sources say of each part. Of the three steps they say no more than that every round asks for more.
CRITERIA = {
    "regiovisie": "De regio beschrijft haar opgave: veel verzuim vraagt iets anders dan weinig studenten.",
    "actieplan": "Het plan heeft meetbare doelen en afspraken over wie wat doet, en groeit elk jaar verder.",
    "governance": "Werkgevers en onderwijs zijn aan zet, samen met onder andere gemeenten, UWV en zorginkopers.",
    "meer": "Te volgen aan: imago, instroom in opleidingen, instroom uit onderwijs, zij-instromers en herintreders.",
    "beter": "Te volgen aan: numerus fixus, opleidingsrendement, stageplekken, bbl en duaal, en scholing.",
    "anders": "Te volgen aan: verzuim, werkdruk, uitstroom, contractomvang en minder administratieve lasten.",
}
CRITERIA_BRON = "Actieprogramma Werken in de Zorg (VWS, 2018), p. 14, 15 en 56, samengevat"
SCORES = {1: "nog niet zichtbaar", 2: "deels op orde", 3: "grotendeels op orde", 4: "op orde"}


def fields() -> dict[str, str]:
    """Return every field that gets a score, with its name: nine of the framework and the three routes."""
    vak = {f"{o}/{s}": f"{naam}, {stap.lower()}" for o, naam in ONDERDELEN.items() for s, stap in STAPPEN.items()}
    return vak | {f"route/{route}": naam for route, naam in ROUTES.items()}


def why_not_rising(niveaus: Mapping[int, int], jaar: int, niveau: int) -> str:
    """Say why a level does not fit between those of other years; empty where it does."""
    eerder = max((n for j, n in niveaus.items() if j < jaar), default=1)
    later = min((n for j, n in niveaus.items() if j > jaar), default=4)
    if niveau < eerder:
        return f"Het ambitieniveau daalt nooit: in een eerder jaar was het al {eerder}."
    if niveau > later:
        return f"Het ambitieniveau daalt nooit: in een later jaar is het {later}."
    return ""
