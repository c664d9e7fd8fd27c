"""From the rows of a public table to rows of a contract, with an account of what was left out and why."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import GETALLEN, Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.openbaar.koppelen.doelvelden import period_column, region_column
from pipelines.openbaar.koppelen.gemeenten import GEMEENTE, VOORVOEGSELS, add_up, expected_regions, first_year
from pipelines.openbaar.koppelen.koppeling import Koppeling, Meting
from pipelines.openbaar.koppelen.vertalen import Vertaling, fixed_region, translate
from pipelines.openbaar.tabellen.tabel import further, list_some
from pipelines.openbaar.tabellen.tabellezer import Tabellezer

VOORLOPIG = "is_voorlopig"
MERKTEKENS = ("", ".", "nvt")
# A number as CBS writes it; Python reads 1_0 and digits of other scripts too.
_GETAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass
class Omzetting:
    """Rows of a table of a contract, all as text, and what there is to say of them."""

    frame: pd.DataFrame
    weg: Counter[str] = field(default_factory=Counter)
    # Codes for which the server was not asked, per reason.
    niet_gevraagd: Counter[str] = field(default_factory=Counter)
    gaten: list[str] = field(default_factory=list)
    # What may be right, but stops until a person has looked.
    twijfels: list[Melding] = field(default_factory=list)


def read_mapped(koppeling: Koppeling, tabel: Tabel, bron: Tabellezer) -> Omzetting:
    """Return the rows that a public table gives for a table of the contract.

    A figure is multiplied by its unit; what is missing, held back or impossible stays that. Rows without any figure
    are left out and counted. A region without a figure of which others have one is named, and what was not sent too.

    Raises:
        AfgekeurdError: the table is not what the mapping says, or a figure cannot be read.
    """
    vertaling = translate(koppeling, bron.kenmerken)
    frame = bron.rows(vertaling.keuze)
    uitkomst = Omzetting(frame)
    for dimensie, deel in vertaling.delen.items():
        hoort = frame[dimensie].isin(deel.codes.keys())
        uitkomst.weg.update(frame.loc[~hoort, dimensie].map(deel.weg).value_counts().to_dict())
        uitkomst.niet_gevraagd.update(deel.weg.values() if vertaling.keuze.codes[dimensie] else ())
        frame = frame[hoort]
    if frame.empty:
        tekst = f"Van {len(uitkomst.frame)} rijen blijft er geen over."
        raise AfgekeurdError([Melding(bron.kenmerken.plek, tekst, advies=further(bron.kenmerken.plek))])
    uitkomst.gaten += _unsent(vertaling, len(frame))
    uitkomst.gaten += [
        f"Status '{show_value(status)}' van een periode is onbekend; die cijfers tellen als voorlopig."
        for status in vertaling.vreemd
    ]
    rijen = _as_contract(koppeling, tabel, vertaling, frame, bron.kenmerken.plek)
    if koppeling.regio.uit_gemeenten:
        rijen = _from_gemeenten(koppeling, tabel, rijen, uitkomst)
    cijfers = _figures(tabel, rijen)
    leeg = (rijen[cijfers] == "").all(axis=1)
    uitkomst.weg.update({"rij zonder cijfer": int(leeg.sum())} if leeg.any() else {})
    rijen = rijen[~leeg].reset_index(drop=True)
    if rijen.empty:
        tekst = f"Geen van de {len(frame)} rijen heeft een cijfer."
        raise AfgekeurdError([Melding(bron.kenmerken.plek, tekst, advies=further(bron.kenmerken.plek))])
    sleutel = [naam for naam in tabel.sleutel if naam in rijen]
    if (dubbel := rijen.duplicated(sleutel)).any():
        eerste = ", ".join(str(waarde) for waarde in rijen.loc[dubbel.idxmax(), sleutel])
        tekst = f"Twee rijen worden dezelfde ({eerste}): twee categorieën krijgen één code."
        raise AfgekeurdError([Melding(bron.kenmerken.plek, tekst, advies=f"Pas {koppeling.plek} aan.")])
    uitkomst.gaten += _gaps(koppeling, tabel, rijen)
    uitkomst.frame = rijen
    return uitkomst


def _figures(tabel: Tabel, frame: pd.DataFrame) -> list[str]:
    return [naam for naam, kolom in tabel.kolommen.items() if kolom.type in GETALLEN and naam in frame]


def _as_contract(
    koppeling: Koppeling, tabel: Tabel, vertaling: Vertaling, frame: pd.DataFrame, plek: str
) -> pd.DataFrame:
    """Return the rows in the columns of the contract; measures of one fixed value each become rows of their own."""
    vast = pd.DataFrame(index=frame.index)
    vast[period_column(tabel)] = frame[vertaling.tijd].map(vertaling.delen[vertaling.tijd].codes)
    regio = vertaling.regio
    vast[region_column(tabel)] = frame[regio].map(vertaling.delen[regio].codes) if regio else fixed_region(koppeling)
    for dimensie, deel in vertaling.delen.items():
        if deel.kolom and dimensie not in (vertaling.tijd, regio):
            vast[deel.kolom] = frame[dimensie].map(deel.codes)
    for kolom, waarde in koppeling.vast.items():
        vast[kolom] = waarde
    if VOORLOPIG in tabel.kolommen:
        vast[VOORLOPIG] = frame[vertaling.tijd].map(vertaling.voorlopig)
    groepen: dict[tuple[tuple[str, str], ...], pd.DataFrame] = {}
    for meting, maat, factor in vertaling.maten:
        deel = groepen.setdefault(tuple(meting.vast.items()), vast.assign(**meting.vast))
        deel[meting.kolom] = _values(frame[maat.sleutel], meting, factor, f"{plek}, {maat.naam}")
    rijen = pd.concat(groepen.values(), ignore_index=True)
    return rijen[[naam for naam in tabel.kolommen if naam in rijen]].fillna("")


def _values(kolom: pd.Series, meting: Meting, factor: Decimal, plek: str) -> pd.Series:
    """Return figures as the contract writes them: multiplied, without padding, a mark as it is."""
    onleesbaar: list[str] = []

    def convert(waarde: object) -> str:
        tekst = "" if waarde is None else str(waarde).strip()
        if tekst in MERKTEKENS:
            return tekst
        if not _GETAL.fullmatch(tekst):
            onleesbaar.append(tekst)
            return ""
        return format((Decimal(tekst) * factor).normalize(), "f")

    vertaald = kolom.map({waarde: convert(waarde) for waarde in kolom.unique()})
    if onleesbaar:
        tekst = f"Hier staat iets anders dan een getal: {list_some(onleesbaar)}."
        advies = f"Verwacht: een getal ({meting.eenheid}), met een punt. Blijft het zo, meld het dan de bron."
        raise AfgekeurdError([Melding(show_value(plek), tekst, advies=advies)])
    return vertaald


def _from_gemeenten(koppeling: Koppeling, tabel: Tabel, rijen: pd.DataFrame, uitkomst: Omzetting) -> pd.DataFrame:
    """Return the rows of larger regions beside or instead of those of gemeenten."""
    tijd, regio, waarden = period_column(tabel), region_column(tabel), _figures(tabel, rijen)
    van_gemeente = rijen[regio].str.startswith(VOORVOEGSELS[GEMEENTE])
    perioden = {code: parse_periode(code) for code in rijen[tijd].unique()}
    jaren = {code: periode.begin.year for code, periode in perioden.items() if periode}
    bekend = rijen[tijd].map(jaren) >= first_year()
    if te_vroeg := int((van_gemeente & ~bekend).sum()):
        uitkomst.weg["periode van voor de gemeenten bekend zijn"] = te_vroeg
    bron = rijen[van_gemeente & bekend]
    sleutels = [tijd, *(naam for naam in rijen if naam not in (tijd, regio, *waarden))]
    delen = [rijen if GEMEENTE in koppeling.regio.niveaus else rijen[~van_gemeente]]
    for niveau in koppeling.regio.uit_gemeenten if len(bron) else ():
        som, onbekend = add_up(bron, niveau, regio, sleutels, waarden, jaren)
        if onbekend:
            uitkomst.gaten.append(
                f"{niveau}: {onbekend} cijfers niet te maken, omdat van een gemeente het cijfer ontbreekt."
            )
        delen.append(som)
    return pd.concat(delen, ignore_index=True)[rijen.columns]


def _unsent(vertaling: Vertaling, aantal: int) -> Iterator[str]:
    """Yield that the server gave fewer rows than there are combinations of the codes that count, where it did."""
    gevraagd = math.prod(len(deel.codes) for deel in vertaling.delen.values())
    if aantal < gevraagd:
        yield f"Van {gevraagd} combinaties van codes gaf de server er {aantal}; de andere zijn onbekend, geen 0."


def _gaps(koppeling: Koppeling, tabel: Tabel, rijen: pd.DataFrame) -> list[str]:
    """Return, per level, which regions lack a figure of which others have one, the newest period first.

    They are looked at per period and per other key: that a region has a figure of all branches says nothing of one.
    """
    tijd, regio = period_column(tabel), region_column(tabel)
    rest = [naam for naam in tabel.sleutel if naam in rijen and naam not in (tijd, regio)]
    soorten = rijen[[tijd, *rest]].drop_duplicates().sort_values([tijd, *rest])
    namen = [naam for naam in rest if soorten[naam].nunique() > 1]
    zonder: dict[tuple[str, int, tuple[str, ...], str], list[str]] = {}
    for niveau in (*koppeling.regio.niveaus, *koppeling.regio.ook, *koppeling.regio.uit_gemeenten):
        deel = rijen[rijen[regio].str.startswith(VOORVOEGSELS[niveau])]
        if niveau in (Niveau.LAND, GEMEENTE) or deel.empty:
            continue
        verwacht = expected_regions(niveau)
        codes = deel.groupby([tijd, *rest], sort=False)[regio].agg(frozenset)
        aanwezig = dict(zip(codes.index.to_frame().itertuples(index=False, name=None), codes, strict=True))
        gemist: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for soort in soorten.itertuples(index=False, name=None):
            if mist := tuple(sorted(verwacht - aanwezig.get(soort, frozenset()))):
                wat = " ".join(filter(None, (dict(zip(rest, soort[1:], strict=True))[naam] for naam in namen)))
                gemist.setdefault(soort[0], {}).setdefault(mist, []).append(wat)
        aantallen = soorten[tijd].value_counts()
        for periode, per_gat in gemist.items():
            for mist, wat_niet in per_gat.items():
                van = "" if len(wat_niet) == aantallen[periode] else f", {list_some(naam or '-' for naam in wat_niet)}"
                zonder.setdefault((niveau, len(verwacht), mist, van), []).append(periode)
    gaten = sorted(zonder.items(), key=lambda gat: gat[1][-1], reverse=True)
    return [
        f"{list_some(reversed(perioden), 4)}, {niveau}{van}: {aantal - len(mist)} van {aantal} met een cijfer; "
        f"zonder: {list_some(mist)}."
        for (niveau, aantal, mist, van), perioden in gaten
    ]
