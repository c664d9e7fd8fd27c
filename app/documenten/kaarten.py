"""The map of a document: one real figure of all areas of a level, with the area of the document marked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.beeld import plaatje
from app.beeld.kaart.kaartkeus import chosen_spec
from app.beeld.onderwerp import cijferbeeld
from app.beeld.onderwerp.cijferbeeld import Cijferkaart
from app.documenten.blokken import Kaart
from app.lezen import data
from app.lezen.rijen import Kenmerk, Regio
from app.oordeel import cijfer
from app.oordeel.overzicht import regiostaat
from pipelines.afspraken.codelijsten import Niveau, Plek


def regional_map(merk: Kenmerk, regio: Regio) -> Iterator[Kaart]:
    """Yield the map of the first figure that has one, of real figures alone; nothing where there is none."""
    if not any(r.tegel_x is not None for r in data.regios(merk).values()):
        return
    niveau = regio.niveau if regio.niveau == Niveau.WGO else Niveau.ARBEIDSMARKTREGIO
    catalogus = data.indicatoren(merk)
    mogelijk = [
        naam for naam, niveaus in data.niveaus_per_indicator(merk, False).items()
        if niveau in niveaus and not catalogus[naam].is_kept_out(Plek.DOSSIER)
    ]  # fmt: skip
    eerste = [regiostaat.first_choice(merk, mogelijk, False)] if mogelijk else []
    # Of a region that has no figure itself a map says little; then another figure goes first.
    kaarten = (_card(merk, naam, niveau, regio) for naam in dict.fromkeys([*eerste, *mogelijk]))
    kaart = next((k for k in kaarten if k is not None), None)
    if kaart is None:
        return
    beeld, onder = kaart.beeld, kaart.plaatje
    spec = chosen_spec(beeld, "light", regio.regio_code)
    yield Kaart(onder.titel, beeld.alt, partial(_draw, kaart, spec), kaart.rijen)


def _draw(kaart: Cijferkaart, spec: dict[str, object], publicatie: str) -> bytes:
    return plaatje.svg(kaart.plaatje, spec, kaart.beeld.tabel, publicatie, kaart.beeld.alt)


def _card(merk: Kenmerk, naam: str, niveau: str, regio: Regio) -> Cijferkaart | None:
    keuze = cijfer.usual(merk, data.indicatoren(merk)[naam])
    if keuze is None:
        return None
    eigen = keuze.newest(niveau)[0].get(regio.regio_code)
    if regio.niveau == niveau and (eigen is None or eigen.waarde is None):
        return None
    return cijferbeeld.card(merk, keuze, niveau, regio)
