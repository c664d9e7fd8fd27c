"""What passed every check, remembered: a delivery that is there again under the same code is not checked again.

Kept per delivery under the hash of all that a check looks at: its files, the code, the units of indicators and the
packages. Only what passed is kept, with its rows, for the builder alone; of sources with persons one by one nothing
is. What is damaged or cannot be read was never there. Read as JSON and Arrow only.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, write_whole
from pipelines.levering.bestand.lezen import RIJ
from pipelines.levering.invoer import Invoer, files_of
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets.valideren import Keuring

MAP = "keuringen"
_PAKKETTEN = ("duckdb", "great_expectations", "openpyxl", "pandas", "pyarrow")
_SOM = 64


@dataclass(frozen=True)
class Onthouden:
    """The deliveries that passed before, in one warehouse, as far as they are what they were."""

    map: Path
    basis: str
    sommen: Mapping[str, str]
    bronnen: Mapping[str, Bron]

    def recall(self, levering: Levering) -> Keuring | None:
        """Return what was found in this delivery before, or None where it has to be looked at."""
        plek = self._place(levering)
        if plek is None:
            return None
        try:
            som, inhoud = (ruw := plek.read_bytes())[:_SOM], ruw[_SOM:]
            return _read(inhoud, levering) if hashlib.sha256(inhoud).hexdigest().encode() == som else None
        except Exception:  # whatever is wrong with it, the delivery itself is there
            return None

    def keep(self, keuringen: Iterable[Keuring]) -> None:
        """Remember deliveries that passed, and forget what is not among these; a full disk is no reason to stop."""
        blijft = set()
        with contextlib.suppress(OSError):
            self.map.mkdir(mode=0o700, exist_ok=True)
            for keuring in keuringen:
                plek = self._place(keuring.levering)
                if plek is None or keuring.meldingen or keuring.groot:
                    continue
                blijft.add(plek.name)
                if not plek.exists():
                    inhoud = _write(keuring)
                    write_whole(plek, hashlib.sha256(inhoud).hexdigest().encode() + inhoud, mode=VERTROUWELIJK)
            for pad in self.map.iterdir():
                if pad.name not in blijft and pad.is_file():
                    pad.unlink()

    def _place(self, levering: Levering) -> Path | None:
        """Return where this delivery would be; None where not each of its files has a hash, or it holds persons."""
        bestanden = list(files_of(levering))
        sommen = [self.sommen.get(naam) for naam in bestanden]
        if None in sommen or any(tabel.groot for tabel in self.bronnen[levering.bron].tabellen.values()):
            return None
        delen = [self.basis, levering.levering_id, *(f"{n}\0{s}" for n, s in zip(bestanden, sommen, strict=True))]
        return self.map / hashlib.sha256("\n".join(delen).encode(errors="surrogateescape")).hexdigest()


def open_onthouden(
    warehouse: Path, invoer: Invoer, bronnen: Mapping[str, Bron], eenheden: Mapping[str, str]
) -> Onthouden:
    """Return what this warehouse remembers of deliveries that passed under the code and packages of now."""
    code = sorted((naam, som) for naam, som in invoer.sommen.items() if naam.startswith("code/"))
    pakketten = [(naam, version(naam)) for naam in _PAKKETTEN]
    alles = json.dumps([code, sorted(eenheden.items()), pakketten, sys.version])
    return Onthouden(warehouse / MAP, hashlib.sha256(alles.encode()).hexdigest(), invoer.sommen, bronnen)


def share(van: Path, naar: Path) -> None:
    """Give another warehouse what this one remembers, without taking room for it where the disk allows."""
    with contextlib.suppress(OSError):
        (naar / MAP).mkdir(mode=0o700)
        for pad in (van / MAP).iterdir():
            os.link(pad, naar / MAP / pad.name)


def _write(keuring: Keuring) -> bytes:
    import pyarrow as pa

    kop = {
        "kwaliteit": keuring.kwaliteit,
        "opmerkingen": [melding.as_dict() for melding in keuring.opmerkingen],
        "aantal_rijen": keuring.aantal_rijen,
        "frames": list(keuring.frames),
    }
    stroom = io.BytesIO()
    stroom.write(json.dumps(kop, default=lambda waarde: waarde.item()).encode() + b"\n")
    for frame in keuring.frames.values():
        tabel = pa.Table.from_pandas(frame, preserve_index=True)
        with pa.ipc.new_stream(stroom, tabel.schema) as schrijver:
            schrijver.write_table(tabel)
    return stroom.getvalue()


def _read(inhoud: bytes, levering: Levering) -> Keuring:
    import pyarrow as pa

    stroom = io.BytesIO(inhoud)
    kop = json.loads(stroom.readline())
    keuring = Keuring(levering, kwaliteit=kop["kwaliteit"], aantal_rijen=kop["aantal_rijen"])
    keuring.opmerkingen = [Melding(**{**m, "rijen": tuple(m["rijen"])}) for m in kop["opmerkingen"]]
    for naam in kop["frames"]:
        with pa.ipc.open_stream(pa.PythonFile(stroom, mode="r")) as deel:
            keuring.frames[naam] = deel.read_pandas().rename_axis(RIJ)
    return keuring
