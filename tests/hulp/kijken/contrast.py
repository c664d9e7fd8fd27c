"""The contrast of two colours."""

from __future__ import annotations


def contrast(een: str, twee: str) -> float:
    """Return the WCAG contrast of two colours."""

    def helder(kleur: str) -> float:
        kanalen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        lineair = [k / 12.92 if k <= 0.03928 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen]
        return 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]

    hoog, laag = sorted((helder(een), helder(twee)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)
