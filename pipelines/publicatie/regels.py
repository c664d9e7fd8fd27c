"""The budget rules of the programme as typed objects: each rule is data in `regels/`, checked when read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetPydanticSchema, TypeAdapter, with_config
from pydantic_core import CoreSchema, core_schema

from pipelines.afspraken.codelijsten import Niveau, Regelsoort
from pipelines.afspraken.indicatoren import PIJLERS
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.schrift.modellen import JA_NEE, OP_NAAM, STRENG, Naam, Uit, Vorm, fault, read_as
from pipelines.afspraken.schrift.veilig_yaml import load_yaml

REGELS = Path(__file__).parents[1] / "regels"
SOORTEN = (Regelsoort.EIS, Regelsoort.RICHTLIJN)
GEBIEDEN = (Niveau.LAND, Niveau.WGO)
ONDERDELEN = ("informatie", "communicatie", "netwerkbeheer")


def _filled(lijst: object) -> object:
    if not isinstance(lijst, list) or not lijst:
        raise fault("{hier}: hier hoort een lijst te staan.", "Schrijf [een, twee].")
    return lijst


LIJST = BeforeValidator(_filled)
Getal = Annotated[Fraction, Vorm(r"[0-9]+(\.[0-9]+)?|[0-9]+/[1-9][0-9]*", Fraction, "{wat} '{waarde}' is geen getal.",
                                 "Schrijf 0.20 of 2/3.")]  # fmt: skip
Jaar = Annotated[int, Vorm("20[0-9]{2}", int, "{wat} '{waarde}' is geen jaar.")]


@with_config(STRENG)
@dataclass(frozen=True)
class Deel:
    """A part of the budget: which amounts of which rows. No choice means all of them."""

    bedrag: Annotated[tuple[Annotated[str, Uit(("subsidie_eur", "cofinanciering_eur"))], ...], LIJST]
    pijler: Annotated[tuple[Annotated[str, Uit(PIJLERS)], ...], LIJST] = PIJLERS
    onderdeel: Annotated[tuple[Annotated[str, Uit(ONDERDELEN)], ...], LIJST] = ()
    gezamenlijk: Annotated[tuple[Annotated[str, Uit(JA_NEE)], ...], LIJST] = ()


@with_config(STRENG)
@dataclass(frozen=True)
class Budgetregel:
    """One rule: `teller` is at least (eis), or within `marge` of (richtlijn), `norm` times `noemer`."""

    regel_id: Naam
    titel: str
    soort: Annotated[str, Uit(SOORTEN)]
    norm: Getal
    teller: Deel
    noemer: Deel
    gebied: Annotated[tuple[Annotated[str, Uit(GEBIEDEN)], ...], LIJST]
    zonder_levering: str
    marge: Getal = Fraction(0)


def _by_name(_bron: object, verder: GetCoreSchemaHandler) -> CoreSchema:
    op_naam = verder.generate_schema(Annotated[dict[str, Budgetregel], OP_NAAM])
    return core_schema.no_info_after_validator_function(lambda regels: tuple(regels.values()), op_naam)


@with_config(STRENG)
@dataclass(frozen=True)
class Regelset:
    """The rules of some years, with the document that they come from."""

    titel: str
    bron: str
    jaren: tuple[Jaar, ...]
    regels: Annotated[tuple[Budgetregel, ...], GetPydanticSchema(_by_name)]


REGELSET = TypeAdapter(Regelset)


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
            regelset = read_as(REGELSET, load_yaml(pad), pad.name)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
            continue
        fouten += [Melding(pad.name, f"Voor {jaar} zijn er al regels.") for jaar in regelset.jaren if jaar in per_jaar]
        per_jaar |= dict.fromkeys(regelset.jaren, regelset)
    if fouten:
        raise AfgekeurdError(fouten)
    return per_jaar
