"""Which publication a command or an address asks for: one that was kept, or that of now."""

from __future__ import annotations

from pathlib import Path

from app.lezen import data
from app.lezen.rijen import Kenmerk
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.bewaard import find_kept
from pipelines.afspraken.warehouse.gaaf import is_whole, newest_whole


def publication_of(warehouse: Path, publicatie_id: str | None) -> Kenmerk:
    """Return what tells the asked publication from others: one that is kept, else that of now.

    Raises:
        AfgekeurdError: there is no such publication, it was withdrawn, or there is none at all.
    """
    bewaard = find_kept(warehouse, publicatie_id, "--publicatie") if publicatie_id is not None else None
    if bewaard is not None and not is_whole(bewaard):
        advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
        raise AfgekeurdError([Melding("--publicatie", "Deze publicatie is beschadigd.", advies=advies)])
    pad = bewaard or newest_whole(warehouse) or warehouse / data.BESTAND
    try:
        merk = data.kenmerk(pad.resolve())
        data.publicatie(merk)
    except data.GeenPublicatieError:
        advies = "Maak er een met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding(str(pad), "Er is geen publicatie die te lezen is.", advies=advies)]) from None
    return merk
