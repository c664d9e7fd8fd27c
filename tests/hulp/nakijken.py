"""What every test of a delivery's checks does: check it, and read the first line of each message."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.levering.leveringen import read_levering
from pipelines.levering.toets.keuren import validate_levering
from pipelines.levering.toets.valideren import Keuring

BRONNEN = load_bronnen()
EENHEDEN = {i.indicator_id: i.eenheid for i in load_indicatoren(INDICATORS_YML, BRONNEN).values()}


def validate(map_: Path, **anders: bool) -> Keuring:
    levering = read_levering(map_, BRONNEN)
    return validate_levering(levering, BRONNEN[levering.bron], EENHEDEN, **anders)


def first_lines(meldingen: Iterable[object]) -> list[str]:
    return [str(melding).splitlines()[0] for melding in meldingen]
