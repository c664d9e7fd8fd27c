"""Which table of the contract a file of DUO fills, and how: `bronnen/openbaar/duo/<naam>.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, TypeAdapter, with_config

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import BRONNEN, Bron
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.schrift.modellen import STRENG, JaNee, Naam, Uit, Vorm, fault, read_folder
from pipelines.levering.leveringen import Bevestigd
from pipelines.openbaar.koppelen.doelvelden import Vulling, check_filled, read_one, start_filled
from pipelines.openbaar.koppelen.koppeling import Doeltabel

DUO = BRONNEN / "openbaar" / "duo"
# Where a year in a heading or in a name stands.
JAARPLEK = "{jaar}"
REST = ("fout", "weglaten", "leeg")
# How a column of a file says where a row is of.
SOORTEN = ("gemeentenummer", "gemeentenaam", "arbeidsmarktregio")
# The codes of hbo stay as they are; those of mbo are renewed, and then known by their names.
CROHO = "croho"
OPLEIDINGSLIJSTEN = (CROHO, "kwalificatie")
Schuif = Annotated[int, Vorm("-?[01]", int, "{wat} is geen 0, 1 of -1.")]


@with_config(STRENG)
@dataclass(frozen=True)
class Jaren:
    """Where the year of a figure stands: in a column, in the headings, or in the name of the file."""

    kolom: tuple[str, ...] = ()
    # Headings that hold a figure per year, such as JAAR_{jaar}; joined by + they are added up.
    kop: tuple[str, ...] = ()
    uit_bestand: JaNee = False
    # What is added to DUO's year to get the first year of the schooljaar.
    verschuif: Schuif = 0
    soort: Annotated[str, Uit(("schooljaar", "jaar"))] = "schooljaar"


def _check_jaren(jaren: Jaren) -> Jaren:
    if not (jaren.kolom or jaren.kop or jaren.uit_bestand):
        raise fault("{hier}: geef 'kolom', 'kop' of 'uit_bestand: ja'.")
    if fout := [kop for kop in jaren.kop if not all(JAARPLEK in deel for deel in kop.split("+"))]:
        raise fault("{hier}: in kop '{kop}' ontbreekt {plek}.", kop=fout[0], plek=JAARPLEK)
    return jaren


@with_config(STRENG)
@dataclass(frozen=True)
class Waar:
    """Where the figures are of: a column with gemeenten or regions, and the levels made of them; or one region."""

    niveaus: tuple[Annotated[str, Uit(Niveau)], ...] = ()
    kolom: tuple[str, ...] = ()
    soort: Annotated[str, Uit(SOORTEN)] = "gemeentenummer"
    # What DUO writes otherwise than CBS, with the code that is meant.
    namen: Mapping[str, str] = field(default_factory=dict)
    # What lies in no region, such as BELGIE; left out and counted.
    buiten: tuple[str, ...] = ()
    vast: str = ""


def _check_waar(waar: Waar) -> Waar:
    if bool(waar.vast) == bool(waar.kolom):
        raise fault("{hier}: geef óf 'vast', óf 'kolom' met 'niveaus'.")
    if waar.kolom and waar.soort != Niveau.ARBEIDSMARKTREGIO and not waar.niveaus:
        raise fault("{hier}: 'niveaus' ontbreekt.")
    return waar


@with_config(STRENG)
@dataclass(frozen=True)
class Rubriek:
    """One column of a file that divides its figures: what it fills, and the code of the contract per text."""

    uit: tuple[str, ...]
    kolom: str = ""
    categorieen: Mapping[str, str] = field(default_factory=dict)
    # The texts that count; fills no column.
    alleen: tuple[str, ...] = ()
    rest: Annotated[str, Uit(REST)] = "fout"


def _check_rubriek(deel: Rubriek) -> Rubriek:
    if bool(deel.alleen) == bool(deel.kolom) or (deel.categorieen and not deel.kolom):
        raise fault("{hier}: geef óf 'alleen', óf 'kolom', met 'categorieen' waar de tekst zelf niet de code is.")
    return deel


@with_config(STRENG)
@dataclass(frozen=True)
class Opleidingscode:
    """How a row is known to be of an education: by the list of codes and names, else by the part it belongs to."""

    lijst: Annotated[str, Uit(OPLEIDINGSLIJSTEN)]
    code: tuple[str, ...]
    naam: tuple[str, ...] = ()
    # Of what is on no list: the column with the part (onderdeel, sectorkamer), and the opleiding per part.
    rest_uit: tuple[str, ...] = ()
    rest: Mapping[str, str] = field(default_factory=dict)


@with_config(STRENG)
@dataclass(frozen=True)
class Duokoppeling(Vulling):
    """One file of DUO, and the table of a source that it fills."""

    naam: Naam
    titel: str
    pakket: str
    bestand: str
    sleutels_gezien: JaNee
    vult: Doeltabel
    aantal_in: str
    jaren: Annotated[Jaren, AfterValidator(_check_jaren)]
    regio: Annotated[Waar, AfterValidator(_check_waar)]
    aantal: tuple[str, ...] = ()
    rubrieken: tuple[Annotated[Rubriek, AfterValidator(_check_rubriek)], ...] = ()
    opleiding: Opleidingscode | None = None
    # Whether an empty cell is a nought, as in the files of mbo; else it is a fault.
    leeg_is_nul: JaNee = False
    vast: Mapping[str, str] = field(default_factory=dict)
    levering: str = ""
    # Where empty, what the package says of itself.
    licentie: str = ""
    opmerking: str = ""
    bevestigd: Bevestigd = field(default_factory=Bevestigd)

    catalogus = "DUO"
    leverancier = "DUO, Open onderwijsdata"
    map_ = "duo"


DUOKOPPELING: TypeAdapter[Duokoppeling] = TypeAdapter(Duokoppeling)


def load_duokoppelingen(bronnen: Mapping[str, Bron], map_: Path = DUO) -> dict[str, Duokoppeling]:
    """Return every mapping of a file of DUO by name, checked against the contract it fills.

    Raises:
        AfgekeurdError: a mapping is incomplete, or names what the contract does not have; all faults at once.
    """
    return read_folder(map_, lambda pad: read_one(pad, DUOKOPPELING, bronnen, _check_target))


def _check_target(koppeling: Duokoppeling, bronnen: Mapping[str, Bron]) -> Iterator[Melding]:
    """Yield what the mapping says that the contract of its source does not know."""
    tabel, gevuld = start_filled(koppeling, bronnen)
    for deel in koppeling.rubrieken:
        if deel.kolom:
            gevuld.setdefault(deel.kolom, []).extend(deel.categorieen.values())
    if koppeling.opleiding:
        gevuld.setdefault("opleiding", [])
    gevuld.setdefault(koppeling.aantal_in, [])
    yield from check_filled(koppeling, tabel, gevuld)
    if not koppeling.jaren.kop and not koppeling.aantal:
        yield Melding(koppeling.plek, "Hier ontbreekt in welke kolom het aantal staat.", advies="Schrijf 'aantal'.")
    if koppeling.jaren.uit_bestand and JAARPLEK not in koppeling.bestand:
        yield Melding(koppeling.plek, f"In 'bestand' ontbreekt {JAARPLEK}, waar het jaar staat.")
