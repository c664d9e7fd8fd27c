"""From a source's contract to the checks on one file, each with the sentence its supplier gets back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import GETALLEN, Kolom, Regel, Tabel
from pipelines.afspraken.meldingen import show_value, suggest
from pipelines.afspraken.regio import BEGIN
from pipelines.afspraken.schrift.perioden import VORMEN, parse_periode
from pipelines.afspraken.schrift.tekens import LANGSTE_TEKST, find_unreadable
from pipelines.levering.bestand.lezen import RIJ, Gelezen
from pipelines.levering.toets.keuring import Controle
from pipelines.levering.waarden.raad import (
    MERKTEKENS,
    about_code,
    about_day,
    about_thousands,
    examples,
    kinds_advice,
    signs,
)

# [0-9] and not \d, which takes Arabic and full-width digits in Python and refuses them in DuckDB.
_PATRONEN = {
    # Nine digits: more than any count here, and it fits wherever a count is kept.
    "geheel": (r"-?[0-9]{1,9}", "is geen geheel getal."),
    "getal": (r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?", "is geen getal."),
    "ja_nee": (r"[01]", "is geen 0 of 1."),
    "datum": (r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", "is geen datum."),
}
_ADVIES = {
    "geheel": "Schrijf alleen cijfers, hoogstens negen, zonder punt voor duizendtallen.",
    "getal": "Schrijf cijfers met een decimale punt (of een komma, als puntkomma de velden scheidt).",
    "ja_nee": "Toegestaan: 0 (nee) of 1 (ja).",
    "datum": "Schrijf jaar-maand-dag, zoals 2022-06-30.",
}

_ONLEESBAAR = "bevat een teken dat niemand kan lezen."
# The day of the delivery, set by who prepares its tables.
_ONTVANGEN = "coalesce(getvariable('ontvangen'), current_date)"


def use_points(tabel: Tabel, gelezen: Gelezen) -> pd.DataFrame:
    """Return the file's rows with a decimal point where it may write a comma (CSV with semicolons)."""
    frame = gelezen.frame
    if not gelezen.decimaalkomma:
        return frame
    getallen = [kolom.naam for kolom in tabel.kolommen.values() if kolom.type == "getal" and kolom.naam in frame]
    punten = frame[getallen].apply(lambda kolom: kolom.str.replace(r"^(-?[0-9]+),([0-9]+)$", r"\1.\2", regex=True))
    return frame.assign(**punten)


