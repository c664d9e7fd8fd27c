"""The survey for one group of organisations: per question what was published and what was computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.onderwerp import enquetecijfers
from app.lezen.rijen import Indicator, Kenmerk, Waarneming
from app.oordeel.echt import has_examples
from app.taal import woorden
from app.taal.opmaak import NIVEAU_ENKEL, getal, hoofdletter, leesbaar, waarde_tekst
from pipelines.afspraken.codelijsten import (
    LAND,
    MINSTE_BASIS,
    MINSTE_RESPONS,
    TOTAAL,
    Herkomst,
    Niveau,
    Schatting,
    Status,
)

# What the page on the survey is about beside its pijlers: who took part, how they judge, how closely they are involved.
RESPONDENTEN, RESPONS, RAPPORTCIJFER = "respondenten", "respons", "rapportcijfer"
# Who took part, which says nothing of care in the region.
OPKOMST = (RESPONDENTEN, RESPONS)
BETROKKENHEID = "betrokkenheid"
SCHATTINGEN: dict[str, str] = {schatting: schatting.naam for schatting in Schatting
                               if schatting.naam and schatting != Schatting.MODEL}  # fmt: skip
_SOORT = {
    Niveau.WGO: hoofdletter(NIVEAU_ENKEL[Niveau.WGO]),
    "branche": "Branche",
    "grootteklasse": "Omvang in fte",
    "functie": "Functie van wie invulde",
    BETROKKENHEID: "Betrokkenheid",
}
_GROEPEN = (
    ("grootteklasse", ("<50", "50-249", "250-1000", ">1000", "onbekend")),
    ("functie", ("bestuurder", "hr", "overig")),
    (BETROKKENHEID, ("actief", "regelmatig", "af_en_toe", "alleen_informatie")),
)


@dataclass(frozen=True, slots=True)
class Groep:
    """The whole country, one WGO or one subgroup; never two of them crossed."""

    sleutel: str
    soort: str
    naam: str
    regio_code: str = LAND
    branche_code: str = TOTAAL
    uitsplitsing: str = ""

    @property
    def label(self) -> str:
        """What it is called in a list."""
        return f"{_SOORT[self.soort]}: {self.naam}" if self.soort in _SOORT else self.naam

    @property
    def kop(self) -> str:
        """What it is called in a sentence on its own."""
        return self.naam if self.soort in (Niveau.LAND, Niveau.WGO, "branche") else self.label


@dataclass(frozen=True, slots=True)
class Cijfer:
    """One answer: the figure that was published and the one that was computed."""

    berekend: Waarneming | None = None
    gepubliceerd: Waarneming | None = None

    @property
    def beste(self) -> Waarneming:
        """The figure to put first: delivered, then published, then voorbeelddata."""
        if self.berekend is not None and (self.gepubliceerd is None or self.berekend.herkomst == Herkomst.LEVERING):
            return self.berekend
        if self.gepubliceerd is None:
            raise ValueError("een cijfer zonder waarneming")
        return self.gepubliceerd

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """Both figures, as far as they exist."""
        return tuple(rij for rij in (self.gepubliceerd, self.berekend) if rij is not None)

    @property
    def n(self) -> int | None:
        """How many answered."""
        return next((rij.n for rij in self.rijen if rij.n is not None), None)


@dataclass(frozen=True, slots=True)
class Vraag:
    """One question with its answers; `kern` is the answer that counts as reached or noticed."""

    indicator: Indicator
    antwoorden: Mapping[str, Cijfer]
    kern: str
    lijst: tuple[str, ...] = field(default=("",))

    @property
    def cijfer(self) -> Cijfer:
        """The figure of the main answer."""
        return self.antwoorden[self.kern]

    @property
    def is_keuze(self) -> bool:
        """Whether it is the last of a list to tick: another effect, or none."""
        return self.indicator.is_afsluiter

    @property
    def is_uitkomst(self) -> bool:
        """Whether it can stand for a pijler: what the programme is for."""
        return self.indicator.is_uitkomst

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """Every figure of the question."""
        return tuple(rij for cijfer in self.antwoorden.values() for rij in cijfer.rijen)


def jaren(merk: Kenmerk) -> tuple[str, ...]:
    """Return the years of the survey, newest first."""
    return enquetecijfers.perioden(merk, RAPPORTCIJFER)


@remember(20)
def groepen(merk: Kenmerk, jaar: str) -> dict[str, Groep]:
    """Return the groups that answered in one year, by key: the country, WGO's, branches, other subgroups."""
    plekken = enquetecijfers.plekken(merk, (RESPONDENTEN, RAPPORTCIJFER), jaar)
    kandidaten = [Groep(LAND, Niveau.LAND, "Nederland")]
    kandidaten += [Groep(r.regio_code, Niveau.WGO, r.naam, regio_code=r.regio_code)
                   for r in data.regios(merk).values() if r.niveau == Niveau.WGO]  # fmt: skip
    kandidaten += [Groep(b.branche_code, "branche", b.naam_kort, branche_code=b.branche_code)
                   for b in data.branches(merk).values() if b.branche_code != TOTAAL]  # fmt: skip
    for soort, waarden in _GROEPEN:
        kandidaten += [Groep(f"{soort}={w}", soort, leesbaar(w), uitsplitsing=f"{soort}={w}") for w in waarden]
    return {g.sleutel: g for g in kandidaten if (g.regio_code, g.branche_code, g.uitsplitsing) in plekken}


