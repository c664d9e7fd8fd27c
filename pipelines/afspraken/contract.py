"""What a source may deliver: `bronnen/<bron>.yml` as typed objects, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, TypeAdapter, with_config

from pipelines.afspraken.codelijsten import Niveau, Ritme
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.modellen import (
    OP_NAAM,
    STRENG,
    Buiten,
    JaNee,
    Naam,
    Uit,
    Vorm,
    fault,
    read_as,
    read_folder,
    with_name,
)
from pipelines.afspraken.schrift.veilig_yaml import load_yaml

BRONNEN = Path(__file__).parents[1] / "bronnen"
UITLEG = Path(__file__).parents[1] / "referentie" / "kolomuitleg.yml"
VERWIJZINGEN = ("branche", "indicator")
TYPEN = ("tekst", "code", "regio", "periode", "datum", "geheel", "getal", "ja_nee")
GETALLEN = ("geheel", "getal")
# What a figure is in time: a level on a day, a flow within the period, or a flow over the twelve months up to it.
STROMEN = ("stroom", "stroom_12_maanden")
TIJDEN = ("stand", *STROMEN)
AFSLUITER = "afsluiter"
ROLLEN = (AFSLUITER, "kenmerk")
INDELINGEN = ("uwv", "zorgkantoor")
PERIODESOORTEN = ("jaar", "kwartaal", "maand", "schooljaar", "dag")
Grens = Annotated[float, Vorm(r"-?[0-9]+(\.[0-9]+)?", float, "{wat} is geen getal.")]


@with_config(STRENG)
@dataclass(frozen=True)
class Kolom:
    """One column of a table: its type and what it may hold."""

    naam: Naam
    type: Annotated[str, Uit(TYPEN)]
    leeg: JaNee = False
    min: Grens | None = None
    max: Grens | None = None
    lijst: tuple[str, ...] = ()
    verwijst: Annotated[str, Uit(VERWIJZINGEN)] | None = None
    behalve: tuple[str, ...] = ()
    niveaus: tuple[Annotated[str, Uit(Niveau)], ...] = ()
    merktekens: JaNee = True
    # Figures only: may be 0 in every row of a delivery.
    nul: JaNee = False
    # What it holds, in one line for a supplier; a name that many tables have is told in `kolomuitleg.yml`.
    uitleg: str = ""
    # What a supplier reads where a code is not allowed.
    advies: str = ""
    # Filled where this holds and empty elsewhere (a question that only some were asked).
    basis: str | None = None
    # Questions of a survey only: `afsluiter` is the last of a list to tick (another effect, or none), `kenmerk` says
    # who one is. Neither is an outcome.
    rol: Annotated[str, Uit(ROLLEN)] | None = None
    # Figures only: what they are in time. Without it, a figure is no count and is never added up.
    tijd: Annotated[str, Uit(TIJDEN)] | None = None
    # Whether rows with different values may be added: not two definitions of the same figure.
    optellen: JaNee = True
    # Codes that are part of the total only where they are delivered.
    soms: tuple[str, ...] = ()
    soorten: tuple[Annotated[str, Uit(PERIODESOORTEN)], ...] = ()
    # Periods and days only: may begin after the day of the delivery (a plan, a forecast).
    vooruit: JaNee = False
    # Regions only: other divisions of the country that may be delivered and are bridged (see bruggen.py).
    bruggen: tuple[Annotated[str, Uit(INDELINGEN)], ...] = ()
    # The number of a person or an employer: never shown, in messages neither.
    geheim: JaNee = False

    @property
    def is_stroom(self) -> bool:
        """Whether it counts what happened in a period, not what there was on a day."""
        return self.tijd in STROMEN


@with_config(STRENG)
@dataclass(frozen=True)
class Regel:
    """One rule: `als` must hold on every row, or `fout` is a query that returns the bad rows."""

    naam: str
    anders: str
    kolom: str | None = None
    als: str | None = None
    fout: str | None = None
    advies: str | None = None

    @property
    def toont(self) -> tuple[str, ...]:
        """Return the columns of which its sentence shows the value."""
        return tuple(sorted({naam for _, naam, _, _ in Formatter().parse(self.anders) if naam}))


def _check_regel(regel: Regel) -> Regel:
    if (regel.als is None) == (regel.fout is None):
        raise fault("{hier}: geef óf 'als' óf 'fout'.")
    return regel


@with_config(STRENG)
@dataclass(frozen=True)
class Tabel:
    """One table of a source: its grain, columns, key and rules."""

    naam: Naam
    rij: str
    kolommen: Annotated[Mapping[str, Kolom], OP_NAAM]
    sleutel: tuple[str, ...]
    regels: tuple[Annotated[Regel, AfterValidator(_check_regel)], ...] = ()
    # Columns that tell series apart: a delivery replaces an earlier one per period and per value of these.
    reeks: tuple[str, ...] = ()
    # Millions of rows: left where they lie, and checked per distinct form (see groot.py). Has no key.
    groot: JaNee = False
    # What every indicator made of this table must say of itself: forgotten, it would show what is confidential.
    eist: Mapping[str, str] = field(default_factory=dict)
    # Of a survey: each basis of its columns, and who that is in words ("die het onderzoek kennen").
    bases: Mapping[str, str] = field(default_factory=dict)
    # A worked example of one row, where what any cell of a column may be would not make a row that is right.
    voorbeeld: Mapping[str, str] = field(default_factory=dict)

    @property
    def verplicht(self) -> tuple[str, ...]:
        """Return the columns that may not be left out."""
        return tuple(k.naam for k in self.kolommen.values() if not k.leeg)

    @property
    def nummers(self) -> tuple[str, ...]:
        """Return the columns that hold the number of a person or an employer."""
        return tuple(k.naam for k in self.kolommen.values() if k.geheim)


def _check_tabel(tabel: Tabel) -> Tabel:
    for soort, kolommen in (("sleutel", tabel.sleutel), ("reeks", tabel.reeks), ("voorbeeld", tabel.voorbeeld)):
        for kolom in kolommen:
            if kolom not in tabel.kolommen:
                raad = suggest(kolom, tabel.kolommen)
                tekst = f"{{hier}}: {soort}kolom '{{kolom}}' bestaat niet.{{raad}}"
                raise fault(tekst, kolom=show_value(kolom), raad=raad)
    if tabel.groot and tabel.sleutel:
        raise fault("{hier}: een grote tabel heeft een lege sleutel.")
    _check_bases(tabel)
    return tabel


def _check_bases(tabel: Tabel) -> None:
    """Refuse a base without words, and words for a base that no column has."""
    gebruikt = dict.fromkeys(kolom.basis for kolom in tabel.kolommen.values() if kolom.basis)
    for basis in gebruikt:
        if basis not in tabel.bases:
            raise fault("{hier}: basis {basis} heeft geen woorden.", "Zet haar in 'bases'.", basis=show_value(basis))
    for basis in tabel.bases:
        if basis not in gebruikt:
            raad = suggest(basis, gebruikt)
            raise fault("{hier}, bases: geen kolom heeft basis {basis}.{raad}", basis=show_value(basis), raad=raad)


@with_config(STRENG)
@dataclass(frozen=True)
class Bron:
    """One source: who delivers it and which tables it has."""

    naam: Naam
    titel: str
    leverancier: str
    tabellen: Annotated[Mapping[str, Annotated[Tabel, AfterValidator(_check_tabel)]], OP_NAAM]
    # How often it brings figures; None for what has no rhythm of its own, such as figures published elsewhere.
    ritme: Annotated[str, Uit(tuple(Ritme))] | None = None
    staging: Buiten[str] = field(repr=False, default="")
    # What the source adds to the publication beside compiled indicators; most add nothing.
    publicatie: Buiten[str] = field(repr=False, default="")


BRON = TypeAdapter(Bron)


def load_bronnen(map_: Path = BRONNEN) -> dict[str, Bron]:
    """Return every source by name, read from `<bron>.yml` and `<bron>.sql` side by side.

    A source with context (stories, actions) has `<bron>.publicatie.sql` too.

    Raises:
        AfgekeurdError: a description is incomplete or uses an unknown key or type; all faults at once.
    """
    return read_folder(map_, _read_bron)


def _read_bron(pad: Path) -> Bron:
    bron = _explained(read_as(BRON, with_name(pad.stem, load_yaml(pad)), pad.name))
    staging = pad.with_suffix(".sql")
    if not staging.is_file():
        raise AfgekeurdError([Melding(staging.name, "De staging-query van deze bron ontbreekt.")])
    publicatie = pad.with_suffix(".publicatie.sql")
    return replace(
        bron,
        staging=staging.read_text(encoding="utf-8"),
        publicatie=publicatie.read_text(encoding="utf-8") if publicatie.is_file() else "",
    )


def _explained(bron: Bron) -> Bron:
    """Return the source with what is said of a name in every table, where its own contract says nothing."""
    uitleg = _help_of_names()
    tabellen = {
        naam: replace(
            tabel, kolommen={n: replace(k, uitleg=k.uitleg or uitleg.get(n, "")) for n, k in tabel.kolommen.items()}
        )
        for naam, tabel in bron.tabellen.items()
    }
    return replace(bron, tabellen=tabellen)


@cache
def _help_of_names() -> Mapping[str, str]:
    return read_as(TypeAdapter(dict[str, str]), load_yaml(UITLEG), UITLEG.name)
