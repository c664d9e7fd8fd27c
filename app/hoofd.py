"""The Streamlit script: the pages, the switch for real figures and the notices that always stand."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module

import streamlit as st

from app.lezen import data
from app.lezen.publicatie import gekozen
from app.lezen.rijen import Kenmerk
from app.raam.keuze import selectie
from app.raam.metingen import DRAAIEN, FOUTEN, GETOOND
from app.raam.paginas import BEGIN, PAGINAS, VOORAF
from app.raam.vakken import conceptvak, onderdelen, schade, voet, voorafvak
from app.raam.vergeten import forget_gone_widgets
from app.raam.wie import lezer
from app.rollen.rechten import Recht

_LOG = logging.getLogger("regiomonitor")

_Toon = Callable[[Kenmerk], None]


def _screens() -> dict[str, _Toon]:
    """Return what shows each page: each is found by the name that `PAGINAS` has for it."""
    return {naam: import_module(f"app.schermen.{pagina.scherm}").show for naam, pagina in PAGINAS.items()}


# At once and not when a page is asked for, so that no reader waits for its modules.
_INHOUD = _screens()


def _framed(naam: str, pagina: _Toon) -> Callable[[], None]:
    """Return the page with what stands around it: messages above, the publication below."""

    def _run() -> None:
        if not lezer.may(Recht.LEZEN):
            # Nothing else on the page: who was in may no longer see what he saw.
            onderdelen.notice("Uw sessie is voorbij. Laad de pagina opnieuw om u weer aan te melden.")
            return
        try:
            selectie.choose_publication()
            merk = data.kenmerk()
            gegevens = data.publicatie(merk)
            gekozen.hold(merk)
        except data.GeenPublicatieError:
            schade.nothing_to_show()
            return
        onderdelen.section_menu(naam)
        boven = st.container(key="rm-boven")
        pagina(merk)
        with boven:
            onderdelen.example_banner()
            onderdelen.then_banner(gegevens)
            conceptvak.banner(merk)
            if naam != VOORAF:
                voorafvak.invite(merk)
            if data.is_substitute(merk) and not gegevens.nu:
                onderdelen.show(schade.substitute_text(gegevens))
            for tekst in selectie.messages():
                onderdelen.notice(tekst)
        voet.show(gegevens)

    return _run


class _Page(st.Page):
    """A page that the browser knows by its address in place of a sum of it: it stands in every part of every page."""

    @property
    def _script_hash(self) -> str:
        return self._url_path or BEGIN


def main() -> None:
    """Set up the pages and run the one that is asked for."""
    forget_gone_widgets()
    selectie.start_run()
    paginas = {
        naam: _Page(_framed(naam, _INHOUD[naam]), title=pagina.titel, url_path=naam, default=naam == BEGIN)
        for naam, pagina in PAGINAS.items()
    }
    for naam, deze in paginas.items():
        onderdelen.register_page(naam, deze)
    scherm = st.navigation(list(paginas.values()), position="hidden")
    st.set_page_config(page_title=f"{scherm.title} | Regiomonitor", layout="wide")
    try:
        with DRAAIEN.time():
            scherm.run()
    except Exception as fout:
        # Streamlit stops and restarts a run by raising; those are no errors.
        if type(fout).__module__.startswith("streamlit.runtime"):
            raise
        FOUTEN.labels("pagina").inc()
        _LOG.exception("Fout op een pagina")
        st.error("Deze pagina kan nu niet worden getoond. Laad de pagina opnieuw; helpt dat niet, meld het dan.")
    finally:
        GETOOND.set()


if __name__ == "__main__":
    main()
