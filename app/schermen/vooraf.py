"""Uw cijfers vóór publicatie: what one area sees of a publication that waits for release, and nothing of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from app.beeld.markup import table, tag
from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import eigen
from app.lezen.verschil.eigen import EigenCijfer, EigenLevering, Vooraf
from app.lezen.verschil.publicatieverschil import SOORTEN
from app.logboek.regel import Daad
from app.oordeel import zinnen
from app.oordeel.vergelijken.cijferwijziging import KOLOMMEN, largest, line
from app.raam.meenemen import later
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen, voet, voorafvak
from app.raam.vakken.onderdelen import Tabelvak
from app.raam.wie import lezer, vastleggen
from app.rollen.rechten import Recht
from app.taal.moment import moment_text
from app.taal.opmaak import (
    HERKOMST_WOORD,
    categorie_tekst,
    cijfer_tekst,
    datum,
    getal,
    hoofdletter,
    uitsplitsing_tekst,
)
from pipelines.afspraken.warehouse import concept

# The same words whether something waits that is of others, or nothing does.
_NIETS = (
    "Hier staat nu niets voor u. Wie de rol van een werkgeversorganisatie of regio heeft, ziet hier haar eigen cijfers "
    "zolang een nieuwe publicatie op vrijgave wacht."
)
_GROOTSTE = 5
_WIJZIGING = tuple("Wordt" if kolom == "Is nu" else kolom for kolom in KOLOMMEN)
_LEVERING = ("Levering", "Bron", "Leverancier", "Periode", "Ontvangen", "Uw rijen", "Telt mee", "Controles", "Kijk na")
_CIJFER = ("Wat", "Gebied", "Branche", "Periode", "Cijfer", "Herkomst")
_CIJFER_MEE = (
    "indicator_id", "categorie", "uitsplitsing", "regio_code", "branche_code", "periode", "schatting", "waarde",
    "waarde_tot", "n", "status", "herkomst", "levering_id",
)  # fmt: skip


def show(merk: Kenmerk) -> None:
    """Show what changes for the reader's own area, the deliveries behind it, and all its figures of the concept."""
    onderdelen.page_head("Uw cijfers vóór publicatie")
    klaar = voorafvak.waiting()
    if not klaar:
        onderdelen.notice(_NIETS)
        onderdelen.show(tag("p", voet.contact()))
        return
    code = _choose(merk, list(klaar))
    vooraf = eigen.read(data.pad().parent, klaar[code]) if lezer.may(Recht.EIGEN_CONCEPT, code) else None
    if vooraf is None:
        onderdelen.notice(_NIETS)
        return
    if waarom := vastleggen.why_unread(f"{vooraf.publicatie_id} {code}", Daad.EIGEN_CONCEPT_GEZIEN):
        onderdelen.notice(waarom)
        return
    naam, van = voorafvak.area_name(merk, code), later.Vooraf(vooraf.publicatie_id, code)
    _show_state(vooraf, naam)
    _show_changes(merk, vooraf, naam, van)
    _show_deliveries(vooraf, van)
    _show_figures(merk, vooraf, naam, van)
    _show_contact(vooraf)


