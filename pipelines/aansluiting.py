"""Reconciliation: every published figure beside the same figure computed from deliveries."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import duckdb

# A share is published in whole percents unless it shows more; confidential ones never show more (A7).
DECIMALEN = {"aandeel": 2, "cijfer": 1}


def round_half_up(waarde: Fraction | Decimal, decimalen: int) -> Decimal:
    """Return the value rounded half up (away from zero) to this many decimals; below 0 rounds to tens and up."""
    stap = Decimal(1).scaleb(-decimalen)
    exact = Decimal(waarde.numerator) / Decimal(waarde.denominator) if isinstance(waarde, Fraction) else waarde
    return (
        exact.quantize(stap, rounding=ROUND_HALF_UP)
        if decimalen >= 0
        else ((exact / stap).quantize(Decimal(1), rounding=ROUND_HALF_UP) * stap)
    )


def published_decimals(waarde: Decimal, eenheid: str, precisie: str) -> int:
    """Return to how many decimals a figure was published; negative for one rounded to tens, hundreds, …"""
    zichtbaar = -int(waarde.normalize().as_tuple().exponent)
    if eenheid in DECIMALEN:
        return max(DECIMALEN[eenheid], zichtbaar)
    return zichtbaar if precisie in ("afgerond", "circa") else max(0, zichtbaar)


def judge(gepubliceerd: Decimal, berekend: Fraction, decimalen: int) -> str:
    """Return the verdict: gelijk, gelijk_na_afronding or wijkt_af."""
    if Fraction(gepubliceerd) == berekend:
        return "gelijk"
    return "gelijk_na_afronding" if round_half_up(berekend, decimalen) == gepubliceerd else "wijkt_af"


def reconcile(con: duckdb.DuckDBPyConnection) -> None:
    """Fill pub.aansluiting: one row per published figure of an indicator that is also computed.

    The computed side is shown as precisely as the published one, so that it tells no more than the
    publication does. A cell that may not be shown is not compared; a cell that does not apply in either
    source agrees with itself.
    """
    rijen = con.execute(
        """
        select g.indicator_id, g.categorie, g.uitsplitsing, g.regio_code, g.branche_code, g.periode,
               cast(g.waarde as varchar), g.precisie, i.eenheid, c.teller, c.noemer, c.herkomst, g.bron, g.vindplaats
        from pub.gepubliceerd_cijfer g
        join catalogus i using (indicator_id)
        join cel c on c.indicator_id = g.indicator_id and c.uitsplitsing = g.uitsplitsing and g.categorie = ''
                  and c.regio_code = g.regio_code and c.branche_code = g.branche_code and c.periode = g.periode
        where g.gekozen and c.status = 'beschikbaar'
        order by all
        """
    ).fetchall()
    uitkomst = [_compare(rij) for rij in rijen] + _not_applicable(con)
    if uitkomst:
        con.executemany(f"insert into pub.aansluiting values ({', '.join('?' * 13)})", uitkomst)


def _compare(rij: tuple[object, ...]) -> tuple[object, ...]:
    *sleutel, tekst, precisie, eenheid, teller, noemer, herkomst, bron, vindplaats = rij
    gepubliceerd = Decimal(str(tekst))
    berekend = Fraction(str(teller)) / (Fraction(str(noemer)) if noemer else 1)
    decimalen = published_decimals(gepubliceerd, str(eenheid), str(precisie))
    getoond = round_half_up(berekend, min(decimalen, DECIMALEN.get(str(eenheid), decimalen)))
    verschil = getoond - gepubliceerd
    oordeel = judge(gepubliceerd, berekend, decimalen)
    oorzaak = "afronding" if oordeel == "gelijk_na_afronding" else None
    cijfers = (float(gepubliceerd), float(getoond), herkomst, float(verschil), oordeel, oorzaak)
    return (*sleutel, *cijfers, f"{bron}, {vindplaats}")


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
