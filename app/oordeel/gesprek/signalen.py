"""Signals: rules over a publication that say what deserves a talk, each with its evidence and a question.

A rule is a pure function of what the publication says of one region. No rule judges across a break, on a
provisional figure or on an untested difference of a survey; what rests on voorbeelddata says so itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.oordeel.gesprek import signaal_cijfers as cijfers
from app.oordeel.gesprek import signaal_plannen as plannen
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.gesprek.signaal import Signaal


@dataclass(frozen=True)
class Signaalregel:
    """One rule: its name, when it speaks, and the function that looks."""

    regel_id: str
    titel: str
    uitleg: str
    zoek: Callable[[Regiogegevens], list[Signaal]]


def find(gegevens: Regiogegevens) -> list[Signaal]:
    """Return every signal of a region, in the order of the rules."""
    return [signaal for regel in REGELS for signaal in regel.zoek(gegevens)]


REGELS = (
    Signaalregel("achter_op_ambitie", "Achter op de ambitie",
          "Het nieuwste definitieve cijfer ligt aan de verkeerde kant van de rechte lijn van nulwaarde naar doel.",
          plannen.behind_ambition),
    Signaalregel("tegen_landelijke_trend", "Tegen de landelijke trend in",
          "Hier de verkeerde kant op en landelijk de goede kant, tussen dezelfde twee perioden. Een klein verschil "
          "hier telt niet mee: een half procentpunt (twee bij hele procenten), of één procent van een aantal.",
          cijfers.against_national_trend),
    Signaalregel("ongunstiger_dan_rest", "Ongunstiger dan de rest van het land",
          "Een toets noemt de uitkomst van de enquête anders dan in de rest van het land, aan de ongewenste kant.",
          cijfers.worse_than_rest),
    Signaalregel("programma_onder_doel", "Programma onder het doel",
          "De periode is voorbij en er is minder bereikt dan het doel van die periode.", plannen.programme_behind),
    Signaalregel("budgetregel", "Budget buiten de regels",
          "Het nieuwste jaar voldoet niet aan een regel voor het budget.", plannen.broken_rules),
    Signaalregel("actie_te_laat", "Actie over tijd",
          "De einddatum is voorbij op de dag van de publicatie en de actie is niet afgerond of gestopt.",
          plannen.overdue_actions),
    Signaalregel("actie_niet_te_volgen", "Actie niet te volgen",
          "Bij de actie staat geen indicator of geen beoogd effect.", plannen.untraceable_actions),
    Signaalregel("plan_ontbreekt", "Plan ontbreekt",
          "Andere regio's leverden ambities of acties, deze regio niet.", plannen.no_plan),
    Signaalregel("cijfer_ontbreekt", "Cijfer ontbreekt",
          "Ten minste de helft van de regio's heeft dit nieuwste cijfer, deze regio niet. Zijn de andere regio's samen "
          "het cijfer van heel Nederland, dan ontbreekt er hier niets.", cijfers.missing_figures),
    Signaalregel("te_weinig_antwoorden", "Te weinig antwoorden",
          "De nieuwste enquête haalt hier geen tien antwoorden of geen 20% respons.", cijfers.too_few_answers),
    Signaalregel("trendbreuk", "Trendbreuk",
          "Tussen de twee nieuwste cijfers ligt een trendbreuk.", cijfers.broken_series),
)  # fmt: skip
REGEL_TITEL = {regel.regel_id: regel.titel for regel in REGELS}
