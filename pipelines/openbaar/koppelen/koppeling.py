"""Which table of the open contract a public table fills, and how: `bronnen/openbaar/statline/<naam>.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, TypeAdapter, with_config

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import BRONNEN, PERIODESOORTEN, Bron, Tabel
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.schrift.modellen import STRENG, JaNee, Naam, Uit, Vorm, fault, read_folder
from pipelines.levering.leveringen import Bevestigd
from pipelines.openbaar.koppelen.doelvelden import Vulling, check_filled, read_one, start_filled
from pipelines.openbaar.tabellen.tabel import multiple_of

STATLINE = BRONNEN / "openbaar" / "statline"
CATALOGI = ("CBS", "AZW")
VORMEN = ("v3", "v4")
# What happens to a category that the mapping does not name.
REST = ("fout", "weglaten")
Maal = Annotated[Decimal, Vorm(r"[0-9]+(\.[0-9]+)?", Decimal, "{wat} is geen getal.")]
Doeltabel = Annotated[str, Vorm("[a-z_]+/[a-z_]+", str, "{wat} '{waarde}' is geen bron/tabel.")]


@with_config(STRENG)
@dataclass(frozen=True)
class Gebied:
    """Where the figures of a table are of: the levels it has, or one region where it names none."""

    niveaus: tuple[Annotated[str, Uit(Niveau)], ...] = ()
    # Levels that come along where the table has them; then each region of them must be there too.
    ook: tuple[Annotated[str, Uit(Niveau)], ...] = ()
    # Levels made by adding up gemeenten, each only where every gemeente of it has a figure.
    uit_gemeenten: tuple[Annotated[str, Uit(Niveau)], ...] = ()
    vast: str = ""
    weglaten: tuple[str, ...] = ()


def _check_gebied(gebied: Gebied) -> Gebied:
    if bool(gebied.vast) == bool(gebied.niveaus or gebied.ook or gebied.uit_gemeenten):
        raise fault("{hier}: geef óf 'vast', óf 'niveaus' of 'uit_gemeenten'.")
    return gebied


@with_config(STRENG)
@dataclass(frozen=True)
class Indeling:
    """One other dimension: the column it fills, and the code of the contract per category (by title or key)."""

    titel: str = ""
    sleutel: str = ""
    kolom: str = ""
    categorieen: Mapping[str, str] = field(default_factory=dict)
    # One category that all rows are of; fills no column.
    alleen: str = ""
    # Every category of a column of text, under its own title: for names that only the table itself can tell.
    overnemen: JaNee = False
    # The category that CBS calls Totaal, where there is one, leaves the column empty.
    totaal: JaNee = False
    rest: Annotated[str, Uit(REST)] = "fout"


def _check_indeling(deel: Indeling) -> Indeling:
    if not (deel.titel or deel.sleutel):
        raise fault("{hier}: 'titel' of 'sleutel' ontbreekt.")
    if [bool(deel.alleen), bool(deel.categorieen), deel.overnemen].count(True) != 1 or bool(deel.kolom) == bool(
        deel.alleen
    ):
        raise fault("{hier}: geef óf 'alleen', óf 'kolom' met 'categorieen' of 'overnemen'.")
    if deel.totaal and not deel.kolom:
        raise fault("{hier}: 'totaal' hoort bij 'kolom'.")
    return deel


@with_config(STRENG)
@dataclass(frozen=True)
class Meting:
    """One measure: the column it fills, and its unit as the table states it; without a name the only one in it."""

    kolom: str
    eenheid: str
    titel: str = ""
    sleutel: str = ""
    # The headings above it, where a title alone is not enough.
    pad: tuple[str, ...] = ()
    # What the figures are multiplied by after the unit, such as 0.01 to make a share of a percentage.
    maal: Maal = Decimal(1)
    # Columns that this measure fills with a fixed value, as the question it answers.
    vast: Mapping[str, str] = field(default_factory=dict)


def _check_meting(meting: Meting) -> Meting:
    if multiple_of(meting.eenheid) is None:
        raise fault("{hier}: van eenheid '{eenheid}' is niet duidelijk hoe vaak zij telt.",
                    "Schrijf haar zoals de tabel, zoals x 1 000, aantal of %.", eenheid=meting.eenheid)  # fmt: skip
    return meting


@with_config(STRENG)
@dataclass(frozen=True)
class Koppeling(Vulling):
    """One public table of CBS or AZW, and the table of a source that it fills."""

    naam: Naam
    titel: str
    catalogus: Annotated[str, Uit(CATALOGI)]
    sleutels_gezien: JaNee
    vult: Doeltabel
    perioden: tuple[Annotated[str, Uit(PERIODESOORTEN)], ...]
    regio: Annotated[Gebied, AfterValidator(_check_gebied)]
    maten: tuple[Annotated[Meting, AfterValidator(_check_meting)], ...]
    dimensies: tuple[Annotated[Indeling, AfterValidator(_check_indeling)], ...] = ()
    # The identifier, the exact title, or both; a title alone is looked up in the catalogue.
    tabel: str = ""
    exacte_titel: str = ""
    vorm: Annotated[str, Uit(VORMEN)] = "v3"
    vast: Mapping[str, str] = field(default_factory=dict)
    # Tables that fill the same series are one delivery together: apart, the second would replace the first.
    levering: str = ""
    licentie: str = "CC BY 4.0"
    opmerking: str = ""
    bevestigd: Bevestigd = field(default_factory=Bevestigd)

    leverancier = "CBS (StatLine)"
    map_ = "statline"


KOPPELING: TypeAdapter[Koppeling] = TypeAdapter(Koppeling)


def load_koppelingen(bronnen: Mapping[str, Bron], map_: Path = STATLINE) -> dict[str, Koppeling]:
    """Return every mapping of a StatLine table by name, checked against the contract it fills.

    Raises:
        AfgekeurdError: a mapping is incomplete, or names what the contract does not have; all faults at once.
    """
    return read_folder(map_, lambda pad: read_koppeling(pad, bronnen))


def read_koppeling(pad: Path, bronnen: Mapping[str, Bron]) -> Koppeling:
    """Return one mapping.

    Raises:
        AfgekeurdError: as for all of them.
    """
    return read_one(pad, KOPPELING, bronnen, _check_target)


def _check_target(koppeling: Koppeling, bronnen: Mapping[str, Bron]) -> Iterator[Melding]:
    """Yield what the mapping says that the contract of its source does not know."""
    if not (koppeling.tabel or koppeling.exacte_titel):
        advies = "Schrijf 'tabel', 'exacte_titel' of beide."
        yield Melding(koppeling.plek, "Hier ontbreekt welke tabel het is.", advies=advies)
    tabel, gevuld = start_filled(koppeling, bronnen)
    for deel in koppeling.dimensies:
        if deel.kolom:
            gevuld.setdefault(deel.kolom, []).extend(deel.categorieen.values())
            yield from _check_free(koppeling, tabel, deel)
    for meting in koppeling.maten:
        gevuld.setdefault(meting.kolom, [])
        for kolom, waarde in meting.vast.items():
            gevuld.setdefault(kolom, []).append(waarde)
    yield from check_filled(koppeling, tabel, gevuld)


def _check_free(koppeling: Koppeling, tabel: Tabel, deel: Indeling) -> Iterator[Melding]:
    """Yield that titles are taken over into a column of codes, or that a total leaves one empty that may not be."""
    kolom = tabel.kolommen.get(deel.kolom)
    if kolom and deel.overnemen and (kolom.type != "tekst" or kolom.lijst):
        yield Melding(koppeling.plek, f"kolom '{kolom.naam}' heeft eigen codes; titels zijn niet over te nemen.",
                      advies="Noem ze bij 'categorieen'.")  # fmt: skip
    if kolom and deel.totaal and not kolom.leeg:
        yield Melding(koppeling.plek, f"kolom '{kolom.naam}' mag niet leeg zijn.", advies="Haal 'totaal' weg.")
