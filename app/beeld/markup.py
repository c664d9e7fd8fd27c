"""Small pieces of HTML, with everything that comes from data escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

from markupsafe import Markup, escape

# Text that is HTML already and is not escaped again.
Html: TypeAlias = Markup


def tag(naam: str, *inhoud: object, klasse: str = "", **kenmerken: str) -> Html:
    """Return one element; an underscore in an attribute name stands for a hyphen."""
    extra = f' class="{escape(klasse)}"' if klasse else ""
    extra += "".join(f' {k.replace("_", "-").strip("-")}="{escape(v)}"' for k, v in kenmerken.items())
    return Html(f"<{naam}{extra}>{join(inhoud)}</{naam}>")


def join(delen: Iterable[object]) -> Html:
    """Return the parts one after the other."""
    return Html().join(map(escape, delen))


def link(tekst: str, adres: str) -> Html:
    """Return a link to another site when the address is one, else the bare text."""
    if not adres.startswith(("https://", "http://")):
        return escape(tekst)
    return tag("a", tekst, href=adres, rel="noopener noreferrer", target="_blank")


def definition_list(paren: Iterable[tuple[str, object]]) -> Html:
    """Return names with what they stand for; empty ones are left out."""
    return tag(
        "dl",
        join(join([tag("dt", naam), tag("dd", wat)]) for naam, wat in paren if str(wat)),
        klasse="rm-lijst",
    )


def table(
    kolommen: Sequence[str],
    rijen: Iterable[Sequence[object]],
    *,
    bijschrift: str,
    getallen: Sequence[int] = (),
) -> Html:
    """Return a table that a screen reader can read: caption, column and row headers."""
    is_breed = len(kolommen) > 3
    kop = join(tag("th", naam, scope="col") for naam in kolommen)
    regels = []
    for rij in rijen:
        # On a phone a wide table becomes a list, in which each cell needs its own heading.
        cellen = [tag("th", rij[0], scope="row")]
        cellen += [
            tag("td", veld, **({"data_kop": naam} if is_breed else {}))
            for naam, veld in zip(kolommen[1:], rij[1:], strict=True)
        ]
        regels.append(tag("tr", join(cellen)))
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


def bar(procent: float | Decimal) -> Html:
    """Return a bar of this part of its width; what it says stands beside it, so a screen reader passes it by."""
    return tag("div", tag("span", style=f"width:{procent:.0f}%"), klasse="rm-balk", aria_hidden="true")
