"""Small pieces of HTML, with everything that comes from data escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


def text(inhoud: object) -> str:
    """Return the content as HTML: escaped, unless it is HTML already."""
    return str(inhoud) if isinstance(inhoud, Html) else escape(str(inhoud), quote=True)


def tag(naam: str, *inhoud: object, klasse: str = "", **kenmerken: str) -> Html:
    """Return one element; an underscore in an attribute name stands for a hyphen."""
    extra = f' class="{escape(klasse, quote=True)}"' if klasse else ""
    extra += "".join(f' {k.replace("_", "-").strip("-")}="{escape(v, quote=True)}"' for k, v in kenmerken.items())
    return Html(f"<{naam}{extra}>{''.join(text(deel) for deel in inhoud)}</{naam}>")


def join(delen: Iterable[object]) -> Html:
    """Return the parts one after the other."""
    return Html("".join(text(deel) for deel in delen))


def link(tekst: str, adres: str) -> Html:
    """Return a link to another site when the address is one, else the bare text."""
    if not adres.startswith(("https://", "http://")):
        return Html(escape(tekst))
    return tag("a", tekst, href=adres, rel="noopener noreferrer", target="_blank")


def table(
    kolommen: Sequence[str],
    rijen: Iterable[Sequence[object]],
    *,
    bijschrift: str,
    getallen: Sequence[int] = (),
    gekozen: int | None = None,
) -> Html:
    """Return a table that a screen reader can read: caption, column and row headers."""
    is_breed = len(kolommen) > 3
    kop = join(tag("th", naam, scope="col") for naam in kolommen)
    regels = []
    for nummer, rij in enumerate(rijen):
        # On a phone a wide table becomes a list, in which each cell needs its own heading.
        cellen = [tag("th", rij[0], scope="row")]
        cellen += [
            tag("td", veld, **({"data_kop": naam} if is_breed else {}))
            for naam, veld in zip(kolommen[1:], rij[1:], strict=True)
        ]
        regels.append(tag("tr", join(cellen), klasse="rm-gekozen" if nummer == gekozen else ""))
    soorten = ["rm-tabel", *(["rm-breed"] if is_breed else []), *(f"rm-g{i + 1}" for i in getallen)]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", bijschrift),
            tag("thead", tag("tr", kop)),
            tag("tbody", join(regels)),
            klasse=" ".join(soorten),
        ),
        klasse="rm-tabelvak",
        role="region",
        tabindex="0",
        aria_label=bijschrift,
    )
