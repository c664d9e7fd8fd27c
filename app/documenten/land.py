"""The yearly programme monitor: what VWS and the Kamer read of the country, with the state of the regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documenten import programma
from app.documenten.blokken import Alinea, Blok, Document, Kop, Lijstblok, Tabelblok
from app.documenten.dias import national_slides
from app.documenten.regio import ALLEEN_ECHT, figures, frame, plans, sources, stories, used
from app.lezen import data
from app.lezen.data import Haal, Kenmerk, Waarneming
from app.oordeel import dekking, regiostaat, samenvatting, verhalen, zinnen
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.oordeel.gesprek.signaal import VOORBEELD
from app.oordeel.programma import budgetcijfers, koers, pijlers
from app.oordeel.programma.pijlers import Uitkomst
from app.taal.opmaak import PIJLER_WOORD, hoofdletter, periode_tekst
from pipelines.afspraken.codelijsten import LAND

_VERHALEN = 10


def national_document(merk: Kenmerk, *, kort: bool = False, alleen_echt: bool = False) -> Document:
    """Return the programme monitor; the short one holds the key figures and what they rest on."""

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, alleen_echt)

    alles = dossier.build_dossier(merk, LAND, alleen_echt=alleen_echt)
    gegevens = gespreksgegevens.collect(merk, LAND, alleen_echt)
    breuken = data.trendbreuken(merk)
    lijnen = koers.action_lines(data.indicatoren(merk), haal, breuken, data.doelen(merk))
    blokken: list[Blok] = [Kop("Samenvatting"), Alinea(f"{koers.summary(lijnen)}.", "vet")]
    blokken.append(Lijstblok(tuple(samenvatting.lead_sentences(haal, breuken))))
    if not kort:
        blokken += _verdicts(lijnen)
    blokken += figures(alles, gegevens, kort=kort)
    bronnen, rijen = used(alles), list(alles.rijen)
    if not kort:
        uitkomsten = _outcomes(merk, haal)
        blokken += [*_regions(merk, haal), *_pillars(uitkomsten), *programma.budget(merk, haal), *plans(alles)]
        blokken += programma.regional_plans(merk)
        blokken += stories(verhalen.choose(verhalen.alle(merk), _VERHALEN), alles.regio.naam)
        rijen += _further_rows(lijnen, uitkomsten, haal)
        bronnen = dossier.sources_of(gegevens, rijen)
    blokken += sources(bronnen, rijen)
    regels = [ALLEEN_ECHT] if alleen_echt else []
    soort = "Kerncijfers tussentijds" if kort else "Programmamonitor"
    return frame(alles, soort, regels, blokken, national_slides(alles, gegevens, lijnen))


def _further_rows(lijnen: Sequence[koers.Lijn], uitkomsten: Sequence[Uitkomst], haal: Haal) -> Iterator[Waarneming]:
    """Yield the figures of the chapters that are no key figures, so that their sources stand at the back too."""
    yield from (rij for lijn in lijnen for deel in lijn.delen for rij in deel.rijen)
    yield from (u.rij for u in uitkomsten)
    yield from (rij for rij in haal(dekking.INDICATOR) if rij.niveau == regiostaat.NIVEAU)
    budget = [rij for naam in budgetcijfers.INDICATOREN for rij in haal(naam)]
    nieuwste = budgetcijfers.years(budget)[:1]
    yield from (rij for rij in budget if rij.periode in nieuwste)


def _verdicts(lijnen: Sequence[koers.Lijn]) -> Iterator[Blok]:
    yield Kop("Is het programma op koers?")
    voorbeeld = [any(r.is_voorbeeld for r in deel.rijen) for lijn in lijnen for deel in lijn.delen]
    rijen = tuple(
        (lijn, cijfer, oordeel, hoofdletter(f"{bewijs.rstrip('.')} ({VOORBEELD})." if verzonnen else bewijs))
        for (lijn, cijfer, oordeel, bewijs), verzonnen in zip(koers.table_rows(lijnen), voorbeeld, strict=True)
    )
    yield Tabelblok("Oordeel per cijfer, met waar het op rust", ("Actielijn", "Cijfer", "Oordeel", "Bewijs"), rijen,
                (4, 4, 3, 8), any(voorbeeld))  # fmt: skip


def _regions(merk: Kenmerk, haal: Haal) -> Iterator[Blok]:
    """Yield the newest dekkingsgraad of each region, in the order of the codes: no league table."""
    indicator = data.indicatoren(merk)[dekking.INDICATOR]
    staten = regiostaat.collect(data.regios(merk), haal(dekking.INDICATOR), data.trendbreuken(merk))
    yield Kop("De regio's")
    if not any(s.laatste for s in staten):
        yield Alinea("Er zijn nog geen cijfers per regio.")
        return
    yield Alinea(f"{regiostaat.title(indicator, staten)}.")
    rijen = []
    for s in staten:
        rij = s.laatste
        stempel = f" ({VOORBEELD})" if rij and rij.is_voorbeeld else ""
        rijen.append((
            s.regio.naam,
            periode_tekst(rij.periode_naam, rij.peildatum) if rij else "",
            f"{zinnen.figure(rij, indicator.eenheid)}{stempel}" if rij else "geen cijfer",
            zinnen.change_line(s.stap, indicator.eenheid) if s.stap else "",
        ))  # fmt: skip
    yield Tabelblok(f"{indicator.titel} per regio", ("Regio", "Periode", "Cijfer", "Verandering"), tuple(rijen),
                (5, 6, 4, 6), any(s.laatste is not None and s.laatste.is_voorbeeld for s in staten))  # fmt: skip


def _outcomes(merk: Kenmerk, haal: Haal) -> list[Uitkomst]:
    """Return what organisations notice of the programme, in the order of pijler and schakel."""
    keten = pijlers.collect(data.indicatoren(merk), haal)
    return [u for schakels in keten.values() for lijst in schakels.values() for u in lijst]


def _pillars(uitkomsten: Sequence[Uitkomst]) -> Iterator[Blok]:
    yield Kop("Wat organisaties merken van het programma")
    if not uitkomsten:
        yield Alinea("Er zijn nog geen uitkomsten van de enquête.")
        return
    rijen = tuple(
        (
            PIJLER_WOORD[u.indicator.pijler],
            pijlers.SCHAKELS[u.indicator.schakel],
            u.indicator.titel,
            zinnen.figure(u.rij, "aandeel") + (f" ({VOORBEELD})" if u.rij.is_voorbeeld else ""),
            str(u.rij.n or ""),
        )
        for u in uitkomsten
    )
    yield Tabelblok("Uitkomsten per pijler; n is het aantal organisaties",
                ("Pijler", "Schakel", "Uitkomst", "Aandeel", "n"), rijen, (5, 3, 7, 4, 2),
                any(u.rij.is_voorbeeld for u in uitkomsten))  # fmt: skip
