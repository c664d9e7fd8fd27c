"""The map of a difference as a picture and as a table: both sides of each region, and what is between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.beeld import cijferrijen
from app.beeld.plaatje import Plaatje
from app.lezen.rijen import Regio, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.vergelijken import verschilkaart
from app.oordeel.vergelijken.kaartverschil import Regioverschil
from app.oordeel.vergelijken.verschilkaart import Verschilkaart
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import hoofdletter
from pipelines.afspraken.codelijsten import Status


def picture(kaart: Verschilkaart) -> Plaatje:
    """Return what a picture of the map says around it; its signs are those of the map."""
    van, tot = (k.indicator.indicator_id if not kaart.is_verandering else k.periode for k in (kaart.van, kaart.tot))
    return Plaatje(
        bestand=f"verschil_{kaart.tot.indicator.indicator_id}_{van}_{tot}",
        titel=verschilkaart.title(kaart),
        onder=verschilkaart.subtitle(kaart),
        bron=bijschriften.all_sources(kaart.rows()),
        voorbeeld="",
    )


def show_table(kaart: Verschilkaart, regios: Mapping[str, Regio]) -> None:
    """Show both figures of every region with their difference, to take along too."""
    kolommen = ("Regio", *map(hoofdletter, kaart.names()), "Verschil", "Opmerking")
    onderdelen.show_table(
        Tabelvak(verschilkaart.title(kaart), kolommen, list(_lines(kaart, regios)), getallen=(1, 2, 3), vak="verschil"),
        Download(
            picture(kaart).bestand,
            ("regio_code", *kolommen[1:]),
            lambda: [(code, *regel) for code, regel in zip(regios, _cells(kaart, regios), strict=True)],
            bron=bijschriften.all_sources(kaart.rows()),
        ),
    )
    for kant in (kaart.van, kaart.tot)[: 1 if kaart.is_verandering else 2]:
        onderdelen.source_line(list(kant.on_map().values()), kant.indicator.indicator_id)


def _lines(kaart: Verschilkaart, regios: Mapping[str, Regio]) -> Sequence[tuple[str, ...]]:
    return [
        (regio.naam, *(_figure(r, kaart.eenheid) for r in (v.van, v.tot)), v.text(kaart.eenheid), v.reden)
        for code, regio in regios.items()
        if (v := kaart.per_regio.get(code, _LEEG))
    ]


def _cells(kaart: Verschilkaart, regios: Mapping[str, Regio]) -> Sequence[tuple[object, ...]]:
    """Return the same with numbers that a spreadsheet can reckon with; shares differ in procentpunt.

    Where there is no difference the reason stands in its place, as the status does in that of a figure.
    """
    schaal = 100 if kaart.eenheid == "aandeel" else 1
    regels = []
    for code in regios:
        v = kaart.per_regio.get(code, _LEEG)
        cellen: tuple[object, ...] = (v.reden, "")
        if v.waarde is not None:
            cellen = (cijferrijen.measure(float(v.waarde * schaal), "aantal", v.cijfers), v.reden)
        regels.append((*(_figure(r, kaart.eenheid) for r in (v.van, v.tot)), *cellen))
    return regels


def _figure(rij: Waarneming | None, eenheid: str) -> str:
    return Status.ONTBREEKT.naam if rij is None else zinnen.figure(rij, eenheid)


_LEEG = Regioverschil(None, None, None, 0, Status.ONTBREEKT, Status.ONTBREEKT.naam)
