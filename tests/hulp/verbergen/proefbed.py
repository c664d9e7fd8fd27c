"""A made-up delivery of pfzw_dekking that is hard to protect: six regions in three WGO's, nine branches, two years.

In it: one hospital in a region, two employers with 93 %, a WGO of one region with one employer in a branche, and a
cell that is small in one year only. Two in a hundred persons of a region have a second job in another branche, one
in a hundred in another region.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

WGO = {"WGO01": ("RA0101", "RA0102", "RA0103"), "WGO03": ("RA0308", "RA0309"), "WGO04": ("RA0410",)}
BRANCHES = ("ZKH", "REV", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO")
JAREN = {"2021": "2022-06-30", "2022": "2023-06-30"}
KOP = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal,"
    "werkgevers,grootste_werkgever,tweede_werkgever,werkgevers_leden,grootste_lid,tweede_lid,"
    "werkgevers_niet_leden,grootste_niet_lid,tweede_niet_lid\n"
)
# (member, persons) per employer.
BIJZONDER = {
    ("RA0102", "ZKH"): [(True, 1500)],
    ("RA0308", "GGZ"): [(True, 600), (False, 330), (True, 40), (False, 30)],
    ("RA0410", "GHZ"): [(False, 800)],
}
EEN_JAAR_KLEIN = ("RA0103", "JZ")
# What an attacker must find in this delivery when only the sensitive cells are hidden.
GEVOELIG = {*BIJZONDER, EEN_JAAR_KLEIN, ("WGO04", "GHZ")}

LEVERING = 'bron: pfzw_dekking\nleverancier: PFZW\nperiode: "{}"\nontvangen: 2024-01-01\nherkomst: levering\n'

Werkgevers = list[tuple[bool, int]]


def employers(regio: str, branche: str, jaar: str) -> Werkgevers:
    """Return the employers of one cell: twenty-four of 40 to 99 persons, two thirds members, unless special."""
    if (regio, branche) in BIJZONDER:
        return BIJZONDER[regio, branche]
    zaad = int(regio[2:]) * 7 + BRANCHES.index(branche) * 11 + int(jaar)
    gewoon = [(i % 3 > 0, 40 + (zaad * (i + 3) + 17 * i * i) % 60) for i in range(24)]
    if (regio, branche) == EEN_JAAR_KLEIN and jaar == "2021":
        return [(True, 6), *((False, personen) for _, personen in gewoon)]
    return gewoon


def write_bed(raw: Path) -> Path:
    """Write the deliveries of both years under this folder, and return it."""
    for jaar in JAREN:
        map_ = raw / "pfzw_dekking" / jaar
        map_.mkdir(parents=True)
        (map_ / "levering.yml").write_text(LEVERING.format(jaar), encoding="utf-8")
        (map_ / "dekking.csv").write_text(make_csv(jaar), encoding="utf-8")
    return raw


def make_csv(jaar: str) -> str:
    """Return dekking.csv of one year."""
    return KOP + "".join(f"{jaar},{JAREN[jaar]},{','.join(map(str, rij))}\n" for rij in _rows(jaar))


def _rows(jaar: str) -> Iterator[tuple[object, ...]]:
    regios = [regio for delen in WGO.values() for regio in delen]
    gebieden = {"NL01": regios} | {w: list(delen) for w, delen in WGO.items()} | {r: [r] for r in regios}
    for gebied, delen in gebieden.items():
        for branche in ("TOTAAL", *BRANCHES):
            takken = BRANCHES if branche == "TOTAAL" else (branche,)
            alle = [w for regio in delen for tak in takken for w in employers(regio, tak, jaar)]
            uniek = 100 - (2 if len(takken) > 1 else 0) - (1 if len(delen) > 1 else 0)
            leden, anderen = (sum(p for lid, p in alle if lid is wie) * uniek // 100 for wie in (True, False))
            werkgevers: list[object] = []
            for wie in ((True, False), (True,), (False,)):
                groten = sorted((p for lid, p in alle if lid in wie), reverse=True)
                werkgevers += [len(groten), *(groten or [0])[:1], groten[1] if len(groten) > 1 else ""]
            yield gebied, branche, leden, leden + anderen, *werkgevers
