"""One compiler for every indicator: levels, totals, completeness and status, so that none can be forgotten.

A cell is one uitsplitsing × regio × branche × periode. Periods are never added up, but for a flow within the
quarter whose entry asks for it (see jaarsom.py). A figure that was delivered without counts goes to its own
cell and no further.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.afspraken.codelijsten import (
    CELSTATUSSEN,
    GEHELEN,
    GROOTSTE_HALVE_BREEDTE,
    MEESTE_IN_MASKER,
    MINSTE_BASIS,
    sql_list,
)
from pipelines.afspraken.contract import Bron, Tabel
from pipelines.afspraken.indicatoren import INWONERS, SAMEN, Indicator, columns_in
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrift.uitsplitsing import parts
from pipelines.afspraken.warehouse.uitkomsten import Uitkomsten
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.rekenen.eerder import Eerder
from pipelines.rekenen.jaarsom import add_years

INDICATORS = "indicators.yml"
_WERKGEVERS = (
    "werkgevers", "grootste_werkgever", "tweede_werkgever", "werkgevers_leden", "grootste_lid", "tweede_lid",
    "werkgevers_niet_leden", "grootste_niet_lid", "tweede_niet_lid",
)  # fmt: skip
# One row that is the whole cell; the only row of a cell of many parts is not (it would pass for the total).
_IS_EIGEN_RIJ = "count(*) = 1 and max(delen) = 1"
# First that applies (contract, status).
_STATUSSEN = sql_list(CELSTATUSSEN)
_STATUSKOLOM = "celstatus"
# Of a count that may be masked: the column with what it is at most.
_HOOGSTENS = "_hoogstens"
# The inhabitants are those of one day; a ratio with figures further away from it would be another figure.
_INWONERS_GELDIG = "interval 1 year"
# What is wrong with an expression, by the kind of DuckDB's error; its own words are English.
_REDENEN: Mapping[type[duckdb.Error], str] = {
    duckdb.ParserException: "is geen SQL-uitdrukking; let op haakjes en aanhalingstekens",
    duckdb.BinderException: "past niet: een functie of vergelijking krijgt iets wat zij niet aankan",
    duckdb.ConversionException: "rekent met een tekst die geen getal is",
    duckdb.OutOfRangeException: "geeft een getal dat te groot is",
}
_VORM = {
    "waar": "Schrijf een voorwaarde, zoals niveau <> 'hbo'.",
    "teller": "Schrijf een som over rijen, zoals sum(instroom).",
    "noemer": "Schrijf een som over rijen, zoals sum(instroom).",
    "waarde": "Schrijf de naam van een kolom met een getal.",
}
# What a row is joined with has names of its own: an entry may use every column of its table by its plain name.
_OWN_NAMES = "select columns(*) as '_\\0' from {}"


def compile_indicatoren(
    con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron],
    onthouden: Uitkomsten | None = None,
) -> None:  # fmt: skip
    """Fill table cel: one row per indicator × uitsplitsing × regio × branche × periode, unprotected.

    Expects the staged tables (`<bron>.<tabel>`), `gebruikt` (which delivery counts per table and period),
    `periode`, and the reference tables of `load_regio`. What is in `onthouden` of the same input is not made again.

    Raises:
        AfgekeurdError: an expression does not run, or would add up what is not additive.
    """
    con.execute(_sql("cel.sql"))
    eerder = Eerder(con, onthouden)
    for indicator in (i for i in indicatoren.values() if i.bron is not None and i.soort is None):
        bron, naam = str(indicator.bron).split(".")
        tabel = bronnen[bron].tabellen[naam]
        if eerder.recall(indicator, tabel):
            continue
        if fouten := _faulty_keys(con, indicator, tabel):
            raise AfgekeurdError(fouten)
        if con.execute(f"select count(*) from {indicator.bron}").fetchone() == (0,):
            continue
        try:
            jaren = []
            for ook in ((), *(tuple(samen.split(SAMEN)) for samen in indicator.ook_per)):
                jaren += _compile(con, indicator, tabel, ook)
        except duckdb.Error:
            tekst = f"{indicator.indicator_id}: de uitdrukkingen zijn samen niet te berekenen."
            advies = "Controleer waar, teller, noemer en waarde."
            raise AfgekeurdError([Melding(INDICATORS, tekst, advies=advies)]) from None
        eerder.keep(indicator, tabel, jaren)


def _faulty_keys(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel) -> list[Melding]:
    """Return a message per key of an entry whose expression does not run, also where there are no rows yet."""
    rijen = f"(select *, 1.0 as {INWONERS} from {indicator.bron})"
    vragen = {
        "waar": f"select count(*) from {rijen} where ({indicator.waar})",
        "teller": f"select count(*), cast(({indicator.teller}) as double) from {rijen}",
        "noemer": f"select count(*), cast(({indicator.noemer}) as double) from {rijen}",
        "waarde": f"select cast(({indicator.waarde}) as double) from {rijen}",
    }
    fouten = []
    for sleutel in (sleutel for sleutel in vragen if getattr(indicator, sleutel)):
        try:
            con.execute(vragen[sleutel])
        except duckdb.Error as fout:
            redenen = (tekst for soort, tekst in _REDENEN.items() if isinstance(fout, soort))
            reden = next(redenen, "is niet te berekenen")
            tekst = f"{indicator.indicator_id}, {sleutel}: '{show_value(getattr(indicator, sleutel))}' {reden}."
            advies = f"{_VORM[sleutel]} Kolommen: {', '.join(tabel.kolommen)}."
            fouten.append(Melding(INDICATORS, tekst, advies=advies))
    return fouten


def _compile(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel, ook: tuple[str, ...]) -> list[str]:
    """Add the cells of one indicator, split by its own columns and by one more, or by some more together.

    Return which years were made of quarters.
    """
    con.execute(_rows_query(con, indicator, tabel, ook))
    if not indicator.optelbaar:
        _refuse_sums(con, indicator, tabel)
    jaren = add_years(con) if indicator.jaar else []
    _spread(con, indicator, tabel)
    kolommen = {rij[0] for rij in con.execute("select column_name from (describe rij)").fetchall()}
    con.execute(_cells_query(indicator, tabel, kolommen))
    if "branche" in indicator.per:
        con.execute(_not_applicable_query(indicator, tabel))
    return jaren


def _sql(naam: str) -> str:
    return Path(__file__).with_name(naam).read_text(encoding="utf-8")


def _uitsplitsing(indicator: Indicator, kolommen: list[str], ook: tuple[str, ...]) -> str:
    """Return the SQL of the uitsplitsing: name=value, in alphabetical order; a column without a value is left out."""
    delen = {k: f"'{k}=' || b.{k}" for k in (*indicator.per, *ook) if k != "branche"}
    delen |= {naam: f"'{naam}={waarde}'" for naam, waarde in parts(indicator.uitsplitsing).items()}
    if "brug" in kolommen:
        delen["brug"] = "'brug=' || b.brug"
    return f"concat_ws(';', {', '.join(delen[naam] for naam in sorted(delen))})" if delen else "''"


def _refuse_sums(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel) -> None:
    """Refuse to add up unique persons: a cell must be one delivered row."""
    waar = "" if "branche" in indicator.per else "where branche_code = 'TOTAAL'"
    dubbel = con.execute(
        f"select periode, count(*) from rij {waar} "
        "group by periode, uitsplitsing, regio_code, branche_code having count(*) > 1 order by periode limit 1"
    ).fetchone()
    if dubbel:
        tekst = (
            f"{indicator.indicator_id} is niet optelbaar, maar een cel van periode {dubbel[0]} "
            f"telt {dubbel[1]} rijen van {indicator.bron}."
        )
        advies = f"Zet alle sleutelkolommen van de tabel in 'per' ({', '.join(tabel.sleutel)})."
        raise AfgekeurdError([Melding(INDICATORS, tekst, advies=advies)])


def _rows_query(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel, ook: tuple[str, ...]) -> str:
    """Return the query for temp table rij: one row per source row, with its cell, day, delivery and status."""
    bron, naam = str(indicator.bron).split(".")
    kolommen = [rij[0] for rij in con.execute(f"select column_name from (describe {indicator.bron})").fetchall()]
    opnieuw = [k for k in kolommen if k in ("branche_code", "peildatum") or k.startswith(_STATUSKOLOM)]
    branche = "b.branche_code" if "branche_code" in kolommen else "'TOTAAL'"
    peildatum = "b.peildatum" if "peildatum" in kolommen else "cast(null as date)"
    gegeven = columns_in(indicator.waarde or "", tabel)
    geteld = columns_in(f"{indicator.teller} {indicator.noemer}", tabel)
    return f"""
        create or replace temp table rij as
        select b.* exclude ({", ".join(opnieuw)}), {branche} as branche_code, {peildatum} as peildatum,
               coalesce({peildatum}, p._eind) as dag, r._niveau as regio_niveau, g._herkomst as herkomst,
               g._levering_id as levering_id, g._is_voorlopig as is_voorlopig,
               {_uitsplitsing(indicator, kolommen, ook)} as uitsplitsing,
               p._periode as bronperiode, 1 as perioden,
               case when p._eind between i._dag - {_INWONERS_GELDIG} and i._dag + {_INWONERS_GELDIG}
                    then i._aantal end as {INWONERS},
               {_worst_status(kolommen, geteld)} as celstatus,
               {indicator.waarde or "cast(null as double)"} as gegeven,
               {_worst_status(kolommen, gegeven) if gegeven else "'ontbreekt'"} as gegevenstatus
        from {indicator.bron} b
        join ({_OWN_NAMES.format("regio")}) r on r._regio_code = b.regio_code
        join ({_OWN_NAMES.format("periode")}) p on p._periode = b.periode
        join ({_OWN_NAMES.format("gebruikt")}) g
          on g._bron = '{bron}' and g._tabel = '{naam}' and g._periode = b.periode
         and g._reeks = to_reeks([{", ".join(f"b.{kolom}" for kolom in tabel.reeks) or "''"}])
        left join ({_OWN_NAMES.format("regio_inwoners")}) i on i._regio_code = b.regio_code
        where ({indicator.waar or "true"}) {"".join(f"and b.{kolom} is not null " for kolom in ook if len(ook) > 1)}
    """


def _worst_status(kolommen: list[str], gebruikt: set[str]) -> str:
    """Return the SQL of the first status that applies among the columns used.

    Staging gives a column that may be missing on its own a status of its own: `celstatus_<kolom>`.
    """
    eigen = {f"{_STATUSKOLOM}_{kolom}" for kolom in gebruikt} & set(kolommen)
    gedeeld = {_STATUSKOLOM} & set(kolommen) if len(eigen) < len(gebruikt) or not gebruikt else set()
    namen = sorted(eigen | gedeeld)
    if not namen:
        return "'beschikbaar'"
    return f"{_STATUSSEN}[least({', '.join(f'list_position({_STATUSSEN}, {naam})' for naam in namen)})]"


def _spread(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel) -> None:
    """Work out which regions and totals each row counts for (see spreiden.sql)."""
    con.execute("create or replace temp table doelniveau (niveau varchar)")
    insert_rows(con, "doelniveau", [(niveau,) for niveau in indicator.niveaus])
    con.execute("create or replace temp table verwachte_branche as " + _expected_branches(tabel))
    regios, branches = indicator.optelbaar, indicator.branches_optelbaar
    con.execute(f"create or replace temp table optellen as select {regios} as regios, {branches} as branches")
    con.execute(_sql("spreiden.sql"))


def _expected_branches(tabel: Tabel) -> str:
    """Return the query for the branches that together make TOTAAL, as the source's contract has them."""
    kolom = tabel.kolommen.get("branche_code")
    behalve = (*GEHELEN, *(kolom.behalve if kolom else ()))
    soms = kolom.soms if kolom else ()
    return f"select branche_code, branche_code in ({_texts(soms)}) as soms from branche " + (
        f"where branche_code not in ({_texts(behalve)})"
    )


