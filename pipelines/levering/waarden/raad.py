"""What to advise about a value that nobody can read: every sign that is allowed, and what a foreign code is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pipelines.afspraken.codelijsten import Status
from pipelines.afspraken.contract import Kolom
from pipelines.afspraken.schrift.perioden import parse_periode

MERKTEKENS = {".": Status.ONDERDRUKT, "<5": Status.ONDERDRUKT, "nvt": Status.NVT}
_TEKENS = "een punt (.): onderdrukt; <5: 1 t/m 4, onderdrukt; nvt: niet van toepassing"
_GEEN_WAARDE = frozenset({
    "na", "n/a", "#n/a", "nan", "null", "none", "-", "--", "–", "*", "**", "x", "?", "n.v.t.", "n.v.t", "nvt",
    "onbekend", "niet beschikbaar", "geen", "missing", "(leeg)", ".", "<5",
})  # fmt: skip
_DUIZENDTALLEN = re.compile(r"-?[1-9][0-9]{0,2}([., \u00a0\u202f'’])[0-9]{3}(?:\1[0-9]{3})?")
_VREEMD = {
    r"AM[0-9]{2}": "AM is een andere indeling in arbeidsmarktregio's (35). Gebruik de 28 codes met RA.",
    r"CR[0-9]{2}": "CR is een COROP-gebied; daarover heeft de monitor geen cijfers. Gebruik RA, PV, LD of GM.",
    r"BU[0-9]+|WK[0-9]+|WP[0-9]+": "Een buurt, wijk of woonplaats is te klein. Gebruik GM, RA, PV of LD.",
    r"[0-9]{6}|[TA][0-9]{6}": "Dit is een sleutel van StatLine. Zorg en welzijn (Q) is TOTAAL, bij afbakening sbi_q.",
}  # fmt: skip


def signs(kolom: Kolom) -> str:
    """Return every sign that may stand in place of a figure in this column."""
    leeg = "Leeg: ontbreekt; " if kolom.leeg or kolom.basis else ""
    return f"In plaats van een getal: {leeg}{_TEKENS}." if not leeg else f"{leeg}{_TEKENS}."


def is_no_value(waarde: str) -> bool:
    """Return whether a supplier means that there is nothing."""
    return waarde.casefold() in _GEEN_WAARDE


def about_thousands(waarde: str) -> str:
    """Return how a whole number that was parted in thousands is written; empty where it was not.

    It is no way of reading it: 1.234 is also how programs write 1,234.
    """
    if not _DUIZENDTALLEN.fullmatch(waarde):
        return ""
    kaal = re.sub(r"[^0-9-]", "", waarde)
    return (
        f"Is dit {kaal}, schrijf dan in heel deze kolom getallen zonder punt, komma of spatie bij duizendtallen. "
        "In Excel: Celeigenschappen, Getal, geen scheidingsteken voor duizendtallen, en bewaar het bestand opnieuw."
    )


def about_code(waarde: str, kolom: Kolom) -> str:
    """Return what to do about a code that is no code of this column; empty where that is not known."""
    if is_no_value(waarde):
        return (
            "Laat de cel leeg." if kolom.leeg or kolom.basis else "Hier hoort altijd een code; laat anders de rij weg."
        )
    for vorm, tekst in _VREEMD.items():
        if (kolom.type == "regio" or kolom.verwijst == "branche") and re.fullmatch(vorm, waarde):
            return tekst
    if kolom.type == "regio" and not re.search(r"[0-9]", waarde):
        return (
            "Schrijf de code van het gebied: NL01, of LD, PV, RA, WGO of GM met een nummer; een naam kan er meer zijn."
        )
    return ""


def about_day(waarde: str, soorten: Collection[str]) -> str:
    """Return how the period that ends on a day is written, of the kinds that may stand there; '' for no day."""
    dag = parse_periode(waarde)
    if dag is None or dag.soort != "dag":
        return ""
    jaar, maand = dag.eind.year, dag.eind.month
    vormen = {"jaar": f"{jaar} voor het jaar", "kwartaal": f"{jaar}KW0{(maand + 2) // 3} voor het kwartaal",
              "maand": f"{jaar}MM{maand:02} voor de maand"}  # fmt: skip
    return f"Schrijf {' of '.join(vormen[soort] for soort in soorten if soort in vormen)}." * bool(
        {*soorten} & {*vormen}
    )


def kinds_advice(kolom: Kolom) -> str:
    """Return how a period of the kinds of this column is written."""
    datum = " Maakte Excel er een datum van: geef de kolom de opmaak tekst en typ de periode opnieuw."
    return f"Schrijf {examples(kolom.soorten)}.{'' if 'dag' in kolom.soorten else datum}"


def examples(soorten: Iterable[str]) -> str:
    """Return a period of each kind as a supplier writes it."""
    vormen = {"jaar": "2021", "kwartaal": "2021KW03", "maand": "2021MM04", "schooljaar": "2020/21", "dag": "2021-06-30"}
    return " of ".join(vormen[soort] for soort in soorten)