def _choose(merk: Kenmerk, codes: Sequence[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    return st.selectbox("Van wie", codes, format_func=lambda code: voorafvak.area_name(merk, code), key="vooraf_wie")


def _show_state(vooraf: Vooraf, naam: str) -> None:
    klaar = concept.concepts(data.pad().parent).get(vooraf.publicatie_id)
    is_toegezegd = klaar is not None and klaar.vanaf is not None and klaar.vrijgegeven_door is not None
    wanneer = f"Zij komen vrij op {moment_text(klaar.vanaf)}." if klaar and klaar.vanaf and is_toegezegd else (
        "Wanneer zij vrijkomen, staat nog niet vast."
    )  # fmt: skip
    tekst = (
        f" De cijfers van {naam} zoals zij in de volgende publicatie komen ({vooraf.publicatie_id}, gemaakt op "
        f"{datum(vooraf.gemaakt_op)}). Zij zijn niet vrijgegeven: verspreid ze niet. {wanneer}"
    )
    with st.container(key="rm-vooraf"):
        onderdelen.show(tag("p", tag("strong", "Concept."), tekst, klasse="rm-melding", role="status"))
    onderdelen.show(
        tag("p", "U ziet alleen wat van uw gebied is. Wat in de publicatie verborgen wordt omdat een werkgever of mens "
            "herkenbaar zou zijn, is ook hier verborgen. Cijfers van Nederland en van anderen komen bij de vrijgave.",
            klasse="rm-onder")
    )  # fmt: skip


def _show_changes(merk: Kenmerk, vooraf: Vooraf, naam: str, van: later.Vooraf) -> None:
    st.header("Wat er verandert", anchor=False)
    if not vooraf.wijzigingen:
        onderdelen.notice("Niets: deze cijfers van u zijn gelijk aan die in de publicatie van nu.")
        return
    tellingen = Counter(w.soort for w in vooraf.wijzigingen)
    delen = [f"{getal(tellingen[soort])} keer {woord}" for soort, woord in SOORTEN.items() if tellingen[soort]]
    onderdelen.show(tag("p", f"Tegenover de publicatie van nu: {', '.join(delen)}."))
    if grootste := [line(merk, w) for w in largest(vooraf.wijzigingen, _GROOTSTE)]:
        kop = "De grootste verschillen" if len(grootste) < len(vooraf.wijzigingen) else "Wat een andere waarde krijgt"
        onderdelen.show(table(_WIJZIGING, grootste, bijschrift=kop, getallen=(5, 6)))
    rijen = [line(merk, w) for w in vooraf.wijzigingen]
    onderdelen.show_table(
        Tabelvak(f"wat er verandert voor {naam}", _WIJZIGING, rijen, getallen=(5, 6), vak="vooraf_wijzigingen"),
        Download(f"wijzigingen_{van.code}", _WIJZIGING, lambda: rijen, vooraf=van),
    )


def _show_deliveries(vooraf: Vooraf, van: later.Vooraf) -> None:
    st.header("De leveringen achter uw cijfers", anchor=False)
    rijen = [_delivery(levering) for levering in vooraf.leveringen]
    if rijen:
        onderdelen.show(
            tag("p", "Een levering telt alleen mee als elke rij alle controles doorkomt. 'Kijk na' noemt uw rijen die "
                "anders zijn gelezen dan zij er staan, of met een sprong die iemand bevestigde.", klasse="rm-onder")
        )  # fmt: skip
        onderdelen.show_table(
            Tabelvak("leveringen met rijen van uw gebied", _LEVERING, rijen, getallen=(5,), open_=True),
            Download(f"leveringen_{van.code}", _LEVERING, lambda: rijen, vooraf=van),
        )
    else:
        onderdelen.notice("In geen levering staan rijen van uw gebied; uw cijfers komen van elders.")
    for levering_id in vooraf.ingetrokken:
        onderdelen.notice(
            f"Levering {levering_id}, waar cijfers van nu van komen, is ingetrokken en telt niet meer mee."
        )


def _delivery(levering: EigenLevering) -> tuple[object, ...]:
    return (
        levering.levering_id.partition("/")[2], f"{levering.bron}: {levering.tabel.replace('_', ' ')}",
        levering.leverancier, levering.periode, datum(levering.ontvangen), getal(levering.rijen),
        _counts(levering), f"{getal(levering.controles)}, alle goed" if levering.controles else "",
        hoofdletter(levering.aandacht),
    )  # fmt: skip


def _counts(levering: EigenLevering) -> str:
    """Return whether these rows count, in words."""
    if levering.is_opzij:
        return "nee, liep vast bij verwerken"
    if not levering.rijen_gebruikt:
        return "nee, er is een latere"
    if levering.rijen_gebruikt < levering.rijen:
        return f"{getal(levering.rijen_gebruikt)} rijen; van de rest is er een latere"
    return "ja"


def _show_figures(merk: Kenmerk, vooraf: Vooraf, naam: str, van: later.Vooraf) -> None:
    st.header("Uw cijfers in dit concept", anchor=False)
    onderdelen.show(
        tag("p", "Dit zijn de cijfers die alleen op uw eigen gebied rusten. Wat ook van andere gebieden afhangt, komt "
            "bij de vrijgave: een cijfer uit een model, gewogen naar landelijke totalen of omgerekend uit een andere "
            "indeling.", klasse="rm-onder")
    )  # fmt: skip
    onderdelen.show_table(
        Tabelvak(f"cijfers van {naam}", _CIJFER, [_figure(merk, c) for c in vooraf.cijfers], getallen=(4,),
                 vak="vooraf_cijfers"),
        Download(f"cijfers_{van.code}", _CIJFER_MEE,
                 lambda: [tuple(getattr(c, kolom) for kolom in _CIJFER_MEE) for c in vooraf.cijfers], vooraf=van),
    )  # fmt: skip


def _figure(merk: Kenmerk, c: EigenCijfer) -> tuple[object, ...]:
    cijfers = bewijs.decimals(merk, c.indicator_id, c.categorie, c.uitsplitsing, c.herkomst)
    wat = (c.titel, categorie_tekst(c.categorie), uitsplitsing_tekst(c.uitsplitsing), c.schatting)
    branche = data.branches(merk).get(c.branche_code)
    eenheid = zinnen.unit_of_part(c.eenheid, c.categorie)
    return (
        ", ".join(filter(None, wat)), voorafvak.area_name(merk, c.regio_code),
        branche.naam_kort if branche else c.branche_code, c.periode_naam,
        cijfer_tekst(c.waarde, eenheid, c.status, waarde_tot=c.waarde_tot, cijfers=cijfers),
        HERKOMST_WOORD.get(c.herkomst, c.herkomst),
    )  # fmt: skip


def _show_contact(vooraf: Vooraf) -> None:
    st.header("Klopt er iets niet?", anchor=False)
    onderdelen.show(
        tag("p", f"Meld het vóór de vrijgave, en noem concept {vooraf.publicatie_id}, de levering en de regel uit de "
            "tabel. Leverde u zelf, lever dan een nieuwe versie aan; er komt dan een nieuw concept. ", voet.contact())
    )  # fmt: skip
