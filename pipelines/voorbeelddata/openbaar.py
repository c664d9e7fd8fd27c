"""Voorbeelddata for the regional rows of the public statistics: one delivery per source, all from one script.

    python -m pipelines.voorbeelddata.openbaar [--raw DIR]

Published: the national figures, and those per province and per branche, of data/raw/gepubliceerd. Invented:
how they lie over the 28 arbeidsmarktregio's, over branches that were not published, and every size that
constants below call so. Nothing here says anything about a real region.

Method: national figures per branche are completed to the published total (marges.complete), then iterative
proportional fitting of a drawn mix to the regions and those branches (loten.fit). So the regions add up
to every published figure, after the rounding in which it was published; where a sum does not, nothing is written
(nagaan.py). Rows are regions only: no key that has
a published figure is filled, and the monitor makes the totals itself. A draw is a hash of a seed and the name
of what is drawn, and all arithmetic is in whole numbers: the files are the same on every machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipelines.voorbeelddata import onderwijs, stromen
from pipelines.voorbeelddata.loten import draw, fit
from pipelines.voorbeelddata.marges import BRANCHES, complete, must, pieces, published, published_branches, regions
from pipelines.voorbeelddata.nagaan import check_margins

Rij = tuple[int | str, ...]
BREED = "azw_breed"

# fmt: off
# Invented: employees per branche, per mille of zorg en welzijn, and contract hours per week, in tenths.
GROOTTE = {"ZKH": 155, "UMC": 55, "GGZ": 75, "GHZ": 130, "VVT": 340, "HAG": 25, "SW": 45, "JZ": 23, "KO": 85, "OZW": 67}
UREN = {"ZKH": 262, "UMC": 290, "GGZ": 291, "GHZ": 243, "VVT": 221, "HAG": 223, "SW": 254, "JZ": 289, "KO": 226,
        "OZW": 243}
# Invented: how often a job is vacant, and how often a vacancy arises, against other branches.
VACANT = {"ZKH": 80, "UMC": 75, "GGZ": 130, "GHZ": 105, "VVT": 100, "HAG": 90, "SW": 110, "JZ": 140, "KO": 105,
          "OZW": 70}
# Invented: sick days per mille where the quarter has no figure for the branche, against other branches.
ZIEK = {"ZKH": 62, "UMC": 56, "GGZ": 66, "GHZ": 72, "VVT": 79, "HAG": 52, "SW": 63, "JZ": 64, "KO": 69, "OZW": 52}
# Invented: employers per branche; umc's are left out, as the employers' survey counts them with hospitals.
WERKGEVERS = {"ZKH": 110, "GGZ": 900, "GHZ": 800, "VVT": 2_500, "HAG": 5_000, "SW": 1_500, "JZ": 700, "KO": 3_000,
              "OZW": 3_000}
# Invented: the share of employers with a vacancy that is hard to fill, per mille, where none was published.
MOEILIJK = {"GGZ": 600, "GHZ": 550, "HAG": 200, "SW": 200, "JZ": 560, "KO": 300, "OZW": 250}
# fmt: on
WERKNEMERS = ("2019KW02", "2021", "2022")
VACATURES = ("2019KW03", "2020KW03", "2021KW03", "2022KW03", "2023KW01")
PER_PROVINCIE = ("2019KW03", "2020KW03", "2021KW03", "2022KW03")
VERZUIM = ("2021KW02", "2022KW03", "2022KW04")
# Working days in a quarter, and jobs per hundred employees (some have two).
DAGEN = 65
BANEN = 108

LEVERING = """\
bron: {bron}
leverancier: Regiomonitor (voorbeelddata)
periode: "2022"
ontvangen: 2024-01-15
herkomst: synthetisch
verwijzing: Gepubliceerde landelijke cijfers van CBS en DUO (zie bron gepubliceerd)
opmerking: >-
  Dit zijn verzonnen cijfers. Alleen de sommen over de regio's komen na afronding overeen met gepubliceerde
  cijfers, waar die er zijn. De verdeling over regio's en branches is bedacht en zegt niets over een echte
  regio. Gemaakt met python -m pipelines.voorbeelddata.openbaar.
