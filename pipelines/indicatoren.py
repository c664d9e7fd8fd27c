"""The catalogue: `indicators.yml` as typed objects, with every name in it checked against the sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contract import Bron, Tabel, only_keys
from pipelines.meldingen import AfgekeurdError, Melding, suggest
from pipelines.veilig_yaml import load_yaml

INDICATORS_YML = Path(__file__).parents[1] / "indicators.yml"

EENHEDEN = ("aandeel", "personen", "vacatures", "euro", "cijfer", "aantal", "per_1000")
RICHTINGEN = ("hoger", "lager", "geen")
ACTIELIJNEN = ("kiezen", "leren", "werken", "doel")
PIJLERS = ("basis", "kiezen_toeleiden", "leren_opleiden", "werken_behoud", "innoveren")
SCHAKELS = ("activiteiten", "bereik", "effect", "impact")
NIVEAUS = ("land", "landsdeel", "provincie", "wgo", "arbeidsmarktregio", "gemeente")
VERTROUWELIJK = ("personen_en_werkgevers",)
_TOEGESTAAN: Mapping[str, tuple[str, ...]] = {
    "eenheid": EENHEDEN,
    "richting": RICHTINGEN,
    "actielijn": ACTIELIJNEN,
    "pijler": PIJLERS,
    "schakel": SCHAKELS,
    "vertrouwelijk": VERTROUWELIJK,
    "optelbaar": ("ja", "nee"),
    "enquete": ("ja", "nee"),
    "te_bevestigen": ("ja", "nee"),
}
_FUNCTIES = frozenset({
    "and", "avg", "case", "coalesce", "count", "distinct", "else", "end", "filter", "is", "max", "min", "not",
    "null", "or", "sum", "then", "when", "where",
})  # fmt: skip


@dataclass(frozen=True)
class Breuk:
    """A day from which an indicator's figures can no longer be compared with those before."""

    datum: date
    tekst: str
    regio: str | None = None
    branche: str | None = None
    uitsplitsing: str | None = None


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue: what it means and, where it is computed, from what."""

    indicator_id: str
    titel: str
    vraag: str
    eenheid: str
    richting: str
    definitie: str = ""
    formule: str = ""
    actielijn: str | None = None
    pijler: str | None = None
    schakel: str | None = None
    enquete: bool = False
    te_bevestigen: bool = False
    bron: str | None = None
    teller: str | None = None
    noemer: str | None = None
    optelbaar: bool = True
    niveaus: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    vertrouwelijk: str | None = None
    breuken: tuple[Breuk, ...] = field(default=())

    @property
    def is_computed(self) -> bool:
        """Return whether deliveries are turned into figures, beside the published ones."""
        return self.bron is not None


def load_indicatoren(pad: Path, bronnen: Mapping[str, Bron]) -> dict[str, Indicator]:
    """Return the catalogue in the file's order.

    Raises:
        AfgekeurdError: an unknown key, column, table or source, or a value outside its list; all faults at
            once, each with its entry and the nearest right name.
    """
    indicatoren: dict[str, Indicator] = {}
    fouten: list[Melding] = []
    for indicator_id, ruw in load_yaml(pad).items():
        try:
            indicatoren[indicator_id] = _read_indicator(pad, indicator_id, ruw, bronnen)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    if fouten:
        raise AfgekeurdError(fouten)
    return indicatoren


def _read_indicator(pad: Path, naam: str, ruw: object, bronnen: Mapping[str, Bron]) -> Indicator:
    velden = tuple(k for k in Indicator.__dataclass_fields__ if k != "indicator_id")
    only_keys(pad, naam, ruw, velden, optioneel=velden[4:])
    assert isinstance(ruw, dict)
    fouten = [
        Melding(pad.name, f"{naam}: {sleutel} '{ruw[sleutel]}' bestaat niet.{suggest(str(ruw[sleutel]), lijst)}",
                advies="Toegestaan: " + ", ".join(lijst) + ".")
        for sleutel, lijst in _TOEGESTAAN.items() if sleutel in ruw and ruw[sleutel] not in lijst
    ]  # fmt: skip
    fouten += [
        Melding(pad.name, f"{naam}: niveau '{niveau}' bestaat niet.{suggest(niveau, NIVEAUS)}")
        for niveau in ruw.get("niveaus", ())
        if niveau not in NIVEAUS
    ]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", naam):
        fouten.append(Melding(pad.name, f"{naam}: een naam heeft kleine letters, cijfers en lage streepjes."))
    fouten += _check_bron(pad, naam, ruw, bronnen)
    if fouten:
        raise AfgekeurdError(fouten)
    ja_nee = {sleutel: ruw[sleutel] == "ja" for sleutel in ("enquete", "optelbaar", "te_bevestigen") if sleutel in ruw}
    lijsten = {sleutel: tuple(ruw.get(sleutel, ())) for sleutel in ("niveaus", "per")}
    breuken = tuple(_read_breuk(pad, naam, deel) for deel in ruw.get("breuken", ()))
    return Indicator(**{**ruw, **ja_nee, **lijsten, "indicator_id": naam, "breuken": breuken})


def _check_bron(pad: Path, naam: str, ruw: dict[str, Any], bronnen: Mapping[str, Bron]) -> list[Melding]:
    """Return what is wrong with where the figures come from and how they are computed."""
    if "bron" not in ruw:
        los = [sleutel for sleutel in ("teller", "noemer", "per", "niveaus", "vertrouwelijk") if sleutel in ruw]
        return [Melding(pad.name, f"{naam}: '{sleutel}' staat er zonder bron.") for sleutel in los]
    tabellen = {f"{b.naam}.{t.naam}": t for b in bronnen.values() for t in b.tabellen.values()}
    if ruw["bron"] not in tabellen:
        tekst = f"{naam}: bron '{ruw['bron']}' bestaat niet.{suggest(ruw['bron'], tabellen)}"
        return [Melding(pad.name, tekst, advies="Bekend: " + ", ".join(tabellen) + ".")]
    fouten = [
        Melding(pad.name, f"{naam}: sleutel '{sleutel}' ontbreekt.")
        for sleutel in ("teller", "niveaus")
        if sleutel not in ruw
    ]
    tabel = tabellen[ruw["bron"]]
    for sleutel in ("teller", "noemer"):
        fouten += _check_columns(pad, naam, sleutel, ruw.get(sleutel, ""), tabel)
    per = ("branche", *(k for k in tabel.sleutel if not k.endswith("_code") and k not in ("periode", "peildatum")))
    fouten += [
        Melding(pad.name, f"{naam}: per '{deel}' bestaat niet in {ruw['bron']}.{suggest(deel, per)}")
        for deel in ruw.get("per", ())
        if deel not in per
    ]
    return fouten


def _check_columns(pad: Path, naam: str, sleutel: str, uitdrukking: str, tabel: Tabel) -> list[Melding]:
    zonder_tekst = re.sub(r"'[^']*'", "", uitdrukking)
    woorden = re.findall(r"[a-z_][a-z0-9_]*", zonder_tekst.lower())
    return [
        Melding(pad.name, f"{naam}: {sleutel} noemt '{woord}', maar die kolom heeft tabel {tabel.naam} niet."
                f"{suggest(woord, tabel.kolommen)}", advies="Kolommen: " + ", ".join(tabel.kolommen) + ".")
        for woord in dict.fromkeys(woorden) if woord not in tabel.kolommen and woord not in _FUNCTIES
    ]  # fmt: skip


def _read_breuk(pad: Path, naam: str, ruw: object) -> Breuk:
    velden = tuple(Breuk.__dataclass_fields__)
    only_keys(pad, f"{naam}, breuken", ruw, velden, optioneel=velden[2:])
    assert isinstance(ruw, dict)
    try:
        return Breuk(**{**ruw, "datum": date.fromisoformat(ruw["datum"])})
    except ValueError:
        tekst = f"{naam}, breuken: '{ruw['datum']}' is geen datum."
        raise AfgekeurdError([Melding(pad.name, tekst, advies="Schrijf jaar-maand-dag.")]) from None
