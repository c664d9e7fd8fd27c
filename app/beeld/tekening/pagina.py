"""A picture of boxes as HTML: the browser lays it out, the words can be selected, and the links lead somewhere."""

from __future__ import annotations

from app.beeld.markup import Html, join, tag
from app.beeld.tekening import lijntje, sporen
from app.beeld.tekening.vakken import Deel, Lijn, Paar, Spoor, Tekening, Tekst, Vak
from app.taal.cellen import VOORBEELD


def as_html(tekening: Tekening) -> Html:
    """Return the boxes as a list on a grid; a picture with made-up figures carries the word VOORBEELD."""
    stempel = [tag("p", VOORBEELD, klasse="rm-stempel")] if tekening.met_voorbeeld else []
    lijst = tag(
        "ul",
        join(_box(vak) for vak in tekening.vakken),
        klasse="rm-tekening rm-omlijnd" if tekening.is_omlijnd else "rm-tekening",
        style=f"grid-template-columns:repeat({tekening.kolommen},minmax(0,1fr))",
    )
    return tag("div", *stempel, lijst, klasse="rm-beeld")


def _box(vak: Vak) -> Html:
    plek = f"grid-area:{vak.rij + 1}/{vak.kolom + 1}" + (f"/auto/span {vak.breed}" if vak.breed > 1 else "")
    klasse = "rm-tekenvak rm-tekenvak-voorbeeld" if vak.is_voorbeeld else "rm-tekenvak"
    return tag("li", join(_part(deel) for deel in vak.delen), klasse=klasse, style=plek)


def _part(deel: Deel) -> Html:
    match deel:
        case Tekst():
            return _text(deel)
        case Paar(links, rechts):
            return tag("div", _text(links), tag("p", rechts, klasse="rm-tekst-stil"), klasse="rm-paar")
        case Lijn(stukken):
            return lijntje.as_html(stukken)
        case Spoor(merken):
            return sporen.track(merken)


def _text(deel: Tekst) -> Html:
    klasse = f"rm-tekst-{deel.soort}"
    if deel.adres:
        label = {"aria_label": deel.label} if deel.label not in ("", deel.tekst) else {}
        verwijzing = tag("a", deel.tekst, klasse=klasse, href=deel.adres, target="_self", **label)
        return tag("h3", verwijzing) if deel.soort == "kop" else verwijzing
    return tag("h3" if deel.soort == "kop" else "p", deel.tekst, klasse=klasse)
