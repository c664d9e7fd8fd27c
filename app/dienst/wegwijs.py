"""What helps a reader on the way on every page: three lines per kind of reader, and the terms that are explained."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from app.beeld.markup import Html, join, tag
from app.raam.zoeken.index import terms

_WELKOM = Path(__file__).resolve().parents[1] / "welkom.yml"
# Words of the trade that are explained where they first stand on a page; all others are found by searching.
UITGELEGD = (
    "AZW", "azw breed", "azw smal", "bbl", "bol", "brug", "indicatief", "nulmeting", "numerus fixus", "RAAT", "SRS",
    "trendbreuk", "WGO",
)  # fmt: skip


def welcome() -> Html:
    """Return the dialog for who comes for the first time: per reader three lines, each a link."""
    lezers = yaml.safe_load(_WELKOM.read_text(encoding="utf-8"))
    delen = (
        tag("section", tag("h3", wie), tag("ul", join(_line(regel) for regel in regels)))
        for wie, regels in lezers.items()
    )
    kop = tag("div", tag("h2", "Nieuw hier? Kies wie u bent"), tag("button", "Sluiten", type="button", data_dicht=""),
              klasse="rm-vakkop")  # fmt: skip
    weg = tag("button", "Niet meer tonen", type="button", id="rm-welkomweg")
    hulp = "Zoeken kan altijd met / of Ctrl-K. Dit venster vindt u terug onder 'Nieuw hier?' onderaan elke pagina."
    return tag("dialog", kop, tag("div", *delen, klasse="rm-lezers"), tag("p", hulp), weg,
               id="rm-welkomvak", klasse="rm-buiten rm-vak", aria_label="Nieuw hier?")  # fmt: skip


def explained() -> str:
    """Return the terms that are explained on the page with their meaning, for the script that does so."""
    betekenis = terms()
    return json.dumps({woord: betekenis[woord] for woord in UITGELEGD}, ensure_ascii=True)


def _line(regel: dict[str, str]) -> Html:
    return tag("li", tag("a", regel["tekst"], href=regel["naar"]))
