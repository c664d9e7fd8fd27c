"""The budgets against the rules of the programme, on exact amounts: met, not met, or what is missing to say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import duckdb

from pipelines.afspraken.codelijsten import LAND, Herkomst, Niveau, Pijler, Regeloordeel, Regelsoort, round_half_up
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.indicatoren import PIJLERS
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.publicatie.regels import Budgetregel, Deel, Regelset, load_regelsets

BRON = "srs_budget"
_WOORD: Mapping[str, str] = {pijler: pijler.naam.lower() for pijler in Pijler}


@dataclass(frozen=True)
class Budgetrij:
    """One delivered row of the budget; amounts are None where the supplier gave none."""

    pijler: str
    onderdeel: str | None
    gezamenlijk: bool
    subsidie_eur: Fraction | None
    cofinanciering_eur: Fraction | None


@dataclass(frozen=True)
class Oordeel:
    """The verdict on one rule: the share it found (None where it cannot be told), and what that rests on."""

    uitkomst: Fraction | None
    oordeel: str
    toelichting: str
    # The sum in amounts and the norm beside it; empty where there is none to make.
    berekening: str = ""


def judge_rule(regel: Budgetregel, rijen: Sequence[Budgetrij]) -> Oordeel:
    """Return the verdict on one rule for the rows of one area and year.

    Missing rows are not zero: a pijler or part that the rule needs and that was not delivered makes it
    'niet_te_bepalen'. Amounts are compared exactly, so 19.996 % does not reach 20 %.
    """
    gat = _missing(regel.teller, rijen) + _missing(regel.noemer, rijen)
    if gat:
        return Oordeel(None, Regeloordeel.NIET_TE_BEPALEN, f"Niet geleverd: {', '.join(dict.fromkeys(gat))}.")
    teller, noemer = (_total(deel, rijen) for deel in (regel.teller, regel.noemer))
    if teller is None or noemer is None:
        return Oordeel(None, Regeloordeel.NIET_TE_BEPALEN, "Een bedrag ontbreekt of is geheim.")
    if noemer == 0:
        return Oordeel(None, Regeloordeel.NIET_TE_BEPALEN, "Er is hier geen budget waarvan een deel te bepalen is.")
    aandeel = teller / noemer
    voldoet = aandeel >= regel.norm if regel.soort == Regelsoort.EIS else abs(aandeel - regel.norm) <= regel.marge
    som = f"{_euro(teller)} van {_euro(noemer)} is {_percent(aandeel, regel.norm)}"
    norm = "de norm is minstens" if regel.soort == Regelsoort.EIS else "richtlijn, geen eis:"
    berekening = f"{som}; {norm} {_percent(regel.norm, None)}"
    oordeel = Regeloordeel.VOLDOET if voldoet else Regeloordeel.VOLDOET_NIET
    return Oordeel(aandeel, oordeel, f"{regel.titel}. {berekening}.", berekening)


def _counts(deel: Deel, rij: Budgetrij) -> bool:
    return (
        rij.pijler in deel.pijler
        and (not deel.onderdeel or rij.onderdeel in deel.onderdeel)
        and (not deel.gezamenlijk or ("ja" if rij.gezamenlijk else "nee") in deel.gezamenlijk)
    )


def _missing(deel: Deel, rijen: Iterable[Budgetrij]) -> list[str]:
    """Return the pijlers and parts that a rule needs and that have no row."""
    rijen = list(rijen)
    pijlers = {rij.pijler for rij in rijen}
    onderdelen = {rij.onderdeel for rij in rijen if rij.pijler in deel.pijler}
    gat = [_WOORD[pijler] for pijler in deel.pijler if pijler not in pijlers]
    return gat + [onderdeel for onderdeel in deel.onderdeel if onderdeel not in onderdelen]


def _total(deel: Deel, rijen: Iterable[Budgetrij]) -> Fraction | None:
    """Return the sum of the part, or None when one of its amounts is not known."""
    bedragen = [getattr(rij, bedrag) for rij in rijen if _counts(deel, rij) for bedrag in deel.bedrag]
    return None if None in bedragen else sum(bedragen, Fraction(0))


def _euro(bedrag: Fraction) -> str:
    return f"€ {int(round_half_up(bedrag, 0)):,}".replace(",", ".")


def _percent(aandeel: Fraction, norm: Fraction | None) -> str:
    """Return the share in percents with one decimal, or more where it would read as a norm that it is not."""
    for decimalen in (1, 2, 3, 4):
        getal = round_half_up(100 * aandeel, decimalen)
        if norm is None or aandeel == norm or getal != round_half_up(100 * norm, decimalen):
            break
    return f"{getal.normalize():f}".replace(".", ",") + "%"


def judge_budgets(con: duckdb.DuckDBPyConnection, bronnen: Mapping[str, Bron]) -> None:
    """Fill pub.regeltoets: one row per rule × year × area, for every year with a real budget, delivered or published.

    A made-up budget is not judged; its year counts as one of which no budget was delivered.

    Raises:
        AfgekeurdError: a rule is not written as it should be.
    """
    regelsets = load_regelsets()
    if BRON not in bronnen:
        return
    herkomsten = _herkomsten(con)
    budgetten = {(jaar, code): deel for (jaar, code), deel in _budgets(con).items() if jaar in herkomsten}
    rijen: list[tuple[object, ...]] = []
    for jaar in sorted({*(jaar for jaar, _ in budgetten), *_published_years(con)}):
        if jaar not in regelsets:
            tekst = f"Voor {jaar} zijn geen budgetregels bekend. Voeg ze toe in pipelines/regels."
            titel = "Regels voor dit jaar"
            rijen.append(
                (
                    "geen_regels",
                    jaar,
                    LAND,
                    None,
                    None,
                    Regeloordeel.NIET_TE_BEPALEN,
                    tekst,
                    titel,
                    Regelsoort.GEEN,
                    "",
                    "",
                    "",
                )
            )
            continue
        gebieden = {code: deel for (j, code), deel in budgetten.items() if j == jaar}
        afwezig = _absent_wgos(con, jaar, gebieden)
        rijen += _judge_year(regelsets[jaar], jaar, gebieden, afwezig, herkomsten.get(jaar, ""))
    insert_rows(con, "pub.regeltoets", rijen)


def _judge_year(
    regelset: Regelset, jaar: int, gebieden: Mapping[str, list[Budgetrij]], afwezig: Sequence[str], herkomst: str
) -> list[tuple[object, ...]]:
    rijen: list[tuple[object, ...]] = []
    samen = [rij for deel in gebieden.values() for rij in deel]
    for regel in regelset.regels:
        oordelen: dict[str, Oordeel] = {}
        if Niveau.LAND in regel.gebied:
            oordelen[LAND] = _judge_country(regel, samen, afwezig)
        if Niveau.WGO in regel.gebied:
            oordelen |= {code: judge_rule(regel, deel) for code, deel in sorted(gebieden.items())}
        rijen += [
            (regel.regel_id, jaar, code, float(regel.norm), None if o.uitkomst is None else float(o.uitkomst),
             o.oordeel, o.toelichting, regel.titel, regel.soort, sum_text(regel), o.berekening, herkomst)
            for code, o in oordelen.items()
        ]  # fmt: skip
    return rijen


def sum_text(regel: Budgetregel) -> str:
    """Return in words what a rule divides by what."""
    return f"{_part_text(regel.teller)}, gedeeld door {_part_text(regel.noemer)}"


def _part_text(deel: Deel) -> str:
    bedrag = " en ".join(naam.removesuffix("_eur") for naam in deel.bedrag)
    waarvoor = "alle pijlers" if deel.pijler == PIJLERS else _list(_WOORD[pijler] for pijler in deel.pijler)
    if deel.onderdeel:
        waarvoor = f"{_list(deel.onderdeel)} in {waarvoor}"
    samen = {"ja": " door regio's samen", "nee": " per regio"}.get("".join(deel.gezamenlijk), "")
    return f"{bedrag} voor {waarvoor}{samen}"


def _list(namen: Iterable[str]) -> str:
    *begin, laatste = namen
    return f"{', '.join(begin)} en {laatste}" if begin else laatste


def _judge_country(regel: Budgetregel, samen: Sequence[Budgetrij], afwezig: Sequence[str]) -> Oordeel:
    if not samen:
        return Oordeel(
            None, Regeloordeel.NIET_TE_BEPALEN, f"{regel.zonder_levering} De budgetten per WGO zijn niet geleverd."
        )
    if afwezig:
        return Oordeel(None, Regeloordeel.NIET_TE_BEPALEN, f"Het budget is niet geleverd van: {', '.join(afwezig)}.")
    return judge_rule(regel, samen)


def _budgets(con: duckdb.DuckDBPyConnection) -> dict[tuple[int, str], list[Budgetrij]]:
    budgetten: defaultdict[tuple[int, str], list[Budgetrij]] = defaultdict(list)
    for jaar, wgo, pijler, onderdeel, gezamenlijk, *bedragen in con.execute(
        "select cast(periode as integer), regio_code, pijler, onderdeel, gezamenlijk, subsidie_eur, cofinanciering_eur "
        f"from {BRON}.budget order by all"
    ).fetchall():
        exact = [None if bedrag is None else Fraction(Decimal(bedrag)) for bedrag in bedragen]
        budgetten[jaar, wgo].append(Budgetrij(pijler, onderdeel, gezamenlijk, *exact))
    return dict(budgetten)


def _published_years(con: duckdb.DuckDBPyConnection) -> list[int]:
    return [
        jaar
        for (jaar,) in con.execute(
            "select distinct try_cast(periode as integer) from pub.waarneming "
            "where indicator_id in ('budget_bedrag', 'budget_aandeel') and length(periode) = 4"
        ).fetchall()
    ]


def _herkomsten(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Return what the delivered budget of each year is; a year without a real one is not in it."""
    vraag = "select periode, herkomst from gebruikt where bron = ? and herkomst <> ?"
    rijen = con.execute(vraag, [BRON, Herkomst.SYNTHETISCH]).fetchall()
    return {int(jaar): herkomst for jaar, herkomst in rijen}


def _absent_wgos(con: duckdb.DuckDBPyConnection, jaar: int, gebieden: Iterable[str]) -> list[str]:
    """Return the names of the WGO's of the last day of the year that delivered no budget."""
    rijen = con.execute(
        "select naam from regio where list_contains(wgos_op(make_date(?, 12, 31)), regio_code) "
        "and regio_code not in (select unnest(?::varchar[])) order by regio_code",
        [jaar, list(gebieden)],
    ).fetchall()
    return [naam for (naam,) in rijen]