def questions(catalogus: Mapping[str, Indicator], rijen: Iterable[Waarneming], schatting: str) -> dict[str, Vraag]:
    """Return the questions that have a figure, in the order of the catalogue, with one kind of estimate.

    Questions are read beside each other: where any of them has a real answer, those with made-up ones stay out.
    """
    rijen = list(rijen)
    is_echt = any(not r.is_voorbeeld for r in rijen if r.indicator_id not in (RESPONDENTEN, RESPONS))
    per_vraag: dict[str, dict[str, Cijfer]] = {}
    for rij in rijen:
        if is_echt and rij.is_voorbeeld:
            continue
        antwoorden = per_vraag.setdefault(rij.indicator_id, {})
        oud = antwoorden.get(rij.categorie, Cijfer())
        if rij.herkomst == Herkomst.GEPUBLICEERD:
            antwoorden[rij.categorie] = Cijfer(oud.berekend, rij)
        elif rij.schatting in (schatting, ""):
            is_beter = oud.berekend is None or rij.herkomst == Herkomst.LEVERING
            antwoorden[rij.categorie] = Cijfer(rij if is_beter else oud.berekend, oud.gepubliceerd)
    vragen = {}
    for naam, indicator in catalogus.items():
        antwoorden = {c: cijfer for c, cijfer in per_vraag.get(naam, {}).items() if cijfer.rijen}
        if antwoorden:
            lijst = _answer_list(indicator, antwoorden)
            kern = next((c for c in lijst if c in antwoorden), next(iter(antwoorden)))
            vragen[naam] = Vraag(indicator, antwoorden, kern, lijst)
    return vragen


def _answer_list(indicator: Indicator, antwoorden: Mapping[str, Cijfer]) -> tuple[str, ...]:
    """Return the answers that could be given, also where only some were published."""
    lijst = tuple(indicator.antwoorden or ())
    return lijst if set(antwoorden) <= set(lijst) else tuple(antwoorden)


def chain(vragen: Mapping[str, Vraag], pijler: str, schakels: Iterable[str]) -> dict[str, list[Vraag]]:
    """Return the questions of one pijler per schakel, in the order of the catalogue: the same for each group."""
    keten: dict[str, list[Vraag]] = {schakel: [] for schakel in schakels}
    for vraag in vragen.values():
        indicator = vraag.indicator
        if indicator.pijler == pijler and indicator.schakel in keten and indicator.eenheid == "aandeel":
            keten[indicator.schakel].append(vraag)
    return keten


def leading(vragen: Sequence[Vraag]) -> Vraag | None:
    """Return the outcome with the highest share that may stand for a pijler.

    An uncertain one is never put first, and what nobody noticed is no outcome. Of what is made up none is the
    highest: the first of the catalogue stands there.
    """
    vast = [
        v for v in vragen if v.is_uitkomst and v.cijfer.beste.status == Status.BESCHIKBAAR and v.cijfer.beste.waarde
    ]
    if has_examples(v.cijfer.beste for v in vast):
        return vast[0]
    return max(vast, key=lambda v: v.cijfer.beste.waarde or 0, default=None)


def others(vragen: Sequence[Vraag], top: Vraag) -> list[Waarneming]:
    """Return the figures of the other outcomes beside the one that stands first."""
    return [v.cijfer.beste for v in vragen if v is not top and v.is_uitkomst]


def asked_text(vraag: Vraag, groep: Groep, populatie: str) -> str:
    """Say in words who was asked, and how many."""
    n, wie = vraag.cijfer.n, vraag.indicator.basis
    hoeveel = f"{getal(n)} organisatie{'' if n == 1 else 's'}" if n is not None else "organisaties"
    waar = "" if groep.soort == Niveau.LAND else " uit deze groep"
    if not wie and populatie and vraag.indicator.is_open:
        return f"Gevraagd aan {hoeveel}{waar}: {woorden.plainly(populatie)}"
    return f"Gevraagd aan {hoeveel}{waar} {wie}".strip() if wie else f"Gevraagd aan alle {hoeveel}{waar}"


def respondents(vragen: Mapping[str, Vraag]) -> int | None:
    """Return how many organisations of the group took part, as far as known."""
    telling = vragen.get(RESPONDENTEN)
    if telling is not None and "" in telling.antwoorden and telling.antwoorden[""].beste.waarde is not None:
        return int(telling.antwoorden[""].beste.waarde or 0)
    cijfer = vragen.get(RAPPORTCIJFER)
    return cijfer.cijfer.n if cijfer is not None else None


def reason_for_nothing(groep: Groep, vragen: Mapping[str, Vraag], gevraagd: Iterable[Vraag]) -> str:
    """Say why a group has no outcome at all; empty when it has one."""
    getoond = list(gevraagd)
    if any(rij.waarde is not None for vraag in getoond for rij in vraag.rijen):
        return ""
    aantal, respons = respondents(vragen), vragen.get(RESPONS)
    if aantal is not None and aantal < MINSTE_BASIS:
        deden = "1 organisatie deed" if aantal == 1 else f"{aantal} organisaties deden"
        return f"{groep.kop}: {deden} mee; te weinig voor een uitkomst (minstens {MINSTE_BASIS})."
    if getoond and respons is not None and respons.cijfer.beste.waarde is not None:
        deel = waarde_tekst(respons.cijfer.beste.waarde, "aandeel", 0)
        return f"{groep.kop}: de respons was {deel}; te laag voor een uitkomst (minstens {MINSTE_RESPONS:.0%})."
    return f"{groep.kop}: over deze groep is op deze vragen niets gepubliceerd of geleverd."