def prepare(con: duckdb.DuckDBPyConnection, tabel: Tabel, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table's text columns, missing where a cell is empty.

    `getvariable('ontvangen')` is the day of the delivery. Leaves a table with the name of the contract's table in
    the connection: typed, missing values null,
    with `_rij`, `_begin` and `_eind` (the days the row is about). Rules are written against that table.
    """
    tekst = pd.DataFrame({naam: _missing(kolom) for naam, kolom in frame.items()}, index=frame.index)
    # Words that stand in many rows become an ENUM.
    con.register("_tekst", tekst.reset_index() if _is_compact(tekst) else pa.Table.from_pandas(tekst.reset_index()))
    con.execute(f"create or replace temp table {tabel.naam} as {_typed_query(con, tabel, tekst)}")
    con.unregister("_tekst")
    return tekst


def _is_compact(frame: pd.DataFrame) -> bool:
    return any(isinstance(soort, pd.CategoricalDtype) for soort in frame.dtypes)


def _missing(kolom: pd.Series) -> pd.Series:
    """Return the column with its empty cells missing."""
    if isinstance(kolom.dtype, pd.CategoricalDtype):
        return kolom.cat.remove_categories([""]) if "" in kolom.cat.categories else kolom
    tekst = kolom.astype("str")
    leeg = tekst == ""
    return tekst.mask(leeg) if leeg.any() else tekst


def with_derived(con: duckdb.DuckDBPyConnection, tabel: Tabel, tekst: pd.DataFrame) -> pd.DataFrame:
    """Return prepared rows as text plus, per check that needs one, a derived column."""
    tekst = tekst.astype("str")
    tekst = pd.concat([tekst, *_readable(tabel, tekst)], axis=1)
    afgeleid = [sql for kolom in tabel.kolommen.values() for sql in (_derived(kolom, tabel), _in_base(kolom))]
    afgeleid += [f'({regel.als}) as "waar {regel.naam}"' for regel in tabel.regels if regel.als]
    kolommen = ", ".join(deel for deel in afgeleid if deel)
    if not kolommen:
        return tekst
    con.register("_geleverd", pa.Table.from_pandas(tekst.add_prefix("tekst_").reset_index()))
    extra = con.execute(f"select {kolommen} from {tabel.naam} t join _geleverd x using ({RIJ}) order by {RIJ}").df()
    con.unregister("_geleverd")
    return pd.concat([tekst, extra.set_axis(tekst.index)], axis=1)


def _readable(tabel: Tabel, tekst: pd.DataFrame) -> Iterator[pd.Series]:
    """Yield per column of text whether each cell holds only characters that can be read."""
    for naam in (kolom.naam for kolom in tabel.kolommen.values() if kolom.type == "tekst"):
        leesbaar = {waarde: not find_unreadable(waarde) for waarde in tekst[naam].dropna().unique()}
        yield tekst[naam].map(leesbaar).rename(f"leesbaar {naam}")


def _typed_query(con: duckdb.DuckDBPyConnection, tabel: Tabel, tekst: pd.DataFrame) -> str:
    delen = [RIJ]
    for kolom in tabel.kolommen.values():
        bron = f'"{kolom.naam}"'
        if kolom.type in _PATRONEN:
            soort = {"geheel": "bigint", "getal": "double", "ja_nee": "tinyint", "datum": "date"}[kolom.type]
            patroon = _PATRONEN[kolom.type][0]
            tekst_ = f"{bron}::varchar"
            bron = f"case when regexp_full_match({tekst_}, '{patroon}') then try_cast({tekst_} as {soort}) end"
        delen.append(f'{bron} as "{kolom.naam}"')
    typed = f"select {', '.join(delen)} from _tekst"
    periodekolom = next((k.naam for k in tabel.kolommen.values() if k.type == "periode"), None)
    if periodekolom is None:
        return f"select *, null::date as _begin, null::date as _eind from ({typed})"
    _load_perioden(con, tekst[periodekolom].dropna().unique())
    dag = "coalesce(peildatum, {0})" if "peildatum" in tabel.kolommen else "{0}"
    return (
        f"select t.*, {dag.format('p.begin')} as _begin, {dag.format('p.eind')} as _eind "
        f'from ({typed}) t left join _periode p on p.code = t."{periodekolom}"'
    )


def _load_perioden(con: duckdb.DuckDBPyConnection, codes: Iterable[str]) -> None:
    con.execute("create or replace temp table _periode (code varchar, soort varchar, begin date, eind date)")
    perioden = [(p.code, p.soort, p.begin, p.eind) for p in map(parse_periode, codes) if p]
    if perioden:
        con.register("_perioden", pd.DataFrame(perioden, columns=["code", "soort", "begin", "eind"]))
        con.execute("insert into _periode select * from _perioden")
        con.unregister("_perioden")


def _last_day(tabel: Tabel) -> str:
    """Return the SQL of the day of a row's period that must be past: a flow is known when its period is over.

    Of a school year the students are counted on its first day.
    """
    stromen = [f't."{k.naam}" is not null' for k in tabel.kolommen.values() if k.is_stroom]
    if not stromen:
        return "begin"
    return f"case when soort <> 'schooljaar' and ({' or '.join(stromen)}) then eind else begin end"


def _derived(kolom: Kolom, tabel: Tabel) -> str:
    """Return the SQL of what a check on this column needs beyond its text, or ''."""
    if kolom.type in GETALLEN:
        return f't."{kolom.naam}"::double as "getal {kolom.naam}"'
    if kolom.type == "tekst":
        return f'length(x."tekst_{kolom.naam}") <= {LANGSTE_TEKST} as "kort {kolom.naam}"'
    if kolom.type == "datum":
        geldig = f't."{kolom.naam}" is not null'
        geweest = f't."{kolom.naam}" <= {_ONTVANGEN} as "geweest {kolom.naam}"'
        return f'case when x."tekst_{kolom.naam}" is not null then {geldig} end as "datum {kolom.naam}", {geweest}'
    if kolom.type == "periode":
        # Without a cast an all-empty answer comes back as a number, and a missing one as 'nan'.
        geldig = f't."{kolom.naam}" in (select code from _periode)'
        soorten = ", ".join(f"'{soort}'" for soort in kolom.soorten) or "soort"
        soort = f'(select soort in ({soorten}) from _periode where code = t."{kolom.naam}") as "soort {kolom.naam}"'
        dag = f'(select {_last_day(tabel)} from _periode where code = t."{kolom.naam}")'
        geweest = f'{dag} <= {_ONTVANGEN} as "geweest {kolom.naam}"'
        geldig = f'case when x."tekst_{kolom.naam}" is not null then {geldig} end as "periode {kolom.naam}"'
        return f"{geldig}, {soort}, {geweest}"
    if kolom.type == "regio":
        begin = " ".join(f"when '{niveau}' then date '{dag}'" for niveau, dag in BEGIN.items())
        return (
            f"(select coalesce(r.geldig_van, t._eind) <= greatest(t._eind, case r.niveau {begin} end) "
            f"and coalesce(r.geldig_tot, t._begin) >= t._begin "
            f'from regio r where r.regio_code = t."{kolom.naam}") as "geldig {kolom.naam}"'
        )
    if kolom.verwijst == "branche":
        return (
            f"(select coalesce(b.geldig_van, t._eind) <= t._eind "
            f'from branche b where b.branche_code = t."{kolom.naam}") as "geldig {kolom.naam}"'
        )
    return ""


def _in_base(kolom: Kolom) -> str:
    """Return the SQL for 'filled inside its base' and 'empty outside it', or ''."""
    if kolom.basis is None:
        return ""
    gevuld, basis = f'x."tekst_{kolom.naam}" is not null', f"coalesce(({kolom.basis}), false)"
    return f'({gevuld} or not {basis}) as "binnen {kolom.naam}", (not {gevuld} or {basis}) as "buiten {kolom.naam}"'


def _in_words(voorwaarde: str) -> str:
    """Return a condition as a supplier reads it."""
    for sql, woord in ((" is not null", " is ingevuld"), ("<>", "niet gelijk aan"), ("'", ""), (" or ", " of ")):
        voorwaarde = voorwaarde.replace(sql, woord)
    return voorwaarde.replace(" and ", " en ")


def build_controles(tabel: Tabel, codes: Mapping[str, Iterable[str]], regios: pd.DataFrame) -> list[Controle]:
    """Return every check of one table; `codes` holds the lists that a column may refer to."""
    controles: list[Controle] = []
    for kolom in tabel.kolommen.values():
        controles += [replace(c, toont=(kolom.naam,)) for c in _column_controles(kolom, tabel, codes, regios)]
    if sleutel := tabel.sleutel:
        controles.append(Controle("sleutel", "uniek", sleutel, _duplicate(tabel), ", ".join(sleutel), toont=sleutel))
    for r in (regel for regel in tabel.regels if regel.als):
        controles.append(Controle(r.naam, "waar", (f"waar {r.naam}",), rule_text(r), r.kolom, toont=r.toont))
    return controles


def _column_controles(
    kolom: Kolom, tabel: Tabel, codes: Mapping[str, Iterable[str]], regios: pd.DataFrame
) -> list[Controle]:
    naam = kolom.naam
    controles: list[Controle] = []
    if kolom.basis is not None:
        basis = f"Deze vraag geldt waar: {_in_words(kolom.basis)}."
        binnen, buiten = "deze cel is leeg, maar de vraag is gesteld.", "staat bij een vraag die niet is gesteld."
        controles += [
            Controle("binnen de basis", "waar", (f"binnen {naam}",), _fixed(binnen, basis), naam),
            Controle("buiten de basis", "waar", (f"buiten {naam}",), _value(naam, buiten, basis), naam),
        ]
    elif not kolom.leeg:
        advies = f"Vul een waarde in. {signs(kolom)}" if _marked(kolom, tabel) else None
        controles.append(Controle("gevuld", "niet_leeg", (naam,), _fixed("deze cel is leeg.", advies), naam))
    if kolom.type == "tekst":
        controles.append(Controle("leesbare tekst", "waar", (f"leesbaar {naam}",), _unreadable(naam), naam))
        lengte = f"is langer dan {LANGSTE_TEKST} tekens."
        tekst = _value(naam, lengte, "Vat de tekst samen, of verwijs naar een document.")
        controles.append(Controle("lengte", "waar", (f"kort {naam}",), tekst, naam))
    if kolom.type == "datum":
        tekst = _value(naam, "is geen datum.", _ADVIES["datum"])
        controles.append(Controle("datum", "waar", (f"datum {naam}",), tekst, naam))
    elif kolom.type in _PATRONEN:
        controles.append(_pattern(kolom, tabel))
    if kolom.type == "periode":
        vormen = examples(kolom.soorten) if kolom.soorten else VORMEN
        tekst = _value(naam, "is geen periode.", f"Toegestaan: {vormen}.")
        controles.append(Controle("periode", "waar", (f"periode {naam}",), tekst, naam))
        if kolom.soorten:
            dag = partial(about_day, soorten=kolom.soorten)
            tekst = _value(naam, f"is geen {' of '.join(kolom.soorten)}.", kinds_advice(kolom), dag)
            controles.append(Controle("soort periode", "waar", (f"soort {naam}",), tekst, naam))
    if kolom.type in ("periode", "datum") and not kolom.vooruit:
        einde = " of eindigt" if kolom.type == "periode" and _last_day(tabel) != "begin" else ""
        advies = "Controleer deze cel, en ontvangen in levering.yml."
        tekst = _value(naam, f"ligt{einde} na de dag van ontvangst.", advies)
        controles.append(Controle("niet in de toekomst", "waar", (f"geweest {naam}",), tekst, naam))
    if kolom.min is not None or kolom.max is not None:
        tekst = _value(naam, _range_text(kolom), None)
        controles.append(Controle("bereik", "tussen", (f"getal {naam}",), tekst, naam, (kolom.min, kolom.max)))
    toegestaan = _allowed(kolom, codes, regios)
    if toegestaan is not None:
        controles.append(
            Controle("codelijst", "in_lijst", (naam,), _unknown_code(kolom, toegestaan, regios), naam, toegestaan)
        )
    if kolom.type == "regio" or kolom.verwijst == "branche":
        tekst = _value(naam, "bestaat niet op de datum van deze rij.", "Gebruik de indeling van de peildatum.")
        controles.append(Controle("geldig op datum", "waar", (f"geldig {naam}",), tekst, naam))
    return controles


def _marked(kolom: Kolom, tabel: Tabel) -> bool:
    """Return whether `.`, `<5` and nvt may stand here: in figures, never in keys."""
    return kolom.type in GETALLEN and kolom.merktekens and kolom.naam not in tabel.sleutel


def _pattern(kolom: Kolom, tabel: Tabel) -> Controle:
    patroon, fout = _PATRONEN[kolom.type]
    merktekens = "|".join(map(re.escape, MERKTEKENS)) + "|" if _marked(kolom, tabel) else ""
    advies = f"{_ADVIES[kolom.type]} {signs(kolom)}" if _marked(kolom, tabel) else _ADVIES[kolom.type]
    anders = about_thousands if kolom.type == "geheel" else None
    tekst = _value(kolom.naam, fout, advies, anders)
    return Controle("type", "patroon", (kolom.naam,), tekst, kolom.naam, f"^(?:{merktekens}{patroon})$")


def _range_text(kolom: Kolom) -> str:
    laag = f"{kolom.min:g}" if kolom.min is not None else None
    hoog = f"{kolom.max:g}" if kolom.max is not None else None
    if laag is not None and hoog is not None:
        return f"ligt niet tussen {laag} en {hoog}."
    return f"is minder dan {laag}." if laag is not None else f"is meer dan {hoog}."


def _allowed(kolom: Kolom, codes: Mapping[str, Iterable[str]], regios: pd.DataFrame) -> list[str] | None:
    if kolom.type == "regio":
        niveaus = (*(kolom.niveaus or Niveau), *kolom.bruggen)
        return sorted(regios.loc[regios["niveau"].isin(niveaus), "regio_code"])
    lijst = codes[kolom.verwijst] if kolom.verwijst else kolom.lijst
    toegestaan = [code for code in lijst if code not in kolom.behalve]
    return toegestaan or None


def _unknown_code(kolom: Kolom, toegestaan: list[str], regios: pd.DataFrame) -> Any:  # noqa: ANN401
    bekend = set(regios["regio_code"]) if kolom.type == "regio" else set()
    kort = f"Toegestaan: {', '.join(toegestaan)}." if len(toegestaan) <= 15 else None
    advies = kolom.advies or kort

    def text(rij: Mapping[str, str]) -> tuple[str, str | None]:
        waarde = str(rij[kolom.naam])
        if waarde in bekend:
            niveaus = ", ".join((*(kolom.niveaus or Niveau), *kolom.bruggen))
            return f"'{waarde}' bestaat, maar hoort niet in deze tabel.", f"Niveaus: {niveaus}."
        if waarde in kolom.behalve:
            return f"'{waarde}' hoort niet in deze tabel.", advies
        if teken := find_unreadable(waarde):
            verwijder = f"Verwijder {teken}, een teken dat niemand kan lezen."
            return f"'{show_value(waarde)}' bestaat niet.", f"{verwijder} {advies or ''}".strip()
        raad = about_code(waarde, kolom)
        gok = "" if raad else suggest(waarde, toegestaan)
        return f"'{show_value(waarde)}' bestaat niet.{gok}", f"{raad} {advies or ''}".strip() or None

    return text


def _duplicate(tabel: Tabel) -> Any:  # noqa: ANN401
    def text(rij: Mapping[str, str]) -> tuple[str, str | None]:
        sleutel = ", ".join(show_value(rij[kolom]) for kolom in tabel.sleutel)
        return f"({sleutel}) komt meer dan eens voor.", f"Deze tabel heeft {tabel.rij}."

    return text


def _value(kolom: str, tekst: str, advies: str | None = None, anders: Callable[[str], str] | None = None) -> Any:  # noqa: ANN401
    return lambda rij: (f"'{show_value(rij[kolom])}' {tekst}", (anders and anders(rij[kolom])) or advies)


def _unreadable(kolom: str) -> Any:  # noqa: ANN401
    def text(rij: Mapping[str, str]) -> tuple[str, str | None]:
        teken = find_unreadable(rij[kolom]) or "het teken"
        return f"'{show_value(rij[kolom])}' {_ONLEESBAAR}", f"Verwijder {teken}; typ de tekst opnieuw."

    return text


def _fixed(tekst: str, advies: str | None) -> Any:  # noqa: ANN401
    return lambda _rij: (tekst, advies)


def rule_text(regel: Regel) -> Any:  # noqa: ANN401
    """Return the function that fills a rule's sentence with the values of the row that broke it."""
    return lambda rij: (
        regel.anders.format_map({kolom: show_value(waarde) for kolom, waarde in rij.items()}),
        regel.advies,
    )
