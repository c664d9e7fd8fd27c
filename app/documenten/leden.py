"""The regions of a werkgeversorganisatie in her dossier: what is really known of each, beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.documenten.blokken import Alinea, Blok, Kop, Tabelblok
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel.gesprek import dossier
from app.oordeel.gesprek.dossier import Cijfer
from pipelines.afspraken.codelijsten import Niveau

_CIJFERS = 8


@dataclass(frozen=True)
class Leden:
    """The regions of a werkgeversorganisatie, and per figure what each of them has of it, by its code."""

    regios: tuple[Regio, ...] = ()
    cijfers: Mapping[str, Mapping[str, Cijfer]] = field(default_factory=dict)

    @property
    def rijen(self) -> list[Waarneming]:
        """Every figure that is shown."""
        return [c.rij for per in self.cijfers.values() for c in per.values()]


def of_wgo(merk: Kenmerk, regio: Regio) -> Leden:
    """Return what is really known of the regions that a werkgeversorganisatie has now; nothing of another area."""
    if regio.niveau != Niveau.WGO:
        return Leden()
    alle = data.regios(merk)
    codes = regiogegevens.members(merk, regio.regio_code, data.publicatie(merk).gemaakt_op.date())
    per: dict[str, dict[str, Cijfer]] = {}
    for code in codes:
        for c in dossier.build_dossier(merk, code).cijfers:
            if not c.van_wgo and c.rij.waarde is not None and not c.is_voorbeeld:
                per.setdefault(c.naam, {})[code] = c
    meeste = sorted(per, key=lambda naam: -len(per[naam]))[:_CIJFERS]
    return Leden(tuple(alle[c] for c in codes), {naam: per[naam] for naam in per if naam in meeste})


def blocks(leden: Leden) -> Iterator[Blok]:
    """Yield the figures of the regions as one table, each with its period: they are not added up."""
    if not leden.cijfers:
        return
    yield Kop("De regio's")
    rijen = tuple((naam, *(_cell(per.get(r.regio_code)) for r in leden.regios)) for naam, per in leden.cijfers.items())
    namen = tuple(r.naam for r in leden.regios)
    breedtes = (4, *(3 for _ in namen))
    yield Tabelblok("Het nieuwste cijfer van elke regio", ("Cijfer", *namen), rijen, breedtes)
    yield Alinea("Cijfers van verschillende perioden zijn niet met elkaar te vergelijken.", "klein")


def _cell(c: Cijfer | None) -> str:
    if c is None:
        return "geen cijfer"
    _, periode, tekst, *_ = dossier.figure_rows([c])[0]
    return f"{tekst} ({periode})"
