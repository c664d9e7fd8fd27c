"""Verdicts on survey figures in plain words: only table `verschil` makes 'hoger' or 'lager' of two of them."""

from __future__ import annotations

from collections.abc import Sequence

from app.lezen.rijen import Verschil, Waarneming
from app.taal.opmaak import getal, hoofdletter
from app.taal.verandering import verschil_tekst
from pipelines.afspraken.codelijsten import TOTAAL, Toetsoordeel, to_decimal

REST = "de rest van Nederland"
UITLEG = (
    "Hoger en lager staan er alleen na een toets. Die houdt rekening met het toeval in de antwoorden en met het aantal "
    "werkgeversorganisaties dat zo is vergeleken. 'Geen aantoonbaar verschil' betekent niet dat het gelijk is."
)


def of_figure(verschillen: Sequence[Verschil], rij: Waarneming) -> list[Verschil]:
    """Return the tests of one computed real figure: against the rest of the country, and against the wave before."""
    if rij.waarde is None or rij.is_voorbeeld or rij.uitsplitsing or rij.branche_code != TOTAAL:
        return []
    sleutel = (rij.categorie, rij.regio_code, rij.periode, rij.herkomst)
    return [
        v for v in verschillen
        if v.indicator_id == rij.indicator_id and (v.categorie, v.regio_code, v.periode, v.herkomst) == sleutel
    ]  # fmt: skip


def change_of(verschillen: Sequence[Verschil], van: Waarneming | None, tot: Waarneming) -> Verschil | None:
    """Return the test of the change between two figures, if it was done."""
    if van is None:
        return None
    gevonden = (v for v in of_figure(verschillen, tot) if v.soort == "verandering" and v.periode_vorig == van.periode)
    return next(gevonden, None)


def sentence(getoetst: Verschil, eenheid: str) -> str:
    """Write one verdict as a sentence, with the difference and its 95 % interval where there is one."""
    is_rest = getoetst.soort == "regio_rest"
    toen = getoetst.vorige_naam or getoetst.periode_vorig
    toen = f"het {toen}" if "kwartaal" in toen else toen
    ander = f"bij {REST}" if is_rest else f"in {toen}"
    if getoetst.oordeel == Toetsoordeel.NIET_TE_BEPALEN:
        return f"Of het anders is dan {ander}, is niet te bepalen."
    if getoetst.oordeel == Toetsoordeel.GEEN_VERSCHIL:
        return f"Geen aantoonbaar verschil met {REST if is_rest else toen}."
    zin = f"{hoofdletter(getoetst.oordeel)} dan {ander}"
    return f"{zin}: {difference(getoetst, eenheid)}."


def difference(getoetst: Verschil, eenheid: str) -> str:
    """Write the size of a difference with its interval: '+25 procentpunt (95%-interval 12 tot 38)'."""
    cijfers = 1 if eenheid == "cijfer" else 0
    tekst = verschil_tekst(to_decimal(getoetst.verschil or 0.0), eenheid, cijfers)
    if getoetst.onder is None or getoetst.boven is None:
        return tekst
    schaal = 100 if eenheid == "aandeel" else 1
    grenzen = (getal(to_decimal(grens) * schaal, cijfers) for grens in (getoetst.onder, getoetst.boven))
    onder, boven = (grens.replace("-", "−") for grens in grenzen)
    return f"{tekst} (95%-interval {onder} tot {boven})"
