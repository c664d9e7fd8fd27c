"""What changed between two publications: figures, their status, their origin, and what indicators mean.

A cell that is hidden in either of the two, or in the publication of now, is in no list of changes, in whatever order
the two are asked for: only how many became hidden, and how many are shown again. What is uncertain in one of them has
no value in the list either.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.afspraken.codelijsten import TOONBAAR, Herkomst, Status, sql_list
from pipelines.afspraken.eigenrijen import is_of_area
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.verborgen import is_hidden, mark_hidden
from pipelines.afspraken.warehouse.bewaard import kept, withdrawn
from pipelines.afspraken.warehouse.gaaf import archive_of, is_whole, newest_whole
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, attach_alone, publication_id

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
# What of a definition makes another figure of the same rows.
_BEREKENING = ("definitie", "formule", "eenheid", "bron", "optelbaar", "vertrouwelijk", "indicator")
_SOMMEN = "select levering_id, string_agg(sha256, ' ' order by tabel) as som from {}.levering group by levering_id"
_DEFINITIE = (
    "titel", "vraag", "definitie", "formule", "eenheid", "richting", "actielijn", "pijler", "schakel", "bron",
    "optelbaar", "vertrouwelijk", "te_bevestigen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cijferwijziging:
    """One figure that is not what it was; `soort` is one of SOORTEN, a value that was or is not there is None.

    `oorzaak`: 'levering' where the files it comes from are others, 'definitie' where its indicator is computed
    otherwise, or both; 'berekening' where neither is: the code did it, or another delivery that it rests on.
    """

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
    oorzaak: str = ""


# Instead of a property: the indicator as a whole came or went.
GEHEEL = "indicator"


@dataclass(frozen=True)
class Definitiewijziging:
    """One property of an indicator that is not what it was; `veld` is 'indicator' where it came or went whole."""

    indicator_id: str
    veld: str
    oud: str
    nieuw: str


@dataclass(frozen=True)
class Publicatieverschil:
    """Everything that differs between two publications, in the order of indicator, region and period.

    `verborgen`: how many figures were shown in the old one and are hidden in the new one; `weer_getoond`: how many the
    other way round. Which they are is not told, but of each how many are made up.
    """

    oud: str
    nieuw: str
    cijfers: tuple[Cijferwijziging, ...]
    definities: tuple[Definitiewijziging, ...]
    verborgen: int = 0
    weer_getoond: int = 0
    verborgen_verzonnen: int = 0
    weer_getoond_verzonnen: int = 0

    def counts(self) -> dict[str, int]:
        """Return how many figures there are of each kind of change."""
        return {soort: sum(c.soort == soort for c in self.cijfers) for soort in SOORTEN}

    def hidden_text(self) -> list[str]:
        """Return in words how many figures became hidden and how many are shown again; nothing for none."""
        return [
            f"{_how_many(aantal)}: {wat}; welke, staat hier niet"
            for aantal, wat in ((self.verborgen, "verborgen geworden"), (self.weer_getoond, "weer getoond"))
            if aantal
        ]


def compare(oud: Path, nieuw: Path, nu: Path | None = None) -> Publicatieverschil:
    """Compare two publication files; neither is written to. `nu`: the one of now, whose hidden cells are left out.

    Raises:
        AfgekeurdError: one of them is not a publication that can be read.
    """
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        van, naar = _attach_all(con, oud, nieuw, nu)
        return Publicatieverschil(van, naar, _figures(con), _definitions(con), *_hidden_and_shown(con))


def compare_regions(oud: Path, nieuw: Path) -> dict[str, tuple[Cijferwijziging, ...]]:
    """Return, by region, the figures that differ between two publication files of one warehouse.

    Raises:
        AfgekeurdError: one of them is not a publication that can be read.
    """
    per_regio: dict[str, list[Cijferwijziging]] = {}
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        _attach_all(con, oud, nieuw, newest_whole(archive_of(nieuw).parent))
        for wijziging in _figures(con):
            per_regio.setdefault(wijziging.regio_code, []).append(wijziging)
    return {code: tuple(wijzigingen) for code, wijzigingen in per_regio.items()}


def compare_own(nu: Path, eigen: Path) -> tuple[Cijferwijziging, ...]:
    """Return the figures of one area that differ between the publication of now and what it sees of a concept.

    Raises:
        duckdb.Error: one of them cannot be read.
    """
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        attach_alone(con, oud=nu, nieuw=eigen)
        mark_hidden(con, ["oud", "nieuw"], ["oud", "nieuw"])
        con.execute("create temp view periode as from oud.periode union from nieuw.periode")
        # The area has a part of the tables of a delivery; of those the build said whether they are as they were.
        return _figures(con, is_of_area("w", "nieuw", "temp"), "select levering_id, any_value(sha256) as som "
                        "from nieuw.levering group by levering_id")  # fmt: skip


def compare_ids(warehouse: Path, oud: str, nieuw: str) -> Publicatieverschil:
    """Compare two kept publications by their ids.

    Raises:
        AfgekeurdError: an id does not exist or was withdrawn; says which ones there are.
    """
    bekend, weg = kept(warehouse), withdrawn(warehouse)
    fouten = [
        Melding(
            show_value(publicatie_id), str(weg.get(publicatie_id, "Deze publicatie is er niet.")),
            advies=f"Er zijn: {', '.join(bekend) or 'nog geen'}.",
        )
        for publicatie_id in (oud, nieuw)
        if publicatie_id not in bekend
    ]  # fmt: skip
    if fouten:
        raise AfgekeurdError(fouten)
    return compare(bekend[oud], bekend[nieuw], newest_whole(warehouse))


def _attach_all(con: duckdb.DuckDBPyConnection, oud: Path, nieuw: Path, nu: Path | None) -> tuple[str, str]:
    """Attach the publications, mark what is hidden in any of them, and return the ids of the two that are compared."""
    paden = {"oud": oud, "nieuw": nieuw}
    if nu is not None and not nu.samefile(oud) and not nu.samefile(nieuw):
        paden["nu"] = nu
    for pad in paden.values():
        if not is_whole(pad):
            advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
            raise AfgekeurdError([Melding(pad.name, "Deze publicatie is niet te lezen.", advies=advies)])
    attach_alone(con, **paden)
    mark_hidden(con, list(paden), ["oud", "nieuw"], "nu" if "nu" in paden else "")
    return publication_id(con, "oud") or oud.stem, publication_id(con, "nieuw") or nieuw.stem


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


def _figures(
    con: duckdb.DuckDBPyConnection, welke: str = "true", sommen: str = _SOMMEN.format("nieuw")
) -> tuple[Cijferwijziging, ...]:
    """Match figures on their whole key; what is left on both sides, once each, on the key without its origin."""
    sleutel = ", ".join(_SLEUTEL)
    waarde, marge = (_differs(_columns(con, "waarneming", velden)) for velden in (_WAARDE, _MARGE))
    gelijk = " and ".join(f"o.{naam} is not distinct from n.{naam}" for naam in _SLEUTEL)
    alleen = f"not ({is_hidden('w')}) and {welke}"
    con.execute(f"""
        create temp table paar as
        select {", ".join(f"coalesce(o.{naam}, n.{naam}) as {naam}" for naam in _SLEUTEL)},
               case when o.status is null then 'nieuw' when n.status is null then 'weg'
                    when o.status <> n.status then 'status' when {waarde} then 'waarde'
                    when {marge} then 'marge' else '' end as soort,
               o.waarde as waarde_oud, n.waarde as waarde_nieuw, o.status as status_oud, n.status as status_nieuw,
               o.herkomst as herkomst_oud, n.herkomst as herkomst_nieuw,
               concat_ws(' ', o.levering_id, lo.som) as som_oud, concat_ws(' ', n.levering_id, ln.som) as som_nieuw
        from (from oud.waarneming w where {alleen}) o
        full join (from nieuw.waarneming w where {alleen}) n on {gelijk} and o.herkomst is not distinct from n.herkomst
        left join ({_SOMMEN.format("oud")}) lo on lo.levering_id = o.levering_id
        left join ({sommen}) ln on ln.levering_id = n.levering_id
    """)
    rijen = con.execute(f"""
        with een as (
            select {sleutel} from paar where soort in ('nieuw', 'weg') group by all
            having count(*) filter (where soort = 'nieuw') = 1 and count(*) filter (where soort = 'weg') = 1
        ),
        anders as (
            select 'herkomst' as soort, {sleutel},
                   any_value(columns(['waarde_oud', 'waarde_nieuw', 'status_oud', 'status_nieuw', 'herkomst_oud',
                                      'herkomst_nieuw', 'som_oud', 'som_nieuw']))
            from paar semi join een using ({sleutel}) where soort in ('nieuw', 'weg') group by {sleutel}
        )
        select * replace (case when waarde_nieuw is not null then waarde_oud end as waarde_oud,
                          case when status_oud is distinct from '{Status.TE_WEINIG}' then waarde_nieuw end
                              as waarde_nieuw)
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
    anders = {d.indicator_id for d in _definitions(con) if d.veld in _BEREKENING}
    return tuple(Cijferwijziging(*[*rij, _cause(rij, oud, nieuw, anders)]) for *rij, oud, nieuw in rijen)


