"""Pijlers: what does the programme bring about?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import pijlerbeeld, pijlertekening, verhaalbeeld
from app.lezen import data
from app.lezen.onderwerp import enquetecijfers, regiogegevens, verhaalrijen
from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Kenmerk, Verschil, Waarneming
from app.oordeel import bijschriften, enquete, verschillen, zinnen
from app.oordeel.enquete import SCHATTINGEN, Groep, Vraag
from app.oordeel.overzicht import verhalen
from app.oordeel.programma import pijlers, pijlerwoorden
from app.oordeel.programma.pijlers import SCHAKELS
from app.raam.keuze import regiokeuze, selectie
from app.raam.meenemen import downloads
from app.raam.meenemen.downloads import Download
from app.raam.vakken import leeg, onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.schermen.pijlers import pijler_oordeel
from app.taal import woorden
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import PIJLER_WOORD, getal, opsomming
from pipelines.afspraken.codelijsten import LAND, Herkomst, Niveau, Schatting

# As many as fit beside the figures.
_VERHALEN = 3
_ALLES = "alle uitkomsten van de vijf pijlers"
_UITLEG_SCHATTING: Mapping[str, str] = {
    Schatting.GEWOGEN: "Gewogen: elke werkgeversorganisatie telt mee naar het aantal organisaties dat zij uitnodigde.",
    Schatting.GERAAKT: "Geraakt: daarnaast telt de branche of de omvang van wie antwoordde mee, zoals die bij alle "
    "uitgenodigden voorkomt.",
    Schatting.ONGEWOGEN: "Ongewogen: elk antwoord telt even zwaar, zoals in de gepubliceerde cijfers.",
}


@dataclass(frozen=True)
class Pijlerkeuze:
    """Everything the reader has chosen, with the questions that go with it."""

    groep: Groep
    jaar: str
    schatting: str
    vragen: Mapping[str, Vraag]
    ketens: Mapping[str, Mapping[str, Sequence[Vraag]]]


def show(merk: Kenmerk) -> None:
    """Show the five pijlers side by side, then one with its policy chain, then what organisations ask for."""
    onderdelen.page_head("Pijlers")
    jaren = enquete.jaren(merk)
    if not jaren:
        onderdelen.notice("Er zijn nog geen uitkomsten van de enquête.")
        return
    keuze = _choose(merk, jaren)
    getoond = [v for keten in keuze.ketens.values() for vragen in keten.values() for v in vragen]
    onderdelen.show(_facts(keuze))
    reden = enquete.reason_for_nothing(keuze.groep, keuze.vragen, getoond)
    if reden:
        onderdelen.notice(reden)
        if not keuze.vragen.keys() - {enquete.RESPONDENTEN, enquete.RESPONS}:
            _show_empty(merk, keuze, reden)
    else:
        _show_comparison(keuze, getoond)
        _show_chain(merk, keuze)
    pijler_oordeel.show(merk, keuze.groep, keuze.vragen)


def _show_empty(merk: Kenmerk, keuze: Pijlerkeuze, reden: str) -> None:
    """Say what is missing of a group, and offer examples where there is anything to see in them.

    What was said already, that too few took part, would be said of the examples too.
    """
    groep = keuze.groep
    rijen = data.waarnemingen_van_groep(
        merk, groep.regio_code, groep.branche_code, groep.uitsplitsing, keuze.jaar, True
    )  # fmt: skip
    vragen = enquete.questions(data.indicatoren(merk), rijen, keuze.schatting)
    gevraagd = [v for v in vragen.values() if v.indicator.pijler]
    met_voorbeeld = enquete.reason_for_nothing(groep, vragen, gevraagd)
    if met_voorbeeld != reden:
        wat, waar = "De enquête over deze groep is niet geleverd.", None if met_voorbeeld else ""
        leeg.show(merk, wat, Niveau.WGO, enquete.RAPPORTCIJFER, regio=waar)


def _choose(merk: Kenmerk, jaren: Sequence[str]) -> Pijlerkeuze:
    with st.container(horizontal=True, gap="medium", key="rm-keuzes"):
        jaar = selectie.field("periode", "Jaar", jaren, jaren[0], lambda j: j).choose()
        groepen = enquete.groepen(merk, jaar)
        eerste = regiokeuze.coupled(merk, "groep", list(groepen), next(iter(groepen)), "Nederland")
        sleutel = (
            selectie.field("groep", "Groep", list(groepen), eerste, lambda g: groepen[g].label)
            .explained(
                "Nederland, één werkgeversorganisatie of één andere groep. Groepen worden niet gekruist: "
                "dan blijven er te weinig antwoorden over."
            )
            .choose()
        )
        groep = groepen[sleutel]
        rijen = data.waarnemingen_van_groep(
            merk, groep.regio_code, groep.branche_code, groep.uitsplitsing, jaar, selectie.met_voorbeeld()
        )
        schatting = _choose_estimate(rijen)
    vragen = enquete.questions(data.indicatoren(merk), rijen, schatting)
    ketens = {pijler: enquete.chain(vragen, pijler, SCHAKELS) for pijler in PIJLER_WOORD}
    return Pijlerkeuze(groep, jaar, schatting, vragen, ketens)


def _choose_estimate(rijen: Sequence[Waarneming]) -> str:
    """Let the reader choose how answers count, where anything was computed."""
    berekend = {rij.schatting for rij in rijen if rij.herkomst != Herkomst.GEPUBLICEERD}
    opties = [s for s in SCHATTINGEN if s in berekend]
    if not opties:
        return selectie.resolve("schatting", list(SCHATTINGEN), Schatting.GEWOGEN)
    uitleg = [_UITLEG_SCHATTING[s] for s in opties]
    return selectie.field("schatting", "Berekende cijfers", opties, opties[0], SCHATTINGEN.__getitem__,
                           soort="knoppen").explained(" ".join(uitleg)).choose()  # fmt: skip


def _facts(keuze: Pijlerkeuze) -> Html:
    """Return who answered and how they judge their WGO, in one line."""
    aantal = enquete.respondents(keuze.vragen)
    delen = []
    if aantal is not None:
        respons = keuze.vragen.get(enquete.RESPONS)
        deel = f" (respons {pijlerwoorden.figure(respons.cijfer.beste)})" if respons else ""
        woord = "organisatie deed" if aantal == 1 else "organisaties deden"
        delen.append(tag("li", tag("strong", getal(aantal)), f" {woord} mee{deel}"))
    oordeel = keuze.vragen.get(enquete.RAPPORTCIJFER)
    if oordeel is not None and "" in oordeel.antwoorden and oordeel.antwoorden[""].beste.waarde is not None:
        rij = oordeel.antwoorden[""].beste
        stempel = [" ", tag("strong", VOORBEELD, klasse="rm-klein-stempel")] if rij.is_voorbeeld else []
        delen.append(
            tag("li", tag("strong", pijlerwoorden.figure(rij, "cijfer")), " rapportcijfer voor de "
                "werkgeversorganisatie", *stempel)
        )  # fmt: skip
    delen.append(tag("li", f"Enquête over {keuze.jaar}"))
    return tag("ul", join(delen), klasse="rm-feiten")


def _show_comparison(keuze: Pijlerkeuze, getoond: Sequence[Vraag]) -> None:
    st.header(pijlers.comparison_title(keuze.groep, keuze.ketens), anchor=False)
    toppen = [top for keten in keuze.ketens.values() for v in keten.values() if (top := enquete.leading(v)) is not None]
    wat = "De uitkomst die het vaakst is genoemd, in procent van de organisaties die de vraag kregen (n)."
    lezen = "Elke lijn loopt van 0% tot 100%. Elke vraag heeft een eigen groep: lees ze niet als ranglijst."
    # One piece of HTML: the browser draws each piece apart, and a filter should feel immediate.
    beeld = pijlerbeeld.comparison(keuze.ketens, selectie.wijzer())
    if not toppen:
        onderdelen.show(beeld)
        pijler_oordeel.show_table(_ALLES, getoond, "pijlers", keuze.groep)
        return
    _show_parts(
        tag("p", wat, klasse="rm-onder"),
        beeld,
        pijlerbeeld.legend(toppen, SCHATTINGEN[keuze.schatting].lower(), met_anderen=True),
        tag("p", lezen, klasse="rm-bron"),
        selectie.wijzer().source(_rows(getoond), getoond[0].indicator),
    )
    downloads.drawing_buttons(
        *pijlertekening.picture(
            f"pijlers_{pijler_oordeel.file_part(keuze.groep)}",
            pijlers.comparison_title(keuze.groep, keuze.ketens),
            f"{wat} Enquête over {keuze.jaar}, {keuze.groep.label}. Lees de lijnen niet als ranglijst. "
            f"{pijlerwoorden.no_top_note(keuze.ketens)}".strip(),
            pijlertekening.comparison_lines(keuze.ketens, selectie.wijzer()),
            _rows(getoond),
        ),
        "pijlers",
    )
    pijler_oordeel.show_table(_ALLES, getoond, "pijlers", keuze.groep)


def _show_chain(merk: Kenmerk, keuze: Pijlerkeuze) -> None:
    st.header("Eén pijler van dichtbij", anchor=False)
    pijler = selectie.field(
        "pijler", "Pijler", list(PIJLER_WOORD), "basis", pijlers.short_name, soort="knoppen"
    ).choose()
    keten = keuze.ketens[pijler]
    vragen = [v for lijst in keten.values() for v in lijst]
    st.subheader(pijlers.chain_title(pijler, keten), anchor=False)
    uitleg = f"In procent, enquête over {keuze.jaar}, {keuze.groep.label}."
    if any(r.onder is not None for v in vragen for r in v.rijen):
        uitleg += " De balk om een punt geeft de onzekerheid: met 95% zekerheid ligt het aandeel daarbinnen."
    stappen = [pijlerbeeld.step(1, pijlers.ACTIVITEITEN, _activities(merk, keuze, pijler))]
    populaties, getoetst = enquetecijfers.populaties(merk), data.verschillen(merk)
    for nummer, (schakel, lijst) in enumerate(keten.items(), start=2):
        regels = pijlerbeeld.questions(lijst, keuze.groep, populaties, getoetst, selectie.wijzer())
        inhoud = regels or [tag("p", "Hierover is geen cijfer.")]
        stappen.append(pijlerbeeld.step(nummer, schakel, inhoud))
    _show_parts(
        tag("p", uitleg, klasse="rm-onder"),
        pijlerbeeld.legend(vragen, SCHATTINGEN[keuze.schatting].lower()),
        _beside(pijlerbeeld.policy_chain(pijler, stappen, vragen), _told(merk, keuze, pijler)),
        *([tag("p", verschillen.UITLEG, klasse="rm-bron")] if _is_tested(getoetst, vragen) else []),
        _notes(vragen, keuze.groep),
        *([selectie.wijzer().source(_rows(vragen), vragen[0].indicator)] if vragen else []),
    )
    if vragen:
        downloads.drawing_buttons(
            *pijlertekening.picture(
                f"pijler_{pijler}_{pijler_oordeel.file_part(keuze.groep)}",
                pijlers.chain_title(pijler, keten),
                uitleg,
                pijlertekening.chain_lines(keten),
                _rows(vragen),
            ),
            "pijler",
        )
        pijler_oordeel.show_table(PIJLER_WOORD[pijler], vragen, f"pijler_{pijler}", keuze.groep)
    _show_stories(merk, keuze, pijler)
    pijler_oordeel.show_open([v for v in keuze.vragen.values() if v.indicator.pijler == pijler])


def _told(merk: Kenmerk, keuze: Pijlerkeuze, pijler: str) -> list[Verhaal]:
    """Return the stories of a pijler that go with the chosen group: those of a WGO and its regions, or all."""
    codes: set[str] = set()
    if keuze.groep.soort == Niveau.WGO:
        dag = data.publicatie(merk).gemaakt_op.date()
        codes = {keuze.groep.regio_code, *regiogegevens.members(merk, keuze.groep.regio_code, dag)}
    return verhalen.of_pijler(verhaalrijen.alle(merk), pijler, codes)


def _beside(tellen: Html, verteld: Sequence[Verhaal]) -> Html:
    """Return the figures with a few stories beside them; only the figures where nothing is told."""
    if not verteld:
        leeg = "Bij deze pijler zijn nog geen verhalen geleverd (bron verhalen)."
        return join([tellen, tag("p", leeg, klasse="rm-bron")])
    kop = tag("h3", "Vertellen: wat hierover is gehoord")
    lijst = verhaalbeeld.folded(verhalen.choose(verteld, _VERHALEN), data.regios(data.kenmerk()), open_=1)
    return tag("div", tellen, tag("aside", kop, lijst, klasse="rm-vertellen"), klasse="rm-naast")


def _show_stories(merk: Kenmerk, keuze: Pijlerkeuze, pijler: str) -> None:
    """Show all stories of the pijler, once the reader opens them."""
    verteld = _told(merk, keuze, pijler)
    if not verteld:
        return
    regios = data.regios(merk)
    kolommen = ("Titel", "Soort", "Regio", "Wat er is verteld", "Wie en waar")
    rijen = [
        (
            v.titel,
            verhalen.SOORTEN.get(v.soort, v.soort),
            regios[v.regio_code].naam if v.regio_code in regios else "",
            woorden.plainly(v.samenvatting),
            verhalen.voice(v),
        )
        for v in verteld
    ]
    onderdelen.show_table(
        Tabelvak(
            f"alle {len(verteld)} verhalen bij {pijlers.short_name(pijler).lower()}", kolommen, rijen, vak="verhalen"
        ),
        Download(f"verhalen_{pijler}", kolommen, lambda: rijen),
    )


def _is_tested(getoetst: Sequence[Verschil], vragen: Sequence[Vraag]) -> bool:
    return any(pijlerbeeld.verdicts(vraag, getoetst) for vraag in vragen)


def _show_parts(*delen: Html) -> None:
    onderdelen.show(tag("div", *delen, klasse="rm-delen"))


def _activities(merk: Kenmerk, keuze: Pijlerkeuze, pijler: str) -> list[Html]:
    """Return the delivered activities of one pijler; else what the nulmeting says, and that no more is known."""
    if keuze.groep.soort not in (Niveau.LAND, Niveau.WGO):
        return [tag("p", "Activiteiten zijn alleen per werkgeversorganisatie bekend, niet voor deze groep.")]
    geleverd = [
        rij
        for rij in enquetecijfers.activiteiten(merk, keuze.jaar).rijen
        if rij[0] == pijler and keuze.groep.regio_code in (rij[1], LAND)
    ]
    if geleverd:
        aantal = sum(int(rij[3]) for rij in geleverd)
        return [tag("p", tag("strong", getal(aantal)), " activiteiten geleverd in deze pijler.")]
    delen = [tag("p", "De activiteiten van deze pijler zijn niet geleverd.")]
    telling = data.waarnemingen(merk, pijlers.ACTIVITEITEN, selectie.met_voorbeeld())
    per_wgo = next((r for r in telling if r.periode == keuze.jaar and r.uitsplitsing == "per=wgo"), None)
    if per_wgo is not None:
        zin = f"De nulmeting telt ongeveer {zinnen.figure(per_wgo, 'aantal')} "
        indicator = data.indicatoren(merk)[pijlers.ACTIVITEITEN]
        verwijzing = selectie.wijzer().evidence("projecten per werkgeversorganisatie", indicator)
        delen.append(tag("p", zin, verwijzing, ", over alle pijlers samen."))
    return delen


def _notes(vragen: Sequence[Vraag], groep: Groep) -> Html:
    """Return what a definition says about the national base, and why figures are missing or uncertain."""
    noten: dict[str, list[str]] = {}
    for vraag in vragen:
        if vraag.indicator.definitie and groep.soort == Niveau.LAND:
            noten.setdefault(vraag.indicator.definitie, []).append(vraag.indicator.titel)
    regels = [tag("li", tag("strong", f"{opsomming(titels)}: "), tekst) for tekst, titels in noten.items()]
    regels += [tag("li", tekst) for tekst in bijschriften.status_texts(_rows(vragen))]
    return tag("ul", join(regels), klasse="rm-noten") if regels else Html()


def _rows(vragen: Iterable[Vraag]) -> list[Waarneming]:
    return [rij for vraag in vragen for rij in vraag.rijen]
