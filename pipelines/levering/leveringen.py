"""Deliveries on disk: `<raw>/<bron>/<levering>/levering.yml` with one file per table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, TypeAdapter, WithJsonSchema, with_config

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.modellen import (
    JA_NEE,
    STRENG,
    Buiten,
    Dag,
    Uit,
    VanPlek,
    Vorm,
    fault,
    read_as,
    with_name,
)
from pipelines.afspraken.schrift.perioden import VORMEN, Periode, parse_periode
from pipelines.afspraken.schrift.tekens import LANGSTE_REGEL, LANGSTE_TEKST, find_unreadable
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.levering.bestand.lezen import ANDERS, EXTENSIES, other_format
from pipelines.levering.intrekken import read_intrekking, withdraw_advice
from pipelines.levering.kolommen.vertaling import KOLOMMEN_YML, Vertaling, read_kolommen

# A dozen lines; what is longer costs time before anything of it is known.
GROOTSTE_BESCHRIJVING = 64_000
_NAAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _check_text(waarde: str, *, gevuld: bool = False, een_regel: bool = True) -> str:
    """Return the text without spaces around it; characters no one can read were refused with the file."""
    waarde = waarde.strip()
    langste = LANGSTE_REGEL if een_regel else LANGSTE_TEKST
    if gevuld and waarde.lower() in ("", "~", "null"):
        raise fault("{hier}: hier staat geen waarde.")
    if len(waarde) > langste:
        advies = "Vat de tekst samen, of verwijs naar een document."
        raise fault("{hier}: '{waarde}' is langer dan {langste} tekens.", advies, langste=langste)
    if een_regel and (teken := find_unreadable(waarde, een_regel=True)):
        advies = "Schrijf de tekst op één regel, zonder tab."
        raise fault("{hier}: '{waarde}' staat niet op één regel ({teken}).", advies, teken=teken)
    return waarde


def _check_periode(waarde: str) -> str:
    if parse_periode(waarde) is None:
        raise ValueError
    return waarde


Gevuld = Annotated[str, AfterValidator(partial(_check_text, gevuld=True))]
Proza = Annotated[str, AfterValidator(partial(_check_text, een_regel=False))]
Tijdvak = Annotated[str, Vorm(r"[0-9/A-Z-]+", _check_periode, "{wat} '{waarde}' is geen periode.",
                              f"Toegestaan: {VORMEN}.")]  # fmt: skip
Voorlopig = Annotated[bool, Vorm("ja|nee", "ja".__eq__, "{wat} '{waarde}' is geen ja of nee.",
                                 "Schrijf voorlopig: ja, of laat de regel weg."),
                      WithJsonSchema({"enum": [*JA_NEE]})]  # fmt: skip
Vertrouwelijk = Annotated[bool, Vorm("ja|nee", "ja".__eq__, "{wat} '{waarde}' is geen ja of nee.",
                                     "Schrijf vertrouwelijk: ja, of laat de regel weg."),
                          WithJsonSchema({"enum": [*JA_NEE]})]  # fmt: skip


@with_config(STRENG)
@dataclass(frozen=True)
class Bevestigd:
    """Why a check that stops until a person has looked may pass: the reason of that person, per check."""

    sprong: Proza = ""


@with_config(STRENG)
@dataclass(frozen=True)
class Levering:
    """One delivery: where it lies, who delivered it, and the file of each of its tables."""

    map: VanPlek[Path]
    bron: Gevuld
    leverancier: Gevuld
    periode: Tijdvak
    ontvangen: Dag
    herkomst: Annotated[str, Uit(Herkomst)]
    bestanden: Buiten[Mapping[str, tuple[Path, ...]]] = field(default_factory=dict)
    verwijzing: Proza = ""
    licentie: Annotated[str, AfterValidator(_check_text)] = ""
    opmerking: Proza = ""
    # The whole delivery is provisional; a table may say it per row instead, in column is_voorlopig.
    voorlopig: Voorlopig = False
    # Figures of persons or employers who may not be recognised: they go through disclosure control.
    vertrouwelijk: Vertrouwelijk = False
    bevestigd: Bevestigd = field(default_factory=Bevestigd)
    # The file beside this one that says how the supplier's own columns map to the contract.
    kolommen: Annotated[str, Uit([KOLOMMEN_YML])] = ""
    vertaling: Buiten[Mapping[str, Vertaling]] = field(default_factory=dict)

    @property
    def levering_id(self) -> str:
        """Return `<bron>/<levering>`, unique within the raw folder."""
        return f"{self.bron}/{self.map.name}"

    @property
    def is_echt(self) -> bool:
        """Whether it is not made up."""
        return self.herkomst != Herkomst.SYNTHETISCH


LEVERING = TypeAdapter(Levering)


def today() -> date:
    """Return which day it is in the Netherlands."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def find_leveringen(raw: Path, bronnen: Mapping[str, Bron]) -> list[Levering]:
    """Return every delivery under the raw folder that was not withdrawn, in a fixed order.

    Raises:
        AfgekeurdError: the folder is missing or a delivery is not what it should be; all faults at once.
    """
    if not raw.is_dir():
        advies = "Geef de map met leveringen op met --raw."
        raise AfgekeurdError([Melding(show_value(raw), "Deze map bestaat niet.", advies=advies)])
    gevonden: list[Levering] = []
    fouten = _loose_files(raw, "")
    for bronmap in (m for m in _visible(raw) if m.is_dir()):
        naam = show_value(bronmap.name)
        if bronmap.is_symlink():
            fouten.append(Melding(naam, "Dit is een verwijzing (symlink) en geen map."))
            continue
        fouten += _loose_files(bronmap, f"{naam}/")
        for map_ in (m for m in _visible(bronmap) if m.is_dir() or m.is_symlink()):
            try:
                if map_.is_symlink() or read_intrekking(map_) is None:
                    gevonden.append(read_levering(map_, bronnen, bronmap.name))
            except AfgekeurdError as fout:
                fouten += fout.meldingen
    if fouten:
        raise AfgekeurdError(fouten)
    return gevonden


