"""The rest of Mijn regio: effects of the programme, ambitions and actions, what changed, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from app.beeld import fragmenten
from app.beeld.markup import join, tag
from app.beeld.onderwerp import pijlerbeeld, pijlertekening
from app.lezen import data
from app.lezen.onderwerp import bewijs, plannen, regiogegevens
from app.lezen.onderwerp.plannen import Actie
from app.lezen.rijen import Branche, Doel, Haal, Indicator, Kenmerk, Regio
from app.lezen.verschil import vorige
from app.lezen.verschil.publicatieverschil import SOORTEN, Cijferwijziging
from app.oordeel import enquete, verschillen, zinnen
from app.oordeel.enquete import SCHATTINGEN, Groep, Vraag
from app.oordeel.overzicht.regiokern import latest_of
from app.oordeel.programma import pijlers, pijlerwoorden
from app.oordeel.programma.pijlers import SCHAKELS
from app.raam.keuze import selectie
from app.raam.meenemen import downloads
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.schermen.pijlers import pijler_oordeel
from app.taal.cellen import VOORBEELD, Verzonnen
from app.taal.opmaak import (
    HERKOMST_WOORD,
    PIJLER_WOORD,
    STATUS_WOORD,
    categorie_tekst,
    datum,
    getal,
    hoofdletter,
    leesbaar,
    telling,
    uitsplitsing_tekst,
    waarde_tekst,
)
from pipelines.afspraken.codelijsten import NIETS, Herkomst, Niveau, Schatting, Status, Toetsoordeel

_SCHATTING = Schatting.GEWOGEN
_WIJZIGING = ("Cijfer", "Groep", "Periode", "Wat", "Was", "Is nu")


def show_effects(merk: Kenmerk, regio: Regio, voorbeeld: bool) -> None:
    """Show what organisations of a WGO notice of the programme, or why that is not shown here."""
    st.header("Wat organisaties merken van het programma", anchor=False)
    jaren = enquete.jaren(merk)
    if not jaren:
        onderdelen.notice("Er zijn nog geen uitkomsten van de enquête.")
        return
    if regio.niveau != Niveau.WGO:
        vandaag = data.publicatie(merk).gemaakt_op.date()
        wgo = data.wgo_van_regio(merk, vandaag).get(regio.regio_code, "")
        onderdelen.notice("De enquête is gehouden per werkgeversorganisatie. Voor een regio zijn er geen uitkomsten.")
        if wgo:
            onderdelen.page_link("regio", f"Naar {data.regios(merk)[wgo].naam}", regio=wgo)
        return
    groep = enquete.groepen(merk, jaren[0]).get(regio.regio_code)
    if groep is None:
        onderdelen.notice(f"{regio.naam} deed niet mee aan de enquête over {jaren[0]}.")
        return
    _show_pillars(merk, groep, jaren[0], voorbeeld)


def _show_pillars(merk: Kenmerk, groep: Groep, jaar: str, voorbeeld: bool) -> None:
    rijen = data.waarnemingen_van_groep(merk, groep.regio_code, groep.branche_code, groep.uitsplitsing, jaar, voorbeeld)
    vragen = enquete.questions(data.indicatoren(merk), rijen, _SCHATTING)
    ketens = {pijler: enquete.chain(vragen, pijler, SCHAKELS) for pijler in PIJLER_WOORD}
    getoond = [v for keten in ketens.values() for lijst in keten.values() for v in lijst]
    reden = enquete.reason_for_nothing(groep, vragen, getoond)
    if reden:
        onderdelen.notice(reden)
        return
    st.subheader(pijlers.comparison_title(groep, ketens), anchor=False)
    toppen = [top for keten in ketens.values() for v in keten.values() if (top := enquete.leading(v)) is not None]
    uitleg = f"De uitkomst die het vaakst is genoemd, in procent van de organisaties (n). Enquête over {jaar}."
    onderdelen.show(
        tag(
            "div",
            tag("p", uitleg, klasse="rm-onder"),
            pijlerbeeld.comparison(ketens, selectie.wijzer()),
            *([pijlerbeeld.legend(toppen, SCHATTINGEN[_SCHATTING].lower(), met_anderen=True)] if toppen else []),
            selectie.wijzer().source([r for v in getoond for r in v.rijen], getoond[0].indicator),
            klasse="rm-delen",
        )
    )
    if toppen:
        downloads.drawing_buttons(
            *pijlertekening.picture(
                f"pijlers_{groep.regio_code}",
                pijlers.comparison_title(groep, ketens),
                f"{uitleg} {pijlerwoorden.no_top_note(ketens)}".strip(),
                pijlertekening.comparison_lines(ketens, selectie.wijzer()),
                [r for v in getoond for r in v.rijen],
            ),
            "pijlers",
        )
    pijler_oordeel.show_table(f"uitkomsten per pijler van {groep.naam}", getoond, "pijlers", groep)
    _show_verdicts(merk, groep, getoond)
    onderdelen.page_link(pijlers.PAGINA, "Alle vragen en antwoorden per pijler", groep=groep.sleutel)


def _show_verdicts(merk: Kenmerk, groep: Groep, getoond: Sequence[Vraag]) -> None:
    """Say which outcomes are shown by a test to differ from the rest of the country; the others are not ranked."""
    toetsen = [
        (vraag, rij, getoetst)
        for vraag in getoond
        if (rij := vraag.cijfer.berekend) is not None
        for getoetst in verschillen.of_figure(data.verschillen(merk), rij)
        if getoetst.soort == "regio_rest"
    ]
    if not toetsen:
        return
    anders = [(v, rij, t) for v, rij, t in toetsen if t.oordeel in (Toetsoordeel.HOGER, Toetsoordeel.LAGER)]
    if not anders:
        wie = "De ene" if len(toetsen) == 1 else f"Geen van de {len(toetsen)}"
        uitkomst = "getoetste uitkomst is niet" if len(toetsen) == 1 else "getoetste uitkomsten is"
        zin = f"{wie} {uitkomst} aantoonbaar anders dan bij {verschillen.REST}."
        onderdelen.show(tag("p", zin))
        return
    regels = [
        tag("li", tag("strong", f"{v.indicator.titel}: "), verschillen.sentence(t, v.indicator.eenheid))
        for v, _, t in anders
    ]  # fmt: skip
    getoetst = telling(len(toetsen), "getoetste uitkomst", "getoetste uitkomsten")
    kop = f"Aantoonbaar anders dan bij {verschillen.REST}, {len(anders)} van de {getoetst}:"
    onderdelen.show(tag("div", tag("p", kop), tag("ul", join(regels)), tag("p", verschillen.UITLEG, klasse="rm-bron")))


def show_plans(merk: Kenmerk, regio: Regio, leden: tuple[str, ...], haal: Haal) -> None:
    """Show the ambitions and actions of the region, or how to get them here."""
    st.header("Ambities en acties", anchor=False)
    codes = leden or (regio.regio_code,)
    ambities = regiogegevens.ambities(merk, codes)
    acties = [a for a in plannen.acties(merk) if a.regio_code in codes]
    if not (ambities or acties):
        onderdelen.show(
            fragmenten.not_delivered(
                f"Voor {regio.naam} zijn nog geen ambities of acties geleverd.",
                "De regio levert ze uit haar actieplan (RAAT), in de tabellen ambities en acties: per rij de regio, "
                "het cijfer, het doel en het jaar.",
            )
        )
        return
    if ambities:
        _show_ambitions(merk, regio, ambities, haal)
    if acties:
        _show_actions(merk, regio, acties)


def _show_ambitions(merk: Kenmerk, regio: Regio, ambities: Sequence[Doel], haal: Haal) -> None:
    catalogus, namen = data.indicatoren(merk), data.regios(merk)
    kolommen = ("Ambitie", "Regio", "Begin", "Doel", "Nu", "Bron")

    def _row(a: Doel) -> tuple[str, ...]:
        indicator = catalogus.get(a.indicator_id)
        begin = f"{_value(a.nulwaarde, indicator)} in {a.nuljaar}" if a.nulwaarde is not None else "niet bekend"
        rij = latest_of(haal(a.indicator_id), a.regio_code)
        nu = Status.ONTBREEKT.naam
        if rij is not None and indicator is not None:
            nu = f"{zinnen.figure(rij, indicator.eenheid)} in {rij.periode_naam}"
            nu = Verzonnen(f"{nu} ({VOORBEELD})") if rij.is_voorbeeld else nu
        titel = indicator.titel if indicator is not None else leesbaar(a.indicator_id)
        return (
            titel,
            namen[a.regio_code].naam,
            begin,
            f"{_value(a.doelwaarde, indicator)} in {a.doeljaar}",
            nu,
            a.bron,
        )

    rijen = [_row(a) for a in ambities]
    onderdelen.show_table(
        Tabelvak(f"ambities van {regio.naam}", kolommen, rijen, open_=True),
        Download(f"ambities_{regio.regio_code}", kolommen, lambda: rijen),
    )


def _value(waarde: float | None, indicator: Indicator | None) -> str:
    return waarde_tekst(waarde, indicator.eenheid if indicator is not None else "") if waarde is not None else ""


def _show_actions(merk: Kenmerk, regio: Regio, acties: Sequence[Actie]) -> None:
    namen = data.regios(merk)
    kolommen = ("Actie", "Regio", "Actielijn", "Soort", "Trekker", "Looptijd", "Status")
    rijen = [
        (
            a.titel,
            namen[a.regio_code].naam,
            leesbaar(a.actielijn),
            leesbaar(a.soort),
            a.trekker,
            " tot ".join(filter(None, (datum(a.start), datum(a.eind)))),
            leesbaar(a.status),
        )
        for a in sorted(acties, key=lambda a: (a.actielijn, a.start or date.max, a.titel, a.regio_code))
    ]
    onderdelen.show_table(
        Tabelvak(f"acties van {regio.naam}", kolommen, rijen, open_=True),
        Download(f"acties_{regio.regio_code}", kolommen, lambda: rijen),
    )


def show_changes(merk: Kenmerk, regio: Regio) -> None:
    """Show which figures of the region are other than in the publication before this one."""
    st.header("Wat er veranderde sinds de vorige publicatie", anchor=False)
    vergelijking = vorige.changes(merk, regio.regio_code)
    if vergelijking is None:
        onderdelen.notice("Er is geen eerdere publicatie om mee te vergelijken.")
        return
    show_comparison(merk, regio, vergelijking)


def show_comparison(merk: Kenmerk, regio: Regio, vergelijking: vorige.Vergelijking) -> None:
    """Show which figures of the region are other than in an earlier publication."""
    tellingen = Counter(w.soort for w in vergelijking.wijzigingen)
    if not vergelijking.wijzigingen:
        tekst = f"Niets: alle cijfers van {regio.naam} die in beide te zien zijn, zijn gelijk aan die in "
        onderdelen.show(tag("p", f"{tekst}{vergelijking.naam}."))
        return
    delen = [f"{getal(tellingen[soort])} {woord}" for soort, woord in SOORTEN.items() if tellingen[soort]]
    onderdelen.show(tag("p", f"Cijfers tegenover {vergelijking.naam}: {', '.join(delen)}."))
    catalogus, branches = data.indicatoren(merk), data.branches(merk)
    rijen = [_change_row(merk, w, catalogus.get(w.indicator_id), branches) for w in vergelijking.wijzigingen]
    onderdelen.show_table(
        Tabelvak(f"gewijzigde cijfers van {regio.naam}", _WIJZIGING, rijen, vak="wijzigingen"),
        Download(f"wijzigingen_{regio.regio_code}", _WIJZIGING, lambda: rijen),
    )


def _change_row(
    merk: Kenmerk, w: Cijferwijziging, indicator: Indicator | None, branches: dict[str, Branche]
) -> tuple[str, ...]:
    eenheid = zinnen.unit_of_part(indicator.eenheid if indicator is not None else "", w.categorie)
    herkomst = w.herkomst_nieuw or w.herkomst_oud or ""
    cijfers = bewijs.decimals(merk, w.indicator_id, w.categorie, w.uitsplitsing, herkomst)
    branche = branches[w.branche_code].naam_kort if w.branche_code in branches else w.branche_code
    groep = ", ".join(filter(None, [branche, categorie_tekst(w.categorie) if w.categorie else "",
                                    uitsplitsing_tekst(w.uitsplitsing)]))  # fmt: skip
    return (
        indicator.titel if indicator is not None else leesbaar(w.indicator_id),
        hoofdletter(groep),
        w.periode,
        f"{SOORTEN[w.soort]} ({HERKOMST_WOORD.get(herkomst, herkomst)})",
        waarde_tekst(w.waarde_oud, eenheid, cijfers) if w.waarde_oud is not None else _status(w.status_oud),
        waarde_tekst(w.waarde_nieuw, eenheid, cijfers) if w.waarde_nieuw is not None else _status(w.status_nieuw),
    )


def _status(status: str | None) -> str:
    return STATUS_WOORD.get(status or "", "") or ("niet herhaald" if status else "")


def show_missing(merk: Kenmerk, regio: Regio) -> None:
    """Show which figures the region does not have, and who could deliver them."""
    st.header("Wat ontbreekt, en wie het kan leveren", anchor=False)
    met_voorbeeld = selectie.met_voorbeeld()
    geen = Status.ONTBREEKT.naam
    woord = {NIETS: geen, Herkomst.SYNTHETISCH: Herkomst.SYNTHETISCH.naam if met_voorbeeld else geen}
    gaten = [g for g in plannen.gaten(merk) if g.niveau == regio.niveau and g.heeft in woord]
    if not gaten:
        onderdelen.notice("Er is geen lijst van ontbrekende cijfers voor dit soort gebied.")
        return
    verzonnen = sum(g.heeft == Herkomst.SYNTHETISCH and met_voorbeeld for g in gaten)
    niets = len(gaten) - verzonnen
    zin = f"{telling(niets, 'cijfer is', 'cijfers zijn')} er niet voor dit soort gebied"
    tot = f"; voor {telling(verzonnen, 'cijfer', 'cijfers')} staan er voorbeelden tot de echte levering komt"
    zin += f"{tot}." if verzonnen else "."
    onderdelen.show(tag("p", zin))
    kolommen = ("Cijfer", "Nu", "Wie kan het leveren", "Toelichting")
    rijen = [(g.titel, woord[g.heeft], g.leverancier, g.toelichting) for g in sorted(gaten, key=lambda g: g.heeft)]
    onderdelen.show_table(
        Tabelvak("ontbrekende cijfers", kolommen, rijen, vak="ontbrekend"),
        Download(f"ontbrekend_{regio.niveau}", kolommen, lambda: rijen),
    )
