"""Outcomes with exact figures that a warehouse remembers between builds, each in a file under the hash of its input.

In the hash is all that an outcome rests on: the code, the packages, and what its maker names besides. Every file
carries a sum of itself and its name: what is damaged, cut off or in the place of another was never there. For the
builder only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole

_PAKKETTEN = ("duckdb", "great_expectations", "numpy", "openpyxl", "pandas", "pyarrow")
_SOM = 64
T = TypeVar("T")


@dataclass(frozen=True)
class Uitkomsten:
    """The outcomes in one folder, as far as the code and packages of now made them."""

    map: Path
    basis: str
    genoemd: set[str] = field(default_factory=set)

    def name(self, *delen: str) -> str:
        """Return what an outcome that rests on these parts is called; what is called so is not forgotten."""
        naam = hashlib.sha256(json.dumps([self.basis, *delen]).encode(errors="surrogateescape")).hexdigest()
        self.genoemd.add(naam)
        return naam

    def recall(self, naam: str, lees: Callable[[bytes], T]) -> T | None:
        """Return what is read from an outcome, or None where it has to be worked out."""
        plek = self.map / naam
        try:
            som, inhoud = (ruw := plek.read_bytes())[:_SOM], ruw[_SOM:]
            if _sum(naam, inhoud) == som:
                return lees(inhoud)
        except FileNotFoundError:
            return None
        except Exception:  # whatever is wrong with it, what it was made from is there
            logging.getLogger(__name__).debug("%s is not to be read", naam)
        with contextlib.suppress(OSError):
            plek.unlink()
        return None

    def keep(self, naam: str, schrijf: Callable[[], bytes]) -> None:
        """Remember an outcome that is not there yet; a full disk is no reason to stop."""
        with contextlib.suppress(OSError):
            self.map.mkdir(mode=0o700, exist_ok=True)
            if not (plek := self.map / naam).exists():
                inhoud = schrijf()
                write_whole(plek, _sum(naam, inhoud) + inhoud, mode=VERTROUWELIJK, sync=False)

    def forget_others(self) -> None:
        """Forget every outcome that was not named since this was opened."""
        with contextlib.suppress(OSError):
            for pad in self.map.iterdir():
                if pad.name not in self.genoemd and pad.is_file():
                    pad.unlink()


def _sum(naam: str, inhoud: bytes) -> bytes:
    """Return the sum of an outcome under its name: under another one it is none."""
    return hashlib.sha256(naam.encode() + inhoud).hexdigest().encode()


def open_uitkomsten(map_: Path, sommen: Mapping[str, str]) -> Uitkomsten:
    """Return what this folder remembers under the code and packages of now; `sommen` are the hashes of a build."""
    code = sorted((naam, som) for naam, som in sommen.items() if naam.startswith("code/"))
    alles = json.dumps([code, [(naam, version(naam)) for naam in _PAKKETTEN], sys.version])
    return Uitkomsten(map_, hashlib.sha256(alles.encode()).hexdigest())


def share(van: Path, naar: Path) -> None:
    """Give another folder what this one remembers, without taking room for it where the disk allows."""
    with contextlib.suppress(OSError):
        naar.mkdir(mode=0o700)
        for pad in van.iterdir():
            os.link(pad, naar / pad.name)
