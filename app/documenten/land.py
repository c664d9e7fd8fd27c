"""The yearly programme monitor: what VWS and the Kamer read of the country, with the state of the regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app import data, dossier, gespreksgegevens, koers, koersbeeld, pijlers, regiostaat, verhalen, zinnen
from app.data import Kenmerk, Waarneming
from app.documenten.blokken import Alinea, Blok, Document, Kop, Lijst, Tabel
from app.documenten.dias import national_slides
from app.documenten.regio import ALLEEN_ECHT, figures, frame, sources, stories
from app.opmaak import PIJLER_WOORD, periode_tekst
from app.reeksen import LAND
from app.signaal import VOORBEELD

_REGIOCIJFER = "dekkingsgraad"
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
    blokken.append(Lijst(tuple(zinnen.lead_sentences(haal, breuken))))
    if not kort:
        blokken += _verdicts(lijnen)
    blokken += figures(alles, gegevens, kort=kort)
    if not kort:
        blokken += [*_regions(merk, haal), *_pillars(merk, haal)]
        blokken += stories(verhalen.choose(verhalen.alle(merk), _VERHALEN), alles.regio.naam)
    blokken += sources(alles.bronnen, alles.statussen)
    dias = national_slides(alles, gegevens, lijnen)
    return frame(
        alles, "Kerncijfers tussentijds" if kort else "Programmamonitor", (ALLEEN_ECHT,) * alleen_echt, blokken, dias
    )


def _verdicts(lijnen: Sequence[koers.Lijn]) -> Iterator[Blok]:
    yield Kop("Is het programma op koers?")
    voorbeeld = [any(r.is_voorbeeld for r in deel.rijen) for lijn in lijnen for deel in lijn.delen]
    rijen = tuple(
        (lijn, cijfer, oordeel, f"{bewijs} ({VOORBEELD})" if verzonnen else bewijs)
        for (lijn, cijfer, oordeel, bewijs), verzonnen in zip(koersbeeld.table_rows(lijnen), voorbeeld, strict=True)
    )
    yield Tabel("Oordeel per cijfer, met waar het op rust", ("Actielijn", "Cijfer", "Oordeel", "Bewijs"), rijen,
                (4, 4, 3, 8))  # fmt: skip


def _regions(merk: Kenmerk, haal: koers.Haal) -> Iterator[Blok]:
    """Yield the newest dekkingsgraad of each region, in the order of the codes: no league table."""
    indicator = data.indicatoren(merk)[_REGIOCIJFER]
    staten = regiostaat.collect(data.regios(merk), haal(_REGIOCIJFER), data.trendbreuken(merk))
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
    yield Tabel(f"{indicator.titel} per regio", ("Regio", "Periode", "Cijfer", "Verandering"), tuple(rijen),
                (5, 6, 4, 6))  # fmt: skip


def _pillars(merk: Kenmerk, haal: koers.Haal) -> Iterator[Blok]:
    """Yield what organisations notice of the programme, per pijler and schakel."""
    uitkomsten = pijlers.collect(data.indicatoren(merk), haal)
    rijen = tuple(
        (
            PIJLER_WOORD[pijler],
            pijlers.SCHAKELS[schakel],
            u.indicator.titel,
            zinnen.figure(u.rij, "aandeel") + (f" ({VOORBEELD})" if u.rij.is_voorbeeld else ""),
            str(u.rij.n or ""),
        )
        for pijler, schakels in uitkomsten.items()
        for schakel, lijst in schakels.items()
        for u in lijst
    )
    yield Kop("Wat organisaties merken van het programma")
    if not rijen:
        yield Alinea("Er zijn nog geen uitkomsten van de enquête.")
        return
    yield Tabel("Uitkomsten per pijler; n is het aantal organisaties",
                ("Pijler", "Schakel", "Uitkomst", "Aandeel", "n"), rijen, (5, 3, 7, 3, 2))  # fmt: skip