def _loose_files(map_: Path, plek: str) -> list[Melding]:
    """Return a message per data file outside a delivery: left alone, it would be missed in silence."""
    advies = "Geef het een eigen map met een levering.yml, of neem het aan met .venv/bin/regiomonitor accept."
    return [
        Melding(f"{plek}{show_value(pad.name)}", "Dit bestand staat los, buiten een levering.", advies=advies)
        for pad in _visible(map_)
        if pad.suffix.lower() in EXTENSIES and not pad.is_dir()
    ]


def read_levering(map_: Path, bronnen: Mapping[str, Bron], bronmap: str | None = None) -> Levering:
    """Return the delivery in this folder; the data files themselves are not read yet.

    Raises:
        AfgekeurdError: `levering.yml` is missing or wrong, or a file belongs to no table of the source.
    """
    plek = f"{bronmap}/{map_.name}" if bronmap else map_.name
    try:
        return _read(map_, bronnen, bronmap)
    except AfgekeurdError as fout:
        meldingen = [replace(m, bestand=f"{show_value(plek)}/{m.bestand}") for m in fout.meldingen]
        raise AfgekeurdError(with_way_out(meldingen, map_) if bronmap else meldingen) from None


def with_way_out(meldingen: Sequence[Melding], map_: Path) -> list[Melding]:
    """Return the messages on a delivery in the raw folder; the first, which is always shown, has the way out."""
    eerste, *rest = meldingen
    advies = " ".join(filter(None, [eerste.advies, withdraw_advice(map_)]))
    return [replace(eerste, advies=advies), *rest]


def _read(map_: Path, bronnen: Mapping[str, Bron], bronmap: str | None) -> Levering:
    if map_.is_symlink() or not _NAAM.fullmatch(map_.name):
        advies = "Gebruik een gewone map, met letters, cijfers, punt, streepje en laag streepje in de naam."
        raise AfgekeurdError([Melding("", "Deze naam of verwijzing is niet toegestaan.", advies=advies)])
    beschrijving = map_ / "levering.yml"
    if beschrijving.is_symlink():
        raise AfgekeurdError([Melding(beschrijving.name, "Dit is een verwijzing (symlink) en geen bestand.")])
    ruw = load_yaml(beschrijving, GROOTSTE_BESCHRIJVING)
    check = partial(_check_values, ruw, bronnen, bronmap)
    levering = read_as(LEVERING, with_name(map_, ruw), "levering.yml", check=check)
    bron = bronnen[levering.bron]
    vertaling = _read_vertaling(map_, levering, bron)
    return replace(levering, bestanden=_find_files(map_, bron), vertaling=vertaling)


def _read_vertaling(map_: Path, levering: Levering, bron: Bron) -> dict[str, Vertaling]:
    pad = map_ / KOLOMMEN_YML
    if levering.kolommen:
        return read_kolommen(pad, bron)
    if pad.exists():
        advies = f"Schrijf in levering.yml: kolommen: {KOLOMMEN_YML}."
        raise AfgekeurdError([Melding(KOLOMMEN_YML, "Dit bestand wordt niet gebruikt.", advies=advies)])
    return {}


