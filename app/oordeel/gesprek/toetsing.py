"""How many rules could look at a region at all: without what a rule looks at, its silence says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.lezen.catalogus import in_order
from app.lezen.rijen import Waarneming
from app.oordeel import enquete
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.gesprek.signaal_plannen import programme_rows
from app.oordeel.reeksen import earlier_partner, latest
from app.taal.opmaak import opsomming
from pipelines.afspraken.codelijsten import LAND, Plek, Regeloordeel, Toetsoordeel

AMBITIES, ACTIES = "de ambities (RAAT)", "de acties (RAAT)"
BUDGET = "het budget per werkgeversorganisatie"
ENQUETE = "de antwoorden op de enquête per werkgeversorganisatie"
METINGEN = "twee metingen van een regionaal cijfer"
PROGRAMMA = "doel en bereik van de programma's"
ELDERS = "cijfers per regio"


@dataclass(frozen=True)
class Toetsing:
    """How many of how many rules could be judged, and what was not delivered for the others."""

    beoordeeld: int
    alle: int
    ontbreekt: tuple[str, ...] = ()
    # Which rules could be judged.
    regels: tuple[str, ...] = ()

    @property
    def hoeveel(self) -> str:
        """How many of how many rules: '3 van de 11 regels', 'geen van de 11 regels'."""
        return f"{self.beoordeeld or 'geen'} van de {self.alle} regels"

    @property
    def zonder_signaal(self) -> str:
        """What it is to have no signal, as a title: first how many rules could not be judged."""
        if not self.beoordeeld:
            return "signalen niet te beoordelen"
        rest = self.alle - self.beoordeeld
        if not rest:
            return f"geen van de {self.alle} regels geeft een signaal"
        andere = "de andere geeft" if self.beoordeeld == 1 else f"de andere {self.beoordeeld} geven"
        zijn = "is" if rest == 1 else "zijn"
        return f"{rest} van de {self.alle} regels {zijn} nog niet te beoordelen; {andere} geen signaal"

    @property
    def gat(self) -> str:
        """What cannot be judged and why; empty where every rule could be."""
        if not self.ontbreekt:
            return ""
        werkwoord = "is" if self.ontbreekt == (BUDGET,) else "zijn"
        return f"Niet te beoordelen: {opsomming(list(self.ontbreekt))} {werkwoord} niet geleverd."


def assess(gegevens: Regiogegevens) -> Toetsing:
    """Return how many rules had something to look at in what is known of a region."""
    uitkomst = {regel: (kan(gegevens), wat) for regel, (kan, wat) in _NODIG.items()}
    ontbreekt = dict.fromkeys(wat for kan, wat in uitkomst.values() if not kan)
    regels = tuple(regel for regel, (kan, _) in uitkomst.items() if kan)
    return Toetsing(len(regels), len(uitkomst), tuple(ontbreekt), regels)


def _has_two(gegevens: Regiogegevens) -> bool:
    """Whether there is a figure of the region with one before it to compare it with."""
    return any(
        _has_partner(reeks)
        for naam in gegevens.indicatoren
        for reeks in (gegevens.series(naam), gegevens.survey_series(naam))
    )


def _has_partner(reeks: tuple[Waarneming, ...]) -> bool:
    tot = latest(reeks)
    return tot is not None and not tot.is_prognose and earlier_partner(reeks, tot) is not None


def _has_programme(gegevens: Regiogegevens) -> bool:
    return any(all(programme_rows(gegevens, naam)) for naam in in_order(gegevens.indicatoren, Plek.PROGRAMMA))


def _has_survey(gegevens: Regiogegevens) -> bool:
    naam = enquete.RAPPORTCIJFER
    return gegevens.regio.regio_code != LAND and bool(gegevens.survey_series(naam) or gegevens.series(naam))


# Per rule: whether it has something to look at, and what is missing where it has not.
_NODIG: dict[str, tuple[Callable[[Regiogegevens], bool], str]] = {
    "achter_op_ambitie": (lambda g: bool(g.doelen), AMBITIES),
    "tegen_landelijke_trend": (_has_two, METINGEN),
    "ongunstiger_dan_rest": (
        lambda g: any(v.soort == "regio_rest" and v.oordeel != Toetsoordeel.NIET_TE_BEPALEN for v in g.verschillen),
        ENQUETE,
    ),
    "programma_onder_doel": (_has_programme, PROGRAMMA),
    "budgetregel": (lambda g: any(t.oordeel != Regeloordeel.NIET_TE_BEPALEN for t in g.regeltoetsen), BUDGET),
    "actie_te_laat": (lambda g: bool(g.acties), ACTIES),
    "actie_niet_te_volgen": (lambda g: bool(g.acties), ACTIES),
    "plan_ontbreekt": (lambda g: g.heeft_land_doelen or g.heeft_land_acties, AMBITIES),
    "cijfer_ontbreekt": (lambda g: bool(g.elders), ELDERS),
    "te_weinig_antwoorden": (_has_survey, ENQUETE),
    "trendbreuk": (_has_two, METINGEN),
}
