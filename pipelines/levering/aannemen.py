"""Taking a delivery in: check it where it lies, and file it in the raw folder as a new version."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import Bron, load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, Indicator, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.perioden import VORMEN, parse_periode
from pipelines.afspraken.schrift.tekens import LANGSTE_REGEL, find_unreadable
from pipelines.afspraken.warehouse.schrijven import scratch
from pipelines.levering.bestand.lezen import EXTENSIES, other_format
from pipelines.levering.kolommen.vertaling import KOLOMMEN_YML, read_kolommen
from pipelines.levering.leveringen import (
    Bevestigd,
    Levering,
    can_be_confidential,
    find_leveringen,
    read_levering,
    today,
)
from pipelines.levering.toets import leesproces
from pipelines.levering.toets.keuren import validate_levering
from pipelines.levering.toets.sprong import GEPUBLICEERD, note_jumps
from pipelines.levering.toets.valideren import Keuring


class Aangenomen(NamedTuple):
    """A delivery that was filed: where, and what was read otherwise than it says."""

    plek: Path
    opmerkingen: tuple[Melding, ...]


@dataclass(frozen=True)
class Los:
    """What a call says of a file that has no levering.yml: as that would."""

    periode: str = ""
    leverancier: str = ""
    vertrouwelijk: bool = False
    # Why figures that jump are right.
    sprong: str = ""
    # For who may not see what others delivered: the deliveries whose figures he can read; None is all.
    naast: frozenset[str] | None = None


def check_path(
    pad: Path, bron: str | None, los: Los = Los(), raw: Path | None = None, kolommen: Path | None = None
) -> Keuring:
    """Return the validation of one delivery (a folder, or a file of the named source); nothing is written.

    `raw` holds the deliveries that are there already, with whose figures it is compared. `kolommen` is a kolommen.yml
    for files in the supplier's own layout.

    Raises:
        AfgekeurdError: there is nothing to validate: no such path, no source named, or a wrong levering.yml.
    """
    bronnen = load_bronnen()
    indicatoren = load_indicatoren(INDICATORS_YML, bronnen)
    if not pad.exists():
        raise AfgekeurdError([Melding(show_value(pad), "Dit pad bestaat niet.")])
    # Of '.' and '..' only the absolute path has a name.
    heel = Path(os.path.abspath(pad))
    if pad.is_dir():
        if los.vertrouwelijk or los.sprong:
            tekst = "Van een map staat in levering.yml of zij vertrouwelijk is, en waarom een sprong klopt."
            raise AfgekeurdError([Melding("levering.yml", tekst, advies="Schrijf het daar.")])
        levering = _with_kolommen(read_levering(heel, bronnen), kolommen, bronnen)
    else:
        levering = _single_file(pad, _named(pad, bron, bronnen), kolommen, los)
    if bron is not None and levering.bron != bron:
        tekst = f"bron: '{levering.bron}' is niet de bron van de aanroep ({show_value(bron)})."
        raise AfgekeurdError([Melding("levering.yml", tekst, advies="Laat --bron weg of pas levering.yml aan.")])
    eenheden = {i.indicator_id: i.eenheid for i in indicatoren.values()}
    met_rijen = not any(tabel.groot for tabel in bronnen[levering.bron].tabellen.values())
    eerder = _real_ones(levering, raw, bronnen)
    if eerder is not None and los.naast is not None:
        eerder = [deel for deel in eerder if deel.levering_id in los.naast and not _is_secret(deel, indicatoren)]
    eerdere: list[Keuring] = []
    if is_apart := not leesproces.is_small(levering):
        # In the process that this one needs anyway, and first: to load the library of checks here too takes seconds.
        eerdere = [leesproces.validate_apart(k, bronnen[k.bron], eenheden, met_rijen=True) for k in eerder or ()]
    keuring = validate_levering(levering, bronnen[levering.bron], eenheden, met_rijen=met_rijen)
    if eerder is not None and not keuring.meldingen:
        if not is_apart:
            eerdere = [validate_levering(deel, bronnen[deel.bron], eenheden) for deel in eerder]
        note_jumps([*(k for k in eerdere if not k.meldingen), keuring], bronnen, indicatoren, keuring)
    return keuring


def _is_secret(levering: Levering, indicatoren: Mapping[str, Indicator]) -> bool:
    """Whether figures of this delivery are not shown as they are: that one jumps beside them tells what they are."""
    geheim = {str(i.bron).partition(".")[0] for i in indicatoren.values() if i.vertrouwelijk}
    return levering.vertrouwelijk or levering.bron in geheim


def _real_ones(levering: Levering, raw: Path | None, bronnen: dict[str, Bron]) -> list[Levering] | None:
    """Return the real deliveries that may hold figures of the same series: of the same source, and published ones.

    None where it is compared with nothing, also not with itself: it is made up.
    """
    if levering.herkomst == Herkomst.SYNTHETISCH:
        return None
    if raw is None or not raw.is_dir():
        return []
    try:
        bekend = find_leveringen(raw, bronnen)
    except AfgekeurdError:
        # What is wrong there is for the build to say.
        return []
    return [
        deel for deel in bekend
        if deel.bron in (levering.bron, GEPUBLICEERD) and deel.herkomst != Herkomst.SYNTHETISCH
        and deel.map != levering.map
    ]  # fmt: skip


def _with_kolommen(levering: Levering, kolommen: Path | None, bronnen: dict[str, Bron]) -> Levering:
    """Return the delivery of a folder, read by a mapping that was given apart."""
    if kolommen is None:
        return levering
    if levering.kolommen:
        tekst = f"Deze levering heeft al een {KOLOMMEN_YML}."
        raise AfgekeurdError([Melding("levering.yml", tekst, advies="Laat --kolommen weg of pas dat bestand aan.")])
    return replace(levering, kolommen=KOLOMMEN_YML, vertaling=read_kolommen(kolommen, bronnen[levering.bron]))


def _named(pad: Path, bron: str | None, bronnen: dict[str, Bron]) -> Bron:
    """Return the source that the call names for a loose file."""
    naam = show_value(pad.name)
    if pad.name.lower() == "levering.yml":
        advies = "Noem in de opdracht de map waar het in staat, niet het bestand."
        raise AfgekeurdError(
            [Melding(naam, "Dit beschrijft een levering en is er zelf geen tabel van.", advies=advies)]
        )
    if bron is None:
        raise AfgekeurdError([Melding(naam, "De bron ontbreekt.", advies="Noem de bron met --bron.")])
    if bron not in bronnen:
        advies = "Bekende bronnen: " + ", ".join(bronnen) + "."
        tekst = f"Bron '{show_value(bron)}' bestaat niet.{suggest(bron, bronnen)}"
        raise AfgekeurdError([Melding(naam, tekst, advies=advies)])
    return bronnen[bron]


def _single_file(pad: Path, bron: Bron, kolommen: Path | None, los: Los) -> Levering:
    """Return a delivery around one loose file; its name says which table it is, or a mapping of one table does."""
    tabellen = bron.tabellen
    if pad.suffix.lower() not in EXTENSIES:
        raise AfgekeurdError([other_format(pad, tabellen)])
    vertaling = read_kolommen(kolommen, bron) if kolommen else {}
    tabel = pad.stem if pad.stem in tabellen or len(vertaling) != 1 else next(iter(vertaling))
    if tabel not in tabellen:
        namen = ", ".join(f"{tabel}{pad.suffix.lower()}" for tabel in tabellen)
        advies = (
            f"De naam zegt welke tabel erin staat. Noem het: {namen}. Heeft het bestand eigen kolommen? Dan schrijft "
            "--kolommen-voorstel een eerste kolommen.yml, en leest --kolommen het daarmee."
        )
        tekst = f"Aan de naam is niet te zien welke tabel van bron {bron.naam} dit is."
        raise AfgekeurdError([Melding(show_value(pad.name), tekst, advies=advies)])
    vandaag = today()
    if los.vertrouwelijk and not can_be_confidential(bron):
        tekst = f"Bron {bron.naam} kan niet vertrouwelijk zijn: deze cijfers worden getoond."
        advies = "Lever deze cijfers niet aan, of alleen zoals iedereen ze mag zien."
        raise AfgekeurdError([Melding(show_value(pad.name), tekst, advies=advies)])
    return Levering(
        map=pad,
        bron=bron.naam,
        leverancier=_one_line("leverancier", los.leverancier) or bron.leverancier,
        periode=los.periode or str(vandaag.year),
        ontvangen=vandaag,
        herkomst=Herkomst.LEVERING.value,
        bestanden={tabel: (pad,)},
        kolommen=KOLOMMEN_YML if kolommen else "",
        vertaling=vertaling,
        vertrouwelijk=los.vertrouwelijk,
        bevestigd=Bevestigd(sprong=_one_line("reden", los.sprong)),
    )


def _one_line(wat: str, naam: str) -> str:
    """Return what a person typed, such as the name of a supplier, as one line.

    Raises:
        AfgekeurdError: it is too long, or holds a character that has no place on one line.
    """
    naam = " ".join(naam.split(" ")).strip()
    if len(naam) > LANGSTE_REGEL or find_unreadable(naam, een_regel=True):
        tekst = f"'{show_value(naam)}' is geen {'naam' if wat == 'leverancier' else wat} op één regel."
        raise AfgekeurdError([Melding(wat, tekst, advies=f"Noem de {wat} kort, op één regel.")])
    return naam


def accept_path(
    pad: Path, bron: str | None, periode: str, raw: Path, kolommen: Path | None = None, *, los: Los = Los()
) -> Aangenomen:
    """Return the delivery as it was filed, after it passed every check; a version is never written over.

    Raises:
        AfgekeurdError: the period or the delivery is wrong; nothing is stored.
    """
    if parse_periode(periode) is None:
        tekst = f"'{show_value(periode)}' is geen periode."
        raise AfgekeurdError([Melding("--periode", tekst, advies=f"Toegestaan: {VORMEN}.")])
    keuring = check_path(pad, bron, replace(los, periode=periode), raw, kolommen)
    if keuring.meldingen:
        raise AfgekeurdError(keuring.meldingen)
    levering = keuring.levering
    if pad.is_dir() and levering.periode != periode:
        tekst = f"periode: '{levering.periode}' is niet de periode van de aanroep ({periode})."
        raise AfgekeurdError([Melding("levering.yml", tekst, advies="Maak ze gelijk en probeer opnieuw.")])
    bronmap = raw / levering.bron
    bronmap.mkdir(parents=True, exist_ok=True)
    with scratch(bronmap, ".aannemen-") as tijdelijk:
        _copy_files(pad, levering, kolommen, tijdelijk)
        plek = _move_to_free_name(tijdelijk, bronmap, f"{periode.replace('/', '-')}-{levering.ontvangen}")
    return Aangenomen(plek, tuple(keuring.opmerkingen))


def _copy_files(pad: Path, levering: Levering, kolommen: Path | None, naar: Path) -> None:
    """Copy a delivery as it came; a loose file gets the name of its table."""
    beschrijving = naar / "levering.yml"
    for tabel, bestanden in levering.bestanden.items():
        for bestand in bestanden:
            shutil.copyfile(bestand, naar / (bestand.name if pad.is_dir() else f"{tabel}{bestand.suffix.lower()}"))
    if pad.is_dir():
        shutil.copyfile(pad / "levering.yml", beschrijving)
    else:
        beschrijving.write_text(_levering_yml(levering), encoding="utf-8")
    if levering.kolommen:
        shutil.copyfile(kolommen or pad / KOLOMMEN_YML, naar / KOLOMMEN_YML)
    if kolommen:
        with beschrijving.open("a", encoding="utf-8") as stroom:
            stroom.write(f"\nkolommen: {KOLOMMEN_YML}\n")


def _levering_yml(levering: Levering) -> str:
    velden = ("bron", "leverancier", "periode", "ontvangen", "herkomst")
    return "".join(
        f"{veld}: {json.dumps(str(getattr(levering, veld)), ensure_ascii=False)}\n" for veld in velden
    ) + _besides(levering)


def _besides(levering: Levering) -> str:
    """Return the lines of what stands in a levering.yml only where it is so."""
    regels = "vertrouwelijk: ja\n" if levering.vertrouwelijk else ""
    sprong = json.dumps(levering.bevestigd.sprong, ensure_ascii=False)
    return f"{regels}bevestigd: {{sprong: {sprong}}}\n" if levering.bevestigd.sprong else regels


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
