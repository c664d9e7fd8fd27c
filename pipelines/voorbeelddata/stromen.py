"""Voorbeelddata of mobiliteit and werknemersenquete, and how a whole is shared out (see openbaar.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isqrt

from pipelines.afspraken.codelijsten import LAND
from pipelines.voorbeelddata.loten import draw, load_regios
from pipelines.voorbeelddata.marges import BRANCHES, apportion, must, published, regions

Rij = tuple[int | str, ...]
Werknemers = Callable[[str], dict[tuple[str, str], int]]

# Period of the flow, the quarter it was published for, and the period whose employees were there at its start.
# The inflow from education was published for the year 2022 only, which is its fourth quarter.
STROMEN = (
    ("2020KW01", "2020KW01", "2019KW02"),
    ("2022", "2022KW04", "2021"),
    ("2022KW04", "2022KW04", "2021"),
    ("2023KW01", "2023KW01", "2022"),
)
# Invented: of the inflow in per mille, where no number was published; those from education are the rest.
ZIJ_INSTROOM, HERINTREDERS = 280, 217
# Invented: who changes branche, in per cent of the flow of the sector; flows per branche add up to more.
WISSELAARS = 113
# Questions and quarters; where no national share was published it is invented, in per mille.
VRAGEN = (
    ("2021KW04", "werkdruk_te_hoog", "werkdruk"),
    ("2022KW02", "werkdruk_te_hoog", "werkdruk"),
    ("2022KW04", "tevreden", "medewerkerstevredenheid"),
    ("2022KW04", "scholing_2jaar", "scholing_2jaar"),
    ("2022KW04", "administratie_te_veel", "administratieve_lasten"),
    ("2022KW04", "imago_positief", "imago"),
)
PEILDATUM = {"2021KW04": "2021-12-31", "2022KW02": "2022-06-30", "2022KW04": "2022-12-31"}
AANDEEL = {"scholing_2jaar": 760, "administratieve_lasten": 580, "imago": 540}
# Invented: respondents per thousand employees.
RESPONDENTEN = 11


def share(totaal: int, gewichten: Sequence[int], naam: str) -> list[int]:
    """Return totaal over the weights in whole parts that add up exactly, each weight drawn up or down a little."""
    return apportion(totaal, [deel * draw(85, 118, naam, str(plek)) for plek, deel in enumerate(gewichten)])


def share_within(totaal: int, grenzen: Sequence[int], naam: str) -> list[int]:
    """Return totaal over the cells in whole parts, none above its bound; what does not fit goes to the others."""
    delen = share(totaal, grenzen, naam)
    teveel = sum(max(0, deel - grens) for deel, grens in zip(delen, grenzen, strict=True))
    delen = [min(deel, grens) for deel, grens in zip(delen, grenzen, strict=True)]
    ruimte = [grens - deel for deel, grens in zip(delen, grenzen, strict=True)]
    return [deel + extra for deel, extra in zip(delen, apportion(teveel, ruimte), strict=True)] if teveel else delen


def within_rounding(cijfers: Sequence[int], totaal: int, stap: int) -> list[int]:
    """Return the rounded figures moved within their own rounding, so that they add up to totaal exactly.

    Raises:
        ValueError: the figures are too far from the total for that.
    """
    verschil = totaal - sum(cijfers)
    if abs(verschil) >= len(cijfers) * (stap // 2):
        raise ValueError(f"{sum(cijfers)} is geen afgeronde som van {totaal}")
    teken = 1 if verschil > 0 else -1
    delen = apportion(abs(verschil), [1] * len(cijfers))
    return [cijfer + teken * deel for cijfer, deel in zip(cijfers, delen, strict=True)]


def make_stromen(werknemers: Werknemers) -> list[Rij]:
    """Return rows of stromen, AZW breed: per region TOTAAL, and per branche with those who change branche."""
    rijen: list[Rij] = []
    for periode, kwartaal, begin in STROMEN:
        aanwezig = werknemers(begin)
        totaal = [sum(aanwezig[regio, b] for b in BRANCHES) for regio in regions()]
        in_, uit = (
            share(must(published(i, "afbakening=azw_breed", kwartaal)), totaal, i)
            for i in ("instroom_sector", "uitstroom")
        )
        soorten = split_regions(periode, kwartaal, in_)
        for plek, regio in enumerate(regions()):
            rijen.append((periode, regio, "TOTAAL", "azw_breed", totaal[plek], in_[plek], *soorten[plek], uit[plek]))
            per_branche = [aanwezig[regio, b] for b in BRANCHES]
            naar = share(in_[plek] * WISSELAARS // 100, per_branche, f"in-{regio}")
            van = share(uit[plek] * WISSELAARS // 100, per_branche, f"uit-{regio}")
            for branche, personen, erin, eruit in zip(BRANCHES, per_branche, naar, van, strict=True):
                van_branche = split_instroom(regio, erin, None)
                rijen.append((periode, regio, branche, "azw_breed", personen, erin, *van_branche, eruit))
    return rijen


def split_regions(periode: str, kwartaal: str, instroom: Sequence[int]) -> list[tuple[int, int, int | str]]:
    """Return zij-instromers, herintreders and those from education per region, as they were published.

    Raises:
        ValueError: two of the three were published, which this script cannot spread.
    """
    afbakening = "afbakening=azw_breed"
    zij, terug = (published(i, afbakening, kwartaal) for i in ("zij_instroom", "herintreders"))
    onderwijs = published("instroom_uit_onderwijs", afbakening, periode)
    if onderwijs is None:
        onderwijs = published("instroom_uit_onderwijs", afbakening, kwartaal)
    if (zij is None) != (terug is None) or (zij is not None and onderwijs is None):
        raise ValueError(f"van de instroom van {periode} zijn niet alle delen gepubliceerd")
    rest = share(onderwijs, instroom, "onderwijs") if onderwijs else [None] * len(instroom)
    delen = [split_instroom(regio, n, deel) for regio, n, deel in zip(regions(), instroom, rest, strict=True)]
    if zij is None:
        return delen
    samen = [n - int(deel or 0) for n, deel in zip(instroom, rest, strict=True)]
    eigen = share_within(zij, samen, "zij")
    return [(een, alle - een, int(deel or 0)) for een, alle, deel in zip(eigen, samen, rest, strict=True)]


def split_instroom(regio: str, instroom: int, onderwijs: int | None) -> tuple[int, int, int | str]:
    """Return zij-instromers, herintreders and those from education: the rest, left out where none was published."""
    zij = ZIJ_INSTROOM * draw(85, 116, "zij", regio)
    terug = HERINTREDERS * draw(85, 116, "herintreders", regio)
    samen = instroom * (zij + terug) // 100_000 if onderwijs is None else instroom - onderwijs
    eerste, tweede = apportion(samen, [zij, terug])
    return eerste, tweede, "" if onderwijs is None else onderwijs


def make_uitkomsten(werknemers: Werknemers) -> list[Rij]:
    """Return rows of uitkomsten: per question, region and WGO a share in per mille, its n and its margin.

    The shares of regions, weighted by employees, make the national one. A row of the country is written only
    where none was published.
    """
    aanwezig = werknemers("2022")
    gewichten = {regio: sum(aanwezig[regio, b] for b in BRANCHES) for regio in regions()}
    rijen: list[Rij] = []
    for periode, vraag, indicator in VRAGEN:
        landelijk = published(indicator, "", periode, factor=1000)
        personen = sum(gewichten.values()) * (landelijk or AANDEEL[indicator]) // 1000
        delen = spread_share(personen, list(gewichten.values()), f"{vraag}-{periode}")
        eens = dict(zip(gewichten, delen, strict=True))
        gebieden = {} if landelijk else {LAND: list(gewichten)}
        wgos: dict[str, list[str]] = {}
        for regio in load_regios(PEILDATUM[periode]):
            wgos.setdefault(regio.wgo, []).append(regio.code)
        gebieden |= wgos | {regio: [regio] for regio in gewichten}
        for gebied, codes in gebieden.items():
            ja, alle = (sum(deel[code] for code in codes) for deel in (eens, gewichten))
            rijen.append((periode, gebied, "TOTAAL", vraag, *estimate(ja, alle)))
    return rijen


def estimate(ja: int, alle: int) -> tuple[str, int, str]:
    """Return a share, its n, and half its 95 % interval with a design effect of 1.2 (1.96² × 1.2 = 4.60992)."""
    promille, n = (1000 * ja + alle // 2) // alle, alle * RESPONDENTEN // 1000
    marge = isqrt(460_992 * promille * (1000 - promille) // (100_000 * n)) + 1
    return f"0.{promille:03d}", n, f"0.{marge:03d}"


def spread_share(personen: int, gewichten: Sequence[int], naam: str) -> list[int]:
    """Return persons per region who say yes, around the same share everywhere: at most 6 % up or down."""
    return apportion(personen, [deel * draw(94, 106, naam, str(plek)) for plek, deel in enumerate(gewichten)])
