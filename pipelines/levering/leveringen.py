"""Deliveries on disk: `<raw>/<bron>/<levering>/levering.yml` with one file per table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import JA_NEE, Bron, only_keys
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.perioden import VORMEN, parse_periode
from pipelines.afspraken.tekens import LANGSTE_REGEL, LANGSTE_TEKST, find_unreadable
from pipelines.afspraken.veilig_yaml import load_yaml
from pipelines.levering.bestand.lezen import EXTENSIES
from pipelines.levering.intrekken import read_intrekking

OPTIONEEL = ("verwijzing", "licentie", "opmerking", "voorlopig")
SLEUTELS = ("bron", "leverancier", "periode", "ontvangen", "herkomst", *OPTIONEEL)
# May have more than one line.
_PROZA = ("verwijzing", "opmerking")
# A dozen lines; what is longer costs time before anything of it is known.
GROOTSTE_BESCHRIJVING = 64_000
_NAAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Levering:
    """One delivery: where it lies, who delivered it, and the file of each of its tables."""

    map: Path
    bron: str
    leverancier: str
    periode: str
    ontvangen: date
    herkomst: str
    bestanden: Mapping[str, tuple[Path, ...]]
    verwijzing: str = ""
    licentie: str = ""
    opmerking: str = ""
    # The whole delivery is provisional; a table may say it per row instead, in column is_voorlopig.
    voorlopig: bool = False

    @property
    def levering_id(self) -> str:
        """Return `<bron>/<levering>`, unique within the raw folder."""
        return f"{self.bron}/{self.map.name}"


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
    advies = "Geef het een eigen map met een levering.yml, of neem het aan met: regiomonitor accept."
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
        met_plek = (
            Melding(f"{show_value(plek)}/{m.bestand}", m.tekst, m.rij, m.kolom, m.advies) for m in fout.meldingen
        )
        raise AfgekeurdError(met_plek) from None


def _read(map_: Path, bronnen: Mapping[str, Bron], bronmap: str | None) -> Levering:
    if map_.is_symlink() or not _NAAM.fullmatch(map_.name):
        advies = "Gebruik een gewone map, met letters, cijfers, punt, streepje en laag streepje in de naam."
        raise AfgekeurdError([Melding("", "Deze naam of verwijzing is niet toegestaan.", advies=advies)])
    beschrijving = map_ / "levering.yml"
    if beschrijving.is_symlink():
        raise AfgekeurdError([Melding(beschrijving.name, "Dit is een verwijzing (symlink) en geen bestand.")])
    ruw = load_yaml(beschrijving, GROOTSTE_BESCHRIJVING)
    only_keys(Path("levering.yml"), "", ruw, SLEUTELS, OPTIONEEL)
    fouten = _check_filled(ruw) or _check_values(ruw, bronnen, bronmap, f"{bronmap}/{map_.name}")
    if fouten:
        raise AfgekeurdError(fouten)
    teksten = {s: str(waarde).strip() for s, waarde in ruw.items() if s not in ("ontvangen", "voorlopig")}
    return Levering(
        map=map_,
        ontvangen=date.fromisoformat(ruw["ontvangen"]),
        bestanden=_find_files(map_, bronnen[ruw["bron"]]),
        voorlopig=ruw.get("voorlopig") == "ja",
        **teksten,
    )


def _check_filled(ruw: Mapping[str, object]) -> list[Melding]:
    fouten: list[Melding] = []
    for sleutel, waarde in ruw.items():
        if not isinstance(waarde, str):
            fouten.append(Melding("levering.yml", f"{sleutel}: hier hoort één waarde te staan."))
        elif sleutel not in OPTIONEEL and waarde.strip().lower() in ("", "~", "null"):
            fouten.append(Melding("levering.yml", f"{sleutel}: hier staat geen waarde."))
        else:
            fouten += _check_text(sleutel, waarde.strip())
    return fouten


def _check_text(sleutel: str, waarde: str) -> list[Melding]:
    """Return what is wrong with a text of levering.yml; characters no one can read were refused with the file."""
    langste = LANGSTE_TEKST if sleutel in _PROZA else LANGSTE_REGEL
    if len(waarde) > langste:
        tekst = f"{sleutel}: '{show_value(waarde)}' is langer dan {langste} tekens."
        return [Melding("levering.yml", tekst, advies="Vat de tekst samen, of verwijs naar een document.")]
    if sleutel not in _PROZA and (teken := find_unreadable(waarde, een_regel=True)):
        tekst = f"{sleutel}: '{show_value(waarde)}' staat niet op één regel ({teken})."
        return [Melding("levering.yml", tekst, advies="Schrijf de tekst op één regel, zonder tab.")]
    return []


def _check_values(
    ruw: Mapping[str, object], bronnen: Mapping[str, Bron], bronmap: str | None, plek: str
) -> list[Melding]:
    fouten: list[Melding] = []

    def reject(sleutel: str, tekst: str, advies: str) -> None:
        waarde = show_value(ruw[sleutel])
        fouten.append(Melding("levering.yml", f"{sleutel}: '{waarde}' {tekst}", advies=advies))

    if str(ruw["bron"]) not in bronnen:
        gok = suggest(str(ruw["bron"]), bronnen)
        reject("bron", f"bestaat niet.{gok}", "Bekende bronnen: " + ", ".join(bronnen) + ".")
    elif bronmap is not None and ruw["bron"] != bronmap:
        reject("bron", f"hoort niet in de map {show_value(bronmap)}.", "De map draagt de naam van de bron.")
    if str(ruw["herkomst"]) not in [*Herkomst]:
        gok = suggest(str(ruw["herkomst"]), Herkomst)
        reject("herkomst", f"bestaat niet.{gok}", "Toegestaan: " + ", ".join(Herkomst) + ".")
    if str(ruw.get("voorlopig", "nee")) not in JA_NEE:
        reject("voorlopig", "is geen ja of nee.", "Schrijf voorlopig: ja, of laat de regel weg.")
    if parse_periode(str(ruw["periode"])) is None:
        reject("periode", "is geen periode.", f"Toegestaan: {VORMEN}.")
    if not _is_date(str(ruw["ontvangen"])):
        reject("ontvangen", "is geen datum.", "Schrijf jaar-maand-dag, zoals 2022-09-15.")
    elif date.fromisoformat(str(ruw["ontvangen"])) > today():
        # Of all versions the newest counts: a day that must still come would win for good.
        advies = f"Schrijf de dag van ontvangst, op zijn laatst vandaag; volgens deze computer is dat {today()}."
        if bronmap is not None:
            advies += f" Of trek deze levering in: regiomonitor withdraw {show_value(plek)} --reden …"
        reject("ontvangen", "is na vandaag.", advies)
    elif not fouten and _is_later(ruw, bronnen[str(ruw["bron"])]):
        reject("periode", f"begint na ontvangen ({ruw['ontvangen']}).", "Controleer periode en ontvangen.")
    return fouten


def _is_later(ruw: Mapping[str, object], bron: Bron) -> bool:
    """Return whether the delivery's period begins after the delivery, of a source that has no plans or forecasts."""
    periode = parse_periode(str(ruw["periode"]))
    vooruit = any(kolom.vooruit for tabel in bron.tabellen.values() for kolom in tabel.kolommen.values())
    return not vooruit and periode is not None and periode.begin > date.fromisoformat(str(ruw["ontvangen"]))


def _is_date(tekst: str) -> bool:
    try:
        # Python also takes 20220915 and 2022-W37-4; those are not what the contract asks for.
        return date.fromisoformat(tekst).isoformat() == tekst
    except ValueError:
        return False


def _find_files(map_: Path, bron: Bron) -> dict[str, tuple[Path, ...]]:
    """Return the data files per table; papers beside the data (README, PDF) are left alone.

    A table may come in parts: `antwoorden.csv` with `antwoorden.xlsx`, or `antwoorden-1.csv`, `antwoorden-2.csv`.
    """
    bestanden: dict[str, tuple[Path, ...]] = {}
    fouten: list[Melding] = []
    for pad in (p for p in _visible(map_) if p.suffix.lower() in (*EXTENSIES, ".xls", ".ods", ".json")):
        naam = show_value(pad.name)
        tabel = pad.stem if pad.stem in bron.tabellen else re.sub(r"[-_][0-9]{1,3}$", "", pad.stem)
        if pad.suffix.lower() not in EXTENSIES:
            fouten.append(Melding(naam, "Dit formaat kan niet.", advies="Lever csv, xlsx of parquet aan."))
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
