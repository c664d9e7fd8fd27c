"""Parts that every page uses: notices, figure cards, source lines, tables with a download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from app.beeld.charts import Spec
from app.beeld.fragmenten import EEN_CIJFER, example_text
from app.beeld.later import pa
from app.beeld.markup import Html, join, table, tag
from app.beeld.plaatje import Plaatje
from app.beeld.stijl import Thema
from app.lezen.rijen import Publicatie, Resultaat, Waarneming
from app.oordeel.bijschriften import source_text, status_texts
from app.raam import paginas
from app.raam.keuze import selectie
from app.raam.keuze.selectie import Veld
from app.raam.meenemen import downloads
from app.raam.meenemen.downloads import Download
from app.raam.weergave import theme
from app.taal.opmaak import datum, getal, hoofdletter, opsomming


def register_page(naam: str, pagina: st.Page) -> None:
    """Make a page known under its name, so that others can link to it."""
    st.session_state.setdefault("paginas", {})[naam] = pagina


def show(inhoud: Html, *, is_smal: bool = False) -> None:
    """Show a piece of HTML of our own making, as wide as the page or as its own text."""
    st.html(inhoud, width="content" if is_smal else "stretch")


def section_menu(naam: str) -> None:
    """Show the pages that share an entry of the menu with this one; nothing where it is the only one."""
    samen = paginas.beside(naam)
    if len(samen) < 2:
        return
    wijzer = selectie.wijzer()
    punten = [
        tag("li", tag("a", paginas.PAGINAS[ander].titel, href=wijzer.address(ander).removesuffix("?"), target="_self",
                      **({"aria_current": "page"} if ander == naam else {})))
        for ander in samen
    ]  # fmt: skip
    show(tag("nav", tag("ul", join(punten)), klasse="rm-deelmenu", aria_label=paginas.PAGINAS[naam].ingang))


def page_head(titel: str) -> None:
    """Show the title of a page."""
    with st.container(key="rm-kop", horizontal=True, vertical_alignment="center"):
        st.title(titel, anchor=False, width="content")


def jump(tekst: str, plek: str) -> Html:
    """Return a link to a heading further down the same page, by its anchor."""
    return tag("a", tekst, href=f"#{plek}", target="_self")


def page_link(naam: str, label: str, icoon: str | None = None, **keuze: str) -> None:
    """Show a link to another page with a selection."""
    pagina = st.session_state.get("paginas", {}).get(naam)
    if pagina is not None:
        st.page_link(pagina, label=label, icon=icoon, query_params=selectie.wijzer().query(**keuze))


def example_banner() -> None:
    """Say that this is voorbeeldmodus, with the way out; nothing outside it."""
    if not selectie.met_voorbeeld():
        return
    with st.container(key="rm-voorbeeldmodus", horizontal=True, vertical_alignment="center", gap="small"):
        show(example_text())
        st.button("Alleen echte cijfers", key="voorbeeld_uit", on_click=selectie.leave_examples)


def then_banner(publicatie: Publicatie) -> None:
    """Say that an earlier publication is read, with the way back to that of now; nothing where it is that of now."""
    if not publicatie.nu:
        return
    with st.container(key="rm-zoals-toen", horizontal=True, vertical_alignment="center", gap="small"):
        show(
            tag(
                "p",
                tag("strong", f"Zoals bekend op {datum(publicatie.gemaakt_op)}."),
                f" U ziet een eerdere publicatie ({publicatie.publicatie_id}). Wat nu verborgen is, is het hier ook.",
                klasse="rm-melding",
                role="status",
            )
        )
        st.button("Naar de nieuwste", key="toen_uit", on_click=selectie.leave_earlier)


def fold_choices(velden: Sequence[Veld], label: str, sleutel: str, altijd: Sequence[str] = ()) -> None:
    """Show what folds out to choices that are rarely made; they travel to the browser when it is opened.

    An expander and no popover: what a popover holds comes last on the page for who uses the keyboard. What is set
    stands above its label, and of those in `altijd` also the usual: a label that changes would take the focus away.
    """
    te_kiezen = [veld for veld in velden if veld.is_te_kiezen]
    if not te_kiezen:
        return
    gezet = "; ".join(veld.tekst(veld.waarde) for veld in te_kiezen if veld.is_anders or veld.naam in altijd)
    with st.container(key="rm-meer", gap=None):
        hint = f"Ook te kiezen: {opsomming([veld.label.lower() for veld in te_kiezen])}"
        show(tag("p", gezet) if gezet else tag("p", hint, klasse="rm-hint"))
        meer = st.expander(label, key=sleutel, on_change="rerun")
        if meer.open:
            with meer, st.container(horizontal=True, gap="medium", key="rm-keuzes"):
                for veld in te_kiezen:
                    veld.show()


def notice(tekst: str) -> None:
    """Show a short message."""
    show(tag("p", tekst, klasse="rm-melding", role="status"))


def source_line(rijen: Sequence[Waarneming], indicator_id: str, *, voorlopig: str = "Met voorlopige cijfers.") -> None:
    """Show source and n, with a link to the page of the indicator; without one on that page itself."""
    delen = [f"Bron: {source_text(rijen)}." if rijen else ""]
    aantallen = {rij.n for rij in rijen if rij.n}
    if len(aantallen) == 1:
        delen.append(f"n = {getal(aantallen.pop())}.")
    if any(rij.is_voorlopig for rij in rijen):
        delen.append(voorlopig)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        show(tag("p", " ".join(filter(None, delen)), klasse="rm-bron"), is_smal=True)
        if indicator_id:
            page_link(EEN_CIJFER, "Bron en uitleg", indicator=indicator_id)


@dataclass(frozen=True)
class Tabelvak:
    """A table as it stands on a page: its caption, its rows, which columns hold numbers, and how it folds away.

    A table with a `vak`, its name on the page, travels to the browser only when the reader opens it.
    """

    kop: str
    kolommen: Sequence[str]
    rijen: Sequence[Sequence[object]]
    getallen: Sequence[int] = ()
    vak: str = ""
    open_: bool = False


def show_table(tabel: Tabelvak, mee: Download) -> None:
    """Show the figures of a chart as a table that folds away, with a download."""
    # What the chart above it says already is not said again; the caption has it in full.
    naam = f"Tabel: {tabel.kop.partition(': ')[0]}" if not tabel.open_ else hoofdletter(tabel.kop)
    if tabel.vak:
        sleutel = f"tabel_{tabel.vak}"
        # With another name it is another table to Streamlit; to the reader it is the same one, and stays open.
        st.session_state[sleutel] = bool(st.session_state.get(sleutel))
        uitklap = st.expander(naam, key=sleutel, on_change="rerun")
        if not uitklap.open:
            return
    else:
        uitklap = st.expander(naam, expanded=tabel.open_)
    with uitklap:
        show(table(tabel.kolommen, tabel.rijen, bijschrift=tabel.kop, getallen=tabel.getallen))
        downloads.table_buttons(tabel.kop, mee)


@dataclass(frozen=True)
class Vouwtabel:
    """A long table of which what matters stands open, and what stands under it when asked for."""

    koppen: tuple[str, ...]
    open: Sequence[Sequence[object]]
    gevouwen: Sequence[Sequence[object]]
    bijschrift: str
    # What is folded away, as the words on which one clicks.
    rest: str
    getallen: tuple[int, ...] = ()


def show_folded(t: Vouwtabel) -> None:
    """Show the rows that stand open, and a fold with the others where there are any: two parts of one table."""
    delen = [table(t.koppen, t.open, bijschrift=t.bijschrift, getallen=t.getallen)] if t.open else []
    if t.gevouwen:
        dicht = table(t.koppen, t.gevouwen, bijschrift=t.bijschrift, getallen=t.getallen)
        delen.append(tag("details", tag("summary", t.rest), dicht, klasse="rm-zo"))
    show(join(delen))


def download(bestand: str, titel: str, tabel: Resultaat) -> None:
    """Offer a table of the account to take along."""
    downloads.table_buttons(titel, Download(bestand, tabel.kolommen, lambda: tabel.rijen))


def status_notes(rijen: Iterable[Waarneming]) -> None:
    """Explain every reason for a missing or uncertain figure that occurs."""
    teksten = status_texts(rijen)
    if teksten:
        show(tag("ul", join(tag("li", tekst) for tekst in teksten), klasse="rm-noten"))


def chart(maak_spec: Callable[[Thema], Spec], rijen: pa.Table, *, alt: str, sleutel: str, plaatje: Plaatje) -> None:
    """Show a chart that the reader only looks at, and offer it as a picture."""
    st.vega_lite_chart(rijen, maak_spec(theme()), width="stretch", theme=None, key=sleutel, alt=alt)
    downloads.picture_buttons(plaatje, maak_spec, rijen, alt, sleutel.removeprefix("grafiek_"))


def empty_state() -> None:
    """Show what to do when there is no publication yet."""
    st.title("Er is nog geen publicatie")
    show(
        tag(
            "div",
            tag(
                "p",
                "De monitor heeft nog geen cijfers om te laten zien. De beheerder van de monitor maakt de eerste "
                "publicatie. Laad deze pagina daarna opnieuw.",
            ),
            tag("p", "Bent u de beheerder?"),
            tag(
                "ol",
                tag(
                    "li",
                    "Zet de leveringen in de map ",
                    tag("code", "data/raw"),
                    ", elk met een bestand ",
                    tag("code", "levering.yml"),
                    ".",
                ),
                tag("li", "Voer in de map van het project dit uit: ", tag("code", "make start"), "."),
            ),
            tag("p", "Wordt een levering afgekeurd, dan staat er wat er mis is en in welke rij."),
            klasse="rm-leeg",
        )
    )
