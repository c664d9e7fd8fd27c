"""What changed between two publications, for whoever builds on them: real figures only unless asked otherwise.

What is hidden in either or now is in none of it, and neither is an estimate of a model, which is no figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.lezen import data
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import publicaties
from app.lezen.verschil.publicatieverschil import Cijferwijziging, Publicatieverschil
from app.oordeel import zinnen
from app.taal.opmaak import categorie_tekst, cijfer_tekst, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import Herkomst, Schatting


def between(merk: Kenmerk, van: str, tot: str, *, voorbeeld: bool = False) -> Publicatieverschil | None:
    """Return what changed between two kept publications; nothing where one of them cannot be read."""
    verschil = publicaties.difference(merk, van, tot)
    if verschil is None:
        return None
    cijfers = tuple(c for c in verschil.cijfers if c.schatting != Schatting.MODEL)
    if voorbeeld:
        return replace(verschil, cijfers=cijfers)
    return replace(
        verschil,
        cijfers=tuple(e for c in cijfers for e in _real(c)),
        verborgen=verschil.verborgen - verschil.verborgen_verzonnen,
        weer_getoond=verschil.weer_getoond - verschil.weer_getoond_verzonnen,
    )


def _real(c: Cijferwijziging) -> Iterator[Cijferwijziging]:
    """Yield the change as whoever sees only real figures sees it: an example that became real is new."""
    oud, nieuw = (h == Herkomst.SYNTHETISCH for h in (c.herkomst_oud, c.herkomst_nieuw))
    if not oud and not nieuw:
        yield c
    elif oud and c.herkomst_nieuw and not nieuw:
        yield replace(c, soort="nieuw", waarde_oud=None, status_oud=None, herkomst_oud=None, oorzaak="")
    elif nieuw and c.herkomst_oud and not oud:
        yield replace(c, soort="weg", waarde_nieuw=None, status_nieuw=None, herkomst_nieuw=None, oorzaak="")


def sentence(merk: Kenmerk, c: Cijferwijziging) -> str:
    """Write one change in words: of what, where, when, and what it was and is."""
    catalogus, namen = data.indicatoren(merk), data.names(merk)
    indicator = catalogus.get(c.indicator_id)
    eenheid = zinnen.unit_of_part(indicator.eenheid if indicator else "", c.categorie)

    def _figure(waarde: float | None, status: str | None, herkomst: str | None) -> str:
        cijfers = bewijs.decimals(merk, c.indicator_id, c.categorie, c.uitsplitsing, herkomst)
        return str(cijfer_tekst(waarde, eenheid, status or "", cijfers=cijfers))

    wat = (
        indicator.titel if indicator else c.indicator_id,
        categorie_tekst(c.categorie) if c.categorie else "",
        uitsplitsing_tekst(c.uitsplitsing),
        namen.get(c.regio_code, c.regio_code),
        "" if c.branche_code == "TOTAAL" else namen.get(c.branche_code, c.branche_code),
        c.periode,
    )
    oud = _figure(c.waarde_oud, c.status_oud, c.herkomst_oud)
    nieuw = _figure(c.waarde_nieuw, c.status_nieuw, c.herkomst_nieuw)
    hoe = {"nieuw": f"nieuw, {nieuw}", "weg": f"niet meer opgenomen, was {oud}"}.get(c.soort) or (
        f"was {oud}, is nu {nieuw}" if oud != nieuw else f"{nieuw}; {_beside(c)}"
    )
    return f"{', '.join(filter(None, wat))}: {hoe}"


def _beside(c: Cijferwijziging) -> str:
    """Return what is another one where the figure reads the same."""
    anders = {
        "marge": "de marge of de aantallen erbij zijn anders",
        "herkomst": "de bron is een andere",
        "status": "de status is anders",
    }
    return anders.get(c.soort, "anders in wat niet te zien is")
