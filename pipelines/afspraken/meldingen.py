"""What goes back to a supplier: one Dutch message per failure, and the exception that carries them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass

LANGSTE_WAARDE = 60
# Stands in a message where the number of a person or an employer would.
MASKER = "***"


@dataclass(frozen=True)
class Melding:
    """One failure: where it is, what is wrong, what is allowed and what to do next."""

    bestand: str
    tekst: str
    rij: int | None = None
    kolom: str | None = None
    advies: str | None = None

    def __str__(self) -> str:
        """Return the message as one or two lines: the place and the fault, then what is allowed."""
        plaats = self.bestand
        if self.rij is not None:
            plaats += f", rij {self.rij}"
        if self.kolom is not None:
            plaats += f", kolom {self.kolom}"
        return f"{plaats}: {self.tekst}" + (f"\n  {self.advies}" if self.advies else "")

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the message as a flat mapping, for `--json`."""
        return asdict(self)


class AfgekeurdError(Exception):
    """A delivery, or the project's own configuration, that cannot be used; holds every failure found."""

    def __init__(self, meldingen: Iterable[Melding]) -> None:
        self.meldingen = list(meldingen)
        super().__init__("\n".join(str(m) for m in self.meldingen))


def show_value(waarde: object) -> str:
    """Return a delivered value fit for a terminal: control characters out, cut at 60 characters."""
    schoon = show_path(waarde)
    return schoon if len(schoon) <= LANGSTE_WAARDE else schoon[: LANGSTE_WAARDE - 1] + "…"


def show_path(pad: object) -> str:
    """Return a path fit for a terminal, whole: a name that is no UTF-8 or steers a terminal is made harmless."""
    return "".join(teken if teken.isprintable() else "�" for teken in str(pad))


def suggest(naam: str, bekend: Iterable[str]) -> str:
    """Return ' Bedoelde u X?' for the nearest known name, or '' when nothing comes near."""
    klein = {kandidaat.casefold(): kandidaat for kandidaat in bekend}
    begin = [kandidaat for kandidaat in klein if len(naam) > 2 and kandidaat.startswith(naam.casefold())]
    dichtbij = [klein[k] for k in begin or difflib.get_close_matches(naam.casefold(), klein, n=1, cutoff=0.6)]
    return f" Bedoelde u {dichtbij[0]}?" if dichtbij else ""
