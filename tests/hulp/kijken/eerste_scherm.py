"""What a reader sees on a usual screen: something drawn before scrolling, and no wall of words in the first of it."""

from __future__ import annotations

import contextlib

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NietsGebeurdError

# These answer with a list or a form, or only to who has the role for it.
ZONDER_BEELD = {"/verantwoording", "/toegankelijkheid", "/aanleveren", "/vooraf"}
_IN_BEELD = """() => {
    const past = (e) => { const b = e.getBoundingClientRect();
        return b.width > 20 && b.height > 2 && b.top > 0 && b.bottom <= innerHeight; };
    const tekeningen = "svg.marks, .rm-lijntje, .rm-balk, .rm-spoor";
    return [...document.querySelectorAll(`[data-testid=stMain] :is(${tekeningen})`)].some(past);
}"""
_WOORDEN = """() => {
    const lopen = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
    const bereik = document.createRange();
    let woorden = 0;
    while (lopen.nextNode()) {
        if (!lopen.currentNode.parentElement.checkVisibility()) continue;
        bereik.selectNodeContents(lopen.currentNode);
        // Before the first scroll is over: what is in view, and as much again.
        if (bereik.getBoundingClientRect().top > 2 * innerHeight) continue;
        woorden += lopen.currentNode.data.split(/\\s+/).filter(Boolean).length;
    }
    return woorden;
}"""


def assert_first_screen(page: Page, pad: str) -> None:
    """Look at a page as it was opened, at 1440 by 900."""
    if pad not in ZONDER_BEELD:
        assert _appears(page), f"{pad}: niets getekend in het eerste scherm"
    assert 0 < page.evaluate(_WOORDEN) <= 500, pad


def _appears(page: Page) -> bool:
    with contextlib.suppress(NietsGebeurdError):
        page.wait_for_function(_IN_BEELD, timeout=5_000)
        return True
    return False
