"""The regions of a werkgeversorganisatie in her dossier: what is really known of each, beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.documenten.blokken import Alinea, Blok, Kop, Tabelblok
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.rijen import Kenmerk, Regio, Waarneming
from app.oordeel import bijschriften
from app.oordeel.gesprek import dossier
from app.oordeel.gesprek.dossier import Dossiercijfer
from pipelines.afspraken.codelijsten import IN_PLAATS, Niveau, Status

_CIJFERS = 8
_NVT = "N.v.t.: hier valt niets te tellen, want andere regio's zijn samen het cijfer van heel Nederland"


@dataclass(frozen=True)
class Leden:
    """The regions of a werkgeversorganisatie, and per figure what each of them has of it, by its code."""

    regios: tuple[Regio, ...] = ()
    cijfers: Mapping[str, Mapping[str, Dossiercijfer]] = field(default_factory=dict)
    # Of these figures the regions that have one are together Nederland: the others have nothing to count.
    heel: frozenset[str] = frozenset()

    @property
    def rijen(self) -> list[Waarneming]:
        """Every figure that is shown."""
        return [c.rij for per in self.cijfers.values() for c in per.values() if c.rij.waarde is not None]

    def only(self, hoogstens: int) -> Leden:
        """Return the same with so many figures."""
        return replace(self, cijfers={naam: self.cijfers[naam] for naam in list(self.cijfers)[:hoogstens]})

    def cell(self, naam: str, code: str) -> str:
        """Write the figure of a region with its period, or why there is none: hidden, nothing to count, not known."""
        c = self.cijfers[naam].get(code)
        if c is None or c.rij.status == Status.ONTBREEKT:
            return IN_PLAATS[Status.NVT if naam in self.heel else Status.ONTBREEKT]
        _, periode, tekst, *_ = dossier.figure_rows([c])[0]
        return f"{tekst} ({periode})"

    def reasons(self) -> list[str]:
        """Return what the words in the place of a figure mean, for those that stand there."""
        soorten = {c.rij.status for per in self.cijfers.values() for c in per.values() if c.rij.waarde is None}
        leeg = any(self.cell(naam, r.regio_code) == IN_PLAATS[Status.NVT] for naam in self.cijfers for r in self.regios)
        return [*bijschriften.reasons_of(soorten - {Status.ONTBREEKT}), *[f"{_NVT}."] * leeg]


def of_wgo(merk: Kenmerk, regio: Regio) -> Leden:
    """Return what is really known of the regions that a werkgeversorganisatie has now; nothing of another area."""
    if regio.niveau != Niveau.WGO:
        return Leden()
    alle = data.regios(merk)
    codes = regiogegevens.members(merk, regio.regio_code, data.publicatie(merk).gemaakt_op.date())
    per: dict[str, dict[str, Dossiercijfer]] = {}
    for code in codes:
        for c in dossier.build_dossier(merk, code).cijfers:
            if not c.van_wgo and not c.rij.is_voorbeeld:
                per.setdefault(c.naam, {})[code] = c
    bekend = {naam: _with_value(eigen) for naam, eigen in per.items()}
    meeste = sorted(filter(bekend.__getitem__, per), key=lambda naam: -len(bekend[naam]))[:_CIJFERS]
    heel = frozenset(naam for naam in meeste if regiogegevens.is_whole(merk, bekend[naam][-1]))
    return Leden(tuple(alle[c] for c in codes), {naam: per[naam] for naam in per if naam in meeste}, heel)


def _with_value(eigen: Mapping[str, Dossiercijfer]) -> list[Waarneming]:
    """Return the figures that have a value, the newest last."""
    return sorted((c.rij for c in eigen.values() if c.rij.waarde is not None), key=lambda r: r.eind)


def blocks(leden: Leden) -> Iterator[Blok]:
    """Yield the figures of the regions as one table, each with its period: they are not added up."""
    if not leden.cijfers:
        return
    yield Kop("De regio's")
    rijen = tuple((naam, *(leden.cell(naam, r.regio_code) for r in leden.regios)) for naam in leden.cijfers)
    namen = tuple(r.naam for r in leden.regios)
    breedtes = (4, *(3 for _ in namen))
    yield Tabelblok("Het nieuwste cijfer van elke regio", ("Cijfer", *namen), rijen, breedtes)
    tekst = ["Cijfers van verschillende perioden zijn niet met elkaar te vergelijken.", *leden.reasons()]
    yield Alinea(" ".join(tekst), "klein")
