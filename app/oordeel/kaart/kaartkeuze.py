"""What a map is of: one series of an indicator at one level, in one period."""

from __future__ import annotations

from dataclasses import dataclass

from app.lezen.rijen import Indicator, Waarneming


@dataclass(frozen=True)
class Kaartkeuze:
    """Everything the reader has chosen on the page Kaart, with the figures that go with it.

    `indicator` is in the unit of what is chosen: of an answer to a question for a mean that is a share.
    """

    indicator: Indicator
    niveau: str
    categorie: str
    uitsplitsing: str
    branche: str
    periode: str
    alle: tuple[Waarneming, ...]

    def rows(self, niveau: str) -> tuple[Waarneming, ...]:
        """Return the figures at one level of everything that is chosen but the period."""
        return tuple(
            r
            for r in self.alle
            if r.niveau == niveau
            and (r.categorie, r.uitsplitsing, r.branche_code) == (self.categorie, self.uitsplitsing, self.branche)
        )

    def on_map(self) -> dict[str, Waarneming]:
        """Return the figures of the chosen period by region."""
        return {r.regio_code: r for r in self.rows(self.niveau) if r.periode == self.periode}
