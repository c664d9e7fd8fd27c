"""What changed between two publications: figures, their status, their origin, and what indicators mean.

What may not be seen in the newer one is not told from the older one: a cell that is hidden today would otherwise be
read from yesterday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.afspraken.gaaf import is_whole
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.verbinding import DUCKDB_CONFIG

SOORTEN = {
    "nieuw": "nieuw",
    "weg": "weg",
    "waarde": "andere waarde",
    "marge": "andere marge of aantallen",
    "status": "andere status",
    "herkomst": "andere herkomst",
}
_SLEUTEL = ("indicator_id", "categorie", "uitsplitsing", "regio_code", "niveau", "branche_code", "periode", "schatting")
# What makes a figure another one, and what only says how sure it is; the delivery it came in does neither.
_WAARDE = ("peildatum", "waarde", "waarde_tot", "is_voorlopig")
_MARGE = ("onder", "boven", "teller", "noemer", "n")
# Sums come out in another order now and then; a difference as small as that is none.
_GELIJK = 1e-9
# How many changes of one kind are written out on a terminal.
_HOOGSTENS = 20
_DEFINITIE = (
    "titel", "vraag", "definitie", "formule", "eenheid", "richting", "actielijn", "pijler", "schakel", "bron",
    "optelbaar", "vertrouwelijk", "te_bevestigen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cijferwijziging:
    """One figure that is not what it was; `soort` is one of SOORTEN, a value that was or is not there is None."""

    soort: str
    indicator_id: str
    categorie: str
    uitsplitsing: str
    regio_code: str
    niveau: str
    branche_code: str
    periode: str
    schatting: str
    waarde_oud: float | None
    waarde_nieuw: float | None
    status_oud: str | None
    status_nieuw: str | None
    herkomst_oud: str | None
    herkomst_nieuw: str | None


@dataclass(frozen=True, slots=True)
class Definitiewijziging:
    """One property of an indicator that is not what it was; `veld` is 'indicator' where it came or went whole."""

    indicator_id: str
    veld: str
    oud: str
    nieuw: str


@dataclass(frozen=True)
class Publicatieverschil:
    """Everything that differs between two publications, in the order of indicator, region and period."""

    oud: str
    nieuw: str
    cijfers: tuple[Cijferwijziging, ...]
    definities: tuple[Definitiewijziging, ...]

    def counts(self) -> dict[str, int]:
        """Return how many figures there are of each kind of change."""
        return {soort: sum(c.soort == soort for c in self.cijfers) for soort in SOORTEN}


def compare(oud: Path, nieuw: Path) -> Publicatieverschil:
    """Compare two publication files; neither is written to.

    Raises:
        AfgekeurdError: one of them is not a publication that can be read.
    """
    con = duckdb.connect(config=DUCKDB_CONFIG)
    try:
        namen = [_attach(con, pad, alias) for pad, alias in ((oud, "oud"), (nieuw, "nieuw"))]
        return Publicatieverschil(namen[0], namen[1], _figures(con), _definitions(con))
    finally:
        con.close()


def compare_region(oud: Path, nieuw: Path, regio_code: str) -> tuple[Cijferwijziging, ...]:
    """Return the figures of one region that differ between two publication files.

    Raises:
        AfgekeurdError: one of them is not a publication that can be read.
    """
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        for pad, alias in ((oud, "oud"), (nieuw, "nieuw")):
            _attach(con, pad, alias)
        return _figures(con, regio_code)


def compare_ids(warehouse: Path, oud: str, nieuw: str) -> Publicatieverschil:
    """Compare two kept publications by their ids.

    Raises:
        AfgekeurdError: an id does not exist; says which ones do.
    """
    bekend = sorted(pad.stem for pad in (warehouse / "publicaties").glob("*.duckdb"))
    fouten = [
        Melding(publicatie_id, "Deze publicatie is er niet.", advies=f"Er zijn: {', '.join(bekend) or 'nog geen'}.")
        for publicatie_id in (oud, nieuw)
        if publicatie_id not in bekend
    ]
    if fouten:
        raise AfgekeurdError(fouten)
    return compare(*(warehouse / "publicaties" / f"{publicatie_id}.duckdb" for publicatie_id in (oud, nieuw)))


def _attach(con: duckdb.DuckDBPyConnection, pad: Path, alias: str) -> str:
    if not is_whole(pad):
        advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
        raise AfgekeurdError([Melding(pad.name, "Deze publicatie is niet te lezen.", advies=advies)])
    quoted = str(pad).replace("'", "''")
    con.execute(f"attach '{quoted}' as {alias} (read_only)")
    rij = con.execute(f"select publicatie_id from {alias}.publicatie").fetchone()
    return str(rij[0]) if rij else pad.stem


def _columns(con: duckdb.DuckDBPyConnection, tabel: str, gewenst: Sequence[str]) -> list[str]:
    """Return the columns that both publications have; an older one may miss some."""
    sql = "select column_name from duckdb_columns() where database_name = ? and table_name = ?"
    oud, nieuw = ({rij[0] for rij in con.execute(sql, [alias, tabel]).fetchall()} for alias in ("oud", "nieuw"))
    return [naam for naam in gewenst if naam in oud & nieuw]


def _differs(velden: Sequence[str]) -> str:
    """Return the condition that one of these columns is not the same on both sides."""
    return " or ".join(
        f"(o.{v} is distinct from n.{v} and not coalesce(abs(try_cast(o.{v} as double) - try_cast(n.{v} as double)) "
        f"<= {_GELIJK} * abs(try_cast(n.{v} as double)), false))"
        for v in velden
    )


def _figures(con: duckdb.DuckDBPyConnection, regio_code: str | None = None) -> tuple[Cijferwijziging, ...]:
    """Match figures on their whole key; what is left on both sides, once each, on the key without its origin."""
    sleutel = ", ".join(_SLEUTEL)
    waarde, marge = (_differs(_columns(con, "waarneming", velden)) for velden in (_WAARDE, _MARGE))
    gelijk = " and ".join(f"o.{naam} is not distinct from n.{naam}" for naam in _SLEUTEL)
    alleen = ""
    if regio_code is not None:
        con.execute("set variable regio = ?", [regio_code])
        alleen = "where regio_code = getvariable('regio')"
    con.execute(f"""
        create temp table paar as
        select {", ".join(f"coalesce(o.{naam}, n.{naam}) as {naam}" for naam in _SLEUTEL)},
               case when o.status is null then 'nieuw' when n.status is null then 'weg'
                    when o.status <> n.status then 'status' when {waarde} then 'waarde'
                    when {marge} then 'marge' else '' end as soort,
               o.waarde as waarde_oud, n.waarde as waarde_nieuw, o.status as status_oud, n.status as status_nieuw,
               o.herkomst as herkomst_oud, n.herkomst as herkomst_nieuw
        from (from oud.waarneming {alleen}) o
        full join (from nieuw.waarneming {alleen}) n on {gelijk} and o.herkomst is not distinct from n.herkomst
    """)
    rijen = con.execute(f"""
        with een as (
            select {sleutel} from paar where soort in ('nieuw', 'weg') group by all
            having count(*) filter (where soort = 'nieuw') = 1 and count(*) filter (where soort = 'weg') = 1
        ),
        anders as (
            select 'herkomst' as soort, {sleutel},
                   any_value(columns(['waarde_oud', 'waarde_nieuw', 'status_oud', 'status_nieuw', 'herkomst_oud',
                                      'herkomst_nieuw']))
            from paar semi join een using ({sleutel}) where soort in ('nieuw', 'weg') group by {sleutel}
        )
        select * replace (case when waarde_nieuw is not null then waarde_oud end as waarde_oud)
        from (
            select soort, {sleutel}, columns('.*_(oud|nieuw)') from paar where soort in ('waarde', 'marge', 'status')
            union all
            select soort, {sleutel}, columns('.*_(oud|nieuw)')
            from paar anti join een using ({sleutel}) where soort in ('nieuw', 'weg')
            union all
            from anders
        )
        order by indicator_id, regio_code, branche_code, periode, categorie, uitsplitsing, schatting, soort
    """).fetchall()
    return tuple(Cijferwijziging(*rij) for rij in rijen)


def _definitions(con: duckdb.DuckDBPyConnection) -> tuple[Definitiewijziging, ...]:
    velden = _columns(con, "indicator", _DEFINITIE)
    rijen = con.execute(f"""
        with veld as (
            select coalesce(o.indicator_id, n.indicator_id) as indicator_id,
                   o.indicator_id is null as is_nieuw, n.indicator_id is null as is_weg, o.titel as titel_oud,
                   n.titel as titel_nieuw,
                   unnest([{", ".join(f"'{naam}'" for naam in velden)}]) as veld,
                   unnest([{", ".join(f"coalesce(o.{naam}::varchar, '')" for naam in velden)}]) as oud,
                   unnest([{", ".join(f"coalesce(n.{naam}::varchar, '')" for naam in velden)}]) as nieuw
            from oud.indicator o full join nieuw.indicator n using (indicator_id)
        )
        select indicator_id, veld, oud, nieuw from veld where not is_nieuw and not is_weg and oud <> nieuw
        union all
        select distinct indicator_id, 'indicator', coalesce(titel_oud, ''), coalesce(titel_nieuw, '')
        from veld where is_nieuw or is_weg
        order by all
    """).fetchall()
    return tuple(Definitiewijziging(*rij) for rij in rijen)


def as_text(verschil: Publicatieverschil) -> str:
    """Return the differences as text: totals, per indicator how many, and of each kind the first ones."""
    regels = [f"Van {verschil.oud} naar {verschil.nieuw}:"]
    tellingen = verschil.counts()
    regels += [f"  {aantal} cijfers: {SOORTEN[soort]}" for soort, aantal in tellingen.items() if aantal]
    regels += [f"  {len(verschil.definities)} veranderingen in definities"] if verschil.definities else []
    if len(regels) == 1:
        return f"{regels[0]} er is niets veranderd."
    for soort, aantal in tellingen.items():
        gekozen = [c for c in verschil.cijfers if c.soort == soort]
        regels += [f"{SOORTEN[soort].capitalize()}:"] if gekozen else []
        regels += [f"  {_line(c)}" for c in gekozen[:_HOOGSTENS]]
        regels += [f"  … en nog {aantal - _HOOGSTENS}; alle staan op de pagina Verantwoording."][: aantal > _HOOGSTENS]
    regels += ["Definities:"] if verschil.definities else []
    regels += [f"  {d.indicator_id}, {d.veld}: {_was(d.oud)} → {_was(d.nieuw)}" for d in verschil.definities]
    # What a supplier called a thing must not steer the terminal.
    return "\n".join("".join(t if t.isprintable() else "�" for t in regel) for regel in regels)


def _line(c: Cijferwijziging) -> str:
    sleutel = (c.indicator_id, c.regio_code, c.branche_code, c.periode, c.categorie, c.uitsplitsing, c.schatting)
    oud, nieuw = _figure(c.waarde_oud, c.status_oud), _figure(c.waarde_nieuw, c.status_nieuw)
    if c.soort == "herkomst":
        oud, nieuw = c.herkomst_oud or "", f"{c.herkomst_nieuw} {nieuw}"
    wat = {"nieuw": f": {nieuw}", "weg": ""}.get(c.soort, f": {oud} → {nieuw}")
    return f"{', '.join(filter(None, sleutel))}{wat}"


def _figure(waarde: float | None, status: str | None) -> str:
    if waarde is None and status in ("beschikbaar", "indicatief"):
        return "getoond"
    return (status or "").replace("_", " ") if waarde is None else f"{waarde:.10g}".replace(".", ",")


def _was(tekst: str) -> str:
    return f"'{tekst}'" if tekst else "niets"
