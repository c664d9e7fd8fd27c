"""Disclosure control: what may identify an employer or a person never leaves the work database.

Primary, for tables by person and employer (rules A1, A2 and A7): a cell is sensitive when its numerator, its
denominator or the rest (denominator − numerator) is small or nought, when it rests on fewer than three
employers, or when one or two employers dominate it. Employers are delivered for the denominator only; an
employer that is larger than the rest can only stand in the numerator (and the other way round), and is then
tested there. A side that is exactly the largest employer, or the two largest together, is theirs alone. A
branche that a region does not have is no row, and no cell: only a delivered nought is sensitive.

Secondary (A3, A4): what goes with them so that nothing can be found by subtraction, in `verbanden.py` (what adds
up to what, and what an attacker knows) and `verbergen.py` (which cells, at the least cost). One choice holds for
all periods of a source and all indicators made of it, and a figure that was shown in a publication that is kept
counts as known, so that neither the years nor the publications can be laid on top of each other (A5). Primary
and secondary have one status (A6).
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.verbinding import DUCKDB_CONFIG
from pipelines.onthulling.verbanden import (  # fmt: skip
    Cel,
    Kennis,
    Plek,
    Voorouders,
    day_of,
    find_released,
    key_of,
    load_cellen,
    load_voorouders,
    make_groep,
)
from pipelines.onthulling.verbergen import Groep, Verbergkeuze, choose_hidden

KLEINSTE_AANTAL = 10
MINSTE_WERKGEVERS = 3
GROOTSTE_AANDEEL = 0.5
TWEE_GROOTSTE_AANDEEL = 0.8
P_REGEL = 0.10
# No percentage on fewer persons than this.
KLEINSTE_NOEMER = 100

_VERTROUWELIJK = ("personen_en_werkgevers",)
ALLES_VERBORGEN = "Alles is verborgen: er is geen kleinere keuze gevonden die elke gevoelige cel beschermt."
# A choice in memory was made by this code.
CODE = [Path(__file__).with_name(naam) for naam in ("stromen.py", "verbanden.py", "verbergen.py")]


def suppress(
    con: duckdb.DuckDBPyConnection,
    indicatoren: Mapping[str, Indicator],
    eerder: Sequence[Path] = (),
    geheugen: MutableMapping[str, Any] | None = None,
) -> None:
    """Set status 'onderdrukt', and wipe the figures, of every cell of table cel that may not be shown.

    `eerder`: publications that are kept. `geheugen`: choices made before, by the hash of what they rest on; new
    ones are added. Adds column `primair` (the cell itself is sensitive), table `cel_exact` (the confidential
    cells as they were) and table `onthulling_verslag` (how the choice was made); all for the work database only.
    """
    con.execute("alter table cel add column primair boolean default false")
    con.execute("create or replace temp table vertrouwelijk (indicator_id varchar, bron varchar)")
    con.execute("create or replace table onthulling_verslag (levering_id varchar, aantal integer, melding varchar)")
    con.execute("create or replace table cel_exact as select * from cel limit 0")
    rijen = [(i.indicator_id, i.bron) for i in indicatoren.values() if i.vertrouwelijk in _VERTROUWELIJK]
    if not rijen:
        return
    con.executemany("insert into vertrouwelijk values (?, ?)", rijen)
    geheim = "indicator_id in (select indicator_id from vertrouwelijk) and status in ('beschikbaar', 'onderdrukt')"
    con.execute(f"update cel set primair = {_primary_expression()} where {geheim}")
    con.execute(f"create or replace table cel_exact as select * from cel where {geheim}")
    con.execute(
        "create or replace temp table verborgen (bron varchar, herkomst varchar, regio_code varchar, "
        "branche_code varchar, periode varchar)"
    )
    groepen: dict[tuple[str, str], list[Cel]] = defaultdict(list)
    for cel in load_cellen(con):
        groepen[str(indicatoren[cel.indicator_id].bron), cel.herkomst].append(cel)
    for (bron, herkomst), cellen in sorted(groepen.items()):
        _hide_group(con, bron, herkomst, cellen, indicatoren, _known(con, eerder, herkomst), geheugen)
    con.execute(_WIPE)


def _hide_group(
    con: duckdb.DuckDBPyConnection,
    bron: str,
    herkomst: str,
    cellen: list[Cel],
    indicatoren: Mapping[str, Indicator],
    kennis: Kennis,
    geheugen: MutableMapping[str, Any] | None,
) -> None:
    """Choose what to hide in one group of linked tables, and note it in table verborgen."""
    voorouders = {dag: load_voorouders(con, dag) for dag in {day_of(cel) for cel in cellen}}
    vrijgegeven = find_released(cellen)
    gekozen, melding = _choose(cellen, indicatoren, voorouders, kennis, {} if geheugen is None else geheugen)
    rijen = {(bron, herkomst, *_place(cel)) for cel in _hidden_cells(cellen, gekozen, vrijgegeven)}
    if rijen:
        con.executemany("insert into verborgen values (?, ?, ?, ?, ?)", sorted(rijen))
    if melding:
        logging.getLogger(__name__).info("%s (%s): %s", bron, herkomst, melding)
    con.execute(
        """
        insert into onthulling_verslag
        select levering_id, count(*), ? from cel_exact
        where herkomst = ? and indicator_id in (select indicator_id from vertrouwelijk where bron = ?)
        group by levering_id
        """,
        [melding, herkomst, bron],
    )


def _hidden_cells(cellen: list[Cel], gekozen: set[Plek], vrijgegeven: set[tuple[str, str, str]]) -> Iterator[Cel]:
    """Yield the cells that a choice hides."""
    return (c for c in cellen if (c.regio_code, c.branche_code) in gekozen and _place(c) not in vrijgegeven)


def _place(cel: Cel) -> tuple[str, str, str]:
    return cel.regio_code, cel.branche_code, cel.periode


def _choose(
    cellen: list[Cel],
    indicatoren: Mapping[str, Indicator],
    voorouders: Mapping[date, Voorouders],
    kennis: Kennis,
    geheugen: MutableMapping[str, Any],
) -> tuple[set[Plek], str | None]:
    """Return the places to hide and what there is to say about it; the same as before when nothing changed.

    A choice made before is still good when no earlier publication shows a cell that it hides.
    """
    plekken, groep = make_groep(cellen, indicatoren, voorouders, Kennis(verhouding=kennis.verhouding))
    som = hashlib.sha256(repr(plekken).encode())
    som.update(groep.kosten.tobytes() + groep.gevoelig.tobytes())
    for deel in (*(vlak.as_bytes() for vlak in groep.vlakken), *(pad.read_bytes() for pad in CODE)):
        som.update(deel)
    sleutel = f"keuze {som.hexdigest()}"
    if sleutel in geheugen:
        gekozen, melding = {(regio, branche) for regio, branche in geheugen[sleutel][0]}, geheugen[sleutel][1]
        verborgen = _hidden_cells(cellen, gekozen, find_released(cellen))
        if not any(key_of(cel) in kennis.gezien for cel in verborgen):
            return gekozen, melding
    alles = set(plekken)
    if kennis.gezien:
        plekken, groep = make_groep(cellen, indicatoren, voorouders, kennis)
    keuze = choose_hidden(groep)
    gekozen = {plek for plek, is_verborgen in zip(plekken, keuze.verborgen, strict=True) if is_verborgen}
    if any(eis.insider is None for eis in keuze.onhaalbaar) and not kennis.gezien:
        # What others publish of a table can leave no choice but to publish nothing of it. Against an employer who
        # knows too much already, hiding the rest would not help.
        gekozen = alles
    melding = ALLES_VERBORGEN if gekozen == alles else _report(groep, keuze)
    geheugen[sleutel] = [sorted(gekozen), melding]
    return gekozen, melding


def _report(groep: Groep, keuze: Verbergkeuze) -> str | None:
    """Return what the maker of a publication must know: what cannot be hidden any more, or is hidden to excess."""
    bekend = {int(plek) for vlak in groep.vlakken for plek in np.flatnonzero(vlak.gevoelig & vlak.bekend)}
    verraden = bekend | {eis.plek for eis in keuze.onhaalbaar if eis.insider is None}
    if verraden:
        return f"Eerdere publicaties geven {len(verraden)} gevoelige cellen al prijs; zie .venv/bin/regiomonitor audit."
    doorzien = {eis.plek for eis in keuze.onhaalbaar}
    if doorzien:
        return f"Van {len(doorzien)} gevoelige cellen weet een grote werkgever zelf al te veel; verbergen helpt niet."
    return None if keuze.is_beste else "Elke gevoelige cel is beschermd; misschien kan dat met minder verborgen cellen."


def _known(con: duckdb.DuckDBPyConnection, eerder: Sequence[Path], herkomst: str) -> Kennis:
    """Return what earlier publications show of this herkomst, and the ratios that others publish."""
    gezien: set[tuple[str, str, str, str, str]] = set()
    for pad in eerder:
        with (
            contextlib.suppress(duckdb.Error),  # damaged: nobody can read it
            duckdb.connect(str(pad), read_only=True, config=DUCKDB_CONFIG) as oud,
        ):
            gezien |= set(oud.execute(_SEEN, [herkomst]).fetchall())
    gepubliceerd = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'gepubliceerd' and table_name = 'cijfers'"
    ).fetchone()
    verhouding = con.execute(_RATIOS).fetchall() if gepubliceerd == (1,) else []
    return Kennis(frozenset(gezien), frozenset(verhouding))


def _primary_expression() -> str:
    """Return the SQL for 'this cell is sensitive'; unknown employers count as too few inside a cross table."""
    rest = "(noemer - teller)"
    klein = f"least(teller, noemer, {rest}) < {KLEINSTE_AANTAL} or coalesce(noemer < {KLEINSTE_NOEMER}, false)"
    weinig = f"coalesce(werkgevers < {MINSTE_WERKGEVERS}, deel_van(niveau, branche_code) = 'kruis')"
    # Employers are those of the denominator: a count without one they can only dominate where they fit in.
    geheel = _dominance("coalesce(noemer, teller)", "grootste_werkgever", "coalesce(tweede_werkgever, 0)")
    delen = [f"(grootste_werkgever <= coalesce(noemer, teller) and {geheel})"]
    for kant, andere in (("teller", rest), (rest, "teller")):
        # Larger than the other side, so on this one.
        tweede = f"case when tweede_werkgever > {andere} then tweede_werkgever else 0 end"
        delen.append(f"(grootste_werkgever > {andere} and {_dominance(kant, 'grootste_werkgever', tweede)})")
        delen.append(f"(tweede_werkgever > {andere} and {_dominance(kant, 'tweede_werkgever', '0')})")
        delen.append(f"{kant} in (grootste_werkgever, tweede_werkgever, grootste_werkgever + tweede_werkgever)")
    dominant = " or ".join(f"coalesce({deel}, false)" for deel in delen)
    return f"status = 'onderdrukt' or {klein} or {weinig} or {dominant}"


def _dominance(totaal: str, grootste: str, tweede: str) -> str:
    """Return the SQL for: one or two employers dominate, or the second can estimate the first too well."""
    p_regel = f"{totaal} - {grootste} - {tweede} < {P_REGEL} * {grootste}"
    return (
        f"({grootste} > {GROOTSTE_AANDEEL} * {totaal} or {grootste} + {tweede} > {TWEE_GROOTSTE_AANDEEL} * {totaal} "
        f"or {p_regel})"
    )


_SEEN = """
select indicator_id, uitsplitsing, regio_code, branche_code, periode from waarneming
where herkomst = ? and status = 'beschikbaar'
  and indicator_id in (select indicator_id from indicator where vertrouwelijk is not null)
"""
_RATIOS = """
select distinct indicator_id, uitsplitsing, regio_code, branche_code, periode from gepubliceerd.cijfers
where indicator_id in (select indicator_id from vertrouwelijk)
"""
_WIPE = """
update cel set status = 'onderdrukt', teller = null, noemer = null, waarde = null, n = null, onder = null,
               boven = null, werkgevers = null, grootste_werkgever = null, tweede_werkgever = null
from verborgen v
join vertrouwelijk i on i.bron = v.bron
where i.indicator_id = cel.indicator_id and v.herkomst = cel.herkomst and v.regio_code = cel.regio_code
  and v.branche_code = cel.branche_code and v.periode = cel.periode
  and cel.status in ('beschikbaar', 'onderdrukt')
"""

MACRO = """
create or replace macro deel_van(niveau, branche_code) as
    case when niveau = 'land' and branche_code = 'TOTAAL' then 'totaal'
         when niveau = 'land' then 'brancherand'
         when branche_code = 'TOTAAL' then 'regiorand'
         else 'kruis' end
"""
