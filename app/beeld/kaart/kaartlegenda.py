"""What colours and patterns of a map stand for: on the page, and in the picture of it."""

from __future__ import annotations

from itertools import pairwise

from app.beeld import stijl
from app.beeld.kaart.kaartbeeld import Beeld
from app.beeld.markup import Html, join, tag
from app.beeld.plaatje import Teken
from app.lezen.rijen import Indicator, Regio
from app.taal.opmaak import decimalen, waarde_tekst
from app.taal.verandering import kaal_verschil
from pipelines.afspraken.codelijsten import AFWEZIG, IN_PLAATS, VERBORGEN, Status, to_decimal

_AFWEZIG = {Status.ONTBREEKT: Status.ONTBREEKT.naam, Status.NVT: f"{Status.NVT.naam} ({IN_PLAATS[Status.NVT]})"}
# Class in the stylesheet, fill in a picture, and what it stands for.
_Regel = tuple[str, str, str]


def legend(beeld: Beeld, indicator: Indicator) -> Html:
    """Return what colours and patterns stand for; only what occurs on the map."""
    items = [tag("li", tag("i", klasse=klasse), tekst) for klasse, _, tekst in _lines(beeld, indicator)]
    # Seen as soon as a region is chosen, see `kaartkeus.chosen_style`.
    items.append(tag("li", tag("i", klasse="rm-arc-gekozen"), "gekozen regio", klasse="rm-als-gekozen"))
    return tag("ul", join(items), klasse="rm-legenda")


def signs(beeld: Beeld, indicator: Indicator, gekozen: Regio | None = None) -> tuple[Teken, ...]:
    """Return the same for a picture of the map, with the chosen region by name."""
    tekens = [Teken("vlak", vulling, tekst) for _, vulling, tekst in _lines(beeld, indicator)]
    if gekozen is not None:
        tekens.append(Teken("rand", stijl.LICHT.reeksen[1], f"gekozen regio: {gekozen.naam}"))
    return tuple(tekens)


def _lines(beeld: Beeld, indicator: Indicator) -> list[_Regel]:
    return [*_class_lines(beeld, indicator), *_kind_lines(beeld)]


def _class_lines(beeld: Beeld, indicator: Indicator) -> list[_Regel]:
    if beeld.klassen is None:
        return []
    grenzen = beeld.klassen.grenzen
    letter = "t" if beeld.klassen.is_tweezijdig else "k"
    kleuren, _ = stijl.class_colours("light", beeld.klassen.is_tweezijdig)
    regels = []
    for nummer, (van, tot) in enumerate(pairwise(grenzen)):
        stap = beeld.klassen.eerste + nummer
        if stap not in beeld.klassen_op_kaart:
            continue
        woord = "tot en met" if nummer == len(grenzen) - 2 else "tot"
        cijfers = decimalen([van, tot], indicator.eenheid)
        onder, boven = (_limit(grens, indicator.eenheid, cijfers, beeld.is_verschil) for grens in (van, tot))
        regels.append((f"rm-{letter}{stap}", kleuren[stap + 1], f"{onder} {woord} {boven}"))
    return regels


def _limit(grens: float, eenheid: str, cijfers: int, is_verschil: bool) -> str:
    if is_verschil:
        return kaal_verschil(to_decimal(grens), eenheid, cijfers)
    return waarde_tekst(grens, eenheid, cijfers)


def _kind_lines(beeld: Beeld) -> list[_Regel]:
    regels = []
    if beeld.met_voorbeeld:
        regels.append(("rm-arc-voorbeeld", "url(#rm-arc-1-d)", "voorbeelddata (verzonnen)"))
    if Status.INDICATIEF in beeld.soorten:
        woord = "indicatief, en voorbeelddata" if beeld.met_voorbeeld else "indicatief"
        klasse, nummer = ("rm-arc-kruis", 3) if beeld.met_voorbeeld else ("rm-arc-indicatief", 2)
        regels.append((klasse, f"url(#rm-arc-{nummer}-d)", woord))
    kruis, streep = ("", "") if beeld.is_tegelkaart else ("× ", "– ")
    if beeld.soorten & set(VERBORGEN):
        regels.append(("rm-arc-verborgen", "url(#rm-arc-3-d)", f"{kruis}niet getoond of te weinig antwoorden"))
    if beeld.soorten & {*AFWEZIG}:
        soorten = [kort for soort, kort in _AFWEZIG.items() if soort in beeld.soorten]
        geen = "geen verschil te geven" if beeld.is_verschil else " of ".join(soorten)
        regels.append(("rm-arc-leeg", stijl.LICHT.leeg, f"{streep}{geen}"))
    return regels