def _cause(rij: Sequence[object], oud: str, nieuw: str, anders: Container[object]) -> str:
    """Return why a figure is another one; it says itself why where it came or went."""
    soort, indicator_id = rij[:2]
    if soort in ("nieuw", "weg"):
        return ""
    delen = [wat for wat, is_zo in (("levering", oud != nieuw), ("definitie", indicator_id in anders)) if is_zo]
    return ", ".join(delen) or "berekening"


def _hidden_and_shown(con: duckdb.DuckDBPyConnection) -> tuple[int, int, int, int]:
    """Return how many of the same key and herkomst became hidden, are shown again, and of both are made up."""
    weg = f"oud in {sql_list(TOONBAAR)} and nieuw = '{Status.ONDERDRUKT}'"
    terug = f"oud = '{Status.ONDERDRUKT}' and nieuw in {sql_list(TOONBAAR)}"
    rij = con.execute(f"""
        with paar as (
            select o.status as oud, n.status as nieuw, herkomst = '{Herkomst.SYNTHETISCH}' as is_verzonnen
            from oud.waarneming o join nieuw.waarneming n using ({", ".join(_SLEUTEL)}, herkomst)
        )
        select count(*) filter (where {weg}), count(*) filter (where {terug}),
               count(*) filter (where {weg} and is_verzonnen), count(*) filter (where {terug} and is_verzonnen)
        from paar
    """).fetchone()
    assert rij is not None
    return int(rij[0]), int(rij[1]), int(rij[2]), int(rij[3])


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
    regels += [f"  {_how_many(aantal)}: {SOORTEN[soort]}" for soort, aantal in tellingen.items() if aantal]
    regels += [f"  {zin}" for zin in verschil.hidden_text()]
    if aantal := len(verschil.definities):
        regels.append(f"  {aantal} {'verandering' if aantal == 1 else 'veranderingen'} in definities")
    if len(regels) == 1:
        return f"{regels[0]} er is niets veranderd."
    for soort, aantal in tellingen.items():
        gekozen = [c for c in verschil.cijfers if c.soort == soort]
        regels += [f"{SOORTEN[soort].capitalize()}:"] if gekozen else []
        regels += [f"  {_line(c)}" for c in gekozen[:_HOOGSTENS]]
        regels += [f"  … en nog {aantal - _HOOGSTENS}; alle staan op de pagina Cijfers."][: aantal > _HOOGSTENS]
    regels += ["Definities:"] if verschil.definities else []
    regels += [f"  {d.indicator_id}, {d.veld}: {_was(d.oud)} → {_was(d.nieuw)}" for d in verschil.definities]
    # What a supplier called a thing must not steer the terminal.
    return "\n".join("".join(t if t.isprintable() else "�" for t in regel) for regel in regels)


def _how_many(aantal: int) -> str:
    return "1 cijfer" if aantal == 1 else f"{aantal} cijfers"


def _line(c: Cijferwijziging) -> str:
    sleutel = (c.indicator_id, c.regio_code, c.branche_code, c.periode, c.categorie, c.uitsplitsing, c.schatting)
    oud, nieuw = _figure(c.waarde_oud, c.status_oud), _figure(c.waarde_nieuw, c.status_nieuw)
    if c.soort == "herkomst":
        oud, nieuw = c.herkomst_oud or "", f"{c.herkomst_nieuw} {nieuw}"
    wat = {"nieuw": f": {nieuw}", "weg": ""}.get(c.soort, f": {oud} → {nieuw}")
    oorzaak = f" ({c.oorzaak})" if c.oorzaak else ""
    return f"{', '.join(filter(None, sleutel))}{wat}{oorzaak}"


def _figure(waarde: float | None, status: str | None) -> str:
    if waarde is None and status in TOONBAAR:
        return "getoond"
    return (status or "").replace("_", " ") if waarde is None else f"{waarde:.10g}".replace(".", ",")


def _was(tekst: str) -> str:
    return f"'{tekst}'" if tekst else "niets"
