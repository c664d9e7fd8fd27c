"""The chosen region on the map: which shape was clicked, and how it is marked on the page and in a picture."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from app.beeld import charts
from app.beeld.kaart.kaartbeeld import TABEL, Beeld
from app.beeld.kaart.kaartgrafiek import KEUZE as KEUZE
from app.beeld.markup import Html, tag
from app.beeld.stijl import Thema


def clicked_region(regio_van_vorm: Mapping[str, str], toen: AbstractSet[str], nu: AbstractSet[str]) -> str:
    """Return the region whose shape was clicked, from the shapes that were on before and after; empty for none.

    Each click turns one shape on or off, so that a second click on the same region is noticed as well.
    """
    verschil = toen ^ nu
    # Where more has changed the browser has begun anew: only what is on now was clicked.
    aangeklikt = verschil if len(verschil) == 1 else nu - toen
    return regio_van_vorm.get(next(iter(aangeklikt)), "") if len(aangeklikt) == 1 else ""


def shapes_on(selectie: Mapping[str, object]) -> frozenset[str]:
    """Return the codes of the shapes that are on in what the browser says of its selection."""
    punten = selectie.get(KEUZE)
    return frozenset(str(punt.get("regio_code", "")) for punt in punten) if isinstance(punten, list) else frozenset()


def chosen_style(beeld: Beeld, gekozen: str, plek_in_tabel: int | None, vak: str) -> Html:
    """Return the style that marks the chosen region on the map and in the table.

    By style alone: neither of them is sent or drawn anew when the reader chooses another region.
    """
    regels = [
        f".st-key-{vak} .gekozen_marks path:nth-child({nummer}){{stroke-opacity:1}}"
        for nummer, code in enumerate(beeld.regio_van_vorm.values(), 1)
        if code == gekozen
    ]
    if regels:
        regels.append(".rm-legenda .rm-als-gekozen{display:inline-flex}")
    if plek_in_tabel is not None:
        cellen = f".st-key-{TABEL} tbody tr:nth-child({plek_in_tabel + 1}) :is(th,td)"
        regels.append(f"{cellen}{{font-weight:650;background:var(--rm-vlak)}}")
    return tag("style", *regels)


def chosen_spec(beeld: Beeld, thema: Thema, gekozen: str) -> charts.Spec:
    """Return the spec of a picture of the map, in which no style marks the chosen region."""
    vormen = [vorm for vorm, code in beeld.regio_van_vorm.items() if code == gekozen]
    spec = copy.deepcopy(beeld.maak_spec(thema))
    for laag in spec["layer"]:
        if laag.get("name") == "gekozen":
            is_gekozen = {"test": f"indexof({json.dumps(vormen)}, datum.regio_code) >= 0", "value": 1}
            laag["encoding"] = {**laag.get("encoding", {}), "strokeOpacity": {"condition": is_gekozen, "value": 0}}
    return spec
