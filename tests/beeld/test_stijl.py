"""The palettes can be told apart by everyone: contrast, and three kinds of colour blindness."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from contrast import contrast

from app.beeld.stijl import DONKER, LICHT, Palet, hatch_tint, on_paper

ROOT = Path(__file__).parents[2]
# Machado, Oliveira and Fernandes (2009), severity 1: linear RGB as it is seen.
BLIND = {
    "protanopie": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopie": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopie": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
GEWOON = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
ZICHT = {"gewoon": GEWOON, **BLIND}


def linear(kleur: str) -> list[float]:
    kanalen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen]


def lab(kleur: str, zicht: str) -> tuple[float, float, float]:
    """Return a colour as someone with this sight sees it, in CIELAB."""
    bron = linear(kleur)
    r, g, b = (min(1.0, max(0.0, sum(m * k for m, k in zip(rij, bron, strict=True)))) for rij in ZICHT[zicht])
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(een: str, twee: str, zicht: str) -> float:
    """Return how far two colours lie apart for someone; 2.3 can just be noticed."""
    return sum((a - b) ** 2 for a, b in zip(lab(een, zicht), lab(twee, zicht), strict=True)) ** 0.5


def test_the_measure_knows_red_from_green_and_who_does_not() -> None:
    assert distance("#c00000", "#007000", "gewoon") > 100
    assert distance("#c00000", "#007000", "deuteranopie") < 35


@pytest.mark.parametrize("zicht", ZICHT)
@pytest.mark.parametrize("palet", [LICHT, DONKER], ids=["licht", "donker"])
def test_steps_of_a_map_are_told_apart_and_keep_their_order(palet: Palet, zicht: str) -> None:
    stappen = [distance(a, b, zicht) for a, b in pairwise(palet.oplopend)]
    assert min(stappen) > 7, [round(s, 1) for s in stappen]
    helderheid = [lab(kleur, zicht)[0] for kleur in palet.oplopend]
    assert helderheid in (sorted(helderheid), sorted(helderheid, reverse=True))


@pytest.mark.parametrize("zicht", ZICHT)
@pytest.mark.parametrize("palet", [LICHT, DONKER], ids=["licht", "donker"])
def test_below_and_above_zero_are_two_colours(palet: Palet, zicht: str) -> None:
    helft = len(palet.tweezijdig) // 2
    onder, boven = palet.tweezijdig[:helft], palet.tweezijdig[helft:]
    assert min(distance(a, b, zicht) for a, b in pairwise(palet.tweezijdig)) > 5
    # The same step below and above zero: never taken for one another.
    assert min(distance(a, b, zicht) for a, b in zip(reversed(onder), boven, strict=True)) > 9


@pytest.mark.parametrize("zicht", ZICHT)
@pytest.mark.parametrize("palet", [LICHT, DONKER], ids=["licht", "donker"])
def test_lines_and_pijlers_are_told_apart(palet: Palet, zicht: str) -> None:
    reeksen = {(a, b): round(distance(a, b, zicht), 1) for a, b in combinations(palet.reeksen, 2)}
    pijlers = {(a, b): round(distance(a, b, zicht), 1) for a, b in combinations(palet.pijlers.values(), 2)}
    # Each line also has its own dash and shape, each pijler its name.
    assert min(reeksen.values()) > 8, reeksen
    assert min(pijlers.values()) > 5, pijlers


@pytest.mark.parametrize("palet", [LICHT, DONKER], ids=["licht", "donker"])
def test_what_is_drawn_stands_out_from_the_page(palet: Palet) -> None:
    tekens = [*palet.reeksen, *palet.pijlers.values(), palet.accent, palet.voorbeeld, palet.gedempt]
    te_zwak = {kleur: round(contrast(kleur, palet.achtergrond), 2) for kleur in tekens}
    assert min(te_zwak.values()) >= 4.5, te_zwak


def test_every_dark_colour_of_a_chart_has_one_place_on_paper() -> None:
    rollen = ("achtergrond", "inkt", "gedempt", "lijn", "rooster", "accent", "voorbeeld", "leeg")
    for naam in rollen:
        assert on_paper()[getattr(DONKER, naam)] == getattr(LICHT, naam)
    for reeks in ("oplopend", "oplopend_tekst", "tweezijdig", "tweezijdig_tekst"):
        assert [on_paper()[kleur] for kleur in getattr(DONKER, reeks)] == list(getattr(LICHT, reeks))


def test_hatching_shows_on_screen_and_on_paper() -> None:
    tinten = [hatch_tint(inkt, "dark") for inkt in DONKER.oplopend_tekst]
    assert tinten == ["-l", "-l", "-l", "-d", "-p", "-p"]
    assert [hatch_tint(inkt, "light") for inkt in LICHT.oplopend_tekst] == ["-d", "-d", "-d", "-d", "-l", "-l"]


@pytest.mark.parametrize("palet", [LICHT, DONKER], ids=["licht", "donker"])
def test_signs_stand_out_from_every_ground_they_stand_on(palet: Palet) -> None:
    """Hatches, markers, the ring of the keyboard and the borders of fields: at least 3 to 1."""
    css = (ROOT / "app" / "statisch" / "regiomonitor.css").read_text(encoding="utf-8")
    andere = re.search(r"i\.rm-ander \{[^}]*var\(--rm-gedempt\); opacity: ([\d.]+)", css)
    ring = re.search(r":focus-visible \{ outline: \dpx solid var\(--rm-(\w+)\)", css)
    assert andere
    assert ring
    paren = {
        "arcering": [(palet.gedempt, grond) for grond in (palet.achtergrond, palet.vlak, palet.leeg)],
        "teken op een spoor": [(kleur, palet.vlak) for kleur in (*palet.pijlers.values(), palet.accent)],
        "andere uitkomst": [(mixed(palet.gedempt, palet.vlak, float(andere[1])), palet.vlak)],
        "focus": [(getattr(palet, ring[1]), grond) for grond in (palet.achtergrond, palet.vlak)],
        "rand van een veld": [(field_border(palet), palet.achtergrond)],
        "melding": [(palet.voorbeeld, palet.vlak), (palet.accent, palet.vlak)],
    }
    te_zwak = {wat: min(contrast(a, b) for a, b in lijst) for wat, lijst in paren.items()}
    assert min(te_zwak.values()) >= 3, te_zwak


def mixed(voor: str, achter: str, dekking: float) -> str:
    """Return the colour of a see-through sign on a ground."""
    kanalen = [(int(voor[i : i + 2], 16), int(achter[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(v * dekking + a * (1 - dekking)):02x}" for v, a in kanalen)


def field_border(palet: Palet) -> str:
    """Return the border of fields and buttons as Streamlit's theme has it, whose ground is that of the palette."""
    thema = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    kleuren = thema["light" if palet is LICHT else "dark"]
    assert kleuren["backgroundColor"] == palet.achtergrond
    return str(kleuren["borderColor"])
