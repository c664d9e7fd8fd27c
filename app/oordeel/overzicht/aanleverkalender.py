"""What the calendar of deliveries says of one source: when the next figure comes, and how old the newest is."""

from __future__ import annotations

from datetime import date

from app.lezen.onderwerp.kalender import Aanlevering
from app.taal.opmaak import verouderd_tekst
from pipelines.afspraken.codelijsten import Ritme


def expected(deel: Aanlevering, vandaag: date) -> str:
    """Return the period that ends next, of which the source is to bring figures; a survey has no fixed day."""
    if deel.beeindigd:
        return "komt niet meer"
    if deel.ritme == Ritme.ENQUETE:
        return "na de volgende enquête"
    if deel.ritme == Ritme.KWARTAAL:
        return f"het {(vandaag.month + 2) // 3}e kwartaal {vandaag.year}"
    if deel.ritme == Ritme.SCHOOLJAAR:
        begin = vandaag.year if vandaag.month >= 10 else vandaag.year - 1
        return f"schooljaar {begin}/{(begin + 1) % 100:02d}"
    return str(vandaag.year)


def state(deel: Aanlevering) -> str:
    """Return whether the newest figure is fresh; a source of plans and stories has none to be judged by."""
    if deel.beeindigd:
        return "afgelopen"
    if not deel.periode:
        return "ontvangen" if deel.ontvangen else "nog niet geleverd"
    return verouderd_tekst(deel.verouderd) or "vers"
