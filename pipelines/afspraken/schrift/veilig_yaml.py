"""YAML without surprises: every scalar is text, and tags, anchors and double keys are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrift.tekens import find_unreadable

GROOTSTE_YAML = 1_000_000
# The scanner in C reads a megabyte in seconds; the one in Python needs five times as long.
_LEZER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# The scanner slows down with the square of the depth: a small file could keep it busy for hours.
DIEPSTE_NIVEAU = 20
# What is longer is no description of ours, and would fill the memory.
_ONTHOUDEN_TOT = 100_000
_HALF_TEKEN = re.compile(r"\\u(d[89a-f][0-9a-f]{2})", re.IGNORECASE)
_WEG_ERMEE = "Verwijder dat teken, ook als het als \\u of \\x geschreven is."
_OPENT = (
    yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken,
)  # fmt: skip
_SLUIT = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def load_yaml(pad: Path, grootste: int = GROOTSTE_YAML) -> Any:  # noqa: ANN401 - the shape is the reader's to check
    """Return the document as nested dicts, lists and strings; `grootste` is how many bytes it may have.

    Plain YAML turns 0363 into a number and NO into false; here a code stays what was typed. Tags can
    build objects and anchors can grow to gigabytes, so a file that holds one is refused.

    Raises:
        AfgekeurdError: the file cannot be read, is no YAML, or holds a tag, an anchor, a double key or a character
            that no one can read.
    """
    if not pad.is_file():
        raise AfgekeurdError([Melding(pad.name, "Dit bestand ontbreekt.", advies=f"Verwacht op {show_value(pad)}.")])
    if pad.stat().st_size > grootste:
        maat = "1 MB" if grootste == GROOTSTE_YAML else f"{grootste // 1000} kB"
        advies = "Zet hier alleen de beschrijving; gegevens horen in een CSV, een werkblad of Parquet."
        tekst = f"Dit bestand is groter dan {maat}; dat is geen beschrijving."
        raise AfgekeurdError([Melding(pad.name, tekst, advies=advies)])
    try:
        tekst = pad.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is geen UTF-8-tekst.")]) from None
    # A copy: who reads it may change it.
    return deepcopy(_remembered(pad, tekst)) if len(tekst) <= _ONTHOUDEN_TOT else _read(pad, tekst)


def _read(pad: Path, tekst: str) -> Any:  # noqa: ANN401
    try:
        _check_tokens(pad, tekst)
        knoop = yaml.compose(tekst, Loader=_LEZER)
    except yaml.MarkedYAMLError as fout:
        regel = fout.problem_mark.line + 1 if fout.problem_mark else 1
        raise AfgekeurdError([_broken(pad, regel, tekst)]) from None
    except yaml.YAMLError:
        raise AfgekeurdError([Melding(pad.name, "Dit bestand bevat tekens die in YAML niet mogen.")]) from None
    if knoop is None:
        return {}
    if fouten := list(_unreadable(knoop, pad)):
        raise AfgekeurdError(fouten)
    return _to_python(knoop, pad)


# Contracts and the catalogue are asked for again by every page that shows them and every build.
_remembered = lru_cache(maxsize=64)(_read)


def _check_tokens(pad: Path, tekst: str) -> None:
    diepte = 0
    for token in yaml.scan(tekst, Loader=_LEZER):
        regel = token.start_mark.line + 1
        if isinstance(token, (yaml.TagToken, yaml.AnchorToken, yaml.AliasToken)):
            raise AfgekeurdError([_refuse(pad, regel, "Een tag of anker (!, & of *) mag hier niet.")])
        diepte += isinstance(token, _OPENT) - isinstance(token, _SLUIT)
        if diepte > DIEPSTE_NIVEAU:
            raise AfgekeurdError([_refuse(pad, regel, "Dit bestand is te diep genest.")])


def _unreadable(knoop: yaml.Node, pad: Path) -> Iterator[Melding]:
    """Yield a message per key or value with a character that no one can read, an escaped one ("\\ud800") too."""
    if isinstance(knoop, yaml.ScalarNode):
        if teken := find_unreadable(knoop.value):
            tekst = f"'{show_value(knoop.value)}' bevat een teken dat niemand kan lezen ({teken})."
            yield Melding(pad.name, tekst, rij=knoop.start_mark.line + 1, advies=_WEG_ERMEE)
        return
    delen = knoop.value if isinstance(knoop, yaml.SequenceNode) else [deel for paar in knoop.value for deel in paar]
    for deel in delen:
        yield from _unreadable(deel, pad)


def _broken(pad: Path, regel: int, tekst: str) -> Melding:
    """Return what is wrong where the scanner stopped; it takes half a character (`\\ud800`) for no YAML at all."""
    if half := _HALF_TEKEN.search("".join(tekst.splitlines()[regel - 1 : regel])):
        wat = f"Deze regel bevat een teken dat niemand kan lezen (U+{half[1].upper()})."
        return Melding(pad.name, wat, rij=regel, advies=_WEG_ERMEE)
    return _refuse(pad, regel, "Dit is geen geldige YAML.")


def _refuse(pad: Path, regel: int, tekst: str) -> Melding:
    return Melding(pad.name, tekst, rij=regel, advies="Zet tekst met leestekens tussen aanhalingstekens.")


def _to_python(knoop: yaml.Node, pad: Path) -> Any:  # noqa: ANN401
    if isinstance(knoop, yaml.MappingNode):
        inhoud: dict[str, Any] = {}
        for sleutel, waarde in knoop.value:
            if not isinstance(sleutel, yaml.ScalarNode):
                tekst = "Een sleutel is hier een lijst; dat mag niet."
                raise AfgekeurdError([_refuse(pad, sleutel.start_mark.line + 1, tekst)])
            naam = str(sleutel.value)
            if naam in inhoud:
                tekst = f"De sleutel '{show_value(naam)}' staat er twee keer."
                raise AfgekeurdError([Melding(pad.name, tekst, rij=sleutel.start_mark.line + 1)])
            inhoud[naam] = _to_python(waarde, pad)
        return inhoud
    if isinstance(knoop, yaml.SequenceNode):
        return [_to_python(deel, pad) for deel in knoop.value]
    return str(knoop.value)
