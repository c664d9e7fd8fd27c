"""Numbers that know how they are written: for the reader as text, in a spreadsheet as a number with a format.

A table on a page and its download are made of the same cells, so that they cannot differ.
"""

from __future__ import annotations

# Numbers the Dutch way, also on a computer that writes them another way.
_NEDERLANDS = "[$-413]"


class Cijfertekst(str):
    """A number as a reader takes it (12.345, 7,3%, € 14,4 mln), with the number itself and its format."""

    waarde: float
    vorm: str

    def __new__(cls, tekst: str, waarde: float, vorm: str) -> Cijfertekst:
        """Keep the number beside its text."""
        zelf = super().__new__(cls, tekst)
        zelf.waarde, zelf.vorm = waarde, vorm
        return zelf

    @property
    def is_kaal(self) -> bool:
        """Whether the number means the same without its unit; a percentage or an amount in millions does not."""
        return self.vorm.removeprefix(_NEDERLANDS).strip("#,0.") == ""

    def after(self, woord: str) -> Cijfertekst:
        """Return the number with a word before it, which a spreadsheet writes too: ongeveer 266.000."""
        kaal = self.vorm.removeprefix(_NEDERLANDS)
        teken, getal = kaal[1:].split('"', 1) if kaal.startswith('"') else ("", kaal)
        return Cijfertekst(f"{woord} {self}", self.waarde, f'{_NEDERLANDS}"{woord} {teken}"{getal}')


# The word that every made-up figure carries.
VOORBEELD = "VOORBEELD"


class Verzonnen(str):
    """A text in a row whose figures are made up, as it says itself."""


class Maat(float):
    """A number in full, which a spreadsheet shows as rounded as the page does."""

    vorm: str

    def __new__(cls, waarde: float, vorm: str) -> Maat:
        """Keep the format beside the number."""
        zelf = super().__new__(cls, waarde)
        zelf.vorm = vorm
        return zelf


def number_format(decimalen: int = 0, voor: str = "", achter: str = "") -> str:
    """Return the format of a number in a spreadsheet: thousands and decimals, with a text before or after it."""
    staart = f".{'0' * decimalen}" if decimalen else ""
    return f"{_NEDERLANDS}{voor}#,##0{staart}{achter}"


def share_format(decimalen: int = 0) -> str:
    """Return the format of a share that is shown as a percentage."""
    staart = f".{'0' * decimalen}" if decimalen else ""
    return f"{_NEDERLANDS}0{staart}%"


DATUM = f"{_NEDERLANDS}d mmmm yyyy"
MOMENT = f"{_NEDERLANDS}d mmmm yyyy h:mm"
# Amounts from a million on are shown in millions, as on the pages.
MILJOENEN = f'{_NEDERLANDS}"€ "#,##0.0,," mln"'
EUROS = f'{_NEDERLANDS}"€ "#,##0'


def of_unit(eenheid: str, decimalen: int, waarde: float) -> str:
    """Return the format in which a spreadsheet shows a figure of this unit as the pages do."""
    if eenheid == "euro":
        return MILJOENEN if abs(waarde) >= 1_000_000 else EUROS
    if eenheid == "aandeel":
        return share_format(decimalen)
    return number_format(decimalen, achter='"%"' if eenheid == "procent" else "")
