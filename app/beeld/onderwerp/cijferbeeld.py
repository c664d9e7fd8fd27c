"""The map of the newest figures of one indicator, as a page shows it and as a picture takes it along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.beeld import gebieden
from app.beeld.kaart import kaartbeeld, kaartgebieden, kaartlegenda
from app.beeld.kaart.kaartbeeld import Beeld
from app.beeld.kaart.kaartvorm import Kaartcijfers
from app.beeld.plaatje import Plaatje
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import benaming, bijschriften, zinnen
from app.oordeel.cijfer import Cijferkeuze
from app.oordeel.kaart import kaartzinnen
from app.taal.opmaak import NIVEAU_ENKEL, hoofdletter, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND


@dataclass(frozen=True)
class Cijferkaart:
    """A map with what stands around it, and the figures that it shows."""

    beeld: Beeld
    plaatje: Plaatje
    rijen: tuple[Waarneming, ...]


def card(merk: Kenmerk, keuze: Cijferkeuze, niveau: str, gekozen: Regio | None = None) -> Cijferkaart | None:
    """Return the map of a level; nothing where fewer than two areas have a figure.

    Of the chosen area, where it is one of them, the legend has the mark and the map says its figure in words.
    """
    rijen, alle = keuze.newest(niveau)
    if sum(r.waarde is not None for r in rijen.values()) < 2:
        return None
    regios = kaartgebieden.regions_of_level(merk, niveau, list(rijen.values()))
    vlakken = gebieden.find(merk, niveau, kaartgebieden.moment_of(rijen, alle))
    een = next(iter(rijen.values()))
    is_heel = regiogegevens.is_whole(merk, een)
    beeld = kaartbeeld.picture(merk, Kaartcijfers(keuze.deel, niveau, rijen, regios, alle, is_heel=is_heel), vlakken)
    bron = bijschriften.all_sources(list(rijen.values()))
    gekozen = gekozen if gekozen is not None and gekozen.regio_code in regios else None
    zin = _of_chosen(keuze, gekozen, rijen) if gekozen is not None else ""
    # A map that is taken along has no choice above it that says what is counted, or where.
    onder = f"{hoofdletter(', '.join(filter(None, [uitsplitsing_tekst(een.uitsplitsing), bijschriften.when(een)])))}."
    plaatje = Plaatje(
        bestand=f"kaart_{keuze.indicator.indicator_id}",
        titel=zinnen.marked(f"{keuze.indicator.titel} per {NIVEAU_ENKEL[niveau]}", rijen.values()),
        onder=f"{onder} {zin}".strip(),
        bron=f"{bron}. Kaart: {gebieden.NAAMSVERMELDING}" if vlakken else bron,
        voorbeeld=bijschriften.example_sentence({"de gebieden": list(rijen.values())}),
        tekens=kaartlegenda.signs(beeld, keuze.deel, gekozen),
    )
    return Cijferkaart(replace(beeld, alt=f"{beeld.alt} {zin}".strip()), plaatje, tuple(rijen.values()))


def _of_chosen(keuze: Cijferkeuze, gekozen: Regio, rijen: Mapping[str, Waarneming]) -> str:
    rij = rijen.get(gekozen.regio_code)
    land = next((r for r in keuze.rows(LAND) if rij is not None and r.periode == rij.periode), None)
    return kaartzinnen.region_sentence(gekozen, rij, land, keuze.deel, benaming.country_name(land, keuze.alle))
