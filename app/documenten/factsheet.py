"""The factsheet of a region: one sheet of A4 to hand out, with the portrait, its newest figures and one line."""

from __future__ import annotations

from dataclasses import replace

from app.documenten import leden
from app.documenten.blokken import Alinea, Blok, Document, Tabelblok
from app.documenten.grafieken import charts
from app.documenten.regio import ALLEEN_ECHT, figure_table, frame, stories
from app.lezen.rijen import Kenmerk
from app.oordeel import bijschriften
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.oordeel.gesprek.dossier import Dossier, Dossiercijfer
from app.oordeel.overzicht.portret import portrait

# As many as leave room for the line and the sources, whatever their names.
_CIJFERS = 8
_VAN_LEDEN, _VERHALEN = 4, 2
# Beside a line: only of few regions, below a short table.
_NAAST_LIJN, _LEDEN, _KORT = 2, 4, 5


def factsheet(merk: Kenmerk, regio_code: str, *, voorbeeld: bool = False) -> Document:
    """Return one sheet: what is known comes first, and what made up only fills the places after it."""
    alles = dossier.build_dossier(merk, regio_code, voorbeeld=voorbeeld)
    gegevens = gespreksgegevens.collect(merk, regio_code, voorbeeld)
    cijfers = dossier.first_figures(alles.cijfers, _CIJFERS)
    lijn = next(charts(cijfers, gegevens), None)
    blokken: list[Blok] = [Alinea(" ".join(portrait(alles, gegevens)))]
    blokken += [_table(alles, cijfers)] if cijfers else [Alinea(f"Van {alles.regio.naam} zijn er nog geen cijfers.")]
    van_leden = _of_members(merk, alles, _VAN_LEDEN)
    if lijn is not None:
        is_ruim = len(cijfers) <= _KORT and len(van_leden.regios) <= _LEDEN
        van_leden = _of_members(merk, alles, _NAAST_LIJN) if is_ruim else leden.Leden()
    # The line goes last: it takes the room that is left.
    blokken += [*leden.blocks(van_leden), *([lijn] if lijn is not None else _stories(alles))]
    rijen = [*(r for c in cijfers for r in (c.rij, c.land) if r is not None), *van_leden.rijen]
    echt = [] if voorbeeld else [f"{ALLEEN_ECHT}."]
    bron = [f"Bron: {bijschriften.all_sources(rijen)}."] if rijen else []
    blokken.append(Alinea(" ".join([*bron, *echt]), "klein"))
    return replace(frame(alles, "Factsheet", (), blokken, ()), is_blad=True)


def _of_members(merk: Kenmerk, alles: Dossier, hoogstens: int) -> leden.Leden:
    """Return the regions of a WGO beside each other with so many figures."""
    return leden.of_wgo(merk, alles.regio).only(hoogstens)


def _stories(alles: Dossier) -> list[Blok]:
    return [*stories(alles.verhalen[:_VERHALEN], alles.regio.naam)] if alles.verhalen else []


def _table(alles: Dossier, cijfers: tuple[Dossiercijfer, ...]) -> Tabelblok:
    bijschrift = f"Het nieuwste van {dossier.whose(alles.regio.naam, cijfers)}"
    return figure_table(alles, cijfers, bijschrift)
