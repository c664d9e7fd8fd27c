"""Hidden figures that stand open elsewhere in the same publication: in any table, view, column, status or sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import duckdb

from pipelines.aanval.aanval import Plek, Waarheid, true_side
from pipelines.aanval.bevinding import Bevinding
from pipelines.aanval.gezien import Reeks, Telling
from pipelines.afspraken.codelijsten import AFWEZIG, GETELD, LAND, TOONBAAR, TOTAAL, Toetsoordeel, sql_list

# What others publish is known to all, and these tables hold that, or nothing about figures.
OPENBAAR = frozenset({
    "gepubliceerd_cijfer", "niet_opgenomen", "indicator", "telt_zoals", "kaartplek", "kernreeks", "enquetevraag",
    "trendbreuk", "beschikbaarheid", "actie", "regio", "branche", "publicatie", "codelijst", "verhaal", "periode",
})  # fmt: skip
# Numbers that say when, in which order, or what somebody wants.
GEEN_CIJFER = frozenset({
    "jaar", "nuljaar", "doeljaar", "volgorde", "rang", "doelwaarde", "gepubliceerd", "tegel_x", "tegel_y",
})  # fmt: skip
# Made of figures as they are shown, so that it need not be rounded again.
UIT_GETOOND = ("ontleding",)
GETALLEN = ("DOUBLE", "FLOAT", "BIGINT", "INTEGER", "HUGEINT", "DECIMAL")
# Words that tell nothing of how large a figure is.
NIETSZEGGEND = (Toetsoordeel.NIET_TE_BEPALEN,)
TOEGESTAAN = (*GETELD, *AFWEZIG)
# Shorter numbers occur by chance.
KLEINSTE_IN_TEKST = 100


class Publicatietabel(NamedTuple):
    """One table or view of the publication, with its columns and their types."""

    naam: str
    kolommen: Mapping[str, str]

    def first(self, *namen: str) -> str | None:
        """Return the first of these columns that it has."""
        return next((naam for naam in namen if naam in self.kolommen), None)

    def numbers(self) -> list[str]:
        """Return the columns that can hold a figure."""
        return [k for k, soort in self.kolommen.items() if soort.startswith(GETALLEN) and k not in GEEN_CIJFER]


def find_leaks(
    pub: duckdb.DuckDBPyConnection, reeksen: Iterable[tuple[str, str, str, str]], tellingen: Iterable[Telling] = ()
) -> list[Bevinding]:
    """Return what stands open of hidden cells, and which figures of these tables are not rounded.

    `reeksen`: (indicator, uitsplitsing, herkomst, period) of every confidential table.
    """
    rijen = [f"({', '.join(map(_quote, reeks))})" for reeks in sorted(set(reeksen))]
    if not rijen:
        return []
    geheim = f"(values {', '.join(rijen)}) geheim(indicator_id, uitsplitsing, herkomst, periode)"
    gedeeld = sorted({(t.indicator_id, t.uitsplitsing, t.ander_id) for t in tellingen})
    uit: dict[tuple[object, ...], Bevinding] = {}
    for tabel in _tables(pub):
        for vraag in (_open_query(tabel, geheim), _exact_query(tabel, geheim), _shared_query(tabel, geheim, gedeeld)):
            for *reeks, regio, branche, wat in pub.execute(vraag).fetchall() if vraag else ():
                bevinding = Bevinding(tuple(reeks), (regio, branche), "waarde", wat.format(tabel.naam), is_elders=True)
                uit.setdefault((bevinding.reeks, bevinding.plek, bevinding.tekst), bevinding)
    for *reeks, regio, branche, wat in pub.execute(_STATUS.format(geheim=geheim)).fetchall():
        uit[(*reeks, regio, branche, wat)] = Bevinding(tuple(reeks), (regio, branche), "waarde", wat, is_elders=True)
    return [uit[sleutel] for sleutel in sorted(uit, key=repr)]


def _tables(pub: duckdb.DuckDBPyConnection) -> list[Publicatietabel]:
    kolommen: dict[str, dict[str, str]] = defaultdict(dict)
    for naam, kolom, soort in pub.execute(_KOLOMMEN).fetchall():
        kolommen[naam][kolom] = soort
    return [Publicatietabel(naam, eigen) for naam, eigen in sorted(kolommen.items()) if naam not in OPENBAAR]


def _open_query(tabel: Publicatietabel, geheim: str) -> str | None:
    """Return the query for rows with a figure, or a verdict, of a cell that is hidden."""
    regio = tabel.first("regio_code", "wgo_code")
    if regio is None or "indicator_id" not in tabel.kolommen:
        return None
    koppel = [f"t.indicator_id = v.indicator_id and t.{regio} = v.regio_code"]
    # Of terms that are together a change, one gives the other away: all go with one.
    if "term" not in tabel.kolommen:
        heeft = "branche_code" in tabel.kolommen
        koppel.append("t.branche_code = v.branche_code" if heeft else f"v.branche_code = '{TOTAAL}'")
    if "uitsplitsing" in tabel.kolommen:
        koppel.append("t.uitsplitsing = v.uitsplitsing")
    if herkomst := tabel.first("herkomst", "herkomst_berekend"):
        koppel.append(f"t.{herkomst} = v.herkomst")
    if "periode" in tabel.kolommen:
        ook = ", t.periode_vorig" if "periode_vorig" in tabel.kolommen else ""
        koppel.append(f"v.periode in (t.periode{ook})")
    elif jaar := tabel.first("nuljaar", "jaar"):
        koppel.append(f"v.periode[:4] = cast(t.{jaar} as varchar)")
    gevuld = [f"t.{kolom} is not null" for kolom in tabel.numbers()]
    if "oordeel" in tabel.kolommen:
        gevuld.append(f"t.oordeel not in {_list(NIETSZEGGEND)}")
    if not gevuld:
        return None
    return f"""
    with verborgen as ({_VERBORGEN.format(geheim=geheim)})
    select v.*, 'staat in {{}}' from verborgen v join {tabel.naam} t on {" and ".join(koppel)}
    where {" or ".join(gevuld)} order by all
    """


def _exact_query(tabel: Publicatietabel, geheim: str) -> str | None:
    """Return the query for figures of confidential tables that are finer than they are shown: tens, whole percents."""
    herkomst = tabel.first("herkomst", "herkomst_berekend")
    if "indicator_id" not in tabel.kolommen or tabel.naam in UIT_GETOOND:
        return None
    fout = []
    for kolom in (k for k in tabel.numbers() if tabel.kolommen[k] == "DOUBLE"):
        in_tienen = f"abs(t.{kolom} / 10 - round(t.{kolom} / 10)) > 1e-6"
        in_procenten = f"abs(t.{kolom} * 100 - round(t.{kolom} * 100)) > 1e-6"
        if tabel.naam == "aansluiting" and kolom == "verschil":
            # From a figure that others publish, in at most four decimals.
            in_procenten += " and abs((t.berekend - t.verschil) * 1e4 - round((t.berekend - t.verschil) * 1e4)) > 1e-4"
        is_aantal = kolom in ("teller", "noemer")
        fout.append(f"({in_tienen})" if is_aantal else f"if(i.eenheid = 'aandeel', {in_procenten}, {in_tienen})")
    if not fout:
        return None
    regio = tabel.first("regio_code", "wgo_code")
    sleutel = (
        "t.indicator_id",
        *(f"t.{k}" if k in tabel.kolommen else "''" for k in ("uitsplitsing",)),
        f"t.{herkomst}" if herkomst else "''",
        "t.periode" if "periode" in tabel.kolommen else "''",
        f"t.{regio}" if regio else f"'{LAND}'",
        "t.branche_code" if "branche_code" in tabel.kolommen else f"'{TOTAAL}'",
    )
    bij = f"and g.herkomst = t.{herkomst}" if herkomst else ""
    per_levering = "t.periode = g.periode and i.eenheid = 'aandeel'" if "periode" in tabel.kolommen else "false"
    return f"""
    with g as (from {geheim}) select distinct {", ".join(sleutel)}, 'staat niet afgerond in {{}}'
    from {tabel.naam} t join indicator i on i.indicator_id = t.indicator_id
    join g on g.indicator_id = t.indicator_id {bij}
    where (i.vertrouwelijk is not null or {per_levering}) and ({" or ".join(fout)}) order by all
    """


def _shared_query(tabel: Publicatietabel, geheim: str, gedeeld: Iterable[tuple[str, str, str]]) -> str | None:
    """Return the query for tables without an indicator that tell of the same persons, such as what regions are like."""
    telt = sorted({(uitsplitsing, ander) for _, uitsplitsing, ander in gedeeld})
    if not telt or "indicator_id" in tabel.kolommen or not {"regio_code", "uitsplitsing"} <= tabel.kolommen.keys():
        return None
    gevuld = [f"t.{kolom} is not null" for kolom in tabel.numbers() if kolom == "werknemers"]
    waar = " or ".join(f"(t.uitsplitsing = {_quote(u)} and v.indicator_id = {_quote(a)})" for u, a in telt)
    return f"""
    with verborgen as ({_VERBORGEN.format(geheim=geheim)})
    select v.*, 'staat in {{}}' from verborgen v join {tabel.naam} t
      on t.regio_code = v.regio_code and t.periode = v.periode and v.branche_code = '{TOTAAL}' and ({waar})
    where {" or ".join(gevuld) or "false"} order by all
    """


def find_in_text(
    pub: duckdb.DuckDBPyConnection,
    namen: Mapping[tuple[Reeks, Plek], tuple[str, ...]],
    waarheid: Mapping[tuple[Reeks, Plek], Waarheid],
) -> Iterator[Bevinding]:
    """Yield the hidden counts that a sentence of the publication gives away, beside the name of their region.

    `namen`: per hidden cell how its table is told.
    """
    if not namen:
        return
    regios = dict(pub.execute("select regio_code, naam from regio").fetchall())
    teksten = _numbers_in_text(pub)
    for (reeks, plek), naam in sorted(namen.items()):
        waar = waarheid[reeks, plek]
        for kant in ("teller", "noemer", "rest") if waar.noemer is not None else ("teller",):
            aantal = true_side(waar, kant)
            if aantal >= KLEINSTE_IN_TEKST:
                for tabelnaam, tekst in teksten.get(f"{aantal:.0f}", ()):
                    if plek[0] in tekst or regios.get(plek[0], plek[0]) in tekst:
                        yield Bevinding(naam, plek, kant, f"staat in een zin van {tabelnaam}", is_elders=True)
                        break


def _numbers_in_text(pub: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Return per whole number of three digits or more in which texts, of which table, it stands."""
    teksten: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for tabel in _tables(pub):
        kolommen = [kolom for kolom, soort in tabel.kolommen.items() if soort == "VARCHAR"]
        if not kolommen:
            continue
        # All columns at once: a view would be worked out again for each.
        teksten_van = f"select distinct unnest([{', '.join(kolommen)}]) as tekst from {tabel.naam}"
        vraag = f"select tekst from ({teksten_van}) where regexp_matches(tekst, '[0-9][0-9.]*[0-9]{{2}}')"
        for (tekst,) in pub.execute(vraag).fetchall():
            for getal in re.findall(r"(?<![\w.-])\d{1,3}(?:\.\d{3})+(?![\w-])|(?<![\w.-])\d+(?![\w-])", tekst):
                teksten[getal.replace(".", "")].append((tabel.naam, tekst))
    return teksten


