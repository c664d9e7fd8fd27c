"""Parts that every page uses: notices, figure cards, source lines, tables with a download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from app import cellen, data, downloads, selectie, zinnen
from app.cellen import Maat
from app.charts import Spec
from app.data import Indicator, Kenmerk, Publicatie, Tabel, Waarneming, heeft_voorbeelddata
from app.markup import Html, join, table, tag
from app.opmaak import HERKOMST_WOORD, STATUS_UITLEG, decimalen, getal, hoofdletter, opsomming, publicatie_tekst
from app.plaatje import MERK, VOORBEELD, Plaatje
from app.stijl import Thema

VERANTWOORDING = "verantwoording"
BEHEERDER = "De beheerder van de monitor keurt de levering en maakt dan een nieuwe publicatie."


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
        st.page_link(pagina, label=label, icon=icoon, query_params=selectie.link(**keuze))


def evidence_link(tekst: str, indicator: Indicator) -> Html:
    """Return a link to where the figures of an indicator are accounted for."""
    keuze = urlencode(selectie.link(onderdeel="indicatoren", indicator=indicator.indicator_id))
    label = tekst if tekst == indicator.titel else f"{tekst} bij {indicator.titel}"
    return tag("a", tekst, href=f"/{VERANTWOORDING}?{keuze}", target="_self", aria_label=label)


def notice_example(rijen: Iterable[Waarneming] = (), *, altijd: bool = False) -> None:
    """Say that made-up figures are on screen."""
    if altijd or any(rij.is_voorbeeld for rij in rijen):
        show(example_text())


def example_text() -> Html:
    """Return the notice on made-up figures."""
    return tag(
        "p",
        tag("strong", "Voorbeelddata."),
        " Op deze pagina staan ook verzonnen cijfers, omdat de echte nog niet geleverd zijn. "
        "U herkent ze aan het woord VOORBEELD en aan schuine strepen.",
        klasse="rm-melding rm-melding-voorbeeld",
        role="note",
    )


def notice(tekst: str) -> None:
    """Show a short message."""
    show(tag("p", tekst, klasse="rm-melding", role="status"))


def not_delivered(wat: str, hoe: str) -> Html:
    """Return that something was not delivered, who delivers it in which table, and who brings it here."""
    return tag("div", tag("p", wat), tag("p", f"Zo komt het hier. {hoe} {BEHEERDER}"), klasse="rm-leeg")


def source_text(rijen: Sequence[Waarneming]) -> str:
    """Return where figures come from: at most three sources by name, voorbeelddata always."""
    namen = _source_names(rijen)
    if len(namen) > 3:
        namen = [*namen[:2], f"{len(namen) - 2} andere bronnen"]
    return opsomming(namen)


def all_sources(rijen: Sequence[Waarneming]) -> str:
    """Return where figures come from, each source by name: for what is taken along."""
    return opsomming(_source_names(rijen))


def _source_names(rijen: Sequence[Waarneming]) -> list[str]:
    bronnen: dict[str, None] = {}
    for rij in rijen:
        if rij.status in ("nvt", "ontbreekt"):
            continue
        if rij.is_voorbeeld:
            bronnen["voorbeelddata (verzonnen)"] = None
        elif rij.bron:
            bronnen[short_source(rij.bron)] = None
    return sorted(bronnen, key=lambda naam: (naam.startswith("voorbeelddata"), list(bronnen).index(naam)))


def example_sentence(delen: Mapping[str, Sequence[Waarneming]]) -> str:
    """Say which parts of a picture are made up and which are not; empty where none is."""
    gevuld = {naam: [r for r in rijen if r.waarde is not None] for naam, rijen in delen.items()}
    gevuld = {naam: rijen for naam, rijen in gevuld.items() if rijen}
    verzonnen = {naam: [r for r in rijen if r.is_voorbeeld] for naam, rijen in gevuld.items()}
    if not any(verzonnen.values()):
        return ""
    if all(len(verzonnen[naam]) == len(rijen) for naam, rijen in gevuld.items()):
        return VOORBEELD
    wie = [_made_up_part(naam, verzonnen[naam], rijen) for naam, rijen in gevuld.items() if verzonnen[naam]]
    echt = {naam: rijen for naam, rijen in gevuld.items() if not verzonnen[naam]}
    zin = f"{MERK}: verzonnen zijn de cijfers van {opsomming(wie)}"
    if not echt:
        return f"{zin}; de andere zijn echt"
    hoe = sorted({HERKOMST_WOORD[r.herkomst] for rijen in echt.values() for r in rijen}, reverse=True)
    return f"{zin}; die van {opsomming(list(echt))} zijn {' of '.join(hoe)}"


def _made_up_part(naam: str, verzonnen: Sequence[Waarneming], rijen: Sequence[Waarneming]) -> str:
    """Say which figures of a part are made up: all of them, those of some periods, or some of them."""
    if len(verzonnen) == len(rijen):
        return naam
    perioden = list(dict.fromkeys(r.periode_naam for r in verzonnen))
    if len(perioden) > 4 or any(not r.is_voorbeeld and r.periode_naam in perioden for r in rijen):
        return f"een deel van {naam}"
    return f"{naam} over {opsomming(perioden)}"


def source_html(rijen: Sequence[Waarneming], indicator: Indicator) -> Html:
    """Return where figures come from as a line of text, with a link to where they are accounted for."""
    bron = f"Bron: {source_text(rijen)}. " if rijen else ""
    return tag("p", bron, evidence_link("Bron en uitleg", indicator), klasse="rm-bron")


def short_source(bron: str) -> str:
    """Return the name of a site instead of a long address."""
    if "://" in bron:
        return bron.split("://", 1)[1].split("/", 1)[0].removeprefix("www.")
    return bron


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


def download(bestand: str, titel: str, tabel: Tabel) -> None:
    """Offer a table of the account to take along."""
    downloads.table_buttons(bestand, titel, tabel.kolommen, lambda: tabel.rijen)


CSV_KOLOMMEN = (
    "indicator_id", "categorie", "uitsplitsing", "regio_code", "niveau", "branche_code", "periode", "peildatum",
    "schatting", "eenheid", "cijfer", "waarde", "waarde_tot", "onder", "boven", "teller", "noemer", "n", "status",
    "voorlopig", "herkomst", "precisie", "bron", "vindplaats",
)  # fmt: skip


def csv_rows(rijen: Iterable[Waarneming]) -> Iterable[Sequence[object]]:
    """Return figures as rows for a download, each also as the page writes it; a made-up figure says VOORBEELD."""
    catalogus = data.indicatoren(data.kenmerk())
    for r in rijen:
        eenheid = zinnen.unit_of(r, catalogus)
        cijfers = zinnen.decimals_of([r], eenheid)
        waarden = (r.waarde, r.waarde_tot, r.onder, r.boven)
        herkomst = "VOORBEELD (synthetisch)" if r.is_voorbeeld else r.herkomst
        yield (
            r.indicator_id, r.categorie, r.uitsplitsing, r.regio_code, r.niveau, r.branche_code, r.periode, r.peildatum,
            r.schatting, eenheid, str(zinnen.figure(r, eenheid)),
            *(measure(w, eenheid, cijfers) for w in waarden),
            *(measure(w, "aantal", 0) for w in (r.teller, r.noemer, r.n)),
            r.status, r.is_voorlopig,
            herkomst, r.precisie, r.bron, r.vindplaats,
        )  # fmt: skip


def measure(waarde: float | None, eenheid: str, cijfers: int | None) -> Maat | None:
    """Return a number in full, which a spreadsheet shows as the page does."""
    if waarde is None:
        return None
    aantal = decimalen([waarde], eenheid) if cijfers is None else cijfers
    return Maat(waarde, cellen.of_unit(eenheid, aantal, waarde))


def measured(tabel: Tabel, kolommen: Mapping[str, str], eenheid: Callable[[Mapping[str, Any]], str]) -> Tabel:
    """Return a table whose figures are shown as on the pages: per column of them the column with their decimals."""
    namen = tuple(naam for naam in tabel.kolommen if naam not in kolommen.values())
    rijen = []
    for regel in tabel.rijen:
        c = dict(zip(tabel.kolommen, regel, strict=True))
        c |= {naam: measure(c[naam], eenheid(c), c[cijfers]) for naam, cijfers in kolommen.items()}
        rijen.append(tuple(c[naam] for naam in namen))
    return Tabel(namen, tuple(rijen))


def remark(rij: Waarneming) -> str:
    """Return what a reader must know about one figure in a table."""
    delen = [
        "VOORBEELD" if rij.is_voorbeeld else "",
        "indicatief" if rij.status == "indicatief" else "",
        "voorlopig" if rij.is_voorlopig else "",
        f"n = {getal(rij.n)}" if rij.n else "",
    ]
    return ", ".join(filter(None, delen))


def status_notes(rijen: Iterable[Waarneming]) -> None:
    """Explain every reason for a missing or uncertain figure that occurs."""
    teksten = status_texts(rijen)
    if teksten:
        show(tag("ul", join(tag("li", tekst) for tekst in teksten), klasse="rm-noten"))


def status_texts(rijen: Iterable[Waarneming]) -> list[str]:
    """Return every reason for a missing or uncertain figure that occurs."""
    soorten = {rij.status for rij in rijen}
    return [uitleg for status, uitleg in STATUS_UITLEG.items() if status in soorten]


def herkomst_badge(herkomst: str) -> Html:
    """Return the kind of source as a label; made-up data stand out."""
    klasse = "rm-etiket rm-etiket-voorbeeld" if herkomst == "synthetisch" else "rm-etiket"
    return tag("span", HERKOMST_WOORD.get(herkomst, herkomst), klasse=klasse)


def chart(maak_spec: Callable[[Thema], Spec], rijen: pa.Table, *, alt: str, sleutel: str, plaatje: Plaatje) -> None:
    """Show a chart that the reader only looks at, and offer it as a picture."""
    st.vega_lite_chart(rijen, maak_spec(theme()), width="stretch", theme=None, key=sleutel, alt=alt)
    downloads.picture_buttons(plaatje, maak_spec, rijen, alt)


def footer(publicatie: Publicatie) -> None:
    """Show which publication this is, and whose figures they are."""
    show(
        tag(
            "p",
            f"{publicatie_tekst(publicatie.publicatie_id, publicatie.gemaakt_op)}. "
            "Cijfers van het CBS vallen onder CC BY 4.0. ",
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
