"""The budget rules of the programme as typed objects: each rule is data in `regels/`, checked when read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipelines.afspraken.codelijsten import Regelsoort
from pipelines.afspraken.contract import only_keys
from pipelines.afspraken.indicatoren import PIJLERS
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, suggest
from pipelines.afspraken.veilig_yaml import load_yaml

REGELS = Path(__file__).parents[1] / "regels"
SOORTEN = (Regelsoort.EIS, Regelsoort.RICHTLIJN)
GEBIEDEN = ("land", "wgo")
# What a part of the budget may be chosen by, and from which words.
_KEUZES: Mapping[str, tuple[str, ...]] = {
    "bedrag": ("subsidie_eur", "cofinanciering_eur"),
    "pijler": PIJLERS,
    "onderdeel": ("informatie", "communicatie", "netwerkbeheer"),
    "gezamenlijk": ("ja", "nee"),
}


@dataclass(frozen=True)
class Deel:
    """A part of the budget: which amounts of which rows. No choice means all of them."""

    bedrag: tuple[str, ...]
    pijler: tuple[str, ...] = PIJLERS
    onderdeel: tuple[str, ...] = ()
    gezamenlijk: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budgetregel:
    """One rule: `teller` is at least (eis), or within `marge` of (richtlijn), `norm` times `noemer`."""

    regel_id: str
    titel: str
    soort: str
    norm: Fraction
    teller: Deel
    noemer: Deel
    gebied: tuple[str, ...]
    zonder_levering: str
    marge: Fraction = Fraction(0)


@dataclass(frozen=True)
class Regelset:
    """The rules of some years, with the document that they come from."""

    titel: str
    bron: str
    jaren: tuple[int, ...]
    regels: tuple[Budgetregel, ...]


def load_regelsets(map_: Path = REGELS) -> dict[int, Regelset]:
    """Return the rule set of every year that has one.

    Raises:
        AfgekeurdError: an unknown key or word, a norm that is no number, or a year with two sets; all faults at
            once, each with its rule and the nearest right name.
    """
    per_jaar: dict[int, Regelset] = {}
    fouten: list[Melding] = []
    for pad in sorted(map_.glob("*.yml")):
        try:
            regelset = _read_set(pad)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
            continue
        fouten += [Melding(pad.name, f"Voor {jaar} zijn er al regels.") for jaar in regelset.jaren if jaar in per_jaar]
        per_jaar |= dict.fromkeys(regelset.jaren, regelset)
    if fouten:
        raise AfgekeurdError(fouten)
    return per_jaar


def _read_set(pad: Path) -> Regelset:
    ruw = load_yaml(pad)
    only_keys(pad, "", ruw, ("titel", "bron", "jaren", "regels"))
    fouten = [
        Melding(pad.name, f"jaren: '{jaar}' is geen jaar.")
        for jaar in ruw["jaren"]
        if not re.fullmatch(r"20\d\d", jaar)
    ]
    regels = []
    for naam, deel in ruw["regels"].items():
        try:
            regels.append(_read_regel(pad, naam, deel))
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    if fouten:
        raise AfgekeurdError(fouten)
    return Regelset(ruw["titel"], ruw["bron"], tuple(map(int, ruw["jaren"])), tuple(regels))


def _read_regel(pad: Path, naam: str, ruw: object) -> Budgetregel:
    velden = tuple(veld for veld in Budgetregel.__dataclass_fields__ if veld != "regel_id")
    only_keys(pad, naam, ruw, velden, optioneel=("marge",))
    assert isinstance(ruw, dict)
    fouten = _unknown(pad, f"{naam}, soort", [ruw["soort"]], SOORTEN)
    fouten += _unknown(pad, f"{naam}, gebied", ruw["gebied"], GEBIEDEN)
    for sleutel in ("norm", "marge"):
        if not re.fullmatch(r"\d+(\.\d+)?|\d+/[1-9]\d*", ruw.get(sleutel, "0")):
            advies = "Schrijf 0.20 of 2/3."
            fouten.append(Melding(pad.name, f"{naam}: {sleutel} '{ruw[sleutel]}' is geen getal.", advies=advies))
    for sleutel in ("teller", "noemer"):
        fouten += _check_deel(pad, f"{naam}, {sleutel}", ruw[sleutel])
    if fouten:
        raise AfgekeurdError(fouten)
    getallen = {sleutel: Fraction(ruw[sleutel]) for sleutel in ("norm", "marge") if sleutel in ruw}
    delen = {sleutel: Deel(**{k: tuple(v) for k, v in ruw[sleutel].items()}) for sleutel in ("teller", "noemer")}
    return Budgetregel(**{**ruw, **getallen, **delen, "regel_id": naam, "gebied": tuple(ruw["gebied"])})


def _check_deel(pad: Path, plek: str, ruw: Any) -> list[Melding]:  # noqa: ANN401
    try:
        only_keys(pad, plek, ruw, _KEUZES, optioneel=[k for k in _KEUZES if k != "bedrag"])
    except AfgekeurdError as fout:
        return fout.meldingen
    return [
        melding
        for sleutel, woorden in ruw.items()
        for melding in _unknown(pad, f"{plek}, {sleutel}", woorden, _KEUZES[sleutel])
    ]


def _unknown(pad: Path, plek: str, woorden: object, toegestaan: tuple[str, ...]) -> list[Melding]:
    if not isinstance(woorden, list) or not woorden:
        return [Melding(pad.name, f"{plek}: hier hoort een lijst te staan.", advies="Schrijf [een, twee].")]
    return [
        Melding(pad.name, f"{plek}: '{woord}' bestaat niet.{suggest(str(woord), toegestaan)}",
                advies="Toegestaan: " + ", ".join(toegestaan) + ".")
        for woord in woorden if woord not in toegestaan
    ]  # fmt: skip
