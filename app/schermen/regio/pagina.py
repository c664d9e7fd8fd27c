"""Mijn regio: how are we doing against Nederland and against regions like ours?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from app.beeld import stijl
from app.beeld.markup import join, tag
from app.beeld.onderwerp import regiobeeld
from app.beeld.plaatje import Plaatje, Teken
from app.beeld.tekening import pagina, pixels
from app.beeld.tekening.vakken import Tekening
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.onderwerp.regiogegevens import Gelijkende
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import benaming, bijschriften
from app.oordeel.overzicht import regiokern
from app.oordeel.overzicht.regiokern import Regiokern
from app.raam.keuze import regiokeuze, selectie
from app.raam.meenemen import documentknoppen, downloads
from app.raam.meenemen.downloads import Download
from app.raam.vakken import leeg, onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.schermen.regio import kerntabel, meer, verhalen, verloop
from app.taal.opmaak import NIVEAU_KORT, NIVEAU_KORT_MEER, datum, getal, hoofdletter, opsomming, waarde_tekst
from pipelines.afspraken.codelijsten import Herkomst, Niveau

PAGINA = "regio"


@dataclass(frozen=True)
class Regiokeuze:
    """The chosen region, the regions it holds now, and the ones like it."""

    regio: Regio
    leden: tuple[str, ...]
    gelijkende: tuple[Gelijkende, ...]
    voorbeeld: bool


def show(merk: Kenmerk) -> None:
    """Show one region: six key figures beside others, one figure up close, effects, plans, stories, changes, gaps."""
    onderdelen.page_head("Mijn regio")
    keuze = _choose(merk)

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, keuze.voorbeeld)

    alle = regiokern.collect(
        data.indicatoren(merk),
        haal,
        keuze.regio,
        {g.regio_code for g in keuze.gelijkende},
        data.regios(merk).values(),
        regiogegevens.indicatoren_van(merk, keuze.regio.regio_code, False),
    )
    kernen = alle[: regiokern.AANTAL]
    st.header(regiokern.title(keuze.regio, kernen), anchor=False)
    _show_identity(merk, keuze)
    tekening = regiobeeld.draw(kernen, selectie.wijzer())
    kaarten = tag("div", pagina.as_html(tekening), klasse="rm-regiokern")
    onderdelen.show(tag("div", kaarten, _legend(keuze), klasse="rm-delen"))
    _show_lacking(merk, keuze, kernen)
    _offer_picture(keuze, kernen, tekening)
    documentknoppen.offer_factsheet(merk, keuze.regio.regio_code)
    kerntabel.show(merk, keuze.regio, [k for k in alle if k.is_echt or k in kernen])
    _show_alike(merk, keuze)
    verloop.show(merk, keuze.regio, [g.regio_code for g in keuze.gelijkende], keuze.voorbeeld)
    meer.show_effects(merk, keuze.regio, keuze.voorbeeld)
    meer.show_plans(merk, keuze.regio, keuze.leden, haal)
    if keuze.leden:
        onderdelen.page_link("knoppen", "Wat zouden de knoppen hier kunnen schelen?", regio=keuze.regio.regio_code)
    verhalen.show(merk, keuze.regio, keuze.leden)
    meer.show_changes(merk, keuze.regio)
    meer.show_missing(merk, keuze.regio)


def _show_lacking(merk: Kenmerk, keuze: Regiokeuze, kernen: Sequence[Regiokern]) -> None:
    """Say of which key figures there is nothing, who could deliver them, and where to see examples."""
    zonder = [kern.indicator for kern in kernen if kern.rij is None]
    if zonder:
        titels = opsomming([benaming.in_sentence(indicator.titel) for indicator in zonder])
        wat = f"Over {titels} is er voor {keuze.regio.naam} nog geen echt cijfer."
        namen = [indicator.indicator_id for indicator in zonder]
        leeg.show(merk, wat, keuze.regio.niveau, *namen, regio=keuze.regio.regio_code)


def _offer_picture(keuze: Regiokeuze, kernen: Sequence[Regiokern], tekening: Tekening) -> None:
    """Offer the cards as one picture."""
    eigen = [kern.rij for kern in kernen if kern.rij is not None]
    if not eigen:
        return
    rijen = [r for kern in kernen for r in kern.rijen]
    delen = {
        keuze.regio.naam: eigen,
        "Nederland": [kern.land for kern in kernen if kern.land is not None],
        "regio's zoals deze": [r for kern in kernen for r in kern.gelijk],
    }
    tekens = [Teken("punt", stijl.LICHT.reeksen[0], keuze.regio.naam), Teken("ruit", stijl.LICHT.inkt, "Nederland")]
    if delen["regio's zoals deze"]:
        tekens.append(Teken("vlak", pixels.BAND, "regio's zoals deze"))
    if any(r.is_voorbeeld for r in delen["regio's zoals deze"]):
        tekens.append(pixels.VERZONNEN)
    titel = regiokern.title(keuze.regio, kernen)
    downloads.drawing_buttons(
        Plaatje(
            bestand=f"kerncijfers_{keuze.regio.regio_code}",
            titel=titel,
            onder="Elke lijn loopt van de laagste tot de hoogste waarde. Lees haar niet als ranglijst.",
            bron=bijschriften.all_sources(rijen),
            voorbeeld=bijschriften.example_sentence(delen),
            tekens=tuple(tekens),
        ),
        lambda: tekening,
        f"Een kaartje per kerncijfer. {titel}. De tabel eronder heeft dezelfde cijfers.",
        "kerncijfers",
    )


def _choose(merk: Kenmerk) -> Regiokeuze:
    vandaag = data.publicatie(merk).gemaakt_op.date()
    opties = _areas(merk)
    gebied = regiokeuze.field(merk, "Werkgeversorganisatie of regio", opties, opties[0], lambda c: _label(merk, c))
    gebied.show()
    # In the address too where it is the usual one: who comes back finds the same, whatever was chosen since.
    selectie.write_down("regio", gebied.waarde)
    code = gebied.waarde
    voorbeeld = selectie.met_voorbeeld()
    leden = regiogegevens.members(merk, code, vandaag)
    return Regiokeuze(data.regios(merk)[code], leden, regiogegevens.gelijkende(merk, code), voorbeeld)


def _areas(merk: Kenmerk) -> list[str]:
    """Return the areas to choose from: WGO's of today, those that only older figures know, and the 28 regions."""
    alle = data.regios(merk)
    wgos = [code for code, r in alle.items() if r.niveau == Niveau.WGO]
    nu = [code for code in wgos if alle[code].geldig_tot is None]
    eerder = [code for code in wgos if code not in nu and code in regiogegevens.wgos_met_cijfers(merk)]
    return [*nu, *eerder, *(code for code, r in alle.items() if r.niveau == Niveau.ARBEIDSMARKTREGIO)]