def _quote(tekst: str) -> str:
    return "'" + tekst.replace("'", "''") + "'"


def _list(woorden: Iterable[str]) -> str:
    return "(" + ", ".join(map(_quote, woorden)) + ")"


_KOLOMMEN = """
select table_name, column_name, data_type from information_schema.columns
where table_schema = 'main' and table_catalog = current_database() order by all
"""
_VERBORGEN = """
    with g as (from {geheim})
    select distinct w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, w.regio_code, w.branche_code
    from waarneming w join g using (indicator_id, uitsplitsing, herkomst, periode)
    where w.status = 'onderdrukt'
"""
_STATUS = f"""
with g as (from {{geheim}}), eigen as (
    select w.* from waarneming w semi join g using (indicator_id, uitsplitsing, herkomst, periode)
    join indicator i on i.indicator_id = w.indicator_id where i.vertrouwelijk is not null
)
select w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, w.regio_code, w.branche_code,
       'heeft status ' || w.status || ', die meer zegt dan dat het verborgen is'
from eigen w where not list_contains({sql_list(TOEGESTAAN)}, w.status)
union all
select w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, w.regio_code, w.branche_code,
       'heeft status ' || w.status || ' en toch een cijfer'
from eigen w where not list_contains({sql_list(TOONBAAR)}, w.status)
  and coalesce(waarde, waarde_tot, teller, noemer) is not null
union all
select v.indicator_id, v.uitsplitsing, v.herkomst, v.periode, v.regio_code, v.branche_code,
       'staat open in een deel ervan: ' || coalesce(nullif(w.categorie, ''), w.schatting, '')
from eigen v join eigen w on v.indicator_id = w.indicator_id and v.uitsplitsing = w.uitsplitsing
  and v.regio_code = w.regio_code and v.branche_code = w.branche_code and v.periode = w.periode
  and v.herkomst = w.herkomst
where v.status = 'onderdrukt' and (v.categorie, v.schatting) <> (w.categorie, w.schatting)
  and coalesce(w.waarde, w.waarde_tot, w.teller, w.noemer) is not null
order by all
"""
