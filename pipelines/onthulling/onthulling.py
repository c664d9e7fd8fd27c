"""Disclosure control: what may identify an employer or a person never leaves the work database.

Primary, for tables by person and employer (rules A1, A2 and A7), in `primair.py`: cells that are small, or rest on
few employers, or cannot be shown not to. A branche that a region does not have is no row, and no cell: only a
delivered nought is sensitive.

Secondary (A3, A4): what goes with them so that nothing can be found by subtraction, in `verbanden.py` (what adds
up to what, and what an attacker knows) and `verbergen.py` (which cells, at the least cost). One choice holds for
all periods of a source and all indicators made of it, and a figure that was shown in a publication that is kept
counts as known, so that neither the years nor the publications can be laid on top of each other (A5). Primary
and secondary have one status (A6).
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from pipelines.afspraken.codelijsten import GETELD, sql_list
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.onthulling import geheim
from pipelines.onthulling.eerder import Publicatie, join_earlier, load_earlier
from pipelines.onthulling.gebieden import link_areas
from pipelines.onthulling.primair import UNKNOWN, is_known_sensitive, is_sensitive
from pipelines.onthulling.tellingen import as_persons, load_linked, shared_keys, wipe_linked
from pipelines.onthulling.verbanden import (  # fmt: skip
    Cel,
    Kennis,
    Plek,
    Sleutel,
    Voorouders,
    day_of,
    find_released,
    key_of,
    load_cellen,
    load_voorouders,
    make_groep,
)
from pipelines.onthulling.verbergen import Groep, Verbergkeuze, choose_hidden

_VERTROUWELIJK = ("personen_en_werkgevers",)
CONTROLE = "geheime cijfers zijn niet terug te rekenen"
CONTROLE_WERKGEVERS = "van elk getoond cijfer zijn de werkgevers bekend"
ONBEKEND = (
    "Cellen zijn verborgen omdat hun werkgevers niet bekend zijn. Lever {kolommen} mee, dan kunnen zij terugkomen."
)
CONTROLE_VERSCHIL = "een ander cijfer dan eerder verraadt geen werkgever"
ANDERS = (
    "Cellen zijn verborgen omdat zij anders zijn dan in een eerdere publicatie, en het verschil van één werkgever kan "
    "zijn. Heeft niemand die publicatie gezien, dan komen zij terug na .venv/bin/regiomonitor publications --intrekken "
    "ID --ongezien en een nieuwe bouw; anders met de volgende periode."
)
ALLES_VERBORGEN = "Alles is verborgen: er is geen kleinere keuze gevonden die elke gevoelige cel beschermt."
# A choice in memory was made by this code.
CODE = sorted(Path(__file__).parent.glob("*.py"))


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
    con.execute(
        "create or replace table onthulling_verslag "
        "(levering_id varchar, controle varchar, kolom varchar, aantal integer, afwijkend integer, melding varchar)"
    )
    con.execute("create or replace table cel_exact as select * from cel limit 0")
    rijen = [(i.indicator_id, i.bron) for i in indicatoren.values() if i.vertrouwelijk in _VERTROUWELIJK]
    if rijen:
        insert_rows(con, "vertrouwelijk", rijen)
    geheim.note_sources(con, indicatoren)
    telt = f"status in {sql_list(GETELD)}"
    per_indicator = "indicator_id in (select indicator_id from vertrouwelijk)"
    con.execute(f"update cel set primair = {is_sensitive()} where {per_indicator} and {telt}")
    geheim.mark_sensitive(con)
    con.execute(f"create or replace table cel_exact as select * from cel where {geheim.IS_GEHEIM} and {telt}")
    _note_unknown(con)
    geheim.note_unknown(con)
    con.execute(
        "create or replace temp table verborgen (bron varchar, herkomst varchar, regio_code varchar, "
        "branche_code varchar, periode varchar)"
    )
    groepen: dict[tuple[str, str], list[Cel]] = defaultdict(list)
    for cel in load_cellen(con):
        groepen[str(indicatoren[cel.indicator_id].bron), cel.herkomst].append(cel)
    for bron, telling in load_linked(con, indicatoren):
        groepen[bron, telling.herkomst].append(telling)
    for groep, cellen in sorted(groepen.items()):
        namen = sorted({cel.indicator_id for cel in cellen})
        eerdere = [
            tuple(deel for eerste in oud if (deel := as_persons(eerste, indicatoren)) is not None)
            for oud in load_earlier(eerder, namen, groep[1])
        ]
        _hide_group(con, groep, cellen, indicatoren, eerdere, geheugen)
    con.execute(_WIPE)
    wipe_linked(con)
    geheim.wipe(con)


def _hide_group(
    con: duckdb.DuckDBPyConnection,
    groep: tuple[str, str],
    cellen: list[Cel],
    indicatoren: Mapping[str, Indicator],
    eerdere: Sequence[Publicatie],
    geheugen: MutableMapping[str, Any] | None,
) -> None:
    """Choose what to hide in one group of linked tables, of one source and herkomst, and note it in table verborgen."""
    bron, herkomst = groep
    voorouders = {dag: load_voorouders(con, dag) for dag in {day_of(cel) for cel in cellen}}
    gezien = frozenset(key_of(cel) for oud in eerdere for cel in oud if not cel.primair)
    cellen = join_earlier(cellen, eerdere, voorouders)
    kennis = Kennis(gezien, _published_ratios(con) | shared_keys(cellen, gezien))
    vrijgegeven = find_released(cellen)
    gekozen, melding = _choose(cellen, indicatoren, voorouders, kennis, {} if geheugen is None else geheugen)
    rijen = {(bron, herkomst, *_place(cel)) for cel in _hidden_cells(cellen, gekozen, vrijgegeven)}
    insert_rows(con, "verborgen", sorted(rijen))
    _note_differences(con, cellen)
    if melding:
        logging.getLogger(__name__).info("%s (%s): %s", bron, herkomst, melding)
    con.execute(
        """
        insert into onthulling_verslag
        select levering_id, ?, null, count(*), 0, ? from cel_exact
        where herkomst = ? and indicator_id in (select indicator_id from bron_van where bron = ?)
        group by levering_id
        """,
        [CONTROLE, melding, herkomst, bron],
    )


def _note_differences(con: duckdb.DuckDBPyConnection, cellen: list[Cel]) -> None:
    """Note per delivery how many cells are hidden for what they would tell next to an earlier publication."""
    anders = [key_of(cel) for cel in cellen if cel.verschil]
    if not anders:
        return
    con.execute(
        "create or replace temp table anders (indicator_id text, uits text, regio text, branche text, per text)"
    )
    insert_rows(con, "anders", anders)
    con.execute(
        """
        insert into onthulling_verslag
        select levering_id, ?, null, count(*), count(per), ? from cel_exact c
        left join anders a on a.indicator_id = c.indicator_id and uits = uitsplitsing and regio = regio_code
                          and branche = branche_code and per = periode
        where c.indicator_id in (select indicator_id from anders)
        group by levering_id having count(per) > 0
        """,
        [CONTROLE_VERSCHIL, ANDERS],
    )


def _note_unknown(con: duckdb.DuckDBPyConnection) -> None:
    """Note per delivery which columns would bring cells back that are hidden for want of them."""
    for kolommen, onbekend in UNKNOWN:
        con.execute(
            f"""
            insert into onthulling_verslag
            select levering_id, ?, ?, (select count(*) from cel_exact a where a.levering_id = c.levering_id),
                   count(*), ?
            from cel_exact c
            where coalesce({onbekend}, false) and not coalesce({is_known_sensitive()}, false)
              and indicator_id in (select indicator_id from vertrouwelijk)
            group by levering_id
            """,
            [CONTROLE_WERKGEVERS, kolommen[0], ONBEKEND.format(kolommen=", ".join(kolommen))],
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
    """Return the places to hide and what there is to say about it: the same with and without what is remembered.

    The choice as if nothing was published comes first. Where it hides what was shown, one next to that is made.
    """
    plekken, groep = _link(cellen, indicatoren, voorouders, Kennis(verhouding=kennis.verhouding))
    som = _sum_of(plekken, groep)
    keuze = _recall(geheugen, f"keuze {som}") or _search(plekken, groep, is_vrij=True)
    geheugen[f"keuze {som}"] = keuze
    if not _hides_seen(keuze, cellen, kennis):
        return _as_places(keuze)
    # What was shown is known to who looks, and so part of the question.
    gezien = sorted(kennis.gezien & {key_of(cel) for cel in cellen})
    sleutel = f"keuze naast eerder {som} {hashlib.sha256(repr(gezien).encode()).hexdigest()}"
    eerder = _recall(geheugen, sleutel) or _search(*_link(cellen, indicatoren, voorouders, kennis), is_vrij=False)
    geheugen[sleutel] = eerder
    return _as_places(eerder)


# As in memory: the places that are hidden, and what there is to say about it.
_Keuze = tuple[list[list[str]], str | None]


def _recall(geheugen: Mapping[str, Any], sleutel: str) -> _Keuze | None:
    gevonden = geheugen.get(sleutel)
    return None if gevonden is None else (gevonden[0], gevonden[1])


def _as_places(keuze: _Keuze) -> tuple[set[Plek], str | None]:
    return {(regio, branche) for regio, branche in keuze[0]}, keuze[1]


def _hides_seen(keuze: _Keuze, cellen: list[Cel], kennis: Kennis) -> bool:
    """Return whether a choice hides a cell that was shown as it is now."""
    verborgen = _hidden_cells(cellen, _as_places(keuze)[0], find_released(cellen))
    return any(key_of(cel) in kennis.gezien for cel in verborgen if not cel.verschil)


def _sum_of(plekken: list[Plek], groep: Groep) -> str:
    """Return one hash over all that a choice rests on: the linked cells and the code."""
    som = hashlib.sha256(repr(plekken).encode())
    som.update(b"".join(gewichten.tobytes() for gewichten, _ in groep.extra))
    som.update(groep.kosten.tobytes() + groep.gevoelig.tobytes())
    for deel in (*(vlak.as_bytes() for vlak in groep.vlakken), *(pad.read_bytes() for pad in CODE)):
        som.update(deel)
    return som.hexdigest()


def _search(plekken: list[Plek], groep: Groep, *, is_vrij: bool) -> _Keuze:
    """Return the choice for linked cells; `is_vrij`: none of them was published before."""
    keuze = choose_hidden(groep)
    gekozen = {plek for plek, is_verborgen in zip(plekken, keuze.verborgen, strict=True) if is_verborgen}
    if is_vrij and any(eis.insider is None for eis in keuze.onhaalbaar):
        # What others publish of a table can leave no choice but to publish nothing of it. Against an employer who
        # knows too much already, hiding the rest would not help.
        gekozen = set(plekken)
    melding = ALLES_VERBORGEN if gekozen == set(plekken) else _report(groep, keuze)
    return [list(plek) for plek in sorted(gekozen)], melding


def _link(
    cellen: list[Cel], indicatoren: Mapping[str, Indicator], voorouders: Mapping[date, Voorouders], kennis: Kennis
) -> tuple[list[Plek], Groep]:
    """Return the places of linked cells and their group, with what areas that change tell."""
    plekken, groep = make_groep(cellen, indicatoren, voorouders, kennis)
    link_areas(groep, plekken, cellen, voorouders)
    return plekken, groep


def _report(groep: Groep, keuze: Verbergkeuze) -> str | None:
    """Return what the maker of a publication must know: what an employer knows anyway, or is hidden to excess.

    What earlier publications give away is for the attack to say: it sees what is published in the end.
    """
    bekend = {int(plek) for vlak in groep.vlakken for plek in np.flatnonzero(vlak.gevoelig & vlak.bekend)}
    bekend |= {eis.plek for eis in keuze.onhaalbaar if eis.insider is None}
    doorzien = {eis.plek for eis in keuze.onhaalbaar} - bekend
    if doorzien:
        cellen = "1 gevoelige cel" if len(doorzien) == 1 else f"{len(doorzien)} gevoelige cellen"
        return f"Van {cellen} weet een grote werkgever zelf al te veel; verbergen helpt niet."
    if bekend or keuze.is_beste:
        return None
    return "Elke gevoelige cel is beschermd; misschien kan dat met minder verborgen cellen."


def _published_ratios(con: duckdb.DuckDBPyConnection) -> frozenset[Sleutel]:
    """Return the cells of which others publish the ratio."""
    gepubliceerd = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'gepubliceerd' and table_name = 'cijfers'"
    ).fetchone()
    return frozenset(con.execute(_RATIOS).fetchall() if gepubliceerd == (1,) else [])


_RATIOS = """
select distinct indicator_id, uitsplitsing, regio_code, branche_code, periode from gepubliceerd.cijfers
where indicator_id in (select indicator_id from vertrouwelijk)
"""
_WIPE = f"""
update cel set status = 'onderdrukt', teller = null, noemer = null, waarde = null, n = null, onder = null,
               boven = null, werkgevers = null, grootste_werkgever = null, tweede_werkgever = null,
               werkgevers_leden = null, grootste_lid = null, tweede_lid = null, werkgevers_niet_leden = null,
               grootste_niet_lid = null, tweede_niet_lid = null
from verborgen v
join vertrouwelijk i on i.bron = v.bron
where i.indicator_id = cel.indicator_id and v.herkomst = cel.herkomst and v.regio_code = cel.regio_code
  and v.branche_code = cel.branche_code and v.periode = cel.periode
  and cel.status in {sql_list(GETELD)}
"""

MACRO = """
create or replace macro deel_van(niveau, branche_code) as
    case when niveau = 'land' and branche_code = 'TOTAAL' then 'totaal'
         when niveau = 'land' then 'brancherand'
         when branche_code = 'TOTAAL' then 'regiorand'
         else 'kruis' end
"""