"""


def spread(doel: Mapping[str, int], naam: str, periode: str, gewicht: Mapping[str, int] | None = None) -> dict[
    tuple[str, str], int
]:  # fmt: skip
    """Return a count per regio × column that adds up to `doel` per column and follows the regions' weight."""
    gewichten = gewicht or regions()
    mix = [
        [deel * doel[k] * draw(85, 118, naam, r, k) * draw(98, 102, naam, periode, r, k) // 10**9 + 1 for k in doel]
        for r, deel in gewichten.items()
    ]
    totaal, som = sum(doel.values()), sum(gewichten.values())
    tabel = fit(mix, [totaal * deel // som for deel in gewichten.values()], list(doel.values()))
    return {(r, k): n for r, rij in zip(gewichten, tabel, strict=True) for k, n in zip(doel, rij, strict=True)}


def count_werknemers(periode: str) -> dict[tuple[str, str], int]:
    """Return employees per regio × branche; after 2019 the total grows as that of the national accounts does."""
    totaal = must(published("aantal_werknemers", "telling=cbs_breed", "2019KW02"))
    if periode != "2019KW02":
        begin = must(published("aantal_werknemers", "afbakening=sbi_q", "2019"))
        totaal = totaal * must(published("aantal_werknemers", "afbakening=sbi_q", periode)) // begin
    return spread({b: totaal * deel // 1000 for b, deel in GROOTTE.items()}, "werknemers", periode)


def nearest_werknemers(periode: str) -> dict[tuple[str, str], int]:
    """Return employees per regio × branche in the period of WERKNEMERS that is nearest before this one."""
    return count_werknemers(max((p for p in WERKNEMERS if p[:4] <= periode[:4]), default=WERKNEMERS[0]))


def make_werknemers() -> list[Rij]:
    """Return rows of werknemers: every region × branche, and TOTAAL, which is not a sum of branches by rule."""
    rijen: list[Rij] = []
    for periode in WERKNEMERS:
        werknemers = count_werknemers(periode)
        for regio in regions():
            uren = {b: werknemers[regio, b] * UREN[b] * draw(96, 104, "uren", regio, b) // 1000 for b in BRANCHES}
            delen = [(b, werknemers[regio, b], uren[b]) for b in BRANCHES]
            totaal = ("TOTAAL", sum(deel[1] for deel in delen), sum(deel[2] for deel in delen))
            rijen += [(periode, regio, b, "cbs_breed", n, u) for b, n, u in (totaal, *delen)]
    return rijen


def make_vacatures() -> list[Rij]:
    """Return rows of vacatures: AZW breed per region × branche, and SBI Q per region in line with the provinces.

    How tight the labour market of a region is (`krapte`) is drawn, the same in every period.
    """
    rijen: list[Rij] = []
    krapte = {regio: deel * draw(78, 126, "krapte", regio) // 100 for regio, deel in regions().items()}
    for periode in VACATURES:
        werknemers = nearest_werknemers(periode)
        gewicht = {b: sum(n for (_, c), n in werknemers.items() if c == b) * VACANT[b] for b in BRANCHES}
        soorten = []
        for indicator in ("openstaande_vacatures", "ontstane_vacatures"):
            totaal = published(indicator, f"afbakening={BREED}", periode)
            bekend = published_branches(indicator, f"afbakening={BREED}", periode)
            doel = None if totaal is None else complete(totaal, bekend, gewicht)
            soorten.append(None if doel is None else spread(doel, indicator, periode, krapte))
        for cel, personen in werknemers.items():
            aantallen = ["" if soort is None else soort[cel] for soort in soorten]
            rijen.append((periode, *cel, BREED, *aantallen, personen * BANEN // 100))
    for periode in PER_PROVINCIE:
        rijen += [(periode, regio, "TOTAAL", "sbi_q", n, "", "") for regio, n in follow_provinces(periode).items()]
    return rijen


def follow_provinces(periode: str) -> dict[str, int]:
    """Return open vacancies per region: each province's figure, over its pieces of regions."""
    per_stuk = split_provinces(periode)
    return {regio: sum(n for (r, _), n in per_stuk.items() if r == regio) for regio in regions()}


def split_provinces(periode: str) -> dict[tuple[str, str], int]:
    """Return open vacancies per piece regio × provincie; together they make the national figure exactly.

    The provinces were rounded apart, so they are first brought in line with the country, within their rounding.
    """
    provincies = sorted({provincie for _, provincie in pieces()})
    cijfers = [must(published("openstaande_vacatures", "afbakening=sbi_q", periode, p)) for p in provincies]
    land = must(published("openstaande_vacatures", "afbakening=sbi_q", periode))
    doel = dict(zip(provincies, stromen.within_rounding(cijfers, land, 100), strict=True))
    stukken: dict[tuple[str, str], int] = {}
    for provincie in provincies:
        delen = {r: gewicht for (r, p), gewicht in pieces().items() if p == provincie}
        gewichten = {r: deel * draw(90, 110, "sbi_q", r, provincie) for r, deel in delen.items()}
        stukken |= {(r, provincie): n for r, n in complete(doel[provincie], {}, gewichten).items()}
    return stukken


def make_moeilijk_vervulbaar() -> list[Rij]:
    """Return employers in 2017, and those with a vacancy that is hard to fill, per region × branche and TOTAAL."""
    bekend = published_branches("moeilijk_vervulbaar", "maat=werkgevers", "2017", 1000)
    moeilijk = {b: WERKGEVERS[b] * deel // 1000 for b, deel in bekend.items()}
    totaal = must(published("moeilijk_vervulbaar", "maat=werkgevers", "2017", factor=1000))
    rest = {b: WERKGEVERS[b] * MOEILIJK.get(b, 0) for b in WERKGEVERS if b not in moeilijk}
    alle = complete(sum(WERKGEVERS.values()) * totaal // 1000, moeilijk, dict.fromkeys(moeilijk, 0) | rest)
    rijen: list[Rij] = []
    delen = list(regions().values())
    werkgevers = {b: stromen.share(n, delen, f"werkgevers-{b}") for b, n in WERKGEVERS.items()}
    gevraagd = {b: stromen.share_within(alle[b], werkgevers[b], f"moeilijk-{b}") for b in WERKGEVERS}
    for plek, regio in enumerate(regions()):
        cellen = [(b, werkgevers[b][plek], gevraagd[b][plek]) for b in WERKGEVERS]
        som = ("TOTAAL", sum(cel[1] for cel in cellen), sum(cel[2] for cel in cellen))
        rijen += [("2017", regio, *cel) for cel in (som, *cellen)]
    return rijen


def make_verzuim() -> list[Rij]:
    """Return sick days and available days per region × branche; branches that were not published follow the rest."""
    rijen: list[Rij] = []
    for periode in VERZUIM:
        werknemers = nearest_werknemers(periode)
        dagen = {cel: personen * UREN[cel[1]] * DAGEN // 360 for cel, personen in werknemers.items()}
        per_branche = {b: sum(n for (_, c), n in dagen.items() if c == b) for b in BRANCHES}
        bekend = published_branches("verzuim", "meting=kzv", periode, 1000)
        ziek = {b: per_branche[b] * deel // 1000 for b, deel in bekend.items()}
        totaal = sum(per_branche.values()) * must(published("verzuim", "meting=kzv", periode, factor=1000)) // 1000
        doel = complete(totaal, ziek, {b: per_branche[b] * ZIEK[b] for b in BRANCHES})
        kans = {r: draw(88, 113, "verzuim", r) for r in regions()}
        for branche in BRANCHES:
            gewichten = {r: dagen[r, branche] * kans[r] * draw(94, 106, "verzuim", r, branche) for r in kans}
            verdeeld = complete(doel[branche], {}, gewichten)
            rijen += [(periode, r, branche, "kzv", verdeeld[r], dagen[r, branche], "") for r in kans]
    return rijen


# Per source its tables, each with its columns and how its rows are made.
TABELLEN: Mapping[str, Mapping[str, tuple[str, Callable[[], list[Rij]]]]] = {
    "werknemers": {
        "werknemers": ("periode,regio_code,branche_code,telling,werknemers,contracturen", make_werknemers),
    },
    "vacatures": {
        "vacatures": ("periode,regio_code,branche_code,afbakening,openstaand,ontstaan,banen", make_vacatures),
        "moeilijk_vervulbaar": (
            "periode,regio_code,branche_code,werkgevers,werkgevers_moeilijk_vervulbaar",
            make_moeilijk_vervulbaar,
        ),
    },
    "verzuim": {
        "verzuim": (
            "periode,regio_code,branche_code,meting,verzuimdagen,beschikbare_dagen,percentage",
            make_verzuim,
        ),
    },
    "mobiliteit": {
        "stromen": (
            "periode,regio_code,branche_code,afbakening,werknemers_begin,instroom,instroom_zij,"
            "instroom_herintreders,instroom_onderwijs,uitstroom",
            lambda: stromen.make_stromen(count_werknemers),
        ),
    },
    "werknemersenquete": {
        "uitkomsten": (
            "periode,regio_code,branche_code,vraag,aandeel,n,marge",
            lambda: stromen.make_uitkomsten(count_werknemers),
        ),
    },
    "onderwijs": {
        "instroom": ("schooljaar,regio_code,niveau,opleiding,leerweg,instroom", onderwijs.make_instroom),
        "rendement": (
            "schooljaar,regio_code,niveau,opleiding,gediplomeerden,ongediplomeerde_verlaters",
            onderwijs.make_rendement,
        ),
        "stages": ("periode,regio_code,niveau,plaatsen,tekort", onderwijs.make_stages),
        "numerus_fixus": ("schooljaar,regio_code,opleidingen_met_fixus,opleidingen", onderwijs.make_numerus_fixus),
    },
}


def write_levering(raw: Path, bron: str, tabellen: Mapping[str, tuple[str, Sequence[Rij]]]) -> None:
    """Write the delivery of one source, over what was there; line ends are the same on every platform."""
    map_ = raw / bron / "voorbeeld"
    map_.mkdir(parents=True, exist_ok=True)
    (map_ / "levering.yml").write_bytes(LEVERING.format(bron=bron).encode())
    for tabel, (kolommen, rijen) in tabellen.items():
        regels = [kolommen, *(",".join(map(str, rij)) for rij in rijen)]
        (map_ / f"{tabel}.csv").write_bytes(("\n".join(regels) + "\n").encode())


def make_all() -> dict[str, dict[str, tuple[str, list[Rij]]]]:
    """Return per source and table its columns and rows."""
    return {
        bron: {tabel: (kolommen, make()) for tabel, (kolommen, make) in tabellen.items()}
        for bron, tabellen in TABELLEN.items()
    }


def main(argumenten: Sequence[str] | None = None) -> None:
    """Write the deliveries of all sources into the raw folder.

    Raises:
        ValueError: a sum differs from what was published; nothing is written.
    """
    lezer = argparse.ArgumentParser(description="Maakt de voorbeelddata van de openbare statistieken.")
    lezer.add_argument("--raw", type=Path, default=Path("data/raw"), help="map met leveringen (data/raw)")
    raw: Path = lezer.parse_args(argumenten).raw
    alles = make_all()
    check_margins(alles)
    for bron, tabellen in alles.items():
        write_levering(raw, bron, tabellen)


if __name__ == "__main__":
    main()
