"""What every mapping of a public table says of the contract it fills, and how mappings are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from pydantic import TypeAdapter

from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.modellen import read_as, with_name
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.levering.leveringen import Bevestigd


class Gekoppeld(Protocol):
    """What the mappings of all publishers have in common."""

    @property
    def naam(self) -> str:
        """Its name."""

    @property
    def titel(self) -> str:
        """What the table is for the monitor."""

    @property
    def catalogus(self) -> str:
        """Who publishes it, by the name in adressen.yml."""

    @property
    def leverancier(self) -> str:
        """Who made the figures."""

    @property
    def sleutels_gezien(self) -> bool:
        """Whether someone saw its keys."""

    @property
    def vult(self) -> str:
        """The table it fills, as bron/tabel."""

    @property
    def bron(self) -> str:
        """The source of that table."""

    @property
    def doeltabel(self) -> str:
        """The table of that source."""

    @property
    def groep(self) -> str:
        """The delivery it is part of."""

    @property
    def plek(self) -> str:
        """Its file, for messages."""

    @property
    def vast(self) -> Mapping[str, str]:
        """Columns with one value."""

    @property
    def licentie(self) -> str:
        """Under which the figures are published."""

    @property
    def opmerking(self) -> str:
        """What each delivery says."""

    @property
    def bevestigd(self) -> Bevestigd:
        """What a person looked at, so that it does not stop its deliveries."""


class Vulling:
    """What a mapping fills, whoever publishes the table; `map_` is the folder of its file."""

    naam: str
    vult: str
    levering: str
    map_: ClassVar[str]

    @property
    def bron(self) -> str:
        """Return the source whose contract it fills."""
        return self.vult.partition("/")[0]

    @property
    def doeltabel(self) -> str:
        """Return the table of that source."""
        return self.vult.partition("/")[2]

    @property
    def groep(self) -> str:
        """Return the delivery it is part of."""
        return f"{self.bron}/{self.levering or self.naam}"

    @property
    def plek(self) -> str:
        """Return its file, for messages."""
        return f"pipelines/bronnen/openbaar/{self.map_}/{self.naam}.yml"


K = TypeVar("K", bound=Gekoppeld)


def read_one(
    pad: Path,
    model: TypeAdapter[K],
    bronnen: Mapping[str, Bron],
    check: Callable[[K, Mapping[str, Bron]], Iterable[Melding]],
) -> K:
    """Return one mapping, checked against the contract it fills.

    Raises:
        AfgekeurdError: it is incomplete, or names what the contract does not have; all faults at once.
    """
    koppeling = read_as(model, with_name(pad.stem, load_yaml(pad)), pad.name)
    if koppeling.bron not in bronnen or koppeling.doeltabel not in bronnen[koppeling.bron].tabellen:
        raise AfgekeurdError([Melding(koppeling.plek, f"vult: '{show_value(koppeling.vult)}' bestaat niet.")])
    if fouten := list(check(koppeling, bronnen)):
        raise AfgekeurdError(fouten)
    return koppeling


def period_column(tabel: Tabel) -> str:
    """Return the column that holds the period."""
    return next(kolom.naam for kolom in tabel.kolommen.values() if kolom.type == "periode")


def region_column(tabel: Tabel) -> str:
    """Return the column that holds the region."""
    return next(kolom.naam for kolom in tabel.kolommen.values() if kolom.type == "regio")


def start_filled(koppeling: Gekoppeld, bronnen: Mapping[str, Bron]) -> tuple[Tabel, dict[str, list[str]]]:
    """Return the table that is filled, with the columns that every mapping fills and their fixed values."""
    tabel = bronnen[koppeling.bron].tabellen[koppeling.doeltabel]
    gevuld: dict[str, list[str]] = {period_column(tabel): [], region_column(tabel): []}
    for kolom, waarde in koppeling.vast.items():
        gevuld.setdefault(kolom, []).append(waarde)
    return tabel, gevuld


def check_filled(koppeling: Gekoppeld, tabel: Tabel, gevuld: Mapping[str, list[str]]) -> Iterator[Melding]:
    """Yield which columns and codes the contract does not have, and which columns stay empty that may not."""
    for kolom, waarden in gevuld.items():
        if kolom not in tabel.kolommen:
            tekst = f"kolom '{show_value(kolom)}' bestaat niet in {koppeling.vult}.{suggest(kolom, tabel.kolommen)}"
            yield Melding(koppeling.plek, tekst)
        else:
            yield from (Melding(koppeling.plek, tekst) for tekst in _unknown_codes(tabel.kolommen[kolom], waarden))
    if ontbreekt := [naam for naam in tabel.verplicht if naam not in gevuld]:
        yield Melding(koppeling.plek, f"kolom {', '.join(ontbreekt)} van {koppeling.vult} wordt niet gevuld.")


def _unknown_codes(kolom: Kolom, waarden: list[str]) -> Iterator[str]:
    for waarde in dict.fromkeys(waarden):
        if kolom.lijst and waarde not in kolom.lijst:
            yield f"'{show_value(waarde)}' is geen {kolom.naam}. Toegestaan: {', '.join(kolom.lijst)}."
