"""Taking all roles from one person, in the text of the settings as somebody wrote them: the rest stays as it stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from app.rollen.instellingen import person_name


def withdraw(tekst: str, aanbieder: str, naam: str, *, is_mail: bool) -> str:
    """Return the settings in which this person is listed with no role, which goes before any group.

    Raises:
        ValueError: the table of persons is written in a way that is not changed here.
    """
    regels, nieuw = tekst.splitlines(), f"{json.dumps(naam)} = []"
    kop = f"[toegang.{aanbieder}.personen]"
    plek = next((i for i, regel in enumerate(regels) if regel.partition("#")[0].strip() == kop), None)
    if plek is None:
        regels += ["", kop, nieuw]
    else:
        eind = next((i for i in range(plek + 1, len(regels)) if regels[i].lstrip().startswith("[")), len(regels))
        eigen = [i for i in range(plek + 1, eind) if _is_about(regels[i], naam, is_mail=is_mail)]
        regels[plek + 1 : eind] = [nieuw, *(regels[i] for i in range(plek + 1, eind) if i not in eigen)]
    uitkomst = "\n".join(regels) + "\n"
    if not _is_only_that(tekst, uitkomst, aanbieder, naam, is_mail=is_mail):
        raise ValueError("Deze tabel is anders geschreven dan hier te wijzigen is.")
    return uitkomst


def _is_about(regel: str, naam: str, *, is_mail: bool) -> bool:
    """Return whether this is a line, whole in itself, with the roles of this person."""
    if not re.match(r"""\s*["'\w]""", regel):
        return False
    try:
        (gevonden,) = tomllib.loads(regel)
    except ValueError:
        return False
    return person_name(gevonden, is_mail=is_mail) == person_name(naam, is_mail=is_mail)


def _is_only_that(oud: str, nieuw: str, aanbieder: str, naam: str, *, is_mail: bool) -> bool:
    """Return whether the new settings say what the old ones say, but for this person, who has no role."""
    try:
        voor, na = tomllib.loads(oud), tomllib.loads(nieuw)
    except ValueError:
        return False
    was, nu = _take_persons(voor, aanbieder), _take_persons(na, aanbieder)
    wie = person_name(naam, is_mail=is_mail)
    anderen = {k: v for k, v in was.items() if person_name(k, is_mail=is_mail) != wie}
    return voor == na and nu == {**anderen, naam: []}


def _take_persons(inhoud: Mapping[str, Any], aanbieder: str) -> dict[str, Any]:
    """Return the persons of a provider, and take them out of the settings."""
    toegang = inhoud.get("toegang", {})
    eigen = toegang.get(aanbieder, {}) if isinstance(toegang, dict) else {}
    gevonden = eigen.pop("personen", {}) if isinstance(eigen, dict) else {}
    if isinstance(toegang, dict) and not eigen:
        toegang.pop(aanbieder, None)
    return gevonden if isinstance(gevonden, dict) else {}
