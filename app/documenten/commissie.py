"""What the committee and the region wrote down, as a chapter of the dossier: confidential, and only on request."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.commissie.bank.opslag import BESTAND, URL
from app.commissie.model import STANDEN, Wijziging, holding
from app.commissie.openen import open_opslag
from app.commissie.referentiekader import SCORES, fields
from app.commissie.signalen import find, is_overdue
from app.commissie.tijd import clock, today
from app.documenten.blokken import Alinea, Blok, Dia, Kop, Tabelblok
from app.oordeel.gesprek.signaal import Signaal
from app.taal.opmaak import datum, hoofdletter
from pipelines.afspraken.codelijsten import LAND

VERTROUWELIJK = (
    "VERTROUWELIJK: met scores, notities en afspraken uit het voortgangsgesprek. Alleen voor de commissie en de regio."
)
_STAND = STANDEN["afspraak"] | STANDEN["advies"]
_TEKSTEN = {
    "notitie": "Notities bij het gesprek",
    "advies": "Advies over het geld van SectorplanPlus",
    "reactie": "Reactie van de regio",
}
_AFSPRAAK = ("Afspraak", "Uiterlijk", "Stand", "Gesprek van", "Vastgelegd door")
_SCORE = ("Onderdeel", "Score", "Toelichting", "Vastgelegd door")


@dataclass(frozen=True)
class Notities:
    """What holds for one region, of every year, with the level of ambition by year; `jaar` is that of the talk."""

    jaar: int
    stand: tuple[Wijziging, ...]
    niveaus: Mapping[int, int]

    def of(self, soort: str) -> list[Wijziging]:
        """Return what holds in the year of the talk, of one kind."""
        return [w for w in self.stand if (w.onderwerp.soort, w.onderwerp.jaar) == (soort, self.jaar)]


def read(warehouse: Path, regio_code: str, jaar: int | None = None) -> Notities:
    """Return what is written down about a region; without a year, of the newest year that anything is about.

    Raises:
        OpslagError: the database does not answer.
    """
    if not os.environ.get(URL) and not (warehouse / BESTAND).exists():
        return Notities(jaar or today().year, (), {})
    opslag = open_opslag(warehouse)
    stand = tuple(holding(opslag.history(regio_code)).values())
    landelijk = holding(opslag.history(LAND, soorten=["ambitieniveau"])).values()
    niveaus = {w.onderwerp.jaar: w.inhoud.score for w in landelijk if w.inhoud.score}
    nieuwste = max((w.onderwerp.jaar for w in stand), default=today().year)
    return Notities(jaar or nieuwste, stand, niveaus)


def signals(notities: Notities) -> list[Signaal]:
    """Return the signals from scores and agreements, as the page of the talk has them today."""
    return find(notities.stand, notities.niveaus, notities.jaar, today())


def chapter(notities: Notities) -> Iterator[Blok]:
    """Yield the chapter: the talk, agreements, scores with their explanation, notes, advice and replies."""
    yield Kop("Van de commissie en de regio (vertrouwelijk)")
    jaar = notities.jaar
    if not notities.stand:
        yield Alinea("Over deze regio is nog niets vastgelegd. Dat kan op de pagina Voortgangsgesprek.")
        return
    gesprekken = [f"Het gesprek was op {datum(w.inhoud.datum)}." for w in notities.of("gesprek")]
    yield Alinea(f"Gesprek van {jaar}, zoals vastgelegd op {datum(today())}. {' '.join(gesprekken)}".strip())
    for w in notities.of("gesprek"):
        yield from _paragraphs(w.inhoud.tekst)
    yield Kop("Afspraken", 2)
    if afspraken := agreement_rows(notities):
        bijschrift = "Afspraken van dit gesprek, en wat van eerdere nog open staat"
        yield Tabelblok(bijschrift, _AFSPRAAK, tuple(afspraken), (9, 4, 3, 3, 3))
    else:
        yield Alinea(f"Er zijn voor {jaar} geen afspraken vastgelegd.")
    yield from _framework(notities)
    for soort, kop in _TEKSTEN.items():
        yield from _texts(kop, notities.of(soort))


def agreement_rows(notities: Notities) -> list[tuple[str, ...]]:
    """Return the agreements of this talk and the open ones of earlier talks, as rows."""
    afspraken = [w for w in notities.stand if w.onderwerp.soort == "afspraak"]
    eerder = [w for w in afspraken if w.onderwerp.jaar < notities.jaar and w.inhoud.stand == "open"]
    return [
        (
            w.inhoud.tekst,
            f"{datum(w.inhoud.datum)} (verlopen)" if is_overdue(w, today()) else datum(w.inhoud.datum),
            _STAND[w.inhoud.stand],
            str(w.onderwerp.jaar),
            w.wie,
        )
        for w in [*notities.of("afspraak"), *eerder]
    ]


def _framework(notities: Notities) -> Iterator[Blok]:
    """Yield the scores of the year with their explanation, and every year side by side where there are more."""
    jaar, velden, rijen = notities.jaar, fields(), _score_rows(notities)
    niveau = notities.niveaus.get(jaar)
    yield Kop("Referentiekader", 2)
    vereist = f"het ambitieniveau van {jaar} is {niveau}" if niveau else f"voor {jaar} is geen ambitieniveau vastgelegd"
    yield Alinea(f"{len(rijen)} van de {len(velden)} onderdelen zijn gescoord; {vereist}.")
    if rijen:
        yield Tabelblok(f"Scores van {jaar}", _SCORE, rijen, (5, 4, 9, 3))
    jaren = sorted({w.onderwerp.jaar for w in notities.stand if w.onderwerp.soort == "score"})
    if len(jaren) > 1:
        yield _years(notities, jaren)


def _score_rows(notities: Notities) -> tuple[tuple[str, ...], ...]:
    """Return a row per part of the referentiekader that was scored this year, in its order."""
    scores, niveau = {w.onderwerp.sleutel: w for w in notities.of("score")}, notities.niveaus.get(notities.jaar)
    return tuple(
        (naam, _score(scores[s], niveau), scores[s].inhoud.tekst, scores[s].wie)
        for s, naam in fields().items() if s in scores
    )  # fmt: skip


def _years(notities: Notities, jaren: Sequence[int]) -> Tabelblok:
    per = {(w.onderwerp.sleutel, w.onderwerp.jaar): w.inhoud.score for w in notities.stand}
    rijen = [
        (naam, *(str(per.get((sleutel, jaar)) or "geen score") for jaar in jaren))
        for sleutel, naam in fields().items() if any((sleutel, jaar) in per for jaar in jaren)
    ]  # fmt: skip
    rijen.append(("Ambitieniveau", *(str(notities.niveaus.get(jaar, "niet vastgelegd")) for jaar in jaren)))
    return Tabelblok("Scores door de jaren", ("Onderdeel", *map(str, jaren)), tuple(rijen), (6, *(3 for _ in jaren)))


def _score(w: Wijziging, niveau: int | None) -> str:
    score = w.inhoud.score or 0
    return f"{score}: {SCORES[score]}" + (" (onder niveau)" if niveau and score < niveau else "")


def _texts(kop: str, wijzigingen: Iterable[Wijziging]) -> Iterator[Blok]:
    for nummer, w in enumerate(wijzigingen):
        if not nummer:
            yield Kop(kop, 2)
        if w.inhoud.stand:
            yield Alinea(f"{hoofdletter(_STAND[w.inhoud.stand])}.", "vet")
        yield from _paragraphs(w.inhoud.tekst)
        yield Alinea(f"{w.wie}, {clock(w.op)}", "klein")


def _paragraphs(tekst: str) -> Iterator[Alinea]:
    return (Alinea(regel) for regel in tekst.split("\n") if regel.strip())


def slides(naam: str, notities: Notities) -> list[Dia]:
    """Return the slide with the agreements, and that with the scores where there are any; notes hold each whole."""
    scores = _score_rows(notities)
    return [_agreements(naam, notities), *([_scores(naam, notities, scores)] if scores else [])]


def _scores(naam: str, notities: Notities, rijen: Sequence[tuple[str, ...]]) -> Dia:
    niveau = notities.niveaus.get(notities.jaar)
    onder = sum((w.inhoud.score or 0) < niveau for w in notities.of("score")) if niveau else 0
    vereist = f", waarvan {onder} onder het ambitieniveau" if niveau else ""
    titel = f"{naam}: {len(rijen)} van de {len(fields())} onderdelen gescoord{vereist}"
    tabel = Tabelblok(f"Scores van {notities.jaar}", _SCORE[:2], tuple(rij[:2] for rij in rijen), (9, 6))
    return Dia(titel, _told(notities), (tabel,), "", tuple(_whole(_SCORE, rijen)))


def _told(notities: Notities) -> str:
    return f"Gesprek van {notities.jaar}. Vertrouwelijk: alleen voor de commissie en de regio"


def _whole(koppen: Sequence[str], rijen: Iterable[Sequence[str]]) -> list[str]:
    return ["; ".join(f"{kop}: {veld}" for kop, veld in zip(koppen, rij, strict=True) if veld) for rij in rijen]


def _agreements(naam: str, notities: Notities) -> Dia:
    rijen = agreement_rows(notities)
    uitleg = _told(notities)
    if not rijen:
        leeg = f"Er zijn voor {notities.jaar} geen afspraken vastgelegd."
        return Dia(f"{naam}: nog geen afspraken", uitleg, (Alinea(leeg),), "", (leeg,))
    open_ = sum(rij[2] == _STAND["open"] for rij in rijen)
    aantal = "1 afspraak" if len(rijen) == 1 else f"{len(rijen)} afspraken"
    tabel = Tabelblok("Afspraken", _AFSPRAAK, tuple(rijen), (9, 4, 3, 3, 3))
    geheel = _whole(_AFSPRAAK, rijen)
    return Dia(f"{naam}: {aantal}, waarvan {open_} open", uitleg, (tabel,), "", (uitleg, *geheel))
