"""Reconciliation: every published figure beside the same figure computed from deliveries."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import duckdb

from pipelines.afspraken.codelijsten import Aansluitoordeel, round_half_up
from pipelines.afspraken.warehouse.verbinding import insert_rows

# A share is published in whole percents unless it shows more.
DECIMALEN = {"aandeel": 2, "cijfer": 1}
# What is confidential is shown in whole percents, and counts in tens (A7).
GEHEIME_DECIMALEN = 2
_TELLINGEN = {"personen": -1, "vacatures": -1, "aantal": -1}
EXACT = Fraction(1, 10**12)


def published_decimals(waarde: Decimal, eenheid: str, precisie: str) -> int:
    """Return to how many decimals a figure was published; negative for one rounded to tens, hundreds, …"""
    zichtbaar = -int(waarde.normalize().as_tuple().exponent)
    if eenheid in DECIMALEN:
        return max(DECIMALEN[eenheid], zichtbaar)
    return zichtbaar if precisie in ("afgerond", "circa") else max(0, zichtbaar)


def judge(gepubliceerd: Decimal, berekend: Fraction, decimalen: int, precisie: str) -> Aansluitoordeel:
    """Return the verdict: gelijk, gelijk_na_afronding or wijkt_af."""
    # An exact share (107 of 301) was written down with as many decimals as a double has.
    ruimte = EXACT if precisie == "exact" else Fraction(0)
    if abs(Fraction(gepubliceerd) - berekend) <= ruimte:
        return Aansluitoordeel.GELIJK
    is_dichtbij = round_half_up(berekend, decimalen) == gepubliceerd
    return Aansluitoordeel.GELIJK_NA_AFRONDING if is_dichtbij else Aansluitoordeel.WIJKT_AF


def judge_range(laag: Decimal, hoog: Decimal | None, berekend: Fraction) -> tuple[Fraction, Aansluitoordeel]:
    """Return the distance to a published range (open upwards without an upper end) and the verdict."""
    if hoog is not None and berekend > Fraction(hoog):
        return berekend - Fraction(hoog), Aansluitoordeel.WIJKT_AF
    if berekend < Fraction(laag):
        return berekend - Fraction(laag), Aansluitoordeel.WIJKT_AF
    return Fraction(0), Aansluitoordeel.GELIJK


def judge_shown(gepubliceerd: Fraction, getoond: Fraction, decimalen: int) -> Aansluitoordeel:
    """Return the verdict on a figure of which only what is shown may be known: never 'gelijk', which would tell more.

    It agrees when it lies within half a step of the roughest of the two.
    """
    is_dichtbij = abs(gepubliceerd - getoond) <= Fraction(10) ** -decimalen / 2
    return Aansluitoordeel.GELIJK_NA_AFRONDING if is_dichtbij else Aansluitoordeel.WIJKT_AF


def reconcile(con: duckdb.DuckDBPyConnection) -> None:
    """Fill pub.aansluiting: one row per published figure of an indicator that is also computed.

    The computed side is rounded as the published one is. Of a confidential figure it is what the publication shows,
    and the difference and the verdict follow from that alone. A cell that may not be shown is not compared; a cell
    that does not apply in either source agrees with itself.
    """
    rijen = con.execute(
        """
        with berekend as (
            select indicator_id, '' as categorie, uitsplitsing, regio_code, branche_code, periode,
                   if(geheim, waarde, coalesce(teller, waarde)) as teller,
                   case when teller is not null and not geheim then noemer end as noemer, herkomst, geheim, waarde_tot
            from (select *, indicator_id in (select indicator_id from vertrouwelijk)
                            or levering_id in (select levering_id from geheime_levering) as geheim from getoonde_cel)
            where status = 'beschikbaar'
            union all
            select indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode, teller, noemer,
                   herkomst, false, null
            from enquete where schatting in ('', 'ongewogen') and is_toonbaar(status)
            union all
            select indicator_id, categorie, uitsplitsing, regio_code, 'TOTAAL', periode, coalesce(teller, waarde),
                   noemer, g.herkomst, false, null
            from uitkomst u join gebruikt g using (bron, tabel, periode) where u.status = 'beschikbaar'
        )
        select indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode,
               cast(g.waarde as varchar), cast(g.waarde_tot as varchar), g.precisie, i.eenheid,
               b.teller, b.noemer, b.geheim, b.waarde_tot, b.herkomst, concat_ws(', ', g.bron, g.vindplaats)
        from pub.gepubliceerd_cijfer g
        join catalogus i using (indicator_id)
        join berekend b using (indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode)
        where g.gekozen
        order by all
        """
    ).fetchall()
    insert_rows(con, "pub.aansluiting", [_compare(*rij) for rij in rijen] + _not_applicable(con))


def _compare(*rij: object) -> tuple[object, ...]:
    *sleutel, laag, hoog, precisie, eenheid, teller, noemer, geheim, tot, herkomst, bron = rij
    gepubliceerd = Decimal(str(laag))
    berekend = Fraction(str(teller)) / (Fraction(str(noemer)) if noemer else 1)
    stap = _TELLINGEN.get(str(eenheid), GEHEIME_DECIMALEN) if geheim else None
    if precisie == "bereik":
        afstand, oordeel = _compare_range(gepubliceerd, hoog, berekend, stap)
        return (*sleutel, float(gepubliceerd), float(berekend), herkomst, float(afstand), oordeel, "bereik", bron)
    if tot is not None:
        # Computed from masked cells: what was published lies between its ends, or does not.
        afstand, oordeel = _compare_range(teller, tot, Fraction(gepubliceerd), stap)
        return (*sleutel, float(gepubliceerd), float(berekend), herkomst, -float(afstand), oordeel, "bereik", bron)
    decimalen = published_decimals(gepubliceerd, str(eenheid), str(precisie))
    if stap is not None:
        decimalen = min(decimalen, stap)
        oordeel = judge_shown(Fraction(gepubliceerd), berekend, decimalen)
    else:
        oordeel = judge(gepubliceerd, berekend, decimalen, str(precisie))
    is_afgerond = oordeel == Aansluitoordeel.GELIJK_NA_AFRONDING
    getoond = round_half_up(berekend, decimalen)
    verschil = 0.0 if is_afgerond else float(getoond - gepubliceerd)
    oorzaak = "afronding" if is_afgerond else None
    return (*sleutel, float(gepubliceerd), float(getoond), herkomst, verschil, oordeel, oorzaak, bron)


def _compare_range(laag: object, hoog: object, waarde: Fraction, stap: int | None) -> tuple[Fraction, str]:
    """Return the distance to a range and the verdict; a figure that is shown in steps may be half a step beside it."""
    verschil, oordeel = judge_range(Decimal(str(laag)), Decimal(str(hoog)) if hoog else None, waarde)
    if stap is not None and oordeel != Aansluitoordeel.GELIJK:
        oordeel = judge_shown(Fraction(0), verschil, stap)
    return (verschil if oordeel == Aansluitoordeel.WIJKT_AF else Fraction(0)), oordeel


def _not_applicable(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Return a row per cell that does not apply, where the same published table has its neighbours."""
    return con.execute(
        """
        select c.indicator_id, '', c.uitsplitsing, c.regio_code, c.branche_code, c.periode, null, null,
               c.herkomst, null, 'gelijk', 'niet van toepassing: ' || b.toelichting, max(g.bron || ', ' || g.vindplaats)
        from cel c
        join branche b on b.branche_code = c.branche_code
        join pub.gepubliceerd_cijfer g on g.indicator_id = c.indicator_id and g.regio_code = c.regio_code
            and g.periode = c.periode and g.branche_code <> 'TOTAAL' and g.gekozen
        where c.status = 'nvt'
        group by all
        """
    ).fetchall()
