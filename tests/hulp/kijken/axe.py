"""What axe-core finds on a page, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from app.schermen.toegankelijkheid.pagina import state

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VRAAG = f"() => axe.run(document, {{runOnly: {REGELS}, resultTypes: ['violations']}})"
_POGINGEN = 3


def violations(page: Page) -> set[str]:
    """Return every rule that is broken with the start of what breaks it.

    A rule that stumbles, as when what it looks at moves meanwhile, finds nothing at all and says so only among what axe
    could not decide: look again, and fail where it keeps stumbling.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for _ in range(_POGINGEN):
        uitkomst = page.evaluate(VRAAG)
        gestruikeld = _stumbled(uitkomst)
        if not gestruikeld:
            break
    assert not gestruikeld, f"axe heeft deze regels niet kunnen nagaan: {gestruikeld}"
    motor = uitkomst["testEngine"]
    assert f"{motor['name']} {motor['version'].rpartition('.')[0]}" in state().getest[0][0]
    return {f"{v['id']}: {knoop['html'][:120]}" for v in uitkomst["violations"] for knoop in v["nodes"]}


def _stumbled(uitkomst: dict[str, Any]) -> dict[str, str]:
    """Return each rule that broke off, with why."""
    return {
        regel["id"]: oordeel["data"]["message"]
        for regel in uitkomst["incomplete"]
        for knoop in regel["nodes"]
        for oordeel in knoop["none"]
        if oordeel["id"] == "error-occurred"
    }
