"""Where the text of a PDF stands: every piece with its left and right edge, measured with the widths in its font."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from pypdf import PageObject


class Stuk(NamedTuple):
    """One piece of text as it is set: its edges, its baseline and its bytes, in points."""

    links: float
    rechts: float
    onder: float
    tekst: bytes


def pieces(pagina: PageObject) -> list[Stuk]:
    """Return every piece of text that the page itself sets; text within a picture is not among them."""
    breedtes = {naam: _widths(font.get_object()) for naam, font in pagina["/Resources"]["/Font"].items()}
    stukken: list[Stuk] = []
    letter: list[Any] = ["", 0.0]

    def _look(operatie: bytes, velden: Any, cm: list[float], tm: list[float]) -> None:
        if operatie == b"Tf":
            letter[:] = [velden[0], float(velden[1])]
        if operatie in (b"Tj", b"TJ"):
            delen = velden[0] if operatie == b"TJ" else [velden[0]]
            breed = sum(_advance(deel, breedtes[letter[0]]) for deel in delen) / 1000 * letter[1]
            links = cm[0] * tm[4] + cm[4]
            tekst = b"".join(_bytes(d) for d in delen if not isinstance(d, int | float))
            stukken.append(Stuk(links, links + breed * tm[0] * cm[0], cm[3] * tm[5] + cm[5], tekst))

    pagina.extract_text(visitor_operand_before=_look)
    return stukken


def overlaps(stukken: list[Stuk], speling: float = 0.5) -> list[tuple[Stuk, Stuk]]:
    """Return the pieces on one line that stand over each other: a cell that runs into the next one."""
    regels: dict[float, list[Stuk]] = {}
    for stuk in stukken:
        regels.setdefault(round(stuk.onder, 1), []).append(stuk)
    paren = [paar for regel in regels.values() for paar in pairwise(sorted(regel))]
    return [(een, twee) for een, twee in paren if een.rechts > twee.links + speling]


def _widths(font: Any) -> dict[int, float]:
    """Return the width of every glyph of a font, in thousandths of its size."""
    breedtes: dict[int, float] = {}
    lijst = list(font["/DescendantFonts"][0].get_object().get("/W", []))
    while lijst:
        eerste, tweede = int(lijst.pop(0)), lijst.pop(0)
        if isinstance(tweede, list):
            breedtes |= {eerste + n: float(breed) for n, breed in enumerate(tweede)}
        else:
            breed = float(lijst.pop(0))
            breedtes |= dict.fromkeys(range(eerste, int(tweede) + 1), breed)
    return breedtes


def _advance(deel: Any, breedtes: dict[int, float]) -> float:
    if isinstance(deel, int | float):
        return -float(deel)
    rauw = _bytes(deel)
    codes = [int.from_bytes(rauw[plek : plek + 2], "big") for plek in range(0, len(rauw), 2)]
    return sum(breedtes.get(code, 1000.0) for code in codes)


def _bytes(deel: Any) -> bytes:
    return bytes(getattr(deel, "original_bytes", deel))
