"""The pictures of the page Pijlers: lines with marks and words, for the page and to take along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.beeld import stijl
from app.beeld.fragmenten import EEN_CIJFER, Verwijzer
from app.beeld.plaatje import Plaatje, Teken
from app.beeld.tekening import pixels, sporen, vakken
from app.beeld.tekening.vakken import Tekening, Tekenregel
from app.lezen.rijen import Waarneming
from app.oordeel import bijschriften, enquete
from app.oordeel.enquete import Cijfer, Vraag
from app.oordeel.programma import pijlerwoorden
from app.oordeel.programma.pijlers import SCHAKELS
from app.taal.opmaak import PIJLER_WOORD
from pipelines.afspraken.codelijsten import Herkomst

Ketens = Mapping[str, Mapping[str, Sequence[Vraag]]]


def comparison_lines(ketens: Ketens, wijzer: Verwijzer) -> list[Tekenregel]:
    """Return, per pijler and schakel, the outcome given most with the others as thin marks.

    Why a line has no outcome is said once, see `pijlerwoorden.no_top_note`.
    """
    regels = []
    for pijler, keten in ketens.items():
        for nummer, (schakel, woord) in enumerate(SCHAKELS.items()):
            vragen = keten[schakel]
            kop = PIJLER_WOORD[pijler] if nummer == 0 else ""
            top = enquete.leading(vragen)
            if top is None:
                regels.append(Tekenregel(woord, (pijlerwoorden.STREEP,), kop=kop))
                continue
            woorden = (pijlerwoorden.figure(top.cijfer.beste), *pijlerwoorden.remarks(top.cijfer))
            merken = sporen.marks(top.cijfer, enquete.others(vragen, top))
            adres = wijzer.address(EEN_CIJFER, indicator=top.indicator.indicator_id)
            titel = top.indicator.titel
            regels.append(Tekenregel(f"{woord}: {titel}", woorden, merken, kop, adres, titel))
    return regels


def chain_lines(keten: Mapping[str, Sequence[Vraag]]) -> list[Tekenregel]:
    """Return one line per question of a pijler, by schakel."""
    regels = []
    for schakel, vragen in keten.items():
        for nummer, vraag in enumerate(vragen):
            kop = SCHAKELS[schakel] if nummer == 0 else ""
            regels.append(question_line(vraag, kop))
    return regels


def question_line(vraag: Vraag, kop: str = "") -> Tekenregel:
    """Return the share of the main answer to a question."""
    return share_line(vraag.indicator.vraag, vraag.cijfer, pijlerwoorden.answer_word(vraag), kop)


def share_line(naam: str, cijfer: Cijfer, woord: str = "", kop: str = "") -> Tekenregel:
    """Return one share under a name of its own: the line of the page as well, see `pijlerbeeld`."""
    woorden, achter = pijlerwoorden.outcome_texts(cijfer, woord)
    return Tekenregel(naam, woorden, sporen.marks(cijfer), kop, achter=achter)


def picture(
    bestand: str, titel: str, onder: str, regels: Sequence[Tekenregel], rijen: Sequence[Waarneming]
) -> tuple[Plaatje, Callable[[], Tekening], str]:
    """Return lines of shares as a picture that says which marks are made up: its frame, its drawing, its words."""
    gevuld = [r for r in rijen if r.waarde is not None]
    berekend = [r for r in gevuld if r.herkomst != Herkomst.GEPUBLICEERD]
    gepubliceerd = [r for r in gevuld if r.herkomst == Herkomst.GEPUBLICEERD]
    soorten = {merk.soort for regel in regels for merk in regel.merken}
    return (
        Plaatje(
            bestand=bestand,
            titel=titel,
            onder=f"{onder} Elke lijn loopt van 0% tot 100%.",
            bron=bijschriften.all_sources(rijen),
            voorbeeld=bijschriften.example_sentence(
                {"de punten (berekend)": berekend, "de ruiten (gepubliceerd)": gepubliceerd}
            ),
            tekens=(*(t for soort, t in _TEKENS.items() if soort in soorten), *_hatched(regels)),
        ),
        lambda: vakken.lines(regels, met_voorbeeld=any(r.is_voorbeeld for r in gevuld)),
        f"Lijnen van 0% tot 100%. {titel}. De tabel eronder heeft dezelfde cijfers.",
    )


def _hatched(regels: Sequence[Tekenregel]) -> list[Teken]:
    """Explain the hatching where there is any."""
    return [pixels.VERZONNEN] * any(merk.is_voorbeeld for regel in regels for merk in regel.merken)


_TEKENS = {
    "ruit": Teken("ruit", stijl.LICHT.inkt, "gepubliceerd"),
    "stip": Teken("punt", stijl.LICHT.reeksen[0], "berekend, met 95%-marge"),
    "ander": Teken("lijn", stijl.LICHT.gedempt, "andere uitkomsten", "2 2"),
}
