"""Taking a delivery in: check it where it lies, and file it in the raw folder as a new version."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from pathlib import Path

from pipelines.afspraken.contract import Bron, load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.perioden import VORMEN, parse_periode
from pipelines.afspraken.schrijven import scratch
from pipelines.levering.bestand.lezen import EXTENSIES
from pipelines.levering.keuren import validate_levering
from pipelines.levering.leveringen import Levering, read_levering, today
from pipelines.levering.valideren import Keuring


def check_path(pad: Path, bron: str | None, periode: str | None = None) -> Keuring:
    """Return the validation of one delivery (a folder, or a file of the named source); nothing is written.

    Raises:
        AfgekeurdError: there is nothing to validate: no such path, no source named, or a wrong levering.yml.
    """
    bronnen = load_bronnen()
    indicatoren = load_indicatoren(INDICATORS_YML, bronnen)
    if not pad.exists():
        raise AfgekeurdError([Melding(show_value(pad), "Dit pad bestaat niet.")])
    # Of '.' and '..' only the absolute path has a name.
    heel = Path(os.path.abspath(pad))
    levering = read_levering(heel, bronnen) if pad.is_dir() else _single_file(pad, bron, bronnen, periode)
    if bron is not None and levering.bron != bron:
        tekst = f"bron: '{levering.bron}' is niet de bron van de aanroep ({show_value(bron)})."
        raise AfgekeurdError([Melding("levering.yml", tekst, advies="Laat --bron weg of pas levering.yml aan.")])
    return validate_levering(
        levering, bronnen[levering.bron], {i.indicator_id: i.eenheid for i in indicatoren.values()}, met_rijen=False
    )


def _single_file(pad: Path, bron: str | None, bronnen: dict[str, Bron], periode: str | None) -> Levering:
    """Return a delivery around one loose file; its name says which table it is."""
    naam = show_value(pad.name)
    if bron is None:
        raise AfgekeurdError([Melding(naam, "De bron ontbreekt.", advies="Noem de bron met --bron.")])
    if bron not in bronnen:
        advies = "Bekende bronnen: " + ", ".join(bronnen) + "."
        tekst = f"Bron '{show_value(bron)}' bestaat niet.{suggest(bron, bronnen)}"
        raise AfgekeurdError([Melding(naam, tekst, advies=advies)])
    tabellen = bronnen[bron].tabellen
    if pad.suffix.lower() not in EXTENSIES or pad.stem not in tabellen:
        advies = "Verwacht: " + ", ".join(f"{tabel}.csv" for tabel in tabellen) + " (of .xlsx, .parquet)."
        tekst = f"Dit bestand hoort niet bij bron {bron}.{suggest(pad.stem, tabellen)}"
        raise AfgekeurdError([Melding(naam, tekst, advies=advies)])
    vandaag = today()
    return Levering(
        map=pad,
        bron=bron,
        leverancier=bronnen[bron].leverancier,
        periode=periode or str(vandaag.year),
        ontvangen=vandaag,
        herkomst="levering",
        bestanden={pad.stem: (pad,)},
    )


def accept_path(pad: Path, bron: str | None, periode: str, raw: Path) -> Path:
    """Return where the delivery was filed, after it passed every check; a version is never written over.

    Raises:
        AfgekeurdError: the period or the delivery is wrong; nothing is stored.
    """
    if parse_periode(periode) is None:
        tekst = f"'{show_value(periode)}' is geen periode."
        raise AfgekeurdError([Melding("--periode", tekst, advies=f"Toegestaan: {VORMEN}.")])
    keuring = check_path(pad, bron, periode)
    if keuring.meldingen:
        raise AfgekeurdError(keuring.meldingen)
    levering = keuring.levering
    if pad.is_dir() and levering.periode != periode:
        tekst = f"periode: '{levering.periode}' is niet de periode van de aanroep ({periode})."
        raise AfgekeurdError([Melding("levering.yml", tekst, advies="Maak ze gelijk en probeer opnieuw.")])
    bronmap = raw / levering.bron
    bronmap.mkdir(parents=True, exist_ok=True)
    with scratch(bronmap, ".aannemen-") as tijdelijk:
        for bestand in itertools.chain.from_iterable(levering.bestanden.values()):
            shutil.copyfile(bestand, tijdelijk / bestand.name)
        if pad.is_dir():
            shutil.copyfile(pad / "levering.yml", tijdelijk / "levering.yml")
        else:
            (tijdelijk / "levering.yml").write_text(_levering_yml(levering), encoding="utf-8")
        return _move_to_free_name(tijdelijk, bronmap, f"{periode.replace('/', '-')}-{levering.ontvangen}")


def _levering_yml(levering: Levering) -> str:
    return (
        f'bron: {levering.bron}\nleverancier: "{levering.leverancier}"\nperiode: "{levering.periode}"\n'
        f"ontvangen: {levering.ontvangen}\nherkomst: {levering.herkomst}\n"
    )


def _move_to_free_name(tijdelijk: Path, bronmap: Path, naam: str) -> Path:
    """Rename to the first free version; renaming onto a filled folder fails, so two callers cannot collide."""
    versie = 1
    while True:
        plek = bronmap / (naam if versie == 1 else f"{naam}-v{versie}")
        if not plek.exists():
            try:
                os.chmod(tijdelijk, 0o750)  # noqa: S103 - mkdtemp made it 0700; the group builds
                tijdelijk.rename(plek)
            except OSError as fout:
                if fout.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                    raise
            else:
                return plek
        versie += 1
