"""Leaks to plant in a publication that has none: per kind what is done to it, and where it must be found.

RA0102 × ZKH 2021 is one hospital of 1,500 members and hidden; it stands in `proefbed.py`. Every plant gets the
publication and the work database, both open to write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import duckdb

HIER = "indicator_id = 'dekkingsgraad' and periode = '2021'"
ZKH = f"{HIER} and regio_code = 'RA0102' and branche_code = 'ZKH'"
TOTAAL = f"{HIER} and regio_code = 'RA0102' and branche_code = 'TOTAAL'"
OPEN = f"{HIER} and regio_code = 'RA0103' and branche_code = 'TOTAAL'"
LEEG = "waarde = null, waarde_tot = null, teller = null, noemer = null, n = null, onder = null, boven = null"
Con = duckdb.DuckDBPyConnection
Plant = Callable[[Con, Con], None]


class Lek(NamedTuple):
    """One kind of leak: how it is planted, and the cell and the words by which it must be found."""

    naam: str
    plant: Plant
    plek: tuple[str, str]
    woorden: str


def sql(*opdrachten: str) -> Plant:
    """Return a plant that does this to the publication."""

    def plant(pub: Con, _werk: Con) -> None:
        for opdracht in opdrachten:
            pub.execute(opdracht)

    return plant


def row(tabel: str, **waarden: object) -> str:
    """Return the SQL that adds one row about RA0102 × ZKH 2021 to a table with these columns besides."""
    rij = {"indicator_id": "dekkingsgraad", "regio_code": "RA0102", "branche_code": "ZKH", "periode": "2021"} | waarden
    kolommen = ", ".join(f"{_literal(waarde)} as {kolom}" for kolom, waarde in rij.items() if waarde is not ...)
    return f"insert into {tabel} by name select {kolommen}"


def _literal(waarde: object) -> str:
    return f"'{waarde}'" if isinstance(waarde, str) else str(waarde)


def cell(**waarden: object) -> str:
    """Return the SQL that adds a figure to `waarneming`, of another series unless it says otherwise."""
    gewoon: dict[str, object] = {
        "categorie": "", "uitsplitsing": "", "niveau": "arbeidsmarktregio", "schatting": "", "herkomst": "levering",
        "status": "beschikbaar", "is_voorlopig": False, "levering_id": "pfzw_dekking/2021",
    }  # fmt: skip
    return row("waarneming", **(gewoon | waarden))


HIDE_TOTAAL = f"update waarneming set status = 'onderdrukt', {LEEG} where {TOTAAL}"
CELLEN_PFZW = {"uitsplitsing": "telling=pfzw", "periode": "2022Q2", "herkomst": "levering"}
KWARTAAL = (
    "insert into periode select '2022Q2', 'kwartaal', '2e kwartaal 2022', date '2022-04-01', date '2022-06-30' "
    "where '2022Q2' not in (select periode from periode)"
)


def show_beside(pub: Con, werk: Con) -> None:
    """Show again all that was hidden to protect the hospital in its own branche and region."""
    werk_rijen = werk.execute(
        "select regio_code, branche_code, teller, noemer from cel_exact where periode = '2021' and not primair "
        "and (regio_code = 'RA0102' or branche_code = 'ZKH')"
    ).fetchall()
    for regio, branche, teller, noemer in werk_rijen:
        pub.execute(
            f"update waarneming set status = 'beschikbaar', teller = ?, noemer = ?, waarde = ? where {HIER} "
            "and regio_code = ? and branche_code = ? and status = 'onderdrukt'",
            [(teller + 5) // 10 * 10, (noemer + 5) // 10 * 10, (200 * teller + noemer) // (2 * noemer) / 100,
             regio, branche],
        )  # fmt: skip


def members(kant: str) -> Plant:
    """Return a plant after which the work database knows that a shown cell has one employer on this side."""
    namen = {"leden": ("werkgevers_leden", "grootste_lid", "tweede_lid"),
             "niet_leden": ("werkgevers_niet_leden", "grootste_niet_lid", "tweede_niet_lid")}  # fmt: skip

    def plant(_pub: Con, werk: Con) -> None:
        for kolom in (*namen["leden"], *namen["niet_leden"]):
            werk.execute(f"alter table cel_exact add column if not exists {kolom} double")
        aantal, grootste, tweede = namen[kant]
        waarde = "teller" if kant == "leden" else "noemer - teller"
        werk.execute(f"update cel_exact set {aantal} = 1, {grootste} = {waarde}, {tweede} = 0 where {OPEN}")

    return plant


def join_areas(pub: Con, werk: Con) -> None:
    """Show WGO06 before and after WGO07 joined it; hide WGO07, which is one hospital: 4,410 − 4,000 is 410."""
    for periode, dag, regio, teller, noemer in (
        ("2021", "2022-06-30", "WGO06", 3000, 4000), ("2022", "2023-06-30", "WGO06", 3410, 4410),
        ("2021", "2022-06-30", "WGO07", 400, 400),
    ):  # fmt: skip
        is_open = regio == "WGO06"
        cijfers = {"waarde": round(teller / noemer, 2), "teller": teller, "noemer": noemer} if is_open else {}
        pub.execute(
            cell(regio_code=regio, branche_code="ZKH", periode=periode, niveau="wgo",
                 status="beschikbaar" if is_open else "onderdrukt", levering_id=f"pfzw_dekking/{periode}", **cijfers)
        )  # fmt: skip
        pub.execute(
            f"update waarneming set peildatum = date '{dag}' where regio_code = '{regio}' and periode = '{periode}'"
        )
        werk.execute(
            "insert into cel_exact by name select 'dekkingsgraad' as indicator_id, '' as uitsplitsing, "
            f"'{regio}' as regio_code, 'wgo' as niveau, 'ZKH' as branche_code, '{periode}' as periode, "
            f"date '{dag}' as peildatum, 'levering' as herkomst, 'pfzw_dekking/{periode}' as levering_id, "
            f"{teller} as teller, {noemer} as noemer, {9 if is_open else 1} as werkgevers, "
            f"{900 if is_open else 400} as grootste_werkgever, {800 if is_open else 0} as tweede_werkgever"
        )


def count_whole(pub: Con, werk: Con) -> None:
    """Show a WGO (61 of 171, 36 %) and one of its two regions (30 of 130, 23 %): the other has 28 to 34, and it is 31.

    Only in whole persons; in fractions 27 and 35 are possible.
    """
    for regio, niveau, teller, noemer in (
        ("WGO03", "wgo", 61, 171), ("RA0308", "arbeidsmarktregio", 30, 130), ("RA0309", "arbeidsmarktregio", 31, 41),
    ):  # fmt: skip
        is_open = regio != "RA0309"
        cijfers = {"waarde": round(teller / noemer, 2), "teller": (teller + 5) // 10 * 10,
                   "noemer": (noemer + 5) // 10 * 10} if is_open else {}  # fmt: skip
        status = "beschikbaar" if is_open else "onderdrukt"
        pub.execute(cell(regio_code=regio, branche_code="OZW", niveau=niveau, status=status, **cijfers))
        dag = "peildatum = date '2022-06-30'"
        pub.execute(f"update waarneming set {dag} where {HIER} and regio_code = '{regio}' and branche_code = 'OZW'")
        werk.execute(
            "insert into cel_exact by name select 'dekkingsgraad' as indicator_id, '' as uitsplitsing, "
            f"'{regio}' as regio_code, '{niveau}' as niveau, 'OZW' as branche_code, '2021' as periode, "
            "date '2022-06-30' as peildatum, 'levering' as herkomst, 'pfzw_dekking/2021' as levering_id, "
            f"{teller} as teller, {noemer} as noemer, {9 if is_open else 1} as werkgevers, "
            f"{10 if is_open else 31} as grootste_werkgever, {9 if is_open else 0} as tweede_werkgever"
        )


LEKKEN = (
    Lek("de cel zelf staat open", sql(
        f"update waarneming set status = 'beschikbaar', waarde = 1, teller = 1500, noemer = 1500 where {ZKH}"),
        ("RA0102", "ZKH"), "is gevoelig en wordt getoond"),
    Lek("een aantal bij een verborgen cel", sql(f"update waarneming set teller = 1500 where {ZKH}"),
        ("RA0102", "ZKH"), "staat in waarneming"),
    Lek("n bij een verborgen cel", sql(f"update waarneming set n = 1500 where {ZKH}"),
        ("RA0102", "ZKH"), "staat in waarneming"),
    Lek("een interval bij een verborgen cel", sql(f"update waarneming set onder = 0.99, boven = 1 where {ZKH}"),
        ("RA0102", "ZKH"), "staat in waarneming"),
    Lek("een verborgen cel met een status die toonbaar is", sql(
        f"update waarneming set status = 'indicatief', waarde = 1, teller = 1500, noemer = 1500 where {ZKH}"),
        ("RA0102", "ZKH"), "heeft status indicatief"),
    Lek("een status die zegt waarom", sql(f"update waarneming set status = 'te_weinig' where {ZKH}"),
        ("RA0102", "ZKH"), "heeft status te_weinig"),
    Lek("een categorie van een verborgen cel", sql(cell(categorie="vast", waarde=1, teller=1500, noemer=1500)),
        ("RA0102", "ZKH"), "staat open in een deel ervan: vast"),
    Lek("een andere schatting van een verborgen cel", sql(cell(schatting="model", waarde=0.99)),
        ("RA0102", "ZKH"), "staat open in een deel ervan: model"),
    Lek("aansluiting: het berekende cijfer", sql(row(
        "aansluiting", categorie="", uitsplitsing="", berekend=0.99, herkomst_berekend="levering")),
        ("RA0102", "ZKH"), "staat in aansluiting"),
    Lek("aansluiting: alleen het oordeel", sql(row(
        "aansluiting", categorie="", uitsplitsing="", oordeel="gelijk", herkomst_berekend="levering")),
        ("RA0102", "ZKH"), "staat in aansluiting"),
    Lek("aansluiting: een verhouding op de persoon", sql(row(
        "aansluiting", regio_code="NL01", branche_code="TOTAAL", categorie="", uitsplitsing="",
        berekend=4405 / 4861, herkomst_berekend="levering")),
        ("NL01", "TOTAAL"), "staat niet afgerond in aansluiting"),
    Lek("verschil met een verborgen cel", sql(HIDE_TOTAAL, row(
        "verschil", branche_code=..., categorie="", soort="periode", periode="2022", periode_vorig="2021",
        verschil=0.02, oordeel="hoger", herkomst="levering")), ("RA0102", "TOTAAL"), "staat in verschil"),
    Lek("verschil: alleen de richting", sql(HIDE_TOTAAL, row(
        "verschil", branche_code=..., categorie="", soort="periode", periode="2022", periode_vorig="2021",
        oordeel="hoger", herkomst="levering")), ("RA0102", "TOTAAL"), "staat in verschil"),
    Lek("verschil: alleen hoe toevallig het is", sql(HIDE_TOTAAL, row(
        "verschil", branche_code=..., categorie="", soort="periode", periode="2022", periode_vorig="2021",
        p=0.0312, p_bh=0.04, oordeel="niet_te_bepalen", herkomst="levering")),
        ("RA0102", "TOTAAL"), "staat in verschil"),
    Lek("verschil: een kans op vier decimalen", sql(row(
        "verschil", branche_code=..., categorie="", soort="periode", periode="2022", periode_vorig="2021",
        p=0.03124, oordeel="hoger", herkomst="levering") .replace("'RA0102'", "'RA0103'")),
        ("RA0103", "TOTAAL"), "staat niet afgerond in verschil"),
    Lek("de nulwaarde van een doel", sql(HIDE_TOTAAL, row(
        "doel", branche_code=..., periode=..., nuljaar=2021, nulwaarde=0.68)), ("RA0102", "TOTAAL"), "staat in doel"),
    Lek("een tabel die er nog niet was", sql(
        "create table uiteenzetting (indicator_id varchar, regio_code varchar, branche_code varchar, periode varchar, "
        "herkomst varchar, aandeel_in_verandering double)",
        row("uiteenzetting", herkomst="levering", aandeel_in_verandering=0.4)),
        ("RA0102", "ZKH"), "staat in uiteenzetting"),
    Lek("een verandering waarvan één deel verborgen is", sql(row(
        "ontleding", branche_code="VVT", uitsplitsing="", niveau="arbeidsmarktregio", periode="2022",
        periode_vorig="2021", term="binnen", bijdrage=0.01, herkomst="levering")),
        ("RA0102", "ZKH"), "staat in ontleding"),
    Lek("een zin in kwaliteit", sql(
        "insert into kwaliteit values ('pfzw_dekking/2021', 'dekking', 'sprong', null, true, 1, 0, "
        "'Het ziekenhuis van RA0102 ging van 700 naar 1.500 medewerkers.')"),
        ("RA0102", "ZKH"), "staat in een zin van kwaliteit"),
    Lek("een getoond aantal op de persoon", sql(f"update waarneming set teller = teller + 3 where {OPEN}"),
        ("RA0103", "TOTAAL"), "staat niet afgerond in waarneming"),
    Lek("een getoond aandeel op de persoon", sql(f"update waarneming set waarde = waarde + 0.00123 where {OPEN}"),
        ("RA0103", "TOTAAL"), "staat niet afgerond in waarneming"),
    Lek("wat ernaast hoort te zijn verborgen", show_beside, ("RA0102", "ZKH"), "ligt tussen"),
    Lek("hetzelfde gebied onder een andere code", sql(
        f"update waarneming set status = 'beschikbaar', waarde = 0, teller = 0, noemer = 800 where {HIER} "
        "and regio_code = 'WGO04' and branche_code = 'GHZ'"), ("RA0410", "GHZ"), "ligt tussen"),
    Lek("dezelfde personen als aantal werknemers", sql(KWARTAAL, cell(
        indicator_id="aantal_werknemers", waarde=1500, teller=1500, **CELLEN_PFZW)), ("RA0102", "ZKH"), "ligt tussen"),
    Lek("dezelfde personen onder de contracturen", sql(KWARTAAL, cell(
        indicator_id="contractomvang", waarde=24, teller=36000, noemer=1500, **CELLEN_PFZW)),
        ("RA0102", "ZKH"), "ligt tussen"),
    Lek("één jaar na een gevoelig jaar weer getoond", sql(
        "update waarneming set status = 'beschikbaar', waarde = 0.5, teller = 500, noemer = 1000 "
        "where indicator_id = 'dekkingsgraad' and periode = '2022' and regio_code = 'RA0103' and branche_code = 'JZ'"),
        ("RA0103", "JZ"), "is gevoelig en wordt getoond"),
    Lek("leden van één werkgever", members("leden"), ("RA0103", "TOTAAL"), "is gevoelig en wordt getoond"),
    Lek("niet-leden van één werkgever", members("niet_leden"), ("RA0103", "TOTAAL"), "is gevoelig en wordt getoond"),
    Lek("afgeronde aantallen die samen in hele mensen meer zeggen", count_whole, ("RA0309", "OZW"),
        "ligt tussen 28 en 34"),
    Lek("een gebied dat zich bij een ander voegt", join_areas, ("WGO07", "ZKH"),
        "is ongeveer 410: zoveel veranderde WGO06"),
)  # fmt: skip
