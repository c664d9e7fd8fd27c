"""The catalogue: `indicators.yml` as typed objects, with every name in it checked against the sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter, WithJsonSchema, with_config

from pipelines.afspraken.codelijsten import Actielijn, Knop, Niveau, Pijler, Plek, Ritme, Schakel
from pipelines.afspraken.contract import PERIODESOORTEN, Bron, Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.modellen import (
    JA_NEE,
    STRENG,
    Buiten,
    Dag,
    JaNee,
    Uit,
    VanPlek,
    Vorm,
    read_as,
    with_name,
)
from pipelines.afspraken.schrift.veilig_yaml import load_yaml

# The source of the questions of the survey, which name none themselves.
_ENQUETE = "srs_enquete"
INDICATORS_YML = Path(__file__).parents[2] / "indicators.yml"

EENHEDEN = ("aandeel", "personen", "vacatures", "euro", "cijfer", "aantal", "per_1000", "uren")
RICHTINGEN = ("hoger", "lager", "geen")
ACTIELIJNEN = tuple(map(str, Actielijn))
PIJLERS = tuple(map(str, Pijler))
SCHAKELS = tuple(map(str, Schakel))
# 'sql': the source's own query computes the figures (`bronnen/<bron>.publicatie.sql`).
SOORTEN = ("sql",)
OORZAKEN = ("definitie", "peildatum", "afronding", "trendbreuk")
BUITEN_KOERS = ("prognose", "afgelopen")
VERTROUWELIJK = ("personen_en_werkgevers",)
KANTEN = ("teller", "noemer")
# In place of a number: in no such set at all. Only where everything stands that is not kept out.
NERGENS = "nee"
_NUMMER = r"[1-9][0-9]{0,5}"
# What an editor may complete; what is wrong is said by _check_plek.
_PLEKKEN = WithJsonSchema({
    "type": "object",
    "properties": {str(plek): {"type": ["integer", "string"], "pattern": rf"^({_NUMMER}|{NERGENS})$"} for plek in Plek},
    "additionalProperties": False,
})  # fmt: skip
# Besides the columns of its table, an indicator may use the inhabitants of the region.
INWONERS = "inwoners"
_UITDRUKKINGEN = ("waar", "teller", "noemer", "waarde")
# Between columns of `ook_per` that come together.
SAMEN = "+"
_REKENSLEUTELS = (*_UITDRUKKINGEN, "per", "ook_per", "niveaus", "uitsplitsing", "jaar", "vertrouwelijk")
_TIJDKOLOMMEN = ("periode", "schooljaar", "jaar", "peildatum")
_SOORT_IN_WOORDEN = {
    "stand": "een stand op een dag",
    "stroom_12_maanden": "een stroom over twaalf maanden",
    None: "geen aantal",
}
_FUNCTIES = frozenset({
    "and", "avg", "case", "coalesce", "count", "distinct", "else", "end", "filter", "in", "is", "max", "min", "not",
    "null", "or", "sum", "then", "when", "where",
})  # fmt: skip


Uitsplitsing = Annotated[str, Vorm(r"([a-z_]+=[a-z0-9_]+(;[a-z_]+=[a-z0-9_]+)*)?", str,
                                   "{wat} '{waarde}' is geen naam=waarde.")]  # fmt: skip
Oorzaak = Annotated[str, Vorm(f"({'|'.join(OORZAKEN)}): .+", str, "{bij}'{waarde}' noemt geen oorzaak.",
                              "Begin met: " + ", ".join(OORZAKEN) + ", en een dubbele punt.")]  # fmt: skip
Kort = Annotated[str, Vorm("[a-z][a-z0-9_]*", str, "{bij}een naam heeft kleine letters, cijfers en lage streepjes.")]
Zeker = Annotated[bool, Vorm("ja|nee", "ja".__eq__, "{wat} '{waarde}' is geen ja of nee.",
                             "Schrijf zeker: nee waar de bron het openlaat."),
                  WithJsonSchema({"enum": [*JA_NEE]})]  # fmt: skip


@with_config(STRENG)
@dataclass(frozen=True)
class Breuk:
    """A day from which an indicator's figures can no longer be compared with those before."""

    datum: Dag
    tekst: str
    regio: str | None = None
    branche: str | None = None
    uitsplitsing: str | None = None
    # No: the source leaves open whether there is a break at all.
    zeker: Zeker = True


@with_config(STRENG)
@dataclass(frozen=True)
class Kern:
    """The one series of an indicator at a level that is meant wherever no other is named."""

    periode: Annotated[str, Uit(PERIODESOORTEN)]
    uitsplitsing: Uitsplitsing = ""


