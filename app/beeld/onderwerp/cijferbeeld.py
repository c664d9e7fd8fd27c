"""The map of the newest figures of one indicator, as a page shows it and as a picture takes it along."""

from __future__ import annotations

from dataclasses import dataclass

from app.beeld import gebieden
from app.beeld.kaart import kaartbeeld, kaartgebieden, kaartlegenda
from app.beeld.kaart.kaartbeeld import Beeld
from app.beeld.kaart.kaartvorm import Kaartcijfers
from app.beeld.plaatje import Plaatje
from app.lezen.rijen import Kenmerk
from app.oordeel import bijschriften, zinnen
from app.oordeel.cijfer import Cijferkeuze
from app.taal.opmaak import NIVEAU_ENKEL, hoofdletter


@dataclass(frozen=True)
class Cijferkaart:
    """A map with what stands around it."""

    beeld: Beeld
    plaatje: Plaatje


def card(merk: Kenmerk, keuze: Cijferkeuze, niveau: str) -> Cijferkaart | None:
    """Return the map of a level; nothing where fewer than two areas have a figure."""
    rijen, alle = keuze.newest(niveau)
    if sum(r.waarde is not None for r in rijen.values()) < 2:
        return None
    regios = kaartgebieden.regions_of_level(merk, niveau, list(rijen.values()))
    vlakken = gebieden.find(merk, niveau, kaartgebieden.moment_of(rijen, alle))
    beeld = kaartbeeld.picture(merk, Kaartcijfers(keuze.deel, niveau, rijen, regios, alle), vlakken)
    bron = bijschriften.all_sources(list(rijen.values()))
    plaatje = Plaatje(
        bestand=f"kaart_{keuze.indicator.indicator_id}",
        titel=zinnen.marked(f"{keuze.indicator.titel} per {NIVEAU_ENKEL[niveau]}", rijen.values()),
        onder=f"{hoofdletter(bijschriften.when(next(iter(rijen.values()))))}.",
        bron=f"{bron}. Kaart: {gebieden.NAAMSVERMELDING}" if vlakken else bron,
        voorbeeld=bijschriften.example_sentence({"de gebieden": list(rijen.values())}),
        tekens=kaartlegenda.signs(beeld, keuze.deel),
    )
    return Cijferkaart(beeld, plaatje)
