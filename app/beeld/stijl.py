"""The visual system: every colour, size and pattern of the app, for light and dark.

The palettes keep their order in greyscale and for the common kinds of colour blindness; what a colour
says is always said by a word, a symbol or a pattern too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Thema = Literal["light", "dark"]

LETTER = "Regiomonitor Sans"
# What the font of the page gives way to; a chart, which travels with each choice, names the first of them alone.
LETTERTYPE_GRAFIEK = f"'{LETTER}', system-ui, sans-serif"
LETTERTYPE = f"'{LETTER}', system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True)
class Palet:
    """The colours of one theme."""

    achtergrond: str
    vlak: str
    inkt: str
    gedempt: str
    lijn: str
    rooster: str
    accent: str
    voorbeeld: str
    leeg: str
    reeksen: tuple[str, ...]
    oplopend: tuple[str, ...]
    oplopend_tekst: tuple[str, ...]
    tweezijdig: tuple[str, ...]
    tweezijdig_tekst: tuple[str, ...]
    pijlers: dict[str, str]


LICHT = Palet(
    achtergrond="#ffffff",
    vlak="#f3f5f8",
    inkt="#1b2733",
    gedempt="#4f5d6b",
    lijn="#cfd6de",
    rooster="#e3e8ed",
    accent="#154273",
    voorbeeld="#8a4b00",
    leeg="#eceff2",
    reeksen=("#154273", "#c2570c", "#2f7d5b", "#7a4b94"),
    oplopend=("#e4eef7", "#bcd7ec", "#86b8dc", "#4a8fc4", "#22659d", "#123a66"),
    oplopend_tekst=("#1b2733", "#1b2733", "#1b2733", "#0b1621", "#ffffff", "#ffffff"),
    tweezijdig=("#8c510a", "#d8b365", "#f6e8c3", "#c7eae5", "#5ab4ac", "#01665e"),
    tweezijdig_tekst=("#ffffff", "#1b2733", "#1b2733", "#1b2733", "#1b2733", "#ffffff"),
    pijlers={
        "basis": "#4f5d6b",
        "kiezen_toeleiden": "#0a6a94",
        "leren_opleiden": "#8a5a00",
        "werken_behoud": "#2b7550",
        "innoveren": "#7d3c86",
    },
)
DONKER = Palet(
    achtergrond="#12181f",
    vlak="#1c2530",
    inkt="#e8edf2",
    gedempt="#b0bcc8",
    lijn="#3a4755",
    rooster="#2a3541",
    accent="#8fbfe8",
    voorbeeld="#f0b35c",
    leeg="#28323d",
    reeksen=("#8fbfe8", "#f2a35e", "#7fcda6", "#ac86f9"),
    oplopend=("#1d2f42", "#264a6b", "#326a99", "#5592c4", "#93c0e3", "#d3e7f6"),
    oplopend_tekst=("#e8edf2", "#e8edf2", "#ffffff", "#0b1621", "#12181f", "#12181f"),
    tweezijdig=("#d8a24f", "#8f6a2c", "#4d4029", "#2b4a48", "#35786f", "#7fd1c7"),
    tweezijdig_tekst=("#12181f", "#ffffff", "#e8edf2", "#e8edf2", "#ffffff", "#12181f"),
    pijlers={
        "basis": "#b0bcc8",
        "kiezen_toeleiden": "#7cc4e6",
        "leren_opleiden": "#e5b567",
        "werken_behoud": "#7fcda6",
        "innoveren": "#d6a3de",
    },
)
PALETTEN: dict[Thema, Palet] = {"light": LICHT, "dark": DONKER}
# The frontend can only show as many classes as there are steps in a palette.
AANTAL_KLASSEN = len(LICHT.oplopend)


def class_colours(thema: Thema, is_tweezijdig: bool) -> tuple[list[str], list[str]]:
    """Return the colours of tiles and of the text on them: first without a value, then class by class."""
    palet = PALETTEN[thema]
    if is_tweezijdig:
        return [palet.leeg, *palet.tweezijdig], [palet.inkt, *palet.tweezijdig_tekst]
    return [palet.leeg, *palet.oplopend], [palet.inkt, *palet.oplopend_tekst]


def on_paper() -> dict[str, str]:
    """Return, for every colour of the dark theme, the one that takes its place on paper, which is always light."""
    paren: dict[str, str] = {}
    for rol in fields(Palet):
        donker, licht = getattr(DONKER, rol.name), getattr(LICHT, rol.name)
        if isinstance(donker, str):
            donker, licht = (donker,), (licht,)
        elif isinstance(donker, dict):
            donker, licht = tuple(donker.values()), tuple(licht.values())
        paren |= dict(zip(donker, licht, strict=True))
    return paren


def faded(kleur: str, deel: float) -> str:
    """Return a colour as it looks on white when so much of it is left."""
    kanalen = (int(kleur[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - kanaal) * deel):02x}" for kanaal in kanalen)


def is_light(kleur: str) -> bool:
    """Return whether a colour is nearer to white than to black."""
    return sum(int(kleur[i : i + 2], 16) for i in (1, 3, 5)) > 3 * 127


def hatch_tint(inkt: str, thema: Thema) -> str:
    """Return the ending of the hatching that shows where this ink does: light, dark, or dark and light on paper."""
    if is_light(inkt):
        return "-l"
    return "-p" if thema == "dark" and is_light(on_paper()[inkt]) else "-d"


def font_face(adres: str) -> str:
    """Return the rule that has the browser fetch the letters of the app from this address."""
    bron = f'src:url("{adres}") format("woff2")'
    return f'@font-face{{font-family:"{LETTER}";font-weight:400 700;font-display:swap;{bron}}}'


def css_variables() -> str:
    """Return the palettes as CSS variables that follow the theme by themselves."""
    namen = ("achtergrond", "vlak", "inkt", "gedempt", "lijn", "accent", "voorbeeld", "leeg")
    paren = [(naam, getattr(LICHT, naam), getattr(DONKER, naam)) for naam in namen]
    paren += [(f"pijler-{p}", LICHT.pijlers[p], DONKER.pijlers[p]) for p in LICHT.pijlers]
    paren += [(f"reeks{i}", a, b) for i, (a, b) in enumerate(zip(LICHT.reeksen, DONKER.reeksen, strict=True))]
    paren += [(f"op{i}", a, b) for i, (a, b) in enumerate(zip(LICHT.oplopend, DONKER.oplopend, strict=True))]
    paren += [(f"tz{i}", a, b) for i, (a, b) in enumerate(zip(LICHT.tweezijdig, DONKER.tweezijdig, strict=True))]
    regels = "".join(f"--rm-{naam}:light-dark({licht},{donker});" for naam, licht, donker in paren)
    return f".stApp,.rm-buiten{{--rm-letter:{LETTERTYPE};{regels}}}"
