"""Why a question of the survey has no outcome, in words."""

from __future__ import annotations

from pipelines.afspraken.codelijsten import MINSTE_BASIS, MINSTE_RESPONS


def too_few_text(n: int | None) -> str:
    """Say why a question has no outcome."""
    if n is None:
        return f"minder dan {MINSTE_BASIS} antwoorden op deze vraag"
    if n >= MINSTE_BASIS:
        return f"de respons is lager dan {MINSTE_RESPONS:.0%}"
    aantal = {0: "geen antwoorden", 1: "1 antwoord"}.get(n, f"{n} antwoorden")
    return f"{aantal} op deze vraag; minstens {MINSTE_BASIS} nodig"
