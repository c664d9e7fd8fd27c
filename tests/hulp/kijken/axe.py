"""What axe-core finds on a page, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from app.schermen.toegankelijkheid.pagina import state

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VRAAG = f"() => axe.run(document, {{runOnly: {REGELS}, resultTypes: ['violations']}})"


def violations(page: Page) -> set[str]:
    """Return every rule that is broken with the start of what breaks it."""
    page.evaluate(AXE)
    uitkomst = page.evaluate(VRAAG)
    motor = uitkomst["testEngine"]
    assert f"{motor['name']} {motor['version'].rpartition('.')[0]}" in state().getest[0][0]
    return {f"{v['id']}: {knoop['html'][:120]}" for v in uitkomst["violations"] for knoop in v["nodes"]}