def _check_values(ruw: Mapping[str, str], bronnen: Mapping[str, Bron], bronmap: str | None) -> Iterator[Melding]:
    """Yield what no value can say alone: whether the source exists, and whether the days fit."""

    def reject(sleutel: str, tekst: str, advies: str) -> Melding:
        return Melding("levering.yml", f"{sleutel}: '{show_value(ruw[sleutel])}' {tekst}", advies=advies)

    if ruw["bron"] not in bronnen:
        advies = "Bekende bronnen: " + ", ".join(bronnen) + "."
        yield reject("bron", f"bestaat niet.{suggest(ruw['bron'], bronnen)}", advies)
    elif bronmap is not None and ruw["bron"] != bronmap:
        yield reject("bron", f"hoort niet in de map {show_value(bronmap)}.", "De map draagt de naam van de bron.")
    elif ruw.get("vertrouwelijk") == "ja" and not can_be_confidential(bronnen[ruw["bron"]]):
        advies = "Lever deze cijfers niet aan, of alleen zoals iedereen ze mag zien; haal dan deze regel weg."
        yield reject("vertrouwelijk", f"kan bij bron {ruw['bron']} niet: deze cijfers worden getoond.", advies)
    periode, ontvangen = parse_periode(ruw["periode"]), _day(ruw["ontvangen"])
    if ontvangen and ontvangen > today():
        # Of all versions the newest counts: a day that must still come would win for good.
        advies = f"Schrijf de dag van ontvangst, op zijn laatst vandaag; volgens deze computer is dat {today()}."
        yield reject("ontvangen", "is na vandaag.", advies)
    elif ontvangen and periode and ruw["bron"] in bronnen and _is_later(periode, ontvangen, bronnen[ruw["bron"]]):
        yield reject("periode", f"begint na ontvangen ({ontvangen}).", "Controleer periode en ontvangen.")


def can_be_confidential(bron: Bron) -> bool:
    """Return whether all that the source shows are counts and ratios that disclosure control can judge."""
    tabellen = bron.tabellen.values()
    geteld = (any(kolom.tijd for kolom in tabel.kolommen.values()) for tabel in tabellen)
    return all(geteld) or any(tabel.groot or "vertrouwelijk" in tabel.eist for tabel in tabellen)


def _is_later(periode: Periode, ontvangen: date, bron: Bron) -> bool:
    """Return whether the delivery's period begins after the delivery, of a source that has no plans or forecasts."""
    vooruit = any(kolom.vooruit for tabel in bron.tabellen.values() for kolom in tabel.kolommen.values())
    return not vooruit and periode.begin > ontvangen


def _day(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None


def _find_files(map_: Path, bron: Bron) -> dict[str, tuple[Path, ...]]:
    """Return the data files per table; papers beside the data (README, PDF) are left alone.

    A table may come in parts: `antwoorden.csv` with `antwoorden.xlsx`, or `antwoorden-1.csv`, `antwoorden-2.csv`.
    """
    bestanden: dict[str, tuple[Path, ...]] = {}
    fouten: list[Melding] = []
    for pad in (p for p in _visible(map_) if p.suffix.lower() in (*EXTENSIES, *ANDERS)):
        naam = show_value(pad.name)
        tabel = pad.stem if pad.stem in bron.tabellen else re.sub(r"[-_][0-9]{1,3}$", "", pad.stem)
        if pad.suffix.lower() not in EXTENSIES:
            fouten.append(other_format(pad, bron.tabellen))
        elif tabel not in bron.tabellen:
            tekst = f"Bron {bron.naam} heeft geen tabel '{show_value(pad.stem)}'.{suggest(pad.stem, bron.tabellen)}"
            advies = "Tabellen van deze bron: " + ", ".join(bron.tabellen) + "."
            fouten.append(Melding(naam, tekst, advies=advies))
        else:
            bestanden[tabel] = (*bestanden.get(tabel, ()), pad)
    if not bestanden and not fouten:
        advies = "Zet er een bestand bij: " + ", ".join(f"{t}.csv" for t in bron.tabellen) + "."
        fouten.append(Melding("", "Deze levering heeft geen gegevens.", advies=advies))
    if fouten:
        raise AfgekeurdError(fouten)
    # In the order of the contract, so that a rule finds the table it looks at already there.
    return {tabel: bestanden[tabel] for tabel in bron.tabellen if tabel in bestanden}


def _visible(map_: Path) -> list[Path]:
    return sorted(p for p in map_.iterdir() if not p.name.startswith("."))


def sort_key(levering: Levering) -> tuple[bool, date, list[tuple[int, str]]]:
    """Return what orders deliveries from weak to strong: made up, received, and then name (v2 before v10)."""
    delen = re.split(r"(\d+)", levering.map.name)
    return (
        levering.herkomst != Herkomst.SYNTHETISCH,
        levering.ontvangen,
        [(int(deel), "") if deel.isdigit() else (-1, deel) for deel in delen],
    )


def sha256_of(pad: Path) -> str:
    """Return the file's SHA-256 as hexadecimal text."""
    with pad.open("rb") as stroom:
        return hashlib.file_digest(stroom, "sha256").hexdigest()
