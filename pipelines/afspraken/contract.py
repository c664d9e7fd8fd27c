"""What a source may deliver: `bronnen/<bron>.yml` as typed objects, checked when read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.veilig_yaml import load_yaml

BRONNEN = Path(__file__).parents[1] / "bronnen"
JA_NEE = ("ja", "nee")
VERWIJZINGEN = ("branche", "indicator")
TYPEN = ("tekst", "code", "regio", "periode", "datum", "geheel", "getal", "ja_nee")
GETALLEN = ("geheel", "getal")
# What a figure is in time: a level on a day, a flow within the period, or a flow over the twelve months up to it.
TIJDEN = ("stand", "stroom", "stroom_12_maanden")
ROLLEN = ("afsluiter", "kenmerk")
INDELINGEN = ("uwv", "zorgkantoor")
PERIODESOORTEN = ("jaar", "kwartaal", "maand", "schooljaar", "dag")


@dataclass(frozen=True)
class Kolom:
    """One column of a table: its type and what it may hold."""

    naam: str
    type: str
    leeg: bool = False
    min: float | None = None
    max: float | None = None
    lijst: tuple[str, ...] = ()
    verwijst: str | None = None
    behalve: tuple[str, ...] = ()
    niveaus: tuple[str, ...] = ()
    merktekens: bool = True
    uitleg: str = ""
    # Filled where this holds and empty elsewhere (a question that only some were asked).
    basis: str | None = None
    # Questions of a survey only: `afsluiter` is the last of a list to tick (another effect, or none), `kenmerk` says
    # who one is. Neither is an outcome.
    rol: str | None = None
    # Figures only: what they are in time. Without it, a figure is no count and is never added up.
    tijd: str | None = None
    # Whether rows with different values may be added: not two definitions of the same figure.
    optellen: bool = True
    # Codes that are part of the total only where they are delivered.
    soms: tuple[str, ...] = ()
    soorten: tuple[str, ...] = ()
    # Periods and days only: may begin after the day of the delivery (a plan, a forecast).
    vooruit: bool = False
    # Regions only: other divisions of the country that may be delivered and are bridged (see bruggen.py).
    bruggen: tuple[str, ...] = ()
    # The number of a person or an employer: never shown, in messages neither.
    geheim: bool = False


@dataclass(frozen=True)
class Regel:
    """One rule: `als` must hold on every row, or `fout` is a query that returns the bad rows."""

    naam: str
    anders: str
    kolom: str | None = None
    als: str | None = None
    fout: str | None = None
    advies: str | None = None


@dataclass(frozen=True)
class Tabel:
    """One table of a source: its grain, columns, key and rules."""

    naam: str
    rij: str
    kolommen: Mapping[str, Kolom]
    sleutel: tuple[str, ...]
    regels: tuple[Regel, ...] = ()
    # Millions of rows: left where they lie, and checked per distinct form (see groot.py). Has no key.
    groot: bool = False
    # What every indicator made of this table must say of itself: forgotten, it would show what is confidential.
    eist: Mapping[str, str] = field(default_factory=dict)
    # Of a survey: each basis of its columns, and who that is in words ("die het onderzoek kennen").
    bases: Mapping[str, str] = field(default_factory=dict)

    @property
    def verplicht(self) -> tuple[str, ...]:
        """Return the columns that may not be left out."""
        return tuple(k.naam for k in self.kolommen.values() if not k.leeg)

    @property
    def nummers(self) -> tuple[str, ...]:
        """Return the columns that hold the number of a person or an employer."""
        return tuple(k.naam for k in self.kolommen.values() if k.geheim)


@dataclass(frozen=True)
class Bron:
    """One source: who delivers it and which tables it has."""

    naam: str
    titel: str
    leverancier: str
    tabellen: Mapping[str, Tabel]
    staging: str = field(repr=False, default="")
    # What the source adds to the publication beside compiled indicators; most add nothing.
    publicatie: str = field(repr=False, default="")


def column_keys() -> tuple[str, ...]:
    """Return the keys that a column may have; the first is required."""
    return tuple(k for k in Kolom.__dataclass_fields__ if k != "naam")


def load_bronnen(map_: Path = BRONNEN) -> dict[str, Bron]:
    """Return every source by name, read from `<bron>.yml` and `<bron>.sql` side by side.

    A source with context (stories, actions) has `<bron>.publicatie.sql` too.

    Raises:
        AfgekeurdError: a description is incomplete or uses an unknown key or type; all faults at once.
    """
    fouten: list[Melding] = []
    bronnen: dict[str, Bron] = {}
    for pad in sorted(map_.glob("*.yml")):
        try:
            bronnen[pad.stem] = _read_bron(pad)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    if fouten:
        raise AfgekeurdError(fouten)
    return bronnen


def _read_bron(pad: Path) -> Bron:
    ruw = load_yaml(pad)
    only_keys(pad, "", ruw, ("titel", "leverancier", "tabellen"))
    staging = pad.with_suffix(".sql")
    if not staging.is_file():
        raise AfgekeurdError([Melding(staging.name, "De staging-query van deze bron ontbreekt.")])
    publicatie = pad.with_suffix(".publicatie.sql")
    return Bron(
        naam=pad.stem,
        titel=ruw["titel"],
        leverancier=ruw["leverancier"],
        tabellen={naam: _read_tabel(pad, naam, deel) for naam, deel in _mapping(pad, "tabellen", ruw).items()},
        staging=staging.read_text(encoding="utf-8"),
        publicatie=publicatie.read_text(encoding="utf-8") if publicatie.is_file() else "",
    )


def _read_tabel(pad: Path, naam: str, ruw: dict[str, Any]) -> Tabel:
    optioneel = ("regels", "groot", "eist", "bases")
    only_keys(pad, f"tabel {naam}", ruw, ("rij", "kolommen", "sleutel", *optioneel), optioneel)
    kolommen = {k: _read_kolom(pad, k, deel or {}) for k, deel in _mapping(pad, "kolommen", ruw).items()}
    if not isinstance(ruw["sleutel"], list):
        tekst = f"tabel {naam}: sleutel is geen lijst."
        raise AfgekeurdError([Melding(pad.name, tekst, advies="Schrijf [een, twee].")])
    for kolom in ruw["sleutel"]:
        if kolom not in kolommen:
            tekst = f"tabel {naam}: sleutelkolom '{kolom}' bestaat niet.{suggest(kolom, kolommen)}"
            raise AfgekeurdError([Melding(pad.name, tekst)])
    groot = ruw.get("groot", "nee")
    if groot not in JA_NEE or (groot == "ja" and ruw["sleutel"]):
        tekst = f"tabel {naam}: groot is ja of nee, en een grote tabel heeft een lege sleutel."
        raise AfgekeurdError([Melding(pad.name, tekst)])
    regels = tuple(_read_regel(pad, deel) for deel in ruw.get("regels", []))
    eist = _mapping(pad, "eist", ruw) if "eist" in ruw else {}
    bases = _mapping(pad, "bases", ruw) if "bases" in ruw else {}
    _check_bases(pad, naam, kolommen.values(), bases)
    return Tabel(naam, ruw["rij"], kolommen, tuple(ruw["sleutel"]), regels, groot == "ja", eist, bases)


def _check_bases(pad: Path, naam: str, kolommen: Iterable[Kolom], bases: Mapping[str, str]) -> None:
    """Refuse a base without words, and words for a base that no column has."""
    gebruikt = dict.fromkeys(kolom.basis for kolom in kolommen if kolom.basis)
    fouten = [
        Melding(pad.name, f"tabel {naam}: basis {basis} heeft geen woorden.", advies="Zet haar in 'bases'.")
        for basis in gebruikt if basis not in bases
    ] + [
        Melding(pad.name, f"tabel {naam}, bases: geen kolom heeft basis {show_value(basis)}.{suggest(basis, gebruikt)}")
        for basis in bases if basis not in gebruikt
    ]  # fmt: skip
    if fouten:
        raise AfgekeurdError(fouten)


def _mapping(pad: Path, sleutel: str, ruw: dict[str, Any]) -> dict[str, Any]:
    deel = ruw[sleutel]
    if not isinstance(deel, dict):
        raise AfgekeurdError([Melding(pad.name, f"{sleutel}: hier horen sleutels met waarden te staan.")])
    return deel


def _read_kolom(pad: Path, naam: str, ruw: dict[str, Any]) -> Kolom:
    toegestaan = column_keys()
    only_keys(pad, f"kolom {naam}", ruw, toegestaan, optioneel=toegestaan[1:])
    _check_kolom(pad, naam, ruw)
    return Kolom(
        naam=naam,
        type=ruw["type"],
        leeg=ruw.get("leeg") == "ja",
        min=float(ruw["min"]) if "min" in ruw else None,
        max=float(ruw["max"]) if "max" in ruw else None,
        lijst=tuple(ruw.get("lijst", ())),
        verwijst=ruw.get("verwijst"),
        behalve=tuple(ruw.get("behalve", ())),
        niveaus=tuple(ruw.get("niveaus", ())),
        merktekens=ruw.get("merktekens") != "nee",
        uitleg=ruw.get("uitleg", ""),
        basis=ruw.get("basis"),
        rol=ruw.get("rol"),
        tijd=ruw.get("tijd"),
        optellen=ruw.get("optellen") != "nee",
        soms=tuple(ruw.get("soms", ())),
        soorten=tuple(ruw.get("soorten", ())),
        vooruit=ruw.get("vooruit") == "ja",
        bruggen=tuple(ruw.get("bruggen", ())),
        geheim=ruw.get("geheim") == "ja",
    )


def _check_kolom(pad: Path, naam: str, ruw: dict[str, Any]) -> None:
    """Refuse a value that would otherwise be taken for something else, such as `leeg: waar` for no."""
    lijsten = {"type": TYPEN, "leeg": JA_NEE, "merktekens": JA_NEE, "verwijst": VERWIJZINGEN, "tijd": TIJDEN,
               "rol": ROLLEN, "optellen": JA_NEE, "geheim": JA_NEE, "vooruit": JA_NEE}  # fmt: skip
    fouten = [
        Melding(pad.name, f"kolom {naam}: {sleutel} '{ruw[sleutel]}' bestaat niet.{suggest(str(ruw[sleutel]), lijst)}",
                advies="Toegestaan: " + ", ".join(lijst) + ".")
        for sleutel, lijst in lijsten.items() if sleutel in ruw and ruw[sleutel] not in lijst
    ]  # fmt: skip
    fouten += [
        Melding(pad.name, f"kolom {naam}: {sleutel} is geen lijst.", advies="Schrijf [een, twee].")
        for sleutel in ("lijst", "behalve", "niveaus", "soms", "soorten", "bruggen")
        if not isinstance(ruw.get(sleutel, []), list)
    ]
    fouten += [
        Melding(pad.name, f"kolom {naam}: {sleutel} '{code}' bestaat niet.{suggest(code, bekend)}")
        for sleutel, bekend in (("soorten", PERIODESOORTEN), ("bruggen", INDELINGEN))
        for code in ruw.get(sleutel, ())
        if code not in bekend
    ]
    fouten += [
        Melding(pad.name, f"kolom {naam}: {sleutel} is geen getal.")
        for sleutel in ("min", "max")
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(ruw.get(sleutel, "0")))
    ]
    if fouten:
        raise AfgekeurdError(fouten)


def _read_regel(pad: Path, ruw: dict[str, Any]) -> Regel:
    toegestaan = tuple(Regel.__dataclass_fields__)
    only_keys(pad, f"regel {ruw.get('naam', '')}", ruw, toegestaan, optioneel=toegestaan[2:])
    if ("als" in ruw) == ("fout" in ruw):
        raise AfgekeurdError([Melding(pad.name, f"regel {ruw['naam']}: geef óf 'als' óf 'fout'.")])
    return Regel(**ruw)


def only_keys(pad: Path, plek: str, ruw: object, toegestaan: Iterable[str], optioneel: Iterable[str] = ()) -> None:
    """Refuse a mapping with an unknown or a missing key, and name the nearest right one."""
    voor = f"{plek}: " if plek else ""
    if not isinstance(ruw, dict):
        raise AfgekeurdError([Melding(pad.name, f"{voor}hier horen sleutels met waarden te staan.")])
    toegestaan = tuple(toegestaan)
    fouten = [
        Melding(pad.name, f"{voor}onbekende sleutel '{show_value(k)}'.{suggest(k, toegestaan)}")
        for k in ruw
        if k not in toegestaan
    ]
    fouten += [
        Melding(pad.name, f"{voor}sleutel '{k}' ontbreekt.") for k in toegestaan if k not in ruw and k not in optioneel
    ]
    if fouten:
        raise AfgekeurdError(fouten)