def _texts(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes) or "''"


def at_most(uitdrukking: str | None, kolommen: set[str]) -> str | None:
    """Return an expression with what each masked cell is at most, in the place of what it is at least."""
    return re.sub(r"\b[a-z_]+\b", lambda t: t[0] + _HOOGSTENS * (t[0] in kolommen), uitdrukking or "") or None


def _sums_query(indicator: Indicator, tabel: Tabel, kolommen: set[str]) -> str:
    """Return the query with one row per cell: its sums, whether every part is there, and what was delivered for it."""
    hoogstens = {kolom.removesuffix(_HOOGSTENS) for kolom in kolommen if kolom.endswith(_HOOGSTENS)}
    groep = "uitsplitsing, doel_regio, doel_niveau, doel_branche, periode"
    enkel = ", ".join(
        f"{f'case when {_IS_EIGEN_RIJ} then max({kolom}) end' if kolom in tabel.kolommen else 'null'} as {kolom}"
        for kolom in (*_WERKGEVERS, "n", "marge")
    )
    return f"""
        select {groep}, min(peildatum) as peildatum, min(herkomst) as herkomst, min(levering_id) as levering_id,
               bool_or(is_voorlopig) as is_voorlopig,
               {indicator.teller or "cast(null as double)"} as teller,
               {indicator.noemer or "cast(null as double)"} as noemer,
               {at_most(indicator.teller, hoogstens) or "cast(null as double)"} as teller_hoogstens,
               {at_most(indicator.noemer, hoogstens) or "cast(null as double)"} as noemer_hoogstens,
               {_IS_EIGEN_RIJ} as is_eigen_rij, {enkel},
               case when {_IS_EIGEN_RIJ} then max(gegeven) end as gegeven,
               case when {_IS_EIGEN_RIJ} then max(gegevenstatus) else 'ontbreekt' end
                   as gegevenstatus,
               case when count(distinct (regio_code, branche_code, bronperiode)) < max(delen) then 'ontbreekt'
                    else {_STATUSSEN}[min(list_position({_STATUSSEN}, celstatus))] end as telstatus
        from (
            select rij.*, r.doel_regio, r.doel_niveau, b.doel_branche, r.delen * b.delen * rij.perioden as delen
            from rij
            join regio_doel r on r.periode = rij.periode and r.uitsplitsing = rij.uitsplitsing
                             and r.regio_code = rij.regio_code
            join branche_doel b on b.periode = rij.periode and b.uitsplitsing = rij.uitsplitsing
                               and b.regio_code = rij.regio_code and b.branche_code = rij.branche_code
            where {"true" if "branche" in indicator.per else "b.doel_branche = 'TOTAAL'"}
        )
        group by {groep}
    """


