"""What to say of a package that is not installed; this module needs none itself."""

from __future__ import annotations


def explain_missing(fout: ModuleNotFoundError) -> str:
    """Return what to do about a package that is not installed."""
    return (
        f"Het pakket {(fout.name or '?').partition('.')[0]} ontbreekt in deze omgeving.\n"
        "  Werk haar bij met make start, of op een server zoals bij het installeren. Er is niets veranderd."
    )
