"""Filing what was fetched: one delivery per series, checked as any other, or nothing."""

from __future__ import annotations

import csv
import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.afspraken.warehouse.schrijven import scratch
from pipelines.levering.aannemen import Aangenomen, accept_path
from pipelines.levering.leveringen import Levering, find_leveringen, today
from pipelines.levering.toets.sprong import SPRONG_ADVIES
from pipelines.openbaar.koppelen.doelvelden import period_column
from pipelines.openbaar.koppelen.omzetten import Omzetting

# Where raw answers are kept, in the warehouse.
OPGEHAALD = "opgehaald"
_STUK = re.compile(r"\[(?P<naam>[a-z0-9_]+) (?P<merk>\S+)\]")


@dataclass(frozen=True)
class Stuk:
    """What one public table brings to a delivery: its rows, and where they come from."""

    naam: str
    uitkomst: Omzetting
    titel: str
    tabel: str
    bijgewerkt: str
    merk: str
    licentie: str
    opmerking: str = ""
    # Its mapping file, and why a jump in its figures may pass.
    plek: str = ""
    sprong: str = ""


@dataclass
class Groep:
    """One delivery: the source and table it fills, who made the figures, and its parts."""

    bron: str
    tabel: str
    leverancier: str
    stukken: list[Stuk] = field(default_factory=list)


def mark_of(bestand: Path, bijgewerkt: str) -> str:
    """Return what tells one version of a table under one mapping from another."""
    som = hashlib.sha256(bestand.read_bytes()).hexdigest()[:12]
    return f"{re.sub(r'[^0-9A-Za-z:.-]', '_', bijgewerkt)}/{som}"


def filed_marks(raw: Path, bronnen: Mapping[str, Bron], bron: str) -> dict[str, str]:
    """Return, per mapping, the mark of its newest delivery that counts."""
    merken: dict[str, str] = {}
    for _, delen in parts_of(raw, bronnen, bron):
        merken |= delen
    return merken


def parts_of(raw: Path, bronnen: Mapping[str, Bron], bron: str) -> list[tuple[Path, dict[str, str]]]:
    """Return the folder of each delivery of a source, oldest first, and the marks of the mappings in it, in order."""
    if not (raw / bron).is_dir():
        return []
    eigen = [levering for levering in find_leveringen(raw, bronnen) if levering.bron == bron]
    return [
        (levering.map, {stuk["naam"]: stuk["merk"] for stuk in _STUK.finditer(levering.verwijzing)})
        for levering in sorted(eigen, key=_age)
    ]


def _age(levering: Levering) -> tuple[object, list[int]]:
    return levering.ontvangen, [int(deel) for deel in re.findall(r"\d+", levering.map.name)]


def file_delivery(groep: Groep, bronnen: Mapping[str, Bron], raw: Path) -> Aangenomen:
    """Return the delivery as it was filed, after it passed the checks of its source; else nothing is written.

    Raises:
        AfgekeurdError: the contract does not allow it.
    """
    tabel = bronnen[groep.bron].tabellen[groep.tabel]
    tijd = period_column(tabel)
    perioden = {str(code) for stuk in groep.stukken for code in stuk.uitkomst.frame[tijd].unique()}
    laatste = max(filter(None, map(parse_periode, perioden)), key=lambda periode: (periode.eind, periode.code)).code
    bronmap = raw / groep.bron
    bronmap.mkdir(parents=True, exist_ok=True)
    with scratch(bronmap, ".aannemen-") as werk:
        map_ = werk / "levering"
        map_.mkdir()
        for nummer, stuk in enumerate(groep.stukken, 1):
            naam = groep.tabel if len(groep.stukken) == 1 else f"{groep.tabel}-{nummer}"
            stuk.uitkomst.frame.to_csv(
                map_ / f"{naam}.csv", index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n"
            )
        beschrijving = yaml.safe_dump(_description(groep, laatste), allow_unicode=True, sort_keys=False, width=10_000)
        (map_ / "levering.yml").write_text(beschrijving, encoding="utf-8")
        try:
            return accept_path(map_, None, laatste, raw)
        except AfgekeurdError as fout:
            raise AfgekeurdError(_refused(groep, fout.meldingen)) from None


def _refused(groep: Groep, meldingen: list[Melding]) -> list[Melding]:
    """Return why nothing is filed as who fetches needs it: which table it was, and where a jump is confirmed."""
    plekken = ", ".join(dict.fromkeys(stuk.plek for stuk in groep.stukken))
    tekst = f"Wat er nu staat, past niet bij {groep.bron}/{groep.tabel}; er is niets bewaard."
    if any(SPRONG_ADVIES in (melding.advies or "") for melding in meldingen):
        advies = f'Klopt het, zet dan in {plekken}: bevestigd: {{sprong: "de reden"}}'
    else:
        advies = f"Bekijk {plekken}."
    kop = Melding(", ".join(stuk.tabel for stuk in groep.stukken), tekst, advies=advies)
    return [kop, *(replace(m, advies=None) if SPRONG_ADVIES in (m.advies or "") else m for m in meldingen)]


def _description(groep: Groep, periode: str) -> dict[str, object]:
    delen = "; ".join(f"{stuk.tabel} {stuk.titel}{_changed(stuk)} [{stuk.naam} {stuk.merk}]" for stuk in groep.stukken)
    sprongen = dict.fromkeys(stuk.sprong for stuk in groep.stukken if stuk.sprong)
    opmerkingen = dict.fromkeys(stuk.opmerking for stuk in groep.stukken if stuk.opmerking)
    return {
        "bron": groep.bron,
        "leverancier": groep.leverancier,
        "periode": periode,
        "ontvangen": today().isoformat(),
        "herkomst": Herkomst.LEVERING.value,
        "verwijzing": delen,
        "licentie": ", ".join(dict.fromkeys(stuk.licentie for stuk in groep.stukken)),
        **({"opmerking": " ".join(opmerkingen)} if opmerkingen else {}),
        **({"bevestigd": {"sprong": " ".join(sprongen)}} if sprongen else {}),
    }


def _changed(stuk: Stuk) -> str:
    return f", bijgewerkt {stuk.bijgewerkt[:10]}" if stuk.bijgewerkt else ""


def check_none_lost(
    mislukt: Iterable[str], bekend: Mapping[str, str], groep: str, tell: Callable[[str], object]
) -> None:
    """Refuse to file a delivery without a part that an earlier one had: its figures would be gone.

    Raises:
        AfgekeurdError: a part that was there before could not be had now.
    """
    namen = list(mislukt)
    if weg := [naam for naam in namen if naam in bekend]:
        tekst = (
            f"{', '.join(weg)} zat eerder in deze levering en is nu niet op te halen; de oude levering blijft gelden."
        )
        raise AfgekeurdError([Melding(show_value(groep), tekst)])
    for naam in namen:
        tell(f"{groep}: zonder {naam}.")


def batches(namen: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the mappings per delivery, in a fixed order."""
    gesorteerd = sorted((groep, naam) for naam, groep in namen)
    return {
        groep: [naam for _, naam in deel] for groep, deel in itertools.groupby(gesorteerd, key=lambda paar: paar[0])
    }
