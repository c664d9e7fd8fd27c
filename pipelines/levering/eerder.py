"""How a supplier's file is read without being told again: by the mapping of the last delivery, or a draft of one."""

from __future__ import annotations

from pathlib import Path

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import Bron, load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.levering.bestand.lezen import EXTENSIES, other_format
from pipelines.levering.intrekken import read_intrekking
from pipelines.levering.kolommen.vertaling import KOLOMMEN_YML, Vertaling, read_kolommen
from pipelines.levering.kolommen.voorstel import Voorstel
from pipelines.levering.leveringen import Levering, read_levering, sort_key
from pipelines.levering.toets import leesproces

# Stands for the mapping of the last delivery, where a call names a file.
VORIGE = "vorige"


def latest_kolommen(raw: Path, bron: Bron, leverancier: str = "") -> Path | None:
    """Return the kolommen.yml of the newest real delivery that has one, of this source and of this supplier if named.

    It lies beside that delivery.
    """
    eigen = [deel for deel in real_deliveries(raw, bron) if deel.kolommen]
    eigen = [deel for deel in eigen if not leverancier or same_supplier(deel.leverancier, leverancier)]
    return max(eigen, key=sort_key).map / KOLOMMEN_YML if eigen else None


def real_deliveries(raw: Path, bron: Bron) -> list[Levering]:
    """Return the deliveries of a source that count and are not made up; what is none is for the build to name."""
    delen = [_read(map_, bron) for map_ in sorted((raw / bron.naam).glob("*")) if map_.is_dir()]
    return [deel for deel in delen if deel is not None and deel.herkomst != Herkomst.SYNTHETISCH]


def same_supplier(een: str, ander: str) -> bool:
    """Return whether two names are of one supplier."""
    return " ".join(een.casefold().split()) == " ".join(ander.casefold().split())


def _read(map_: Path, bron: Bron) -> Levering | None:
    try:
        if map_.name.startswith(".") or read_intrekking(map_) is not None:
            return None
        return read_levering(map_, {bron.naam: bron}, bron.naam)
    except AfgekeurdError:
        return None


def find_kolommen(kolommen: str | None, raw: Path, bron: str | None, leverancier: str = "") -> Path | None:
    """Return the mapping that a call means: a file, or with `vorige` that of the last delivery.

    Raises:
        AfgekeurdError: there is no last one yet, or it is not said of which source.
    """
    if kolommen is None or kolommen != VORIGE:
        return None if kolommen is None else Path(kolommen)
    gekozen = find_bron(bron)
    if (pad := latest_kolommen(raw, gekozen, leverancier)) is None:
        van = f" van {show_value(leverancier)}" if leverancier else ""
        tekst = f"Van bron {gekozen.naam} is nog geen levering{van} met een {KOLOMMEN_YML} bewaard."
        advies = "Laat een voorstel maken met: .venv/bin/regiomonitor check BESTAND --bron BRON --kolommen-voorstel YML"
        raise AfgekeurdError([Melding("--kolommen", tekst, advies=advies)])
    return pad


def find_bron(bron: str | None) -> Bron:
    """Return the source that a call names.

    Raises:
        AfgekeurdError: none is named, or none of that name is known.
    """
    bronnen = load_bronnen()
    if bron is None or bron not in bronnen:
        tekst = "De bron ontbreekt." if bron is None else f"'{show_value(bron)}' bestaat niet.{suggest(bron, bronnen)}"
        raise AfgekeurdError([Melding("--bron", tekst, advies="Bekende bronnen: " + ", ".join(bronnen) + ".")])
    return bronnen[bron]


def propose_kolommen(pad: Path, bron: Bron, tabel: str | None = None, vorige: Path | None = None) -> Voorstel:
    """Return a draft of how this file may be read, which begins with the mapping of the last one.

    Raises:
        AfgekeurdError: it is no file that can be read, or looks like no table of this source.
    """
    if not pad.is_file() or pad.suffix.lower() not in EXTENSIES:
        melding = Melding(show_value(pad.name), "Dit is geen bestand; noem één bestand, zonder zijn map.")
        raise AfgekeurdError([other_format(pad, bron.tabellen) if pad.is_file() else melding])
    return leesproces.propose_apart(pad, bron, tabel, _still_right(vorige, bron) if vorige else {})


def _still_right(kolommen: Path, bron: Bron) -> dict[str, Vertaling]:
    """Return an earlier mapping; nothing where the contract has changed since, so that it is told anew."""
    try:
        return read_kolommen(kolommen, bron)
    except AfgekeurdError:
        return {}
