"""Estimates of a model, apart from all figures: only of a question for which the catalogue asks for them."""

from __future__ import annotations

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import tag
from app.lezen import data
from app.lezen.onderwerp import enquetecijfers
from app.lezen.rijen import Kenmerk
from app.oordeel import modelschatting
from app.oordeel.cijfer import Cijferkeuze
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak


def show(merk: Kenmerk, keuze: Cijferkeuze) -> None:
    """Show what the model makes of each WGO, in the order of their codes, or why it makes nothing of them."""
    naam = keuze.indicator.indicator_id
    rijen = enquetecijfers.modelschattingen(merk, naam, keuze.categorie)
    zin = enquetecijfers.modelzin(merk, naam, keuze.categorie)
    if not (rijen or zin):
        return
    st.header("Modelschatting per werkgeversorganisatie", anchor=False)
    if not any(r.waarde is not None for r in rijen):
        onderdelen.notice(zin)
        return
    tekst = " ".join(filter(None, [modelschatting.GEEN_METING, zin, modelschatting.STAAT_APART]))
    onderdelen.show(tag("p", tekst, klasse="rm-onder"))
    kop = f"modelschatting van {keuze.indicator.titel.lower()}, {rijen[0].periode_naam}"
    regels = modelschatting.table_rows(rijen, data.regios(merk), keuze.eenheid)
    onderdelen.show_table(
        Tabelvak(kop, modelschatting.KOPPEN, regels, getallen=(1, 2, 3), open_=True),
        Download(f"modelschatting_{naam}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(rijen)),
    )
    onderdelen.source_line(rijen, "")
