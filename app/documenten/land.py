"""The yearly programme monitor: what VWS and the Kamer read of the country, with the state of the regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documenten import programma
from app.documenten.blokken import Alinea, Blok, Document, Kop, Lijstblok, Tabelblok
from app.documenten.dias import national_slides
from app.documenten.regio import ALLEEN_ECHT, figures, frame, plans, sources, stories, used
from app.lezen import data
from app.lezen.onderwerp import verhaalrijen
from app.lezen.rijen import Haal, Kenmerk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.oordeel.overzicht import regiostaat, samenvatting, verhalen
from app.oordeel.programma import budgetcijfers, koers, pijlers
from app.oordeel.programma.pijlers import Uitkomst
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import PIJLER_WOORD, hoofdletter, telling
from pipelines.afspraken.codelijsten import LAND

_VERHALEN = 10


def national_document(merk: Kenmerk, *, kort: bool = False, voorbeeld: bool = False) -> Document:
    """Return the programme monitor; the short one holds the key figures and what they rest on.

    Of the country everything is real; with `voorbeeld` the table of regions may hold what is made up.
    """

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, False)

    alles = dossier.build_dossier(merk, LAND)
    gegevens = gespreksgegevens.collect(merk, LAND)
    breuken = data.trendbreuken(merk)
    lijnen = koers.action_lines(data.indicatoren(merk), haal, breuken, data.doelen(merk))
    blokken: list[Blok] = [Kop("Samenvatting"), Alinea(f"{koers.summary(lijnen)}.", "vet")]
    blokken.append(Lijstblok(tuple(samenvatting.lead_sentences(haal, breuken))))
    if not kort:
        blokken += _verdicts(lijnen)
    blokken += figures(merk, alles, gegevens, kort=kort)
    bronnen, rijen = dossier.sources_of(gegevens, used(alles, blokken, kort=True)), list(alles.rijen)
    if not kort:
        uitkomsten = _outcomes(merk, haal)
        blokken += [*_regions(merk, voorbeeld), *_pillars(uitkomsten), *programma.budget(merk, haal), *plans(alles)]
        blokken += programma.regional_plans(merk)
        blokken += stories(verhalen.choose(verhaalrijen.alle(merk), _VERHALEN), alles.regio.naam)
        rijen += [*_further_rows(lijnen, uitkomsten, haal), *_rows_of_regions(merk)]
        bronnen = dossier.sources_of(gegevens, rijen)
    blokken += sources(bronnen, rijen)
    regels = [] if voorbeeld else [ALLEEN_ECHT]
    soort = "Kerncijfers tussentijds" if kort else "Programmamonitor"
    return frame(alles, soort, regels, blokken, national_slides(alles, gegevens, lijnen))


def _further_rows(
    lijnen: Sequence[koers.Koerslijn], uitkomsten: Sequence[Uitkomst], haal: Haal
) -> Iterator[Waarneming]:
    """Yield the figures of the chapters that are no key figures, so that their sources stand at the back too."""
    yield from (rij for lijn in lijnen for deel in lijn.delen for rij in deel.rijen)
    yield from (u.rij for u in uitkomsten)
    budget = [rij for naam in budgetcijfers.INDICATOREN for rij in haal(naam)]
    nieuwste = budgetcijfers.years(budget)[:1]
    yield from (rij for rij in budget if rij.periode in nieuwste)


def _rows_of_regions(merk: Kenmerk) -> list[Waarneming]:
    """Return the real figures per region of the indicator that the chapter on the regions shows."""
    mogelijk = regiostaat.with_regions(merk, False)
    naam = regiostaat.first_choice(merk, mogelijk, False) if mogelijk else ""
    rijen = data.waarnemingen(merk, naam, False) if naam else ()
    staten = regiostaat.collect(data.regios(merk), rijen, data.trendbreuken(merk))
    return [s.laatste for s in staten if s.laatste is not None]


def _verdicts(lijnen: Sequence[koers.Koerslijn]) -> Iterator[Blok]:
    """Yield the verdicts that there are; figures of which nothing can be said are counted."""
    yield Kop("Is het programma op koers?")
    onbekend = sum(lijn.count(koers.ONBEKEND) for lijn in lijnen)
    alle = sum(len(lijn.delen) for lijn in lijnen)
    if onbekend:
        wat = "elk" if onbekend == alle else f"{onbekend}"
        yield Alinea(
            f"Van {wat} van de {telling(alle, 'cijfer', 'cijfers')} is niet te zeggen of het op koers ligt. Waarom, "
            "staat per cijfer op Landelijk beeld."
        )
    rijen = tuple(
        (lijn, cijfer, oordeel, hoofdletter(bewijs))
        for lijn, cijfer, oordeel, bewijs in koers.table_rows(lijnen)
        if oordeel != hoofdletter(koers.ONBEKEND)
    )
    if not rijen:
        return
    yield Tabelblok("Oordeel per cijfer, met waar het op rust", ("Actielijn", "Cijfer", "Oordeel", "Bewijs"), rijen,
                (4, 4, 3, 8))  # fmt: skip


def _regions(merk: Kenmerk, voorbeeld: bool) -> Iterator[Blok]:
    """Yield the newest figure of each region of the indicator that Landelijk beeld begins with.

    In the order of the codes: no league table.
    """
    yield Kop("De regio's")
    mogelijk = regiostaat.with_regions(merk, voorbeeld)
    if not mogelijk:
        yield Alinea("Er zijn nog geen cijfers per regio.")
        return
    indicator = data.indicatoren(merk)[regiostaat.first_choice(merk, mogelijk, voorbeeld)]
    rijen_ = data.waarnemingen(merk, indicator.indicator_id, voorbeeld)
    breuken, is_kant = data.trendbreuken(merk), bool(indicator.balans)
    staten = regiostaat.told_apart(merk, regiostaat.collect(data.regios(merk), rijen_, breuken, is_kant=is_kant))
    yield Alinea(f"{regiostaat.title(indicator, staten)}.")
    rijen = []
    for s in staten:
        rij = s.laatste
        stempel = f" ({VOORBEELD})" if rij and rij.is_voorbeeld else ""
        rijen.append((
            s.regio.naam,
            bijschriften.when(rij) if rij else "",
            f"{zinnen.figure(rij, indicator.eenheid)}{stempel}" if rij else s.waarom_leeg,
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
