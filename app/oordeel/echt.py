"""The door to every judgement: what is made up does not get through, in voorbeeldmodus or out of it."""

from __future__ import annotations

from collections.abc import Iterable

from app.lezen.rijen import Waarneming

REDEN = "voorbeelddata, daarover wordt niets gezegd"


def only_real(*rijen: Waarneming | None) -> None:
    """Let real figures through.

    Raises:
        ValueError: one of them is made up; whoever judges has to ask for real figures.
    """
    if has_examples(rijen):
        raise ValueError("een oordeel over voorbeelddata")


def has_examples(rijen: Iterable[Waarneming | None]) -> bool:
    """Return whether any of these is made up: then there is a title for it, and no sentence."""
    return any(rij is not None and rij.is_voorbeeld for rij in rijen)


def is_mixed(rijen: Iterable[Waarneming | None]) -> bool:
    """Return whether real and made-up figures stand together."""
    soorten = {rij.is_voorbeeld for rij in rijen if rij is not None and rij.waarde is not None}
    return len(soorten) > 1


def beside(rij: Waarneming | None, ander: Waarneming | None) -> Waarneming | None:
    """Return the other figure where it may stand beside this one: both are real, or both are made up."""
    return ander if rij is not None and ander is not None and ander.is_voorbeeld == rij.is_voorbeeld else None
