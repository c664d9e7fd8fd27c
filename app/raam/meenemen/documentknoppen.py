"""The buttons that make a document of a region: only when the reader asks for one."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from html import escape
from pathlib import Path
from uuid import uuid4

import streamlit as st

from app.beeld.stijl import LETTERTYPE, PALETTEN
from app.documenten import maken
from app.documenten.omvang import MIME, Omvang, formats
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.logboek.regel import Daad
from app.raam.keuze import selectie
from app.raam.meenemen.later import later
from app.raam.weergave import theme
from app.raam.wie import lezer, vastleggen
from app.rollen.rechten import Recht
from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.meldingen import AfgekeurdError

_SAMEN = {"zip": "application/zip"}


def show(merk: Kenmerk, regio_code: str, *, gespreksjaar: int | None = None) -> None:
    """Offer the document of a region, or of the country, in each format.

    What the page leaves out (voorbeelddata), the document leaves out. With the year of a talk the reader may ask for
    what the committee wrote down; the choice holds for that region and year.
    """
    publicatie = data.publicatie(merk)
    met_notities = gespreksjaar is not None and st.checkbox(
        "Met scores, notities en afspraken van de commissie (vertrouwelijk)",
        key=f"document_notities_{regio_code}_{gespreksjaar}",
        help="Het document heet dan vertrouwelijk, op de voorkant, op elke bladzijde en in de naam van het bestand.",
    )
    kort = regio_code == LAND and st.checkbox(
        "Alleen de kerncijfers van tussentijds, met hun bron", key="document_kort"
    )
    omvang = Omvang.KORT if kort else Omvang.HEEL
    jaar = gespreksjaar if met_notities else None
    voorbeeld = selectie.met_voorbeeld()
    knoppen, daaronder = st.container(horizontal=True, gap="small"), st.container()
    with knoppen:
        for formaat, mime in [*((f, MIME[f]) for f in formats(omvang)), *_SAMEN.items()]:
            naam = maken.file_name(
                publicatie, regio_code, formaat, omvang=omvang, voorbeeld=voorbeeld, vertrouwelijk=met_notities
            )
            maak = partial(_make, regio_code, naam, omvang, jaar, voorbeeld=voorbeeld)
            wat = "Alle documenten (ZIP)" if formaat in _SAMEN else f"Document als {formaat.upper()}"
            if not met_notities:
                st.download_button(
                    wat, data=later(maak), file_name=naam, mime=mime, on_click="ignore",
                    icon=":material/download:", key=f"document_{regio_code}_{formaat}",
                )  # fmt: skip
            elif st.button(f"{wat}, vertrouwelijk", icon=":material/lock:", key=f"vertrouwelijk_{formaat}"):
                with daaronder, st.container(key="rm-vertrouwelijk-stuk"):
                    try:
                        _offer_privately(maak(), naam, mime)
                    except AfgekeurdError as fout:
                        st.error(str(fout))


def offer_factsheet(merk: Kenmerk, regio_code: str) -> None:
    """Offer the sheet of A4 of a region."""
    voorbeeld = selectie.met_voorbeeld()
    naam = maken.file_name(data.publicatie(merk), regio_code, "pdf", omvang=Omvang.BLAD, voorbeeld=voorbeeld)
    st.download_button(
        "Factsheet: één A4 als PDF", file_name=naam,
        data=later(partial(_make, regio_code, naam, Omvang.BLAD, voorbeeld=voorbeeld)),
        mime=MIME["pdf"], on_click="ignore", icon=":material/download:", key="factsheet",
    )  # fmt: skip


def _offer_privately(inhoud: bytes, naam: str, mime: str) -> None:
    """Show a link that carries the document itself; the script follows it at once, for who asked by one click.

    A download button would put it under an address of the server, open to whoever has that address.
    """
    adres = f"data:{mime};base64,{b64encode(inhoud).decode()}"
    palet = PALETTEN[theme()]
    st.iframe(
        f'<!doctype html><html lang="nl"><title>Vertrouwelijk document</title>'
        f'<body style="margin:0.25rem;font:0.9375rem/1.5 {escape(LETTERTYPE)};background:{palet.achtergrond};'
        f'color:{palet.inkt}">'
        f'Niet vanzelf bewaard? <a style="color:{palet.accent}" data-keer="{uuid4().hex}" download="{escape(naam)}" '
        f'href="{adres}">Bewaar de vertrouwelijke {naam.rsplit(".", 1)[-1].upper()}</a>'
        "</body></html>",
        height=40,
        alt="Vertrouwelijk document bewaren",
    )


def _make(regio_code: str, bestand: str, omvang: Omvang, gespreksjaar: int | None = None, *, voorbeeld: bool) -> bytes:
    """Return what belongs in the file of this name: one document, or all of them in one ZIP.

    Of the publication that is read at the click, which hides what that of then hides.
    """
    notities = None
    if gespreksjaar is not None and lezer.may(Recht.GESPREK):
        from app.documenten.commissie import read

        vastleggen.note(lezer.current(), Daad.NOTITIES_UITGEVOERD, f"{regio_code} {gespreksjaar}")
        notities = read(Path(data.pad()).parent, regio_code, gespreksjaar)
    document = maken.compose(data.kenmerk(), regio_code, omvang=omvang, voorbeeld=voorbeeld, notities=notities)
    naam, formaat = bestand.rsplit(".", 1)
    if formaat not in _SAMEN:
        return maken.write(document, formaat)
    return maken.write_all(document, {f: f"{naam}.{f}" for f in formats(omvang)})
