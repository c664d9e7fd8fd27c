"""Parts that every page uses: notices, figure cards, source lines, tables with a download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version

import pyarrow as pa
import streamlit as st

from app.beeld.charts import Spec
from app.beeld.fragmenten import VERANTWOORDING, example_text
from app.beeld.markup import Html, join, table, tag
from app.beeld.plaatje import Plaatje
from app.beeld.stijl import Thema
from app.lezen.data import Kenmerk, Publicatie, Resultaat, Waarneming, heeft_voorbeelddata
from app.oordeel.bijschriften import source_text, status_texts
from app.raam import downloads, selectie
from app.taal.opmaak import getal, hoofdletter, publicatie_tekst

# From pyproject.toml, the one place where it stands.
VERSIE = version("regiomonitor")


def register_page(naam: str, pagina: st.Page) -> None:
    """Make a page known under its name, so that others can link to it."""
    st.session_state.setdefault("paginas", {})[naam] = pagina


def theme() -> Thema:
    """Return the theme that the reader sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show(inhoud: Html, *, is_smal: bool = False) -> None:
    """Show a piece of HTML of our own making, as wide as the page or as its own text."""
    st.html(inhoud, width="content" if is_smal else "stretch")


def page_head(titel: str, merk: Kenmerk, *, met_schakelaar: bool = True) -> None:
    """Show the title of a page, and beside it the switch for real figures where it makes a difference."""
    with st.container(key="rm-kop", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(titel, anchor=False, width="content")
        if met_schakelaar and heeft_voorbeelddata(merk):
            selectie.switch_only_real()


def page_link(naam: str, label: str, icoon: str | None = None, **keuze: str) -> None:
    """Show a link to another page with a selection."""
    pagina = st.session_state.get("paginas", {}).get(naam)
    if pagina is not None:
        st.page_link(pagina, label=label, icon=icoon, query_params=selectie.wijzer().query(**keuze))


def notice_example(rijen: Iterable[Waarneming] = (), *, altijd: bool = False) -> None:
    """Say that made-up figures are on screen."""
    if altijd or any(rij.is_voorbeeld for rij in rijen):
        show(example_text())


def notice(tekst: str) -> None:
    """Show a short message."""
    show(tag("p", tekst, klasse="rm-melding", role="status"))


def source_line(rijen: Sequence[Waarneming], indicator_id: str, *, voorlopig: str = "Met voorlopige cijfers.") -> None:
    """Show source and n, with a link to where the figures are accounted for."""
    delen = [f"Bron: {source_text(rijen)}." if rijen else ""]
    aantallen = {rij.n for rij in rijen if rij.n}
    if len(aantallen) == 1:
        delen.append(f"n = {getal(aantallen.pop())}.")
    if any(rij.is_voorlopig for rij in rijen):
        delen.append(voorlopig)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        show(tag("p", " ".join(filter(None, delen)), klasse="rm-bron"), is_smal=True)
        page_link(VERANTWOORDING, "Bron en uitleg", onderdeel="indicatoren", indicator=indicator_id)


def table_and_download(
    kop: str,
    kolommen: Sequence[str],
    rijen: Sequence[Sequence[object]],
    *,
    bestand: str,
    csv_kolommen: Sequence[str],
    csv_rijen: Callable[[], Iterable[Sequence[object]]],
    getallen: Sequence[int] = (),
    open_: bool = False,
    gekozen: int | None = None,
    vak: str = "",
    bron: str = "",
) -> None:
    """Show the figures of a chart as a table that folds away, with a download.

    A table with a `vak`, its name on the page, travels to the browser only when the reader opens it.
    """
    naam = f"Tabel: {kop}" if not open_ else hoofdletter(kop)
    if vak:
        sleutel = f"tabel_{vak}"
        # With another name it is another table to Streamlit; to the reader it is the same one, and stays open.
        st.session_state[sleutel] = bool(st.session_state.get(sleutel))
        uitklap = st.expander(naam, key=sleutel, on_change="rerun")
        if not uitklap.open:
            return
    else:
        uitklap = st.expander(naam, expanded=open_)
    with uitklap:
        show(table(kolommen, rijen, bijschrift=kop, getallen=getallen, gekozen=gekozen))
        downloads.table_buttons(bestand, kop, csv_kolommen, csv_rijen, bron=bron)


def download(bestand: str, titel: str, tabel: Resultaat) -> None:
    """Offer a table of the account to take along."""
    downloads.table_buttons(bestand, titel, tabel.kolommen, lambda: tabel.rijen)


def status_notes(rijen: Iterable[Waarneming]) -> None:
    """Explain every reason for a missing or uncertain figure that occurs."""
    teksten = status_texts(rijen)
    if teksten:
        show(tag("ul", join(tag("li", tekst) for tekst in teksten), klasse="rm-noten"))


def chart(maak_spec: Callable[[Thema], Spec], rijen: pa.Table, *, alt: str, sleutel: str, plaatje: Plaatje) -> None:
    """Show a chart that the reader only looks at, and offer it as a picture."""
    st.vega_lite_chart(rijen, maak_spec(theme()), width="stretch", theme=None, key=sleutel, alt=alt)
    downloads.picture_buttons(plaatje, maak_spec, rijen, alt)


def footer(publicatie: Publicatie) -> None:
    """Show which publication this is, whose figures they are, and which version of the app shows them."""
    show(
        tag(
            "p",
            f"{publicatie_tekst(publicatie.publicatie_id, publicatie.gemaakt_op)}. "
            f"Cijfers van het CBS vallen onder CC BY 4.0. Versie {VERSIE} van de monitor. ",
            tag("a", "Hoe toegankelijk is deze monitor?", href="/toegankelijkheid", target="_self"),
            klasse=f"rm-voet rm-{theme()}",
        )
    )


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
