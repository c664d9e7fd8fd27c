"""Deliveries of voorbeelddata for source pfzw_dekking: one row per regio × branche, periods 2019 and 2021.

    python -m pipelines.voorbeelddata.pfzw_dekking [--raw DIR]

Published: only the national percentages (table GEPUBLICEERD). Everything else is invented: the sizes of the
branches, the regional figures, the employers and who is a member. Which region has one hospital, or a member
of one, is drawn by lot and says nothing about a real organisation.

Method, the same for both periods:
1. Branche sizes are chosen (GROOTTE). Kinderopvang follows from the rest: it is the size with which the
   published percentages of the branches give the published total.
2. Persons per regio × branche: iterative proportional fitting of a drawn branche mix to the sizes of the
   regions (by inwoners) and of the branches.
3. Members per regio × branche: the same fitting, per branche, of drawn odds to the persons of step 2 and to
   the published percentage. One hospital in a region is a member or not, so its cell is 100% or 0%.
4. Members and others are divided over employers. Revalidatie is a fixed list of twenty employers that is dealt
   out over the regions; in 2019 they are part of branche ZKH, so a region with one hospital has more employers.
5. Some persons have a second job, in another branche of the region or in the same branche of the next
   region. A person is counted once in every total. Nobody has three jobs, and both jobs are at members or both
   are not, so the persons outside the membership are counted once as well.

Every total is counted from the same employers and persons, so all levels agree. A draw is a hash of SEED and
the name of what is drawn, and all arithmetic is in whole numbers: the files are the same on every machine.

The margins are safe under disclosure control on purpose, the cells inside are not. In NL01 × REV the two
largest employers are each larger than all non-members together, so they can only be members and do not
dominate the rest. Kinderopvang and huisartsenzorg have few members, so no employer there may be large.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipelines.afspraken.codelijsten import LAND
from pipelines.voorbeelddata.loten import FIJN, Regio, draw, fit, load_regios, shuffle

PEILDATUM = {"2019": "2019-08-01", "2021": "2022-06-30"}
ONTVANGEN = {"2019": "2020-01-15", "2021": "2022-09-15"}

# fmt: off
# Dekkingsgraad in whole percents: Nulmeting SRS 2021 (SEOR, 2022), tabel 1.1. ZKH 2019 includes revalidatie.
GEPUBLICEERD = {
    "2019": {"TOTAAL": 66, "GHZ": 81, "GGZ": 82, "HAG": 11, "JZ": 56, "KO": 7,
             "SW": 23, "VVT": 78, "ZKH": 69},
    "2021": {"TOTAAL": 68, "GHZ": 84, "GGZ": 85, "HAG": 10, "JZ": 58, "KO": 9, "REV": 87,
             "SW": 46, "VVT": 81, "ZKH": 67},
}
# Invented: persons per branche. KO is solved, REV is the sum of the list below.
GROOTTE = {
    "2019": {"GHZ": 187_000, "GGZ": 98_000, "HAG": 41_000, "JZ": 34_000,
             "SW": 72_000, "VVT": 484_000, "ZKH": 231_000},
    "2021": {"GHZ": 188_000, "GGZ": 99_000, "HAG": 47_000, "JZ": 36_000,
             "SW": 79_000, "VVT": 488_000, "ZKH": 221_000},
}
# Invented: one entry per region, persons per employer in 2021; V is not a member, the others are.
REVALIDATIE: tuple[dict[str, int], ...] = (
    {"K1": 620}, {"K1": 480, "V1": 250}, {"K1": 390, "L02": 280}, {"K1": 280, "L10": 150}, {"K1": 130, "V7": 6},
    {"K2": 610}, {"K2": 470, "L08": 300}, {"K2": 370, "V2": 330, "L05": 290}, {"K2": 240},
    {"L01": 520}, {"L01": 300}, {"L01": 360, "V1": 170}, {"L02": 700}, {"L03": 410}, {"L03": 200}, {"L03": 260},
    {"L04": 560, "V3": 270}, {"L04": 230}, {"L05": 430}, {"L06": 460, "L08": 180}, {"L06": 180}, {"L07": 350},
    {"L07": 210, "V6": 115}, {"L09": 404, "V4": 130}, {"L09": 6, "V7": 39}, {"L10": 63, "V4": 90}, {"L11": 7},
    {"V5": 160},
)
# Persons per employer, by which the number of employers in a region is set; hospitals are counted apart.
GEMIDDELDE_WERKGEVER = {"GHZ": 300, "GGZ": 150, "HAG": 9, "JZ": 90, "KO": 40, "SW": 100, "VVT": 350}
# The largest member of these branches is one organisation in the whole WGO.
PER_WGO = ("GHZ", "GGZ", "JZ")
# Between which branches a second job is held, and how often: per mille of the smaller of the two.
TWEEDE_BAAN = (
    ("VVT", "GHZ"), ("VVT", "ZKH"), ("GHZ", "GGZ"), ("GGZ", "JZ"),
    ("JZ", "SW"), ("SW", "KO"), ("ZKH", "HAG"), ("ZKH", "REV"),
)
# fmt: on
PROMILLE_BRANCHE = 30
PROMILLE_REGIO = 20

# Invented: how many regions have one or two hospitals, the largest such region (inwoners), and what per cent of
# an ordinary share those hospitals get: they serve fewer people, the rest go to another region.
REGIOS_MET_EEN_ZIEKENHUIS = 5
REGIOS_MET_TWEE_ZIEKENHUIZEN = 6
GROOTSTE_REGIO_MET_WEINIG = 600_000
ZIEKENHUIS_DEEL = {1: 45, 2: 60}
# How equal employers are in size: the weights are 1/n, 1/(n + 1), 1/(n + 2), …
GELIJKHEID_ZIEKENHUIZEN = 2
GELIJKHEID = 20

KOLOMMEN = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal,"
    "werkgevers,grootste_werkgever,tweede_werkgever,"
    "werkgevers_leden,grootste_lid,tweede_lid,werkgevers_niet_leden,grootste_niet_lid,tweede_niet_lid"
)
LEVERING = """\
bron: pfzw_dekking
leverancier: Regiomonitor (voorbeelddata)
periode: "{periode}"
ontvangen: {ontvangen}
herkomst: synthetisch
verwijzing: Nulmeting SRS 2021, tabel 1.1 (alleen landelijke percentages)
opmerking: >-
  Dit zijn verzonnen cijfers. Alleen de landelijke percentages (totaal en per branche) komen overeen met
  tabel 1.1 van de Nulmeting SRS 2021. De aantallen, de regio's en de werkgevers zijn bedacht en zeggen
  niets over een echte regio of organisatie. Gemaakt met python -m pipelines.voorbeelddata.pfzw_dekking.
