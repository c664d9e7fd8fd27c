"""What a reader is told of figures of its own area that wait for release: that they are there, and where."""

from __future__ import annotations

from app.beeld.markup import tag
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import eigen
from app.raam.paginas import PAGINAS, VOORAF, address
from app.raam.vakken import onderdelen
from app.raam.wie import lezer
from app.taal.opmaak import opsomming
from pipelines.afspraken.warehouse.gaaf import Merk


def waiting() -> dict[str, Merk]:
    """Return what this reader may see before release, by its area; nothing for who has none and where nothing waits."""
    warehouse = data.pad().parent
    gevonden = {code: eigen.find(warehouse, code) for code in lezer.current().gebieden}
    return {code: merk for code, merk in gevonden.items() if merk is not None}


def invite(merk: Kenmerk) -> None:
    """Lead to the figures that wait; nothing for anybody else."""
    if not (codes := waiting()):
        return
    namen = opsomming([area_name(merk, code) for code in codes])
    bekijk = tag("a", PAGINAS[VOORAF].titel, href=address(VOORAF), target="_self")
    tekst = f"Er staan cijfers van {namen} klaar die nog niet zijn gepubliceerd: "
    onderdelen.show(tag("p", tekst, bekijk, ".", klasse="rm-melding", role="status"))


def area_name(merk: Kenmerk, code: str) -> str:
    """Return what an area is called."""
    regio = data.regios(merk).get(code)
    return regio.naam if regio else code
