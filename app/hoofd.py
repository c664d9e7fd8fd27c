"""The Streamlit script: the pages, the switch for real figures and the notices that always stand."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from app.beeld import fragmenten
from app.lezen import data
from app.oordeel.programma import pijlers
from app.raam import onderdelen, schade, selectie
from app.raam.paginas import BEGIN, PAGINAS
from app.schermen.budget import pagina as budget
from app.schermen.gesprek import pagina as voortgangsgesprek
from app.schermen.kaart import pagina as kaart
from app.schermen.knoppen import pagina as knoppen
from app.schermen.landelijk import pagina as landelijk_beeld
from app.schermen.pijlers import pagina as pijlerscherm
from app.schermen.regio import pagina as mijn_regio
from app.schermen.toegankelijkheid import pagina as toegankelijkheid
from app.schermen.verantwoording import pagina as verantwoording
from app.schermen.verhalen import pagina as verhalen

_LOG = logging.getLogger("regiomonitor")


def _framed(pagina: Callable[[data.Kenmerk], None]) -> Callable[[], None]:
    """Return the page with what stands around it: messages above, the publication below."""

    def _run() -> None:
        try:
            merk = data.kenmerk()
            gegevens = data.publicatie(merk)
        except data.GeenPublicatieError:
            schade.nothing_to_show()
            return
        boven = st.container(key="rm-boven")
        pagina(merk)
        with boven:
            if data.is_substitute(merk):
                onderdelen.show(schade.substitute_text(gegevens))
            for tekst in selectie.messages():
                onderdelen.notice(tekst)
        onderdelen.footer(gegevens)

    return _run


def main() -> None:
    """Set up the pages and run the one that is asked for."""
    selectie.start_run()
    inhoud = {
        BEGIN: landelijk_beeld.show,
        "kaart": kaart.show,
        mijn_regio.PAGINA: mijn_regio.show,
        pijlers.PAGINA: pijlerscherm.show,
        budget.PAGINA: budget.show,
        knoppen.PAGINA: knoppen.show,
        voortgangsgesprek.PAGINA: voortgangsgesprek.show,
        verhalen.PAGINA: verhalen.show,
        fragmenten.VERANTWOORDING: verantwoording.show,
        toegankelijkheid.PAGINA: toegankelijkheid.show,
    }
    paginas = {
        naam: st.Page(_framed(inhoud[naam]), title=titel, url_path=naam, default=naam == BEGIN)
        for naam, titel in PAGINAS.items()
    }
    for naam, pagina in paginas.items():
        onderdelen.register_page(naam, pagina)
    gekozen = st.navigation(list(paginas.values()), position="top")
    st.set_page_config(page_title=f"{gekozen.title} | Regiomonitor", layout="wide")
    try:
        gekozen.run()
    except Exception as fout:
        # Streamlit stops and restarts a run by raising; those are no errors.
        if type(fout).__module__.startswith("streamlit.runtime"):
            raise
        _LOG.exception("Fout op een pagina")
        st.error("Deze pagina kan nu niet worden getoond. Laad de pagina opnieuw; helpt dat niet, meld het dan.")


if __name__ == "__main__":
    main()
