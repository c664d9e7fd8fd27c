"""What is asked of open data: the parameters of an address, judged before anything is read for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipelines.afspraken.codelijsten import Herkomst, Niveau
from pipelines.afspraken.meldingen import show_value, suggest
from pipelines.afspraken.schrift.perioden import parse_periode

MEESTE_PER_PAGINA = 10_000
# What a filter takes: values with a comma between them.
FILTERS = {
    "regio": "regio_code", "niveau": "niveau", "periode": "periode", "branche": "branche_code", "herkomst": "herkomst",
}  # fmt: skip
KEUZES = ("publicatie", "voorbeeld")
BLADEN = ("pagina", "per_pagina")
_MEESTE_WAARDEN = 200
_GETAL = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


class VraagError(Exception):
    """What is asked is not there or not allowed; says what is."""

    def __init__(self, status: int, wat: str, *, toegestaan: Sequence[str] = (), advies: str = "") -> None:
        super().__init__(wat)
        self.status, self.wat, self.toegestaan, self.advies = status, wat, tuple(toegestaan), advies


@dataclass(frozen=True, slots=True)
class Vraag:
    """The parameters of one request: filters by column, the page, and which publication."""

    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    pagina: int | None = None
    per_pagina: int = MEESTE_PER_PAGINA
    publicatie: str = ""
    voorbeeld: bool = False
    # As they came, for the address of the next page.
    paren: tuple[tuple[str, str], ...] = ()
    # The address of this site as the reader wrote it.
    begin: str = ""

    @property
    def tail(self) -> str:
        """What stands behind the address of the same question, of which publication and with examples or not."""
        paren = [(naam, waarde) for naam, waarde in self.paren if naam in KEUZES]
        return f"?{urlencode(paren)}" if paren else ""


def parse(paren: Sequence[tuple[str, str]], mag: Sequence[str], codes: Mapping[str, Iterable[str]]) -> Vraag:
    """Return what the parameters ask; `mag` names those that this address knows, `codes` the regions and branches.

    Raises:
        VraagError: a parameter is unknown, stands there twice, or has a value that does not exist.
    """
    gegeven = _once(paren, mag)
    filters = tuple((kolom, _values(naam, gegeven[naam], codes)) for naam, kolom in FILTERS.items() if naam in gegeven)
    per_pagina = _number("per_pagina", gegeven.get("per_pagina"), MEESTE_PER_PAGINA)
    pagina = _number("pagina", gegeven.get("pagina"), 9_999_999)
    return Vraag(
        filters,
        pagina or (1 if per_pagina else None),
        per_pagina or MEESTE_PER_PAGINA,
        gegeven.get("publicatie", ""),
        _is_on(gegeven.get("voorbeeld", "0")),
        tuple(paren),
    )


def _once(paren: Sequence[tuple[str, str]], mag: Sequence[str]) -> dict[str, str]:
    gegeven: dict[str, str] = {}
    for naam, waarde in paren:
        if naam not in mag:
            tekst = f"Parameter '{show_value(naam)}' bestaat hier niet.{suggest(naam, mag)}"
            raise VraagError(400, tekst, toegestaan=mag, advies="Laat deze parameter weg, of kies een andere.")
        if naam in gegeven:
            advies = f"Geef meer waarden met een komma ertussen: {naam}=a,b."
            raise VraagError(400, f"Parameter '{naam}' staat er meer dan eens.", advies=advies)
        gegeven[naam] = waarde
    return gegeven


def _values(naam: str, tekst: str, codes: Mapping[str, Iterable[str]]) -> frozenset[str]:
    waarden = tekst.split(",")
    if len(waarden) > _MEESTE_WAARDEN:
        raise VraagError(400, f"Parameter '{naam}' heeft meer dan {_MEESTE_WAARDEN} waarden.",
                         advies="Vraag in delen, of laat de parameter weg voor alles.")  # fmt: skip
    if naam == "periode":
        if fout := next((w for w in waarden if parse_periode(w) is None), None):
            _refuse(naam, fout, ("2021", "2021KW03", "2021MM04", "2020/21", "2022-06-30"))
        return frozenset(waarden)
    bekend = {"niveau": [str(n) for n in Niveau], "herkomst": [str(h) for h in Herkomst], **codes}[naam]
    for waarde in waarden:
        if waarde not in set(bekend):
            _refuse(naam, waarde, tuple(bekend))
    return frozenset(waarden)


def _refuse(naam: str, waarde: str, mag: Sequence[str]) -> None:
    tekst = f"'{show_value(waarde)}' is geen waarde van '{naam}'.{suggest(waarde, mag)}"
    raise VraagError(400, tekst, toegestaan=mag, advies="Kies een van deze; meer met een komma ertussen.")


def _number(naam: str, tekst: str | None, hoogstens: int) -> int | None:
    if tekst is None:
        return None
    if not _GETAL.fullmatch(tekst) or int(tekst) > hoogstens:
        tekst = f"'{show_value(tekst)}' is geen waarde van '{naam}'."
        raise VraagError(400, tekst, toegestaan=(f"1 tot en met {hoogstens}",), advies="Geef een heel getal.")
    return int(tekst)


def _is_on(tekst: str) -> bool:
    if tekst not in ("0", "1"):
        raise VraagError(400, f"'{show_value(tekst)}' is geen waarde van 'voorbeeld'.", toegestaan=("0", "1"),
                         advies="1 is met verzonnen cijfers, per rij gemerkt; 0 is zonder.")  # fmt: skip
    return tekst == "1"
