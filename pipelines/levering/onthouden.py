"""What passed every check, remembered: a delivery that is there again under the same code is not checked again.

Kept per delivery under the hash of all that a check looks at: its files, the code, the units of indicators and the
packages. Only what passed is kept, with its rows, for the builder alone; of sources with persons one by one nothing
is. Read as JSON and Arrow only.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.warehouse.uitkomsten import Uitkomsten, open_uitkomsten
from pipelines.levering.bestand.lezen import RIJ
from pipelines.levering.invoer import Invoer, files_of
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets.valideren import Keuring

MAP = "keuringen"


@dataclass(frozen=True)
class Onthouden:
    """The deliveries that passed before, in one warehouse, as far as they are what they were."""

    uitkomsten: Uitkomsten
    eenheden: Mapping[str, str]
    sommen: Mapping[str, str]
    bronnen: Mapping[str, Bron]

    def recall(self, levering: Levering) -> Keuring | None:
        """Return what was found in this delivery before, or None where it has to be looked at."""
        naam = self._name(levering)
        return None if naam is None else self.uitkomsten.recall(naam, lambda inhoud: _read(inhoud, levering))

    def keep(self, keuringen: Iterable[Keuring]) -> None:
        """Remember deliveries that passed, and forget what is not among these."""
        for keuring in keuringen:
            naam = self._name(keuring.levering)
            if naam is not None and not keuring.meldingen and not keuring.groot:
                self.uitkomsten.keep(naam, partial(_write, keuring))
        self.uitkomsten.forget_others()

    def _name(self, levering: Levering) -> str | None:
        """Return what this delivery is called; None where not each of its files has a hash, or it holds persons."""
        bestanden = list(files_of(levering))
        sommen = [self.sommen.get(naam) for naam in bestanden]
        if None in sommen or any(tabel.groot for tabel in self.bronnen[levering.bron].tabellen.values()):
            return None
        eenheden = json.dumps(sorted(self.eenheden.items()))
        delen = (f"{n}\0{s}" for n, s in zip(bestanden, sommen, strict=True))
        return self.uitkomsten.name(eenheden, levering.levering_id, *delen)


def open_onthouden(
    warehouse: Path, invoer: Invoer, bronnen: Mapping[str, Bron], eenheden: Mapping[str, str]
) -> Onthouden:
    """Return what this warehouse remembers of deliveries that passed under the code and packages of now."""
    return Onthouden(open_uitkomsten(warehouse / MAP, invoer.sommen), eenheden, invoer.sommen, bronnen)


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
