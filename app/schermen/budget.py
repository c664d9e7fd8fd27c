"""Budget: split per pijler and WGO, against the rules of the programme."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.later import pa
from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import budgetgrafiek
from app.beeld.plaatje import Plaatje
from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.programma import budgetcijfers, budgetzinnen
from app.oordeel.programma.budgetcijfers import Geld
from app.oordeel.programma.pijlers import short_name
from app.raam.keuze import regiokeuze, selectie
from app.raam.meenemen.downloads import Download
from app.raam.vakken import leeg, onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal import woorden
from app.taal.opmaak import PIJLER_WOORD
from pipelines.afspraken.codelijsten import LAND, Niveau, Regeloordeel

PAGINA = "budget"
_REGEL = ("Regel", "Voor wie", "Norm", "Uitkomst", "Oordeel", "Waar het op rust")
# Of these columns, those that say what is met, and those that say what that rests on; in a file also for whom.
_GEHAALD, _SOM, _WIE = (0, 2, 3, 4), (0, 5), 1
_SAMEN = "13 werkgeversorganisaties samen"


def show(merk: Kenmerk) -> None:
    """Show the split of one area, its money, the rules with their outcome, and what is not delivered."""
    mag = selectie.met_voorbeeld()
    bedragen, aandelen, cofinanciering = (data.waarnemingen(merk, naam, mag) for naam in budgetcijfers.INDICATOREN)
    onderdelen.page_head("Budget")
    onderdelen.show(
        tag("p", "Hoe is het geld verdeeld over de pijlers, en past dat bij de regels van het programma?",
            klasse="rm-onder")
    )  # fmt: skip
    jaren = budgetcijfers.years(bedragen, aandelen)
    if not jaren:
        onderdelen.notice("Er zijn nog geen cijfers over het budget.")
        return
    codes = budgetcijfers.areas(bedragen, aandelen)
    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        jaar = selectie.field("periode", "Jaar", jaren, jaren[0], lambda j: j).choose()
        wie = regiokeuze.field(merk, "Voor wie", codes, LAND, lambda c: _name(merk, c))
        wie.show()
    code = wie.waarde
    naam = _name(merk, code)
    verdeling = budgetcijfers.split(aandelen, code, jaar)
    st.header(budgetzinnen.title(naam, jaar, verdeling), anchor=False)
    geld = budgetcijfers.money(bedragen, code, jaar)
    onderdelen.show(_facts(geld))
    if verdeling:
        _show_split(naam, code, jaar, verdeling)
    _show_rules(merk, jaar, code)
    _show_norms(aandelen, cofinanciering, jaar)
    _show_per_wgo(merk, bedragen, aandelen, codes[1:], jaar)


def _name(merk: Kenmerk, code: str) -> str:
    return _SAMEN if code == LAND else data.regios(merk)[code].naam


def _facts(geld: Geld) -> Html:
    """Return the money in one line."""
    delen = [
        tag("li", tag("strong", zinnen.figure(rij, "euro")), f" {woord}")
        for rij, woord in (
            (geld.totaal, "in totaal"),
            (geld.subsidie, "subsidie"),
            (geld.cofinanciering, "cofinanciering"),
        )
        if rij is not None
    ]
    return tag("ul", join(delen or [tag("li", "Het bedrag is niet geleverd.")]), klasse="rm-feiten")


def _show_split(naam: str, code: str, jaar: str, verdeling: Sequence[Waarneming]) -> None:
    titel = budgetzinnen.title(naam, jaar, verdeling)
    basis = woorden.plainly(verdeling[0].populatie)
    onder = f"In procent van het hele budget, {jaar}{f' ({basis})' if basis else ''}. "
    onder += budgetzinnen.rounding_remark(verdeling)
    onderdelen.show(tag("p", onder, klasse="rm-onder"))
    rows = budgetgrafiek.bar_rows(verdeling)
    onderdelen.chart(
        lambda thema: budgetgrafiek.split_spec(thema, len(verdeling)),
        pa.Table.from_pylist(rows, schema=_columns()),
        alt=f"Staafdiagram per pijler. {titel}. De tabel onder de grafiek heeft dezelfde cijfers.",
        sleutel="grafiek_budget",
        plaatje=Plaatje(
            bestand=f"budget_{code}_{jaar}",
            titel=titel,
            onder=onder,
            bron=bijschriften.all_sources(verdeling),
            voorbeeld=bijschriften.example_sentence({short_name(r.categorie).lower(): [r] for r in verdeling}),
        ),
    )
    onderdelen.show_table(
        Tabelvak(
            f"budget per pijler, {naam}, {jaar}",
            ("Pijler", "Aandeel", "Opmerking"),
            [(PIJLER_WOORD[r.categorie], zinnen.figure(r, "aandeel"), bijschriften.remark(r)) for r in verdeling],
            getallen=(1,),
        ),
        Download(f"budget_per_pijler_{code}_{jaar}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(verdeling)),
    )
    onderdelen.source_line(verdeling, budgetcijfers.AANDEEL)


def _columns() -> pa.Schema:
    tekst = ("laag", "rij", "pijler", "tekst")
    return pa.schema([*((naam, pa.string()) for naam in tekst), ("waarde", pa.float64())])


def _show_rules(merk: Kenmerk, jaar: str, code: str) -> None:
    """Show every rule with its outcome; those of one WGO when one is chosen."""
    alle = budgetcijfers.rules(merk, jaar)
    toetsen = [t for t in alle if t.regio_code == code]
    if not toetsen:
        st.header("De regels van het programma", anchor=False)
        onderdelen.notice(f"Voor {_name(merk, code)} zijn over {jaar} nog geen regels getoetst.")
        return
    if any(t.oordeel != Regeloordeel.NIET_TE_BEPALEN for t in toetsen):
        st.header(budgetzinnen.rule_title(toetsen), anchor=False)
        is_bekend = True
    else:
        onderdelen.show(tag("p", f"{budgetzinnen.rule_title(toetsen)}.", klasse="rm-onder"))
        is_bekend = False
    namen = {regio: r.naam for regio, r in data.regios(merk).items()} | {LAND: _SAMEN}
    regels = budgetzinnen.rule_rows(toetsen, namen)
    for kop, bestand, kolommen, getallen, is_open in (
        ("regels van het programma", "regels", _GEHAALD, (1, 2), is_bekend),
        ("de sommen achter de regels", "regels_sommen", _SOM, (), False),
    ):
        onderdelen.show_table(
            Tabelvak(
                f"{kop}, {namen[code]}, {jaar}",
                [_REGEL[k] for k in kolommen],
                [[regel[k] for k in kolommen] for regel in regels],
                getallen=getallen,
                open_=is_open,
            ),
            _rules_file(f"{bestand}_{code}_{jaar}", kolommen, budgetzinnen.rule_rows(alle, namen)),
        )


def _rules_file(bestand: str, kolommen: Sequence[int], regels: Sequence[Sequence[str]]) -> Download:
    """Return a table of rules to take along, of all areas: with the columns that it has on the page."""
    mee = sorted({*kolommen, _WIE})
    return Download(bestand, [_REGEL[k] for k in mee], lambda: [[regel[k] for k in mee] for regel in regels])


def _show_norms(aandelen: Sequence[Waarneming], cofinanciering: Sequence[Waarneming], jaar: str) -> None:
    """Show the guideline and the minimums as they were published; their bases differ from that of the split."""
    normen = budgetzinnen.norm_rows(aandelen, cofinanciering, jaar)
    if not normen:
        return
    onderdelen.show(
        tag("p", "De richtlijn gaat over het budget zonder cofinanciering en de verdeling hierboven over het budget "
            "met cofinanciering. Vergelijk die twee dus niet met elkaar.", klasse="rm-bron")
    )  # fmt: skip
    onderdelen.show_table(
        Tabelvak(
            f"richtlijn en minimums zoals gepubliceerd, {jaar}",
            ("Waarvoor", "Norm", "Waarvan", "Vindplaats"),
            [rij for _, rij in normen],
        ),
        Download(f"budgetnormen_{jaar}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(r for r, _ in normen)),
    )
    onderdelen.source_line([r for r, _ in normen], budgetcijfers.AANDEEL)


def _show_per_wgo(
    merk: Kenmerk, bedragen: Sequence[Waarneming], aandelen: Sequence[Waarneming], codes: Sequence[str], jaar: str
) -> None:
    if not codes:
        leeg.show(
            merk,
            "Budgetten per werkgeversorganisatie zijn nog niet geleverd.",
            Niveau.WGO,
            *budgetcijfers.INDICATOREN,
            hoe="Per pijler zijn de subsidie en de cofinanciering nodig (tabel budget).",
        )
        return
    st.header("Per werkgeversorganisatie", anchor=False)
    kolommen = ("Werkgeversorganisatie", "Totaal", "Subsidie", "Cofinanciering",
                *map(short_name, PIJLER_WOORD))  # fmt: skip
    namen = {regio: r.naam for regio, r in data.regios(merk).items()}
    rijen = budgetzinnen.area_rows(bedragen, aandelen, codes, namen, jaar)
    alle = [r for r in (*bedragen, *aandelen) if r.niveau == Niveau.WGO and r.periode == jaar]
    onderdelen.show_table(
        Tabelvak(f"budget per werkgeversorganisatie, {jaar}", kolommen, rijen, getallen=(1, 2, 3, 4), open_=True),
        Download(f"budget_per_wgo_{jaar}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(alle)),
    )
    onderdelen.source_line(alle, budgetcijfers.BEDRAG)