def _range(indicator: Indicator) -> tuple[str, str]:
    """Return the SQL of the least and the most that a cell with masked rows can be.

    The teller of a share is part of its noemer: what is masked in both is in both at once.
    """
    if indicator.noemer is None:
        return "teller", "teller_hoogstens"
    if indicator.eenheid == "aandeel":
        return (
            "teller / (teller + noemer_hoogstens - teller_hoogstens)",
            "teller_hoogstens / (teller_hoogstens + noemer - teller)",
        )
    return "teller / noemer_hoogstens", "teller_hoogstens / noemer"


def _cells_query(indicator: Indicator, tabel: Tabel, kolommen: set[str]) -> str:
    """Return the query that adds the indicator's cells: from counts where they are there, else as delivered.

    A cell with masked rows in it has a range and no counts; a mask that is the whole cell stays hidden.
    """
    heeft_aantallen = f"{bool(indicator.teller)} and telstatus = 'beschikbaar'"
    laagst, hoogst = _range(indicator)
    return f"""
        insert into cel by name
        with oordeel as (
            select *, {heeft_aantallen} and (teller_hoogstens > teller or noemer_hoogstens > noemer) as is_bereik,
                   is_bereik and is_eigen_rij
                   and coalesce(noemer_hoogstens, teller_hoogstens) <= {MEESTE_IN_MASKER} as is_masker, case
                when is_masker then 'onderdrukt'
                when {heeft_aantallen} and noemer = 0 then 'nvt'
                when {heeft_aantallen} and noemer is null and {bool(indicator.noemer)} then 'ontbreekt'
                when {heeft_aantallen} then 'beschikbaar'
                when {not indicator.teller} or gegevenstatus = 'beschikbaar' or telstatus = 'ontbreekt'
                    then gegevenstatus
                else telstatus end as status
            from ({_sums_query(indicator, tabel, kolommen)})
        )
        select '{indicator.indicator_id}' as indicator_id, uitsplitsing, doel_regio as regio_code,
               doel_niveau as niveau, doel_branche as branche_code, periode, peildatum,
               '{"ongewogen" if indicator.enquete else ""}' as schatting, herkomst, levering_id, is_voorlopig,
               case when {heeft_aantallen} and not coalesce(is_bereik, false) then teller end as teller,
               case when {heeft_aantallen} and not coalesce(is_bereik, false) then noemer end as noemer,
               {", ".join(_WERKGEVERS)},
               case when status = 'beschikbaar' and n < {MINSTE_BASIS} then 'te_weinig'
                    when status = 'beschikbaar' and marge > {GROOTSTE_HALVE_BREEDTE} then 'indicatief'
                    else status end as status,
               case when not ({heeft_aantallen}) then gegeven
                    when is_bereik and not is_masker then {laagst} end as waarde,
               case when is_bereik and not is_masker then {hoogst} end as waarde_tot, cast(n as integer) as n,
               -- Without a margin there is no interval; greatest and least pass over what is null.
               case when marge is not null then greatest(gegeven - marge, 0) end as onder,
               case when marge is not null then least(gegeven + marge, 1) end as boven
        from oordeel
    """


def _not_applicable_query(indicator: Indicator, tabel: Tabel) -> str:
    """Return the query that adds a cell nvt for a branche that did not exist yet on the day it is about."""
    return f"""
        insert into cel by name
        select distinct '{indicator.indicator_id}' as indicator_id, c.uitsplitsing, c.regio_code, c.niveau,
               b.branche_code, c.periode, c.peildatum, c.schatting, c.herkomst, c.levering_id, c.is_voorlopig,
               'nvt' as status
        from cel c
        join periode p on p.periode = c.periode
        join branche b on b.geldig_van > coalesce(c.peildatum, p.eind)
                      and b.branche_code in (select branche_code from ({_expected_branches(tabel)}) where not soms)
        where c.indicator_id = '{indicator.indicator_id}' and c.branche_code = 'TOTAAL'
          and not exists (select 1 from cel d where d.indicator_id = c.indicator_id
              and d.uitsplitsing = c.uitsplitsing and d.regio_code = c.regio_code
              and d.periode = c.periode and d.branche_code = b.branche_code)
    """
