"""The budget of the programme as figures: which amounts, shares and rules there are of one area and year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.lezen.onderwerp import plannen
from app.lezen.onderwerp.plannen import Regeltoets
from app.lezen.rijen import Kenmerk, Waarneming
from app.taal.opmaak import PIJLER_WOORD
from pipelines.afspraken.codelijsten import LAND, Niveau, Regelsoort

BEDRAG, AANDEEL, COFINANCIERING = INDICATOREN = ("budget_bedrag", "budget_aandeel", "cofinanciering_aandeel")
REALISATIE = "soort=realisatie"


@dataclass(frozen=True, slots=True)
class Geld:
    """The money of one area in one year: in all, and as subsidy and co-financing, as far as known."""

    totaal: Waarneming | None
    subsidie: Waarneming | None
    cofinanciering: Waarneming | None

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """The figures that exist."""
        return tuple(r for r in (self.totaal, self.subsidie, self.cofinanciering) if r is not None)


def rules(merk: Kenmerk, jaar: str) -> list[Regeltoets]:
    """Return the rules that were tested for one year: the country first, then WGO's; guidelines before demands."""
    alle = (t for t in plannen.regeltoetsen(merk) if str(t.jaar) == jaar)
    return sorted(alle, key=lambda t: (t.regio_code != LAND, t.regio_code, t.soort != Regelsoort.RICHTLIJN, t.regel_id))


def years(*reeksen: Iterable[Waarneming]) -> list[str]:
    """Return the years with a budget figure, newest first."""
    return sorted({r.periode for reeks in reeksen for r in reeks if r.waarde is not None}, reverse=True)


def money(bedragen: Sequence[Waarneming], regio_code: str, jaar: str) -> Geld:
    """Return the amounts of one area in one year."""
    hier = [r for r in bedragen if r.regio_code == regio_code and r.periode == jaar and r.waarde is not None]

    def _one(categorie: str) -> Waarneming | None:
        return next((r for r in hier if r.categorie == categorie and r.uitsplitsing in ("", REALISATIE)), None)

    return Geld(_one(""), _one("subsidie"), _one("cofinanciering"))


def split(aandelen: Sequence[Waarneming], regio_code: str, jaar: str) -> list[Waarneming]:
    """Return the realised share per pijler of one area in one year, in the order of the programme."""
    hier = {
        r.categorie: r
        for r in aandelen
        if (r.regio_code, r.periode, r.uitsplitsing) == (regio_code, jaar, REALISATIE) and r.waarde is not None
    }
    return [hier[pijler] for pijler in PIJLER_WOORD if pijler in hier]


def areas(*reeksen: Iterable[Waarneming]) -> list[str]:
    """Return the country, and the WGO's that have a budget figure, in code order."""
    codes = {r.regio_code for reeks in reeksen for r in reeks if r.niveau == Niveau.WGO and r.waarde is not None}
    return [LAND, *sorted(codes)]
