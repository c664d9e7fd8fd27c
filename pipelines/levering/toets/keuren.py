"""Validating a delivery where that is safe: here, or in a process of its own when it may grow while it is read."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.vangnet import describe_place
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets import leesproces
from pipelines.levering.toets.valideren import Keuring, stuck, validate_here


def validate_levering(
    levering: Levering, bron: Bron, eenheden: Mapping[str, str], *, met_rijen: bool = True
) -> Keuring:
    """Return the delivery's rows and the result of every check its source's contract asks for.

    Nothing is written. `eenheden` holds the unit of every indicator that published figures may refer to. What may
    grow while it is read is read in a process of its own (leesproces.py); its rows are brought over when asked for.
    """
    if not leesproces.is_small(levering):
        return leesproces.validate_apart(levering, bron, eenheden, met_rijen=met_rijen)
    try:
        return validate_here(levering, bron, eenheden)
    except (AfgekeurdError, OSError, MemoryError, duckdb.OutOfMemoryException):
        raise
    except Exception as fout:
        return stuck(levering, describe_place(fout))