def _label(merk: Kenmerk, code: str) -> str:
    regio = data.regios(merk)[code]
    soort = hoofdletter(NIVEAU_KORT[regio.niveau])
    tot = f" (tot en met {datum(regio.geldig_tot)})" if regio.geldig_tot else ""
    return f"{soort}: {regio.naam}{tot}"


def _show_identity(merk: Kenmerk, keuze: Regiokeuze) -> None:
    alle, regio = data.regios(merk), keuze.regio
    vandaag = data.publicatie(merk).gemaakt_op.date()
    delen = [f"Heette eerder {regio.naam_eerder}."] if regio.naam_eerder else []
    if regio.niveau == Niveau.WGO:
        namen = [alle[code].naam for code in keuze.leden]
        delen.append(f"Regio's nu: {opsomming(namen)}." if namen else f"Bestond tot en met {datum(regio.geldig_tot)}.")
    else:
        wgo = alle.get(data.wgo_van_regio(merk, vandaag).get(regio.regio_code, ""))
        delen += [f"Werkgeversorganisatie: {wgo.naam}."] if wgo else []
    if keuze.gelijkende:
        zoals = opsomming([alle[g.regio_code].naam for g in keuze.gelijkende])
        delen.append(f"Het meest lijken op {regio.naam}: {zoals}. Vergeleken zijn het aantal werknemers, hoe stedelijk "
                     "het is en hoe zij over de branches zijn verdeeld.")  # fmt: skip
    onderdelen.show(tag("p", " ".join(delen), klasse="rm-bron"))


def _legend(keuze: Regiokeuze) -> object:
    soort = NIVEAU_KORT_MEER[keuze.regio.niveau]
    merken = [("rm-stip", keuze.regio.naam), ("rm-ruit", "Nederland")]
    merken += [("rm-marge", "regio's zoals deze, van laag naar hoog")] if keuze.gelijkende else []
    punten = [tag("li", tag("span", tag("i", klasse=klasse), klasse="rm-sleutel"), woord) for klasse, woord in merken]
    lezen = f"Elke lijn loopt van de laagste tot de hoogste waarde van alle {soort}. Lees haar niet als ranglijst."
    return join([tag("ul", join(punten), klasse="rm-legenda"), tag("p", lezen, klasse="rm-bron")])


def _show_alike(merk: Kenmerk, keuze: Regiokeuze) -> None:
    """Show on what the regions are like this one, or say why that is not known."""
    if not keuze.gelijkende:
        onderdelen.show(tag("p", _why_nobody_alike(keuze), klasse="rm-bron"))
        return
    namen = data.regios(merk)
    eigen = regiogegevens.kenmerk_van(merk, keuze.regio.regio_code)
    regels = [g for g in [eigen, *keuze.gelijkende] if g is not None]
    kolommen = ("Regio", "Werknemers", "Woont (zeer) sterk stedelijk", "Branches gelijk")
    rijen = [
        (
            namen[g.regio_code].naam,
            getal(g.werknemers),
            waarde_tekst(g.stedelijk, "aandeel", 0),
            waarde_tekst(g.branches_gelijk, "aandeel", 0),
        )
        for g in regels
    ]
    onderdelen.show_table(
        Tabelvak(
            f"waarom deze regio's op {keuze.regio.naam} lijken",
            kolommen,
            rijen,
            getallen=(1, 2, 3),
            vak="gelijkende",
        ),
        Download(
            f"gelijkende_regios_{keuze.regio.regio_code}",
            (*kolommen, "periode", "herkomst"),
            lambda: ((*rij, g.periode, Herkomst.LEVERING) for rij, g in zip(rijen, regels, strict=True)),
        ),
    )


def _why_nobody_alike(keuze: Regiokeuze) -> str:
    if keuze.regio.geldig_tot is not None:
        return "Deze werkgeversorganisatie bestaat niet meer en wordt daarom niet met andere vergeleken."
    return (
        "Welke regio's op deze lijken, is pas te zeggen met het aantal werknemers per regio en branche. Dat is nog "
        "niet geleverd; CBS kan het leveren (tabel werknemers)."
    )
