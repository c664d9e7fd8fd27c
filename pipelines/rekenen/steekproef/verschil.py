"""Differences that may be called one: a WGO against the rest of the country, and change between two waves.

Both sides are weighted by WGO. A region and the rest are other strata of one design, drawn apart, so they are
independent (`mover.py`); two waves share the organisations that answered twice (`panel_id`). Only a test makes
'hoger' or 'lager' (`verschil.sql`), and only of real answers: what respondents were made to say is not tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from scipy import special

from pipelines.afspraken.codelijsten import LAND, MINSTE_BASIS, Herkomst, Niveau
from pipelines.afspraken.contract import Bron, Kolom
from pipelines.afspraken.indicatoren import Indicator
from pipelines.rekenen.steekproef.meting import BRON, Meting, categories, is_mean
from pipelines.rekenen.steekproef.mover import judge_pair
from pipelines.rekenen.steekproef.schatten import (
    GEEN_FOUT,
    NIVEAU,
    Masker,
    Nummers,
    Ontwerp,
    Rij,
    error_of_all_alike,
    linearise,
    state_mean,
    state_share,
    t_quantile,
)

KOLOMMEN = (
    "indicator_id", "categorie", "soort", "regio_code", "niveau", "periode", "periode_vorig",
    "verschil", "standaardfout", "onder", "boven", "p", "herkomst",
)  # fmt: skip


@dataclass(frozen=True)
class Kant:
    """One side of a comparison, one column each: the estimate, its linearised values and its variance."""

    waarde: Rij
    lineair: Rij
    variantie: Rij
    extra: Rij


@dataclass(frozen=True)
class Panel:
    """The organisations of one WGO that answered in both waves: their places, and the size of the two samples."""

    nu: Nummers
    toen: Nummers
    leden_nu: Nummers
    leden_toen: Nummers
    populatie: float

    @property
    def overlap(self) -> float:
        """Return how many answered twice beyond what chance gives two independent samples; never below 0."""
        return max(0.0, len(self.nu) - len(self.leden_nu) * len(self.leden_toen) / self.populatie)


def compile_verschillen(
    con: duckdb.DuckDBPyConnection,
    indicatoren: Mapping[str, Indicator],
    bronnen: Mapping[str, Bron],
    metingen: Sequence[Meting],
) -> None:
    """Fill table toets: one row per survey question × categorie × region × real wave, null where none may be tested."""
    con.execute("insert into steekproef select unnest(?::varchar[])", [_with_margin(indicatoren, bronnen)])
    metingen = [meting for meting in metingen if meting.herkomst != Herkomst.SYNTHETISCH]
    if not metingen:
        return
    vragen = bronnen[BRON].tabellen["antwoorden"].kolommen
    kolommen = [vragen[i.indicator_id] for i in indicatoren.values() if i.enquete and i.indicator_id in vragen]
    rijen: list[tuple[object, ...]] = []
    for kolom in kolommen:
        for meting in metingen:
            rijen += _against_rest(kolom, meting)
    for toen, nu in pairwise(metingen):
        panels = _panels(nu, toen)
        for kolom in kolommen:
            rijen += _between_waves(kolom, nu, toen, panels)
    _insert(con, rijen)


def _with_margin(indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]) -> list[str]:
    tabellen = {f"{bron.naam}.{tabel.naam}": tabel for bron in bronnen.values() for tabel in bron.tabellen.values()}
    return [i.indicator_id for i in indicatoren.values() if i.bron and "marge" in tabellen[i.bron].kolommen]


def _insert(con: duckdb.DuckDBPyConnection, rijen: Sequence[tuple[object, ...]]) -> None:
    if rijen:
        con.register("_rijen", pd.DataFrame(rijen, columns=KOLOMMEN))
        con.execute("insert into toets select * from _rijen")
        con.unregister("_rijen")


def judge_differences(con: duckdb.DuckDBPyConnection) -> None:
    """Fill pub.verschil from table toets: Benjamini-Hochberg within an indicator and categorie, then a verdict.

    Adds the changes of figures that come with a margin; expects the publication's figures and breaks.
    """
    _insert(con, list(_between_margins(con)))
    con.execute(Path(__file__).with_name("verschil.sql").read_text(encoding="utf-8"))


def _between_margins(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    """Yield one row per sample figure and the one before it (of the same quarter), from the margins delivered.

    A margin is half a 95 % interval of the normal distribution, and the two samples are taken as independent.
    Without both margins, across herkomst, and with a provisional or hidden figure there is no test.
    """
    rijen = con.execute(
        """
        with reeks as (
            select w.*, p.soort, p.eind, case when p.soort in ('kwartaal', 'maand') then month(p.eind) end as maand,
                   greatest(w.boven - w.waarde, w.waarde - w.onder) / ? as fout,
                   is_toonbaar(w.status) and not w.is_voorlopig as mag
            from pub.beste_waarneming w
            join periode p using (periode)
            where w.indicator_id in (from steekproef) and w.branche_code = 'TOTAAL' and w.uitsplitsing = ''
        ),
        paar as (
            select *, lag(struct_pack(periode, waarde, fout, mag, herkomst)) over (
                partition by indicator_id, categorie, regio_code, niveau, soort, maand order by eind) as toen
            from reeks
        )
        select indicator_id, categorie, 'verandering', regio_code, niveau, periode, toen.periode,
               waarde - toen.waarde, fout ** 2 + toen.fout ** 2, mag and toen.mag and herkomst = toen.herkomst, herkomst
        from paar where toen is not null order by all
        """,
        [special.ndtri((1 + NIVEAU) / 2)],
    ).fetchall()
    for *sleutel, verschil, variantie, mag, herkomst in rijen:
        toets: tuple[float | None, ...] = (None,) * 5
        if mag and verschil is not None and variantie is not None:
            toets = next(_test(np.array([verschil]), np.array([variantie]), np.array([np.inf])))
        yield (*sleutel, *toets, herkomst)


def _against_rest(kolom: Kolom, meting: Meting) -> Iterator[tuple[object, ...]]:
    """Yield one row per categorie × WGO: that WGO minus all others together."""
    gevraagd = meting.antwoorden[kolom.naam].notna().to_numpy()
    namen, waarden = categories(kolom, meting.antwoorden[kolom.naam])
    wgo = {code: meting.in_wgo(code) for code in meting.wgos}
    kan = [c for c in meting.wgos if _may_compare(meting, gevraagd, wgo[c]) and _may_compare(meting, gevraagd, ~wgo[c])]
    for plek, categorie in enumerate(namen):
        sleutel = (kolom.naam, categorie, "regio_rest")
        for code in (c for c in meting.wgos if c not in kan):
            yield (*sleutel, code, Niveau.WGO, meting.jaar, None, *[None] * 5, meting.herkomst)
        if not kan:
            continue
        state = state_mean if is_mean(kolom, categorie) else state_share
        eigen, rest = (
            state(waarden[:, [plek]], leden, meting.ontwerp)
            for leden in (
                np.column_stack([gevraagd & wgo[c] for c in kan]),
                np.column_stack([gevraagd & ~wgo[c] for c in kan]),
            )
        )
        for code, toets in zip(kan, judge_pair(eigen, rest), strict=True):
            yield (*sleutel, code, Niveau.WGO, meting.jaar, None, *toets, meting.herkomst)


def _between_waves(
    kolom: Kolom, nu: Meting, toen: Meting, panels: Mapping[str, Panel]
) -> Iterator[tuple[object, ...]]:  # fmt: skip
    """Yield one row per categorie × region: the newest wave minus the one before it."""
    regios = [LAND, *nu.wgos]
    basis = [_base_per_region(kolom, meting, regios) for meting in (nu, toen)]
    mag = [
        nu.herkomst == toen.herkomst
        and all(
            _may_compare(meting, leden[:, nummer], _in_region(meting, code))
            for meting, leden in zip((nu, toen), basis, strict=True)
        )
        for nummer, code in enumerate(regios)
    ]
    namen, waarden_nu = categories(kolom, nu.antwoorden[kolom.naam])
    _, waarden_toen = categories(kolom, toen.antwoorden[kolom.naam])
    kan = [code for code, ja in zip(regios, mag, strict=True) if ja]
    for plek, categorie in enumerate(namen):
        sleutel = (kolom.naam, categorie, "verandering")
        for code in (c for c in regios if c not in kan):
            yield (*sleutel, code, _level(code), nu.jaar, toen.jaar, *[None] * 5, nu.herkomst)
        if not kan:
            continue
        aandeel = not is_mean(kolom, categorie)
        later = _side(waarden_nu[:, [plek]], basis[0][:, mag], nu.ontwerp, is_aandeel=aandeel)
        eerder = _side(waarden_toen[:, [plek]], basis[1][:, mag], toen.ontwerp, is_aandeel=aandeel)
        gedeeld = (_covariance(later.lineair, eerder.lineair, panel) for panel in panels.values())
        samen = sum(gedeeld, np.zeros(len(kan)))
        los = later.variantie + eerder.variantie
        # What is left of two equal variances less their covariance is rounding noise.
        variantie = np.where(2 * samen > (1 - 1e-9) * los, 0, los - 2 * samen) + later.extra + eerder.extra
        vrijheid = np.array([_degrees(nu, toen, code) for code in kan])
        for code, toets in zip(kan, _test(later.waarde - eerder.waarde, variantie, vrijheid), strict=True):
            yield (*sleutel, code, _level(code), nu.jaar, toen.jaar, *toets, nu.herkomst)


def _level(code: str) -> str:
    return Niveau.LAND if code == LAND else Niveau.WGO


def _in_region(meting: Meting, code: str) -> Masker:
    return np.ones(len(meting.antwoorden), dtype=bool) if code == LAND else meting.in_wgo(code)


def _base_per_region(kolom: Kolom, meting: Meting, regios: Sequence[str]) -> Masker:
    gevraagd = meting.antwoorden[kolom.naam].notna().to_numpy()
    return np.column_stack([gevraagd & _in_region(meting, code) for code in regios])


def _may_compare(meting: Meting, gevraagd: Masker, leden: Masker) -> bool:
    """Return whether one side is final and passes B1: respondents, response and base (B5)."""
    genoeg = meting.ontwerp.is_known and not meting.is_voorlopig and int((gevraagd & leden).sum()) >= MINSTE_BASIS
    # The country as a whole is shown whatever its response; a WGO and the rest of the country are not.
    return genoeg and (bool(leden.all()) or meting.is_enough(leden))


def _degrees(nu: Meting, toen: Meting, code: str) -> float:
    """Return the smaller of the two waves' degrees of freedom; within a region its answers minus 1."""
    if code == LAND:
        return float(min(nu.ontwerp.vrijheid, toen.ontwerp.vrijheid))
    return float(min(nu.in_wgo(code).sum(), toen.in_wgo(code).sum()) - 1)