@with_config(STRENG)
@dataclass(frozen=True)
class Kernreeksen:
    """The core series of the country, and of regions where that is another one."""

    land: Kern | None = None
    regio: Kern | None = None


@with_config(STRENG)
@dataclass(frozen=True)
class Telling:
    """The same persons as a side of a confidential indicator: who knows one of both, knows the other.

    `eigen`: the side of this indicator, in series with `uitsplitsing`; `indicator` and `kant`: what it counts there.
    """

    eigen: Annotated[str, Uit(KANTEN)]
    indicator: str
    kant: Annotated[str, Uit(KANTEN)]
    uitsplitsing: Uitsplitsing = ""


@with_config(STRENG)
@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue: what it means and, where it is computed, from what."""

    indicator_id: VanPlek[Kort]
    titel: str
    vraag: str
    eenheid: Annotated[str, Uit(EENHEDEN)]
    richting: Annotated[str, Uit(RICHTINGEN)]
    definitie: str = ""
    formule: str = ""
    actielijn: Annotated[str, Uit(ACTIELIJNEN)] | None = None
    pijler: Annotated[str, Uit(PIJLERS)] | None = None
    schakel: Annotated[str, Uit(SCHAKELS)] | None = None
    enquete: JaNee = False
    # Small-area estimates per WGO beside the direct ones (`rekenen/steekproef/modelleren.py`).
    model: JaNee = False
    te_bevestigen: JaNee = False
    # In which ordered sets it stands, and where; None: kept out of a set that holds everything.
    plek: Annotated[Mapping[str, Any], _PLEKKEN] = field(default_factory=dict)
    # The knop of the Actieprogramma that works on what this counts, so that a region's share in it is the key.
    knop: Annotated[str, Uit(tuple(Knop))] | None = None
    # How often there is a new figure, where that is not the rhythm of its source.
    ritme: Annotated[str, Uit(tuple(Ritme))] | None = None
    bron: str | None = None
    soort: Annotated[str, Uit(SOORTEN)] | None = None
    waar: str | None = None
    teller: str | None = None
    noemer: str | None = None
    # What a row holds as published, for its own cell: never added up, and only where there are no counts.
    waarde: str | None = None
    optelbaar: Annotated[bool, Uit((*JA_NEE, "regio")), AfterValidator("nee".__ne__)] = True
    branches_optelbaar: Buiten[bool] = True
    jaar: Annotated[str, Uit(("som",))] | None = None
    niveaus: tuple[Annotated[str, Uit(Niveau)], ...] = ()
    per: tuple[str, ...] = ()
    ook_per: tuple[str, ...] = ()
    uitsplitsing: Uitsplitsing = ""
    vertrouwelijk: Annotated[str, Uit(VERTROUWELIJK)] | None = None
    # Which persons of a confidential indicator it counts as well; both are then protected together.
    telt_zoals: Telling | None = None
    breuken: tuple[Breuk, ...] = field(default=())
    kern: Kernreeksen = field(default_factory=Kernreeksen)
    # Of one side of a balance: the indicator that is what is left of both sides.
    balans: str | None = None
    # Why it says nothing of the course of a programme that runs.
    buiten_koers: Annotated[str, Uit(BUITEN_KOERS)] | None = None
    # Part of the uitsplitsing in which two series of the same thing differ, and why they do.
    vergelijk: Mapping[str, Oorzaak] = field(default_factory=dict)


INDICATOR = TypeAdapter(Indicator)
_CATALOGUS = TypeAdapter(dict[str, Any])


def load_indicatoren(pad: Path, bronnen: Mapping[str, Bron]) -> dict[str, Indicator]:
    """Return the catalogue in the file's order.

    Raises:
        AfgekeurdError: an unknown key, column, table or source, or a value outside its list; all faults at
            once, each with its entry and the nearest right name.
    """
    indicatoren: dict[str, Indicator] = {}
    fouten: list[Melding] = []
    for indicator_id, ruw in read_as(_CATALOGUS, load_yaml(pad), pad.name).items():
        try:
            indicatoren[indicator_id] = _read_indicator(pad, indicator_id, ruw, bronnen)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    fouten += _check_places(pad, indicatoren) + _check_balances(pad, indicatoren) + _check_counts(pad, indicatoren)
    if fouten:
        raise AfgekeurdError(fouten)
    return indicatoren


def _check_places(pad: Path, indicatoren: Mapping[str, Indicator]) -> list[Melding]:
    """Return which figures ask for the same place of the same set."""
    bezet: dict[tuple[str, int], str] = {}
    fouten = []
    for naam, indicator in indicatoren.items():
        for plek, nummer in indicator.plek.items():
            if nummer is not None and (eerder := bezet.setdefault((plek, nummer), naam)) != naam:
                tekst = f"{naam}, plek: {plek} {nummer} is al van {eerder}."
                fouten.append(Melding(pad.name, tekst, advies="Kies een nummer ertussen, zoals 15 tussen 10 en 20."))
    return fouten


def _check_balances(pad: Path, indicatoren: Mapping[str, Indicator]) -> list[Melding]:
    """Return which sides name a balance that does not exist."""
    return [
        Melding(pad.name, f"{naam}: balans '{show_value(i.balans)}' bestaat niet.{suggest(i.balans, indicatoren)}",
                advies="Noem de indicator die het saldo geeft.")
        for naam, i in indicatoren.items() if i.balans is not None and i.balans not in indicatoren
    ]  # fmt: skip


def _check_counts(pad: Path, indicatoren: Mapping[str, Indicator]) -> list[Melding]:
    """Return which entries count the persons of an indicator that does not exist, or that keeps nothing secret."""
    fouten = []
    for naam, i in indicatoren.items():
        if i.telt_zoals is None:
            continue
        ander = indicatoren.get(i.telt_zoals.indicator)
        wat = f"{naam}, telt_zoals: '{show_value(i.telt_zoals.indicator)}'"
        if ander is None:
            tekst = f"{wat} bestaat niet.{suggest(i.telt_zoals.indicator, indicatoren)}"
            fouten.append(Melding(pad.name, tekst, advies="Noem de indicator die dezelfde personen telt."))
        elif ander.vertrouwelijk is None:
            fouten.append(Melding(pad.name, f"{wat} is niet vertrouwelijk.", advies="Haal telt_zoals weg."))
    return fouten


def _read_indicator(pad: Path, naam: str, ruw: Any, bronnen: Mapping[str, Bron]) -> Indicator:  # noqa: ANN401
    def check() -> list[Melding]:
        return _check_plek(pad, naam, ruw.get("plek", {})) + _check_bron(pad, naam, ruw, bronnen)

    indicator = read_as(INDICATOR, with_name(naam, ruw), pad.name, naam, check)
    is_som = "teller" in ruw or "bron" not in ruw or ruw.get("soort") == "sql"
    optelbaar = ruw.get("optelbaar", "ja") if is_som else "nee"
    eigen = bronnen.get((indicator.bron or (_ENQUETE if indicator.enquete else "")).partition(".")[0])
    ritme = indicator.ritme or (eigen.ritme if eigen else None)
    plek = {plek: None if nummer == NERGENS else int(nummer) for plek, nummer in indicator.plek.items()}
    return replace(indicator, optelbaar=optelbaar != "nee", branches_optelbaar=optelbaar == "ja", plek=plek,
                   ritme=ritme)  # fmt: skip


def _check_plek(pad: Path, naam: str, ruw: Mapping[str, object]) -> list[Melding]:
    """Return what is wrong with the places of an entry: a set that does not exist, or no whole number."""
    fouten = [
        Melding(pad.name, f"{naam}, plek: '{show_value(plek)}' bestaat niet.{suggest(plek, Plek)}",
                advies="Toegestaan: " + ", ".join(Plek) + ".")
        for plek in ruw if plek not in [*Plek]
    ]  # fmt: skip
    for plek, nummer in ruw.items():
        mag_nergens = plek == Plek.DOSSIER
        if re.fullmatch(_NUMMER, str(nummer)) or (mag_nergens and nummer == NERGENS):
            continue
        tekst = f"{naam}, plek: {show_value(plek)} '{show_value(nummer)}' is geen geheel getal vanaf 1."
        advies = f"Schrijf een nummer, of {NERGENS}: niet in het dossier." if mag_nergens else "Schrijf een nummer."
        fouten.append(Melding(pad.name, tekst, advies=advies))
    return fouten


def _check_bron(pad: Path, naam: str, ruw: dict[str, Any], bronnen: Mapping[str, Bron]) -> list[Melding]:
    """Return what is wrong with where the figures come from and how they are computed."""
    if "bron" not in ruw:
        los = [sleutel for sleutel in _REKENSLEUTELS if sleutel in ruw]
        return [Melding(pad.name, f"{naam}: '{sleutel}' staat er zonder bron.") for sleutel in los]
    tabellen = {f"{b.naam}.{t.naam}": t for b in bronnen.values() for t in b.tabellen.values()}
    if ruw["bron"] not in tabellen:
        tekst = f"{naam}: bron '{ruw['bron']}' bestaat niet.{suggest(ruw['bron'], tabellen)}"
        return [Melding(pad.name, tekst, advies="Bekend: " + ", ".join(tabellen) + ".")]
    tabel = tabellen[ruw["bron"]]
    fouten = [
        Melding(pad.name, f"{naam}: bron {ruw['bron']} eist {sleutel}: {waarde}.", advies="Zet dat erbij.")
        for sleutel, waarde in tabel.eist.items() if ruw.get(sleutel) != waarde
    ]  # fmt: skip
    if ruw.get("soort") == "sql":
        los = [sleutel for sleutel in _REKENSLEUTELS if sleutel in ruw and sleutel != "niveaus"]
        return fouten + [Melding(pad.name, f"{naam}: '{sleutel}' gaat niet samen met soort sql.") for sleutel in los]
    nodig = ["niveaus"] if "waarde" in ruw else ["teller", "niveaus"]
    fouten += [Melding(pad.name, f"{naam}: sleutel '{sleutel}' ontbreekt.") for sleutel in nodig if sleutel not in ruw]
    for sleutel in _UITDRUKKINGEN:
        fouten += _check_columns(pad, naam, sleutel, ruw.get(sleutel, ""), tabel)
    per = ("branche", *(k for k in tabel.sleutel if not k.endswith("_code") and k not in _TIJDKOLOMMEN))
    fouten += [
        Melding(pad.name, f"{naam}: {sleutel} '{deel}' bestaat niet in {ruw['bron']}.{suggest(deel, per)}")
        for sleutel in ("per", "ook_per")
        for samen in ruw.get(sleutel, ())
        for deel in samen.split(SAMEN if sleutel == "ook_per" else None)
        if deel not in per
    ]
    fouten += [Melding(pad.name, f"{naam}: {tekst}", advies=advies) for tekst, advies in _refused_sums(ruw, tabel)]
    return fouten


def _refused_sums(ruw: dict[str, Any], tabel: Tabel) -> list[tuple[str, str]]:
    """Return what an entry would add up that may not be added: definitions, shares, or overlapping periods."""
    gebruikt = {sleutel: columns_in(ruw.get(sleutel, ""), tabel) for sleutel in _UITDRUKKINGEN}
    fouten = []
    for kolom in (k for k in tabel.kolommen.values() if not k.optellen):
        if kolom.naam in tabel.sleutel and kolom.naam not in {*ruw.get("per", ()), *gebruikt["waar"]}:
            advies = f"Zet {kolom.naam} in 'per', of kies er een in 'waar'."
            fouten.append((f"rijen met een andere {kolom.naam} mogen niet worden opgeteld.", advies))
        if kolom.naam in gebruikt["teller"] | gebruikt["noemer"]:
            advies = "Gebruik aantallen, of zet het cijfer in 'waarde'; dan geldt het alleen voor zijn eigen cel."
            fouten.append((f"{kolom.naam} mag niet worden opgeteld.", advies))
    if "jaar" in ruw:
        for naam in sorted(gebruikt["teller"] | gebruikt["noemer"]):
            soort = tabel.kolommen[naam].tijd
            if soort != "stroom":
                tekst = f"'jaar: som' telt kwartalen van {naam} op, maar {naam} is {_SOORT_IN_WOORDEN[soort]}."
                fouten.append((tekst, "Haal 'jaar' weg: het vierde kwartaal geldt voor het jaar."))
    return fouten


def columns_in(uitdrukking: str, tabel: Tabel) -> set[str]:
    """Return the columns of the table that an expression names."""
    return {woord for woord in _words(uitdrukking) if woord in tabel.kolommen}


def _words(uitdrukking: str) -> list[str]:
    zonder_tekst = re.sub(r"'[^']*'", "", uitdrukking)
    return re.findall(r"[a-z_][a-z0-9_]*", zonder_tekst.lower())


def _check_columns(pad: Path, naam: str, sleutel: str, uitdrukking: str, tabel: Tabel) -> list[Melding]:
    return [
        Melding(pad.name, f"{naam}: {sleutel} noemt '{woord}', maar die kolom heeft tabel {tabel.naam} niet."
                f"{suggest(woord, tabel.kolommen)}", advies="Kolommen: " + ", ".join(tabel.kolommen) + ".")
        for woord in dict.fromkeys(_words(uitdrukking))
        if woord not in tabel.kolommen and woord not in _FUNCTIES and woord != INWONERS
    ]  # fmt: skip
