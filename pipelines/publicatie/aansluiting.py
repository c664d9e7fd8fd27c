"""Reconciliation: every published figure beside the same figure computed from deliveries."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import duckdb

from pipelines.afspraken.codelijsten import round_half_up

# A share is published in whole percents unless it shows more; a confidential one never shows more (A7).
DECIMALEN = {"aandeel": 2, "cijfer": 1}
GEHEIME_DECIMALEN = 2
EXACT = Fraction(1, 10**12)


def published_decimals(waarde: Decimal, eenheid: str, precisie: str) -> int:
    """Return to how many decimals a figure was published; negative for one rounded to tens, hundreds, …"""
    zichtbaar = -int(waarde.normalize().as_tuple().exponent)
    if eenheid in DECIMALEN:
        return max(DECIMALEN[eenheid], zichtbaar)
    return zichtbaar if precisie in ("afgerond", "circa") else max(0, zichtbaar)


def judge(gepubliceerd: Decimal, berekend: Fraction, decimalen: int, precisie: str) -> str:
    """Return the verdict: gelijk, gelijk_na_afronding or wijkt_af."""
    # An exact share (107 of 301) was written down with as many decimals as a double has.
    ruimte = EXACT if precisie == "exact" else Fraction(0)
    if abs(Fraction(gepubliceerd) - berekend) <= ruimte:
        return "gelijk"
    return "gelijk_na_afronding" if round_half_up(berekend, decimalen) == gepubliceerd else "wijkt_af"


def judge_range(laag: Decimal, hoog: Decimal | None, berekend: Fraction) -> tuple[Fraction, str]:
    """Return the distance to a published range (open upwards without an upper end) and the verdict."""
    if hoog is not None and berekend > Fraction(hoog):
        return berekend - Fraction(hoog), "wijkt_af"
    return (Fraction(0), "gelijk") if berekend >= Fraction(laag) else (berekend - Fraction(laag), "wijkt_af")


def reconcile(con: duckdb.DuckDBPyConnection) -> None:
    """Fill pub.aansluiting: one row per published figure of an indicator that is also computed.

    The computed side is rounded as the published one is, and a confidential share never finer than whole
    percents, so that it tells no more than the publication does. A cell that may not be shown is not
    compared; a cell that does not apply in either source agrees with itself.
    """
    rijen = con.execute(
        """
        with berekend as (
            select indicator_id, '' as categorie, uitsplitsing, regio_code, branche_code, periode,
                   coalesce(teller, waarde) as teller, case when teller is not null then noemer end as noemer,
                   herkomst, indicator_id in (select indicator_id from vertrouwelijk) as geheim
            from cel where status = 'beschikbaar'
            union all
            select indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode, teller, noemer,
                   herkomst, false
            from enquete where schatting in ('', 'ongewogen') and status in ('beschikbaar', 'indicatief')
            union all
            select indicator_id, categorie, uitsplitsing, regio_code, 'TOTAAL', periode, coalesce(teller, waarde),
                   noemer, g.herkomst, false
            from uitkomst u join gebruikt g using (bron, tabel, periode) where u.status = 'beschikbaar'
        )
        select indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode,
               cast(g.waarde as varchar), cast(g.waarde_tot as varchar), g.precisie, i.eenheid,
               b.teller, b.noemer, b.geheim, b.herkomst, concat_ws(', ', g.bron, g.vindplaats)
        from pub.gepubliceerd_cijfer g
        join catalogus i using (indicator_id)
        join berekend b using (indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode)
        where g.gekozen
        order by all
        """
    ).fetchall()
    uitkomst = [_compare(*rij) for rij in rijen] + _not_applicable(con)
    if uitkomst:
        con.executemany(f"insert into pub.aansluiting values ({', '.join('?' * 13)})", uitkomst)


def _compare(*rij: object) -> tuple[object, ...]:
    *sleutel, laag, hoog, precisie, eenheid, teller, noemer, geheim, herkomst, bron = rij
    gepubliceerd = Decimal(str(laag))
    berekend = Fraction(str(teller)) / (Fraction(str(noemer)) if noemer else 1)
    if precisie == "bereik":
        verschil, oordeel = judge_range(gepubliceerd, Decimal(str(hoog)) if hoog else None, berekend)
        return (*sleutel, float(gepubliceerd), float(berekend), herkomst, float(verschil), oordeel, "bereik", bron)
    decimalen = published_decimals(gepubliceerd, str(eenheid), str(precisie))
    oordeel = judge(gepubliceerd, berekend, decimalen, str(precisie))
    getoond = round_half_up(berekend, min(decimalen, GEHEIME_DECIMALEN) if geheim else decimalen)
    verschil_na_afronding = float(getoond - gepubliceerd)
    oorzaak = "afronding" if oordeel == "gelijk_na_afronding" else None
    return (*sleutel, float(gepubliceerd), float(getoond), herkomst, verschil_na_afronding, oordeel, oorzaak, bron)


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