"""


@dataclass(frozen=True)
class Vestiging:
    """One employer in one cell: the persons it employs there."""

    werkgever: str
    lid: bool
    personen: int


Cel = tuple[str, str]
Cellen = dict[Cel, list[Vestiging]]
# Persons with a job in both cells, and whether they work at members.
TweedeBaan = tuple[Cel, Cel, bool, int]


def solve_grootte(periode: str) -> dict[str, int]:
    """Return persons per branche; KO is what makes the branche percentages add up to the published total."""
    grootte, dekking = GROOTTE[periode], GEPUBLICEERD[periode]
    totaal = dekking["TOTAAL"]
    overschot = sum((dekking[branche] - totaal) * personen for branche, personen in grootte.items())
    if "REV" in dekking:
        overschot += (dekking["REV"] - totaal) * sum_revalidatie(periode)[1]
    return grootte | {"KO": overschot // (totaal - dekking["KO"])}


def revalidatie(periode: str) -> list[list[Vestiging]]:
    """Return the employers of each entry of REVALIDATIE; the larger ones were 2 % smaller in 2019."""
    deel = 98 if periode == "2019" else 100
    return [
        [Vestiging(f"REV-{w}", w[0] != "V", n * deel // 100 if n >= 100 else n) for w, n in vermelding.items()]
        for vermelding in REVALIDATIE
    ]


def sum_revalidatie(periode: str) -> tuple[int, int]:
    """Return members and all persons of the twenty revalidatie employers."""
    vestigingen = [v for vermelding in revalidatie(periode) for v in vermelding]
    return sum(v.personen for v in vestigingen if v.lid), sum(v.personen for v in vestigingen)


def count_ziekenhuizen(regios: Sequence[Regio]) -> dict[str, int]:
    """Return the number of hospitals per region; which smaller regions have one or two is drawn."""
    aantal = {r.code: draw(3, 4, "ziekenhuizen", r.code) + r.inwoners // 500_000 for r in regios}
    klein = shuffle((r for r in regios if r.inwoners < GROOTSTE_REGIO_MET_WEINIG), "ziekenhuis")
    for plek, regio in enumerate(klein[: REGIOS_MET_EEN_ZIEKENHUIS + REGIOS_MET_TWEE_ZIEKENHUIZEN]):
        aantal[regio.code] = 1 if plek < REGIOS_MET_EEN_ZIEKENHUIS else 2
    return aantal


def fit_personen(periode: str, regios: Sequence[Regio]) -> dict[Cel, int]:
    """Return persons per regio × branche, revalidatie left out."""
    grootte = solve_grootte(periode)
    if periode == "2019":
        grootte["ZKH"] -= sum_revalidatie(periode)[1]
    gewicht = {r.code: r.inwoners * draw(92, 110, "omvang", r.code) for r in regios}
    alles = sum(gewicht.values())
    mix = [[gewicht[r.code] * grootte[b] // alles * draw_mix(periode, r, b) for b in grootte] for r in regios]
    ziekenhuis = list(grootte).index("ZKH")
    for rij, aantal in zip(mix, count_ziekenhuizen(regios).values(), strict=True):
        rij[ziekenhuis] = rij[ziekenhuis] * ZIEKENHUIS_DEEL.get(aantal, 100) // 100
    rijdoel = [sum(grootte.values()) * gewicht[r.code] // alles for r in regios]
    tabel = fit(mix, rijdoel, list(grootte.values()))
    return {(r.code, b): n for r, rij in zip(regios, tabel, strict=True) for b, n in zip(grootte, rij, strict=True)}


def draw_mix(periode: str, regio: Regio, branche: str) -> int:
    """Return how large a branche is in a region against the country, and a little by period."""
    return draw(80, 125, "mix", regio.code, branche) * draw(98, 102, "mix", periode, regio.code, branche)


def fit_leden(periode: str, regios: Sequence[Regio], personen: dict[Cel, int]) -> dict[Cel, int]:
    """Return members per regio × branche, revalidatie left out."""
    ziekenhuizen = count_ziekenhuizen(regios)
    leden: dict[Cel, int] = {}
    for branche in (*GROOTTE[periode], "KO"):
        rijdoel = [personen[r.code, branche] for r in regios]
        totaal = sum(rijdoel)
        doel = count_leden(periode, branche, totaal)
        kansen = {r.code: draw_kansen(periode, r, branche) for r in regios}
        if branche == "ZKH":
            alleen = shuffle((r for r in regios if ziekenhuizen[r.code] == 1), "ziekenhuislid")
            kansen |= {r.code: [1, 0] if plek % 2 == 0 else [0, 1] for plek, r in enumerate(alleen)}
        tabel = fit(list(kansen.values()), rijdoel, [doel, totaal - doel])
        leden |= {(r.code, branche): rij[0] for r, rij in zip(regios, tabel, strict=True)}
    return leden


def count_leden(periode: str, branche: str, personen: int) -> int:
    """Return the members that give the published percentage; in 2019 that of ZKH holds with revalidatie."""
    percentage = GEPUBLICEERD[periode][branche]
    if branche == "ZKH" and periode == "2019":
        rev_leden, rev_personen = sum_revalidatie(periode)
        return percentage * (personen + rev_personen) // 100 - rev_leden
    return percentage * personen // 100


def draw_kansen(periode: str, regio: Regio, branche: str) -> list[int]:
    """Return the odds of members to others in a cell: by WGO, region and cell, and a little by period."""
    per_regio = draw(45, 180, "lid", regio.wgo) * draw(80, 125, "lid", regio.code)
    per_cel = draw(70, 140, "lid", regio.code, branche) * draw(97, 103, "lid", periode, regio.code, branche)
    return [per_regio * per_cel, 100**4]


def split(totaal: int, delen: int, gelijkheid: int, naam: str) -> list[int]:
    """Return totaal in so many parts of at least one person, the largest first."""
    gewichten = [draw(80, 120, "deel", naam, str(rang)) * FIJN // (rang + gelijkheid) for rang in range(delen)]
    stukken = sorted((1 + (totaal - delen) * gewicht // sum(gewichten) for gewicht in gewichten), reverse=True)
    # Dividing whole numbers leaves fewer persons over than there are parts.
    rest = totaal - sum(stukken)
    return [stuk + (rang < rest) for rang, stuk in enumerate(stukken)]


def make_vestigingen(regio: Regio, branche: str, leden: int, personen: int, werkgevers: int) -> list[Vestiging]:
    """Return the employers of one cell; together they have exactly these members and persons."""
    leden_werkgevers = (werkgevers * leden + personen // 2) // personen
    if 0 < leden < personen:
        leden_werkgevers = min(max(leden_werkgevers, 1), werkgevers - 1)
    gelijkheid = GELIJKHEID_ZIEKENHUIZEN if branche == "ZKH" else GELIJKHEID
    anderen = (False, personen - leden, werkgevers - leden_werkgevers)
    vestigingen = []
    for lid, aantal, delen in ((True, leden, leden_werkgevers), anderen):
        naam = f"{branche}-{'lid' if lid else 'ander'}"
        stukken = split(aantal, delen, gelijkheid, f"{regio.code}-{naam}") if delen else []
        for rang, stuk in enumerate(stukken):
            plek = regio.wgo if lid and rang == 0 and branche in PER_WGO else regio.code
            vestigingen.append(Vestiging(f"{plek}-{naam}-{rang}", lid, stuk))
    return vestigingen


def make_cellen(periode: str, regios: Sequence[Regio]) -> Cellen:
    """Return the employers of every regio × branche that the period knows."""
    ziekenhuizen = count_ziekenhuizen(regios)
    personen = fit_personen(periode, regios)
    leden = fit_leden(periode, regios, personen)
    cellen: Cellen = {}
    for regio in regios:
        for branche in (*GROOTTE[periode], "KO"):
            cel = (regio.code, branche)
            werkgevers = ziekenhuizen[regio.code]
            if branche != "ZKH":
                deel = draw(80, 125, "werkgevers", *cel)
                werkgevers = personen[cel] * 100 // (GEMIDDELDE_WERKGEVER[branche] * deel)
            cellen[cel] = make_vestigingen(regio, branche, leden[cel], personen[cel], max(werkgevers, 1))
    for regio, vermelding in zip(shuffle(regios, "revalidatie"), revalidatie(periode), strict=True):
        branche = "REV" if "REV" in GEPUBLICEERD[periode] else "ZKH"
        cellen[regio.code, branche] = cellen.get((regio.code, branche), []) + vermelding
    return cellen


def draw_tweede_banen(cellen: Cellen, regios: Sequence[Regio]) -> list[TweedeBaan]:
    """Return who works in two cells: two branches of a region, or one branche in two regions side by side."""
    branches = {branche for _, branche in cellen}
    paren = [((r.code, a), (r.code, b), PROMILLE_BRANCHE) for r in regios for a, b in TWEEDE_BAAN]
    paren += [((a.code, b), (c.code, b), PROMILLE_REGIO) for a, c in pairwise(regios) for b in sorted(branches)]
    banen: list[TweedeBaan] = []
    for cel, andere, promille in paren:
        if cel not in cellen or andere not in cellen:
            continue
        for lid in (True, False):
            delen = [[v for v in cellen[c] if v.lid is lid] for c in (cel, andere)]
            # A second job is at a second employer: not where one employer is all there is.
            if len({v.werkgever for deel in delen for v in deel}) > 1:
                kleinste = min(sum(v.personen for v in deel) for deel in delen)
                deel_promille = promille * draw(80, 120, "tweede baan", *cel, *andere)
                banen.append((cel, andere, lid, kleinste * deel_promille // 100_000))
    return banen


def count_union(cellen: Cellen, banen: Iterable[TweedeBaan], gevraagd: set[Cel]) -> tuple[int | str, ...]:
    """Return members and persons of these cells together, unique persons, and their employers: all, members, others.

    Of employers: how many, the largest and the second; nothing for a second that is not there.
    """
    per_werkgever: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    personen = Counter({True: 0, False: 0})
    for cel in gevraagd:
        for vestiging in cellen[cel]:
            per_werkgever[vestiging.lid][vestiging.werkgever] += vestiging.personen
            personen[vestiging.lid] += vestiging.personen
    for cel, andere, lid, aantal in banen:
        if cel in gevraagd and andere in gevraagd:
            personen[lid] -= aantal
    leden, anderen = (list(per_werkgever[lid].values()) for lid in (True, False))
    werkgevers = [deel for groottes in (leden + anderen, leden, anderen) for deel in _largest(groottes)]
    return personen[True], personen[True] + personen[False], *werkgevers


def _largest(groottes: list[int]) -> tuple[int | str, ...]:
    groten: list[int | str] = [*sorted(groottes, reverse=True)[:2], ""] if groottes else [0, ""]
    return len(groottes), *groten[:2]


def make_rijen(periode: str) -> list[tuple[int | str, ...]]:
    """Return the rows of one delivery: land, WGO's and regions, each with TOTAAL and every branche."""
    regios = load_regios(PEILDATUM[periode])
    cellen = make_cellen(periode, regios)
    banen = draw_tweede_banen(cellen, regios)
    gebieden = {LAND: {r.code for r in regios}}
    gebieden |= {w: {r.code for r in regios if r.wgo == w} for w in sorted({r.wgo for r in regios})}
    gebieden |= {r: {r} for r in sorted(r.code for r in regios)}
    rijen: list[tuple[int | str, ...]] = []
    for gebied, codes in gebieden.items():
        for branche in GEPUBLICEERD[periode]:
            gevraagd = {cel for cel in cellen if cel[0] in codes and branche in ("TOTAAL", cel[1])}
            geteld = count_union(cellen, banen, gevraagd)
            rijen.append((periode, PEILDATUM[periode], gebied, branche, *geteld))
    return rijen


def write_levering(raw: Path, periode: str) -> None:
    """Write one delivery, over what was there; line ends are the same on every platform."""
    map_ = raw / "pfzw_dekking" / f"voorbeeld-{periode}"
    map_.mkdir(parents=True, exist_ok=True)
    levering = LEVERING.format(periode=periode, ontvangen=ONTVANGEN[periode])
    regels = [KOLOMMEN, *(",".join(map(str, rij)) for rij in make_rijen(periode))]
    (map_ / "levering.yml").write_bytes(levering.encode())
    (map_ / "dekking.csv").write_bytes(("\n".join(regels) + "\n").encode())


def main(argumenten: Sequence[str] | None = None) -> None:
    """Write the deliveries of both periods into the raw folder."""
    lezer = argparse.ArgumentParser(description="Maakt de voorbeelddata van bron pfzw_dekking.")
    lezer.add_argument("--raw", type=Path, default=Path("data/raw"), help="map met leveringen (data/raw)")
    raw: Path = lezer.parse_args(argumenten).raw
    for periode in PEILDATUM:
        write_levering(raw, periode)


if __name__ == "__main__":
    main()