def _side(waarden: Rij, leden: Masker, ontwerp: Ontwerp, *, is_aandeel: bool) -> Kant:
    """Return one side; where all its answers are alike, its spread comes from the Wilson interval."""
    waarde, lineair, _, _ = linearise(waarden, leden, ontwerp)
    variantie = ontwerp.variance(lineair)
    gelijk = (variantie <= GEEN_FOUT**2) & is_aandeel
    extra = np.where(gelijk, error_of_all_alike(np.clip(waarde, 0, 1), leden, ontwerp) ** 2, 0)
    return Kant(waarde, lineair, variantie, extra)


def _test(verschil: Rij, variantie: Rij, vrijheid: Rij) -> Iterator[tuple[float | None, ...]]:
    """Yield per column difference, standard error, 95 % interval and p.

    Without any spread there is nothing to test by: no difference then stays no difference, another one is unknown.
    """
    fout = np.sqrt(np.maximum(variantie, 0))
    kan = (fout > GEEN_FOUT) & (vrijheid > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * special.stdtr(vrijheid, -np.abs(verschil) / fout)
    halve = t_quantile(vrijheid) * fout
    for nummer, mag in enumerate(kan):
        if mag:
            uitkomst = (verschil, fout, verschil - halve, verschil + halve, p)
            yield tuple(float(reeks[nummer]) for reeks in uitkomst)
        else:
            yield (0.0, None, None, None, 1.0) if abs(verschil[nummer]) < GEEN_FOUT else (None,) * 5


def _panels(nu: Meting, toen: Meting) -> dict[str, Panel]:
    """Return per WGO of both waves who answered twice.

    A `panel_id` names the same organisation in an earlier year: by its panel_id there, or else by its
    respondent_id.
    """
    plek = {naam: nr for nr, naam in enumerate(toen.antwoorden["respondent_id"])}
    plek |= {naam: nr for nr, naam in enumerate(toen.antwoorden["panel_id"]) if isinstance(naam, str)}
    paren = [(nr, plek[naam]) for nr, naam in enumerate(nu.antwoorden["panel_id"]) if naam in plek]
    panels = {}
    for code in (c for c in nu.wgos if c in toen.wgos):
        leden_nu, leden_toen = nu.in_wgo(code), toen.in_wgo(code)
        eigen = [(een, ander) for een, ander in paren if leden_nu[een] and leden_toen[ander]]
        if len(eigen) > 1:
            aantallen = [m.ontwerp.uitgenodigd[m.wgos.index(code)] for m in (nu, toen)]
            paar = np.array(eigen, dtype=np.intp)
            panels[code] = Panel(
                paar[:, 0], paar[:, 1], np.flatnonzero(leden_nu), np.flatnonzero(leden_toen), float(min(aantallen))
            )
    return panels


def _covariance(nu: Rij, toen: Rij, panel: Panel) -> Rij:
    """Return one stratum's covariance of two waves' totals, per column.

    For two samples of n1 and n2 of N with m in both it is (m - n1 n2 / N) S12: full overlap gives the variance
    of one sample, and an overlap as large as chance gives 0. S12 is the correlation in the panel times the
    spread of each whole sample, so that a variance never becomes negative.
    """
    afwijking_nu, afwijking_toen = (deel - deel.mean(axis=0) for deel in (nu[panel.nu], toen[panel.toen]))
    kruis = (afwijking_nu * afwijking_toen).sum(axis=0)
    schaal = np.sqrt((afwijking_nu**2).sum(axis=0) * (afwijking_toen**2).sum(axis=0))
    samenhang = np.divide(kruis, schaal, out=np.zeros_like(kruis), where=schaal > GEEN_FOUT**2)
    spreiding = nu[panel.leden_nu].std(axis=0, ddof=1) * toen[panel.leden_toen].std(axis=0, ddof=1)
    return np.asarray(panel.overlap * samenhang * spreiding)
