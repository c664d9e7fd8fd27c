"""What goes back to a supplier: one Dutch message per failure, and the exception that carries them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

LANGSTE_WAARDE = 60
# Stands in a message where the number of a person or an employer would.
MASKER = "***"
# Of a message on many rows this many are named; `--json` names more.
MEESTE_PLEKKEN = 5
# What fits on a terminal without scrolling away.
MEESTE_REGELS = 25


@dataclass(frozen=True)
class Melding:
    """One failure: where it is, what is wrong, what is allowed and what to do next."""

    bestand: str
    tekst: str
    rij: int | None = None
    kolom: str | None = None
    advies: str | None = None
    # How many rows say the same, and the first of them.
    aantal: int = 1
    rijen: tuple[int, ...] = ()
    # The cell in a worksheet, where the supplier's columns are not those of the contract.
    cel: str | None = None

    def __str__(self) -> str:
        """Return the message as one or two lines: the place and the fault, then what is allowed.

        A file and a column are named by who delivers; in either a name may try to steer a terminal.
        """
        plaats = show_path(self.bestand)
        if self.rij is not None:
            plaats += f", rij {self.rij}"
        if self.kolom is not None:
            plaats += f", kolom {show_value(self.kolom)}"
        if self.cel is not None:
            plaats += f", cel {self.cel}"
        return f"{plaats}: {self.tekst}{self._times()}" + (f"\n  {self.advies}" if self.advies else "")

    def _times(self) -> str:
        if self.aantal == 1:
            return ""
        aantal, plekken = f"{self.aantal:,}".replace(",", "."), ", ".join(map(str, self.rijen[:MEESTE_PLEKKEN]))
        verder = ", …" if self.aantal > min(len(self.rijen), MEESTE_PLEKKEN) else ""
        eerste = f": {plekken}{verder}" if len(self.rijen) > 1 else "; dit is de eerste"
        return f" Zo staat het in {aantal} rijen{eerste}."

    def as_dict(self) -> dict[str, str | int | list[int] | None]:
        """Return the message as a flat mapping, for `--json`."""
        return {**asdict(self), "rijen": list(self.rijen)}


class AfgekeurdError(Exception):
    """A delivery, or the project's own configuration, that cannot be used; holds every failure found.

    `alles` is the command that shows them all, where they may be more than a terminal holds.
    """

    def __init__(self, meldingen: Iterable[Melding], alles: str = "") -> None:
        self.meldingen = list(meldingen)
        self.alles = alles
        super().__init__("\n".join(str(m) for m in self.meldingen))


def fit(meldingen: Sequence[Melding], alles: str, regels: int = MEESTE_REGELS) -> list[str]:
    """Return the messages as lines, never more than this many; of what does not fit, how to see it."""
    gevuld: list[str] = []
    for nummer, melding in enumerate(meldingen):
        nieuw = str(melding).splitlines()
        rest = len(meldingen) - nummer
        # The last message needs no room for the line that says there are more.
        if len(gevuld) + len(nieuw) + (rest > 1) > regels:
            zie = f" Alles staat in: {alles}" if alles else ""
            return [*gevuld, f"… en nog {rest} {'melding' if rest == 1 else 'meldingen'}.{zie}"]
        gevuld += nieuw
    return gevuld


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
