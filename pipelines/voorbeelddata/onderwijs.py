"""Voorbeelddata of source onderwijs (see openbaar.py): new students, results, internships and numerus fixus."""

from __future__ import annotations

from pipelines.voorbeelddata.loten import draw
from pipelines.voorbeelddata.marges import apportion, complete, must, published, regions

Rij = tuple[int | str, ...]

# fmt: off
SCHOOLJAREN = ("2021/22", "2023/24")
# Invented: courses per level and their size against others of mbo or hbo, where no number was published.
OPLEIDINGEN = {
    "helpende_zorg_en_welzijn": ("mbo2", 170), "verzorgende_ig": ("mbo3", 100),
    "maatschappelijke_zorg_mbo3": ("mbo3", 130), "verpleegkundige_mbo": ("mbo4", 100),
    "pedagogisch_werk_mbo": ("mbo4", 190), "doktersassistent": ("mbo4", 90), "sociaal_werk_mbo": ("mbo4", 110),
    "verpleegkundige_hbo": ("hbo", 100), "social_work_hbo": ("hbo", 190), "pedagogiek_hbo": ("hbo", 90),
    "fysiotherapie_hbo": ("hbo", 60), "overig_zorg_hbo": ("hbo", 150),
}
# Invented: per mille of the students per way of learning.
LEERWEGEN = {"mbo": (("bol", 620), ("bbl", 380)), "hbo": (("voltijd", 770), ("deeltijd", 130), ("duaal", 100))}
# Invented: per mille with a diploma among those with one and those who left without.
DIPLOMA = {"mbo2": 710, "mbo3": 740, "mbo4": 730, "hbo": 690}
# Invented: places for internships per hundred new students, and students without a place per ten thousand.
PLAATSEN, TEKORT = {"mbo2": 115, "mbo3": 122, "mbo4": 118, "hbo": 108}, 140
# Invented: courses per 100.000 of weight, and how many in a hundred have a numerus fixus.
FIXUS = 14
# fmt: on


def sort_of(niveau: str) -> str:
    """Return mbo or hbo."""
    return "hbo" if niveau == "hbo" else "mbo"


def count_opleidingen(schooljaar: str) -> dict[str, int]:
    """Return new students per course: as published, and the rest of mbo and hbo by size."""
    aantallen: dict[str, int] = {}
    for soort in ("mbo", "hbo"):
        groottes = {naam: n for naam, (niveau, n) in OPLEIDINGEN.items() if sort_of(niveau) == soort}
        cijfers = {naam: published("instroom_opleidingen", f"opleiding={naam}", schooljaar) for naam in groottes}
        bekend = {naam: waarde for naam, waarde in cijfers.items() if waarde is not None}
        totaal = must(published("instroom_opleidingen", f"niveau={soort}", schooljaar))
        aantallen |= complete(totaal, bekend, groottes)
    return aantallen


def count_instroom(schooljaar: str) -> dict[tuple[str, str, str], int]:
    """Return new students per regio × course × way of learning; regions add up to each course exactly."""
    uit: dict[tuple[str, str, str], int] = {}
    for opleiding, aantal in count_opleidingen(schooljaar).items():
        wegen = LEERWEGEN[sort_of(OPLEIDINGEN[opleiding][0])]
        gewichten = {
            (regio, opleiding, weg): deel * promille * draw(75, 130, "instroom", regio, opleiding)
            * draw(90, 110, "leerweg", regio, weg)
            for regio, deel in regions().items() for weg, promille in wegen
        }  # fmt: skip
        uit |= dict(zip(gewichten, apportion(aantal, list(gewichten.values())), strict=True))
    return uit


def make_instroom() -> list[Rij]:
    """Return rows of instroom."""
    return [
        (schooljaar, regio, OPLEIDINGEN[opleiding][0], opleiding, weg, aantal)
        for schooljaar in SCHOOLJAREN
        for (regio, opleiding, weg), aantal in count_instroom(schooljaar).items()
    ]


def make_rendement() -> list[Rij]:
    """Return rows of rendement for the first school year; no national figure was published."""
    schooljaar = SCHOOLJAREN[0]
    per_opleiding: dict[tuple[str, str], int] = {}
    for (regio, opleiding, _), aantal in count_instroom(schooljaar).items():
        per_opleiding[regio, opleiding] = per_opleiding.get((regio, opleiding), 0) + aantal
    rijen: list[Rij] = []
    for (regio, opleiding), aantal in per_opleiding.items():
        niveau = OPLEIDINGEN[opleiding][0]
        deel = DIPLOMA[niveau] * draw(94, 106, "diploma", regio) * draw(95, 105, "diploma", regio, opleiding)
        klaar = aantal * deel // 10_000_000
        rijen.append((schooljaar, regio, niveau, opleiding, klaar, aantal - klaar))
    return rijen


def make_stages() -> list[Rij]:
    """Return rows of stages: places and students without one, per regio × niveau."""
    per_niveau: dict[tuple[str, str], int] = {}
    for (regio, opleiding, _), aantal in count_instroom(SCHOOLJAREN[0]).items():
        sleutel = (regio, OPLEIDINGEN[opleiding][0])
        per_niveau[sleutel] = per_niveau.get(sleutel, 0) + aantal
    return [
        (
            "2022", regio, niveau, aantal * PLAATSEN[niveau] * draw(92, 108, "plaatsen", regio, niveau) // 10_000,
            aantal * TEKORT * draw(40, 170, "tekort", regio, niveau) // 1_000_000,
        )
        for (regio, niveau), aantal in per_niveau.items()
    ]  # fmt: skip


def make_numerus_fixus() -> list[Rij]:
    """Return rows of numerus_fixus: courses in a region, and those that admit a limited number."""
    grootste = max(regions().values())
    rijen: list[Rij] = []
    for regio, gewicht in regions().items():
        opleidingen = 12 + 60 * gewicht // grootste
        rijen.append(
            (SCHOOLJAREN[0], regio, opleidingen * FIXUS * draw(60, 140, "fixus", regio) // 10_000, opleidingen)
        )
    return rijen
