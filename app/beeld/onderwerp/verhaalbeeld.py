"""Stories as HTML: what kind it is, where, what it says, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from app.beeld.markup import Html, bar, join, tag
from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Regio
from app.oordeel.overzicht import verhalen
from app.taal import woorden
from app.taal.opmaak import PIJLER_WOORD, getal
from pipelines.afspraken.codelijsten import LAND


def as_html(verhalen: Sequence[Verhaal], regios: dict[str, Regio], *, kop: str = "h4") -> Html:
    """Return stories as a list: what kind it is, where, what it says, and who says so."""
    return tag("ul", join(tag("li", _story(v, regios, kop)) for v in verhalen), klasse="rm-verhalen")


def folded(verhalen: Sequence[Verhaal], regios: dict[str, Regio], *, kop: str = "h4", open_: int = 0) -> Html:
    """Return stories as a list to look through: each title opens to what it says; the first `open_` are open."""
    punten = [tag("li", _fold(v, regios, kop, is_open=nummer < open_)) for nummer, v in enumerate(verhalen)]
    return tag("ul", join(punten), klasse="rm-verhalen rm-verhalen-dicht")


def by_theme(verhalen: Sequence[Verhaal], adres: Callable[[str], str]) -> Html:
    """Return how many stories each pijler has as bars, each a link to them; last those of none, so that all add up."""
    per = Counter(v.pijler if v.pijler in PIJLER_WOORD else "" for v in verhalen)
    meeste = max(per.values(), default=0) or 1
    rijen = [
        tag("li", tag("a", naam, href=adres(pijler), target="_self") if pijler else tag("span", naam),
            bar(100 * per[pijler] / meeste),
            tag("strong", getal(per[pijler])), klasse=f"rm-p-{pijler}" if pijler else "")
        for pijler, naam in {**PIJLER_WOORD, "": "Niet bij één pijler"}.items() if per[pijler]
    ]  # fmt: skip
    return tag("ul", join(rijen), klasse="rm-themas", aria_label="Verhalen per pijler")


def _story(verhaal: Verhaal, regios: dict[str, Regio], kop: str) -> Html:
    return join([tag("p", _place(verhaal, regios), klasse="rm-stap"), tag(kop, verhaal.titel), _told(verhaal)])


def _fold(verhaal: Verhaal, regios: dict[str, Regio], kop: str, *, is_open: bool) -> Html:
    wat = tag("summary", tag(kop, verhaal.titel), tag("span", _place(verhaal, regios), klasse="rm-stap"))
    return tag("details", wat, _told(verhaal), **({"open": ""} if is_open else {}))


def _place(verhaal: Verhaal, regios: dict[str, Regio]) -> str:
    """Say what kind of story it is, from where, and of which pijler."""
    waar = regios[verhaal.regio_code].naam if verhaal.regio_code in regios and verhaal.regio_code != LAND else ""
    soort = verhalen.SOORTEN.get(verhaal.soort, verhaal.soort)
    return ", ".join(filter(None, [soort, waar, PIJLER_WOORD.get(verhaal.pijler, "")]))


def _told(verhaal: Verhaal) -> Html:
    tekst = tag("p", woorden.plainly(verhaal.samenvatting))
    return join([tekst, tag("p", verhalen.voice(verhaal), klasse="rm-stap")])
