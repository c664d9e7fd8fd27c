"""Whose folder of publications it is: what the service wrote for itself, the manager of the computer does not write."""

from __future__ import annotations

import os
from pathlib import Path

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path

# What only its writer can read; written anew by somebody else, the service cannot go on.
_VAN_DE_DIENST = ("commissie.kop.json", "commissie.sqlite", "logboek/kop.json", "logboek/.slot")


def refuse_as_root(warehouse: Path) -> None:
    """Refuse a command of root in a folder where somebody else wrote what nobody else can read.

    Raises:
        AfgekeurdError: it is such a folder.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return
    for naam in _VAN_DE_DIENST:
        try:
            wie = (Path(warehouse) / naam).stat().st_uid
        except OSError:
            continue
        if wie:
            tekst = "Deze map is van een andere gebruiker: als root maakt u er bestanden die de dienst niet kan lezen."
            advies = f"Geef de opdracht als {_name(wie)}, met haar instellingen; zie docs/handleiding/installeren.md."
            raise AfgekeurdError([Melding(show_path(Path(warehouse)), tekst, advies=advies)])


def _name(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"gebruiker {uid}"
