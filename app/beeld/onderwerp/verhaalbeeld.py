"""Stories as HTML: what kind it is, where, what it says, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld.markup import Html, join, tag
from app.lezen.rijen import Regio
from app.oordeel import verhalen
from app.oordeel.verhalen import Verhaal
from app.taal import woorden
from pipelines.afspraken.codelijsten import LAND


def as_html(verhalen: Sequence[Verhaal], regios: dict[str, Regio], *, kop: str = "h4") -> Html:
    """Return stories as a list: what kind it is, where, what it says, and who says so."""
    return tag("ul", join(tag("li", _story(v, regios, kop)) for v in verhalen), klasse="rm-verhalen")


def _story(verhaal: Verhaal, regios: dict[str, Regio], kop: str) -> Html:
    waar = regios[verhaal.regio_code].naam if verhaal.regio_code in regios and verhaal.regio_code != LAND else ""
    soort = verhalen.SOORTEN.get(verhaal.soort, verhaal.soort)
    return join(
        [
            tag("p", f"{soort}, {waar}" if waar else soort, klasse="rm-stap"),
            tag(kop, verhaal.titel),
            tag("p", woorden.plainly(verhaal.samenvatting)),
            tag("p", verhalen.voice(verhaal), klasse="rm-stap"),
        ]
    )
