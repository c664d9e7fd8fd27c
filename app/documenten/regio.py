"""The dossier of one region as a document: everything a talk is prepared with, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.documenten import leden
from app.documenten.blokken import Alinea, Blok, Dia, Document, Grafiek, Kaart, Kop, Lijstblok, Tabelblok
from app.documenten.commissie import VERTROUWELIJK, Notities, chapter, signals, slides
from app.documenten.dias import SIGNAAL_TITEL, region_slides
from app.documenten.grafieken import charts
from app.documenten.kaarten import regional_map
from app.lezen import data
from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel import bijschriften
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.oordeel.gesprek.dossier import STAANDE_MELDING, Bronvermelding, Dossier, Dossiercijfer
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.overzicht import verhalen
from app.oordeel.overzicht.portret import portrait
from app.oordeel.programma import ambities
from app.oordeel.reeksen import latest
from app.taal.opmaak import datum, hoofdletter, telling
from pipelines.afspraken.codelijsten import LAND, Niveau

CONCEPT = "Concept: deze publicatie is niet vrijgegeven. Deel er niets uit."
TOEN = "Zoals bekend op {}: dit is niet de nieuwste publicatie. Wat nu verborgen is, is het hier ook."
_LANDELIJKE_MELDING = (
    "VOORBEELD: in dit document staan ook verzonnen cijfers, omdat de echte nog niet geleverd zijn. Zij dragen steeds "
    "het woord VOORBEELD."
)
ALLEEN_ECHT = "Alleen geleverde en gepubliceerde cijfers, geen voorbeelddata"
_KORT, _HEEL = 12, 16
_VERHALEN = 3


def region_document(
    merk: Kenmerk,
    regio_code: str,
    *,
    kort: bool = False,
    voorbeeld: bool = False,
    notities: Notities | None = None,
) -> Document:
    """Return the dossier of a region; the short one holds the key figures and what they rest on.

    What the committee wrote down is in it only where it is given.
    """
    alles = dossier.build_dossier(merk, regio_code, voorbeeld=voorbeeld)
    if notities is not None:
        alles = dossier.with_signals(alles, signals(notities))
    gegevens = gespreksgegevens.collect(merk, regio_code, voorbeeld)
    blokken: list[Blok] = [Kop("Samenvatting"), *summary(alles, gegevens)]
    blokken += figures(merk, alles, gegevens, kort=kort)
    van_leden = leden.Leden() if kort else leden.of_wgo(merk, alles.regio)
    blokken += leden.blocks(van_leden)
    if not kort:
        blokken += [*_signals(alles), *plans(alles), *stories(alles.verhalen[:_VERHALEN], alles.regio.naam)]
    if notities is not None:
        blokken += chapter(notities)
    gebruikt = [*used(alles, blokken, kort=kort), *van_leden.rijen]
    blokken += sources(dossier.sources_of(gegevens, gebruikt), alles.rijen)
    regels = [f"Werkgeversorganisatie: {alles.wgo.naam}"] if alles.wgo else []
    regels += [] if voorbeeld else [ALLEEN_ECHT]
    soort = "Kerncijfers" if kort else "Dossier voor het voortgangsgesprek"
    *dias, bronnen = region_slides(alles, gegevens)
    van_commissie = slides(alles.regio.naam, notities) if notities is not None else []
    document = frame(alles, soort, regels, blokken, (*dias, *van_commissie, bronnen))
    return replace(document, vertrouwelijk=VERTROUWELIJK) if notities is not None else document


def frame(
    alles: Dossier, soort: str, regels: Sequence[str], blokken: Iterable[Blok], dias: tuple[Dia, ...]
) -> Document:
    """Return the blocks as a document of this region and publication, with the standing notice where it belongs."""
    gegevens, inhoud = alles.publicatie, tuple(blokken)
    heeft_voorbeeld = alles.heeft_voorbeeld or any(blok.is_voorbeeld for blok in inhoud)
    melding = STAANDE_MELDING if alles.regio.regio_code != LAND else _LANDELIJKE_MELDING
    return Document(
        soort=soort,
        titel=alles.regio.naam,
        regels=(
            *regels,
            f"Publicatie {gegevens.publicatie_id}, {datum(gegevens.gemaakt_op)}",
            *([TOEN.format(datum(gegevens.gemaakt_op))] if gegevens.nu else []),
            *([CONCEPT] if gegevens.is_concept else []),
        ),
        melding=melding if heeft_voorbeeld else "",
        publicatie_id=gegevens.publicatie_id,
        gemaakt_op=gegevens.gemaakt_op,
        publicatie=gegevens.tekst,
        blokken=inhoud,
        dias=dias,
    )


def summary(alles: Dossier, gegevens: Regiogegevens) -> Iterator[Blok]:
    """Yield what is known in a few sentences, what the talk is about, and the questions that follow from it."""
    if zinnen := portrait(alles, gegevens):
        yield Alinea(" ".join(zinnen))
    # What it means that there is none stands in the chapter itself.
    stil = (f"{hoofdletter(dossier.signal_title((), alles.toetsing))}.", *filter(None, [alles.ambitiezin]))
    yield Lijstblok(alles.kern if alles.signalen else stil)
    if alles.vragen:
        yield Kop("Vragen om te stellen", 2)
        yield Lijstblok(alles.vragen)


def figures(merk: Kenmerk, alles: Dossier, gegevens: Regiogegevens, *, kort: bool) -> Iterator[Blok]:
    """Yield the map, the charts, and the table of the figures that matter most, with a count of the others."""
    yield Kop("Cijfers")
    if not alles.cijfers:
        yield Alinea(f"Van {alles.regio.naam} zijn er in deze publicatie geen cijfers.")
        return
    yield from regional_map(merk, alles.regio)
    yield from charts(alles.cijfers, gegevens)
    cijfers = shown(alles, kort=kort)
    if cijfers:
        van = dossier.whose(alles.regio.naam, cijfers)
        yield figure_table(alles, cijfers, f"Kerncijfers van {van}: het nieuwste van elk")
    yield from _left_out(alles, len(cijfers))


def shown(alles: Dossier, *, kort: bool) -> tuple[Dossiercijfer, ...]:
    """Return the figures that stand in the table, in the order of the page."""
    gekozen = dossier.first_figures(alles.cijfers, _KORT if kort else _HEEL)
    return tuple(c for c in alles.cijfers if c in gekozen)


def _left_out(alles: Dossier, getoond: int) -> Iterator[Alinea]:
    """Count what is not in the table, and say where it is."""
    leeg = sum(c.rij.waarde is None for c in alles.cijfers)
    rest = len(alles.cijfers) - leeg - getoond
    delen = [f"nog {telling(rest, 'cijfer', 'cijfers')}"] if rest else []
    delen += [f"{telling(leeg, 'cijfer', 'cijfers')} zonder waarde (niet geleverd of niet te tonen)"] if leeg else []
    if delen:
        waar = "Voortgangsgesprek en Open data" if alles.regio.niveau == Niveau.ARBEIDSMARKTREGIO else "Open data"
        yield Alinea(f"Niet in deze tabel: {' en '.join(delen)}. Ze staan in de monitor, bij {waar}.", "klein")


def figure_table(alles: Dossier, cijfers: Sequence[Dossiercijfer], bijschrift: str) -> Tabelblok:
    """Return figures as a table; the country beside itself would say everything twice."""
    koppen = tuple(alles.regio.naam if kop == "Regio" else kop for kop in dossier.CIJFER_KOPPEN)
    is_land = alles.regio.regio_code == LAND
    kolommen = [i for i in range(len(koppen)) if not (is_land and koppen[i] == "Nederland" and i == 3)]
    return Tabelblok(
        bijschrift,
        tuple(koppen[i] for i in kolommen),
        tuple(tuple(rij[i] for i in kolommen) for rij in dossier.figure_rows(cijfers)),
        tuple((24, 19, 18, 18, 22)[i] for i in kolommen),
        any(c.is_voorbeeld for c in cijfers),
    )


def _signals(alles: Dossier) -> Iterator[Blok]:
    yield Kop("Signalen")
    if not alles.signalen:
        yield Alinea(dossier.silence(alles.toetsing))
    for nummer, signaal in enumerate(alles.signalen, 1):
        yield Kop(f"{nummer}. {SIGNAAL_TITEL[signaal.regel_id]}", 2)
        yield Alinea(signaal.zin)
        bewijs = tuple(f"{b.tekst} (bron: {b.bron})" if b.bron else b.tekst for b in signaal.bewijs)
        yield Lijstblok(bewijs)
        yield Alinea(f"Vraag: {signaal.vraag}", "vet")


def plans(alles: Dossier) -> Iterator[Blok]:
    """Yield ambitions, actions and programmes; what was not delivered is said, never filled in."""
    naam = alles.regio.naam
    yield Kop("Ambities en acties")
    if not (alles.ambities or alles.acties or alles.programmas):
        wat = "ambities, acties of bereik van SectorplanPlus en Sterk in je Werk"
        yield Alinea(f"Van {naam} zijn nog geen {wat} aangeleverd.")
        return
    yield Kop("Ambities: wat is ervan terechtgekomen?", 2)
    if alles.ambities:
        yield Tabelblok(f"Ambities van {naam}", dossier.AMBITIE_KOPPEN, tuple(dossier.ambition_rows(alles.ambities)),
                    (5, 4, 4, 5, 4, 5, 4))  # fmt: skip
    else:
        yield Alinea(f"Van {naam} zijn nog geen ambities aangeleverd.")
    yield Kop("Acties: wat is er sinds de start te zien?", 2)
    if alles.acties:
        yield Alinea(ambities.GEEN_OORZAAK)
        yield Tabelblok(f"Acties van {naam}", dossier.ACTIE_KOPPEN, tuple(dossier.action_rows(alles.acties)),
                    (6, 3, 4, 4, 4, 3, 5))  # fmt: skip
    else:
        yield Alinea(f"Van {naam} zijn nog geen acties aangeleverd.")
    yield Kop("SectorplanPlus en Sterk in je Werk", 2)
    if alles.programmas:
        teksten = tuple(f"{p.naam}: {p.tekst}. Bron: {p.rij.bron}." for p in alles.programmas)
        yield Lijstblok(teksten, any(p.rij.is_voorbeeld for p in alles.programmas))
    else:
        yield Alinea(f"Van {naam} is nog geen bereik van deze programma's aangeleverd.")


def stories(gekozen: Sequence[Verhaal], naam: str) -> Iterator[Blok]:
    """Yield the stories with who tells them and where it is written."""
    yield Kop("Verhalen: wat werd gehoord en wat werkte")
    if not gekozen:
        yield Alinea(f"Uit {naam} is nog geen verhaal geleverd.")
    for verhaal in gekozen:
        yield Kop(f"{verhalen.SOORTEN.get(verhaal.soort, verhaal.soort)}: {verhaal.titel}", 2)
        yield Alinea(verhaal.samenvatting)
        yield Alinea(verhalen.voice(verhaal), "klein")


def used(alles: Dossier, blokken: Iterable[Blok], *, kort: bool) -> list[Waarneming]:
    """Return the figures that the document rests on: of its table, map and charts, and of all that it says in words.

    Of a chart the newest of each line: where the earlier ones are from stands in its picture.
    """
    rijen = [r for c in shown(alles, kort=kort) for r in (c.rij, c.land)]
    for blok in blokken:
        if isinstance(blok, Kaart):
            rijen += blok.rijen
        elif isinstance(blok, Grafiek):
            rijen += [latest(lijn.rijen) for lijn in blok.lijnen]
    if not kort:
        rijen += [b.rij for s in alles.signalen for b in s.bewijs]
        rijen += [a.rij for a in alles.ambities] + [p.rij for p in alles.programmas]
        rijen += [a.waargenomen.tot for a in alles.acties if a.waargenomen is not None]
    return [r for r in rijen if r is not None]


def sources(bronnen: Sequence[Bronvermelding], rijen: Iterable[Waarneming]) -> Iterator[Blok]:
    """Yield, at the back, per indicator its definition and its sources, and why figures may be missing."""
    yield Kop("Bronnen")
    # First, so that no sheet is left with these words alone.
    yield Alinea("De volledige definitie van elk cijfer staat op zijn pagina in de monitor. Cijfers van het CBS vallen "
                 "onder de licentie CC BY 4.0.", "klein")  # fmt: skip
    if bronnen:
        velden = tuple((b.titel, b.vraag, "; ".join(b.bronnen)) for b in bronnen)
        bijschrift, koppen = "Wat elk cijfer is en waar het vandaan komt", ("Cijfer", "Vraag", "Bronnen")
        yield Tabelblok(bijschrift, koppen, velden, (4, 6, 9), any(b.is_voorbeeld for b in bronnen))
    if statussen := bijschriften.status_texts(rijen):
        yield Kop("Waarom een cijfer ontbreekt of onzeker is", 2)
        yield Lijstblok(tuple(statussen))


def region_names(merk: Kenmerk) -> dict[str, str]:
    """Return the name of each arbeidsmarktregio by code."""
    return {code: r.naam for code, r in data.regios(merk).items() if r.niveau == Niveau.ARBEIDSMARKTREGIO}
