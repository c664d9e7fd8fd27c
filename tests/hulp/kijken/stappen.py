"""What every journey does: open a page, wait until it is whole, take a file with you."""

from __future__ import annotations

import contextlib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NietsGebeurdError

# A run that a click starts shows itself within this; only after it does quiet mean that it has ended.
_AANLOOP_MS = 300
_POGINGEN = 3


def go(page: Page, adres: str) -> None:
    """Open a page and wait until it is whole."""
    page.goto(adres)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page is whole and nothing runs."""
    page.wait_for_selector(".rm-voet")
    page.wait_for_selector("[data-test-script-state=notRunning]")


def await_run(page: Page) -> None:
    """Wait until what was just done has had its run: it shows itself soon, or there is none."""
    page.wait_for_timeout(_AANLOOP_MS)
    settle(page)


def fits(page: Page, breed: int) -> None:
    """Wait until the page is no wider than this, as it is once everything has its place."""
    page.wait_for_function("w => document.querySelector('[data-testid=stMain]').scrollWidth <= w", arg=breed)


def choose(page: Page, naam: str, tekst: str) -> None:
    """Choose in a list by its part of the selection, with the keyboard alone: type, and Enter once it is offered.

    Keys typed while the page is being renewed are lost in Streamlit; like a reader, type again.
    """
    veld = page.locator(f".st-key-kies_{naam} input")
    for poging in range(_POGINGEN):
        await_run(page)
        veld.focus()
        veld.press("ControlOrMeta+a")
        page.keyboard.type(tekst)
        try:
            page.get_by_role("option", name=tekst).first.wait_for(timeout=5_000)
        except NietsGebeurdError:
            if poging == _POGINGEN - 1:
                raise
        else:
            page.keyboard.press("Enter")
            return


def download(page: Page, knop: Locator, eind: str = "") -> Path:
    """Click a download button and return the file whose name ends like this.

    A click while the page is being renewed is lost in Streamlit (the button is replaced under the pointer);
    like a reader, click again. Where the first click was only slow the file comes twice, and the second time may be
    after the next button: who presses several says what each is to bring.
    """
    for poging in range(_POGINGEN):
        await_run(page)
        try:
            with page.expect_download(lambda d: d.suggested_filename.endswith(eind), timeout=10_000) as wacht:
                knop.click()
        except NietsGebeurdError:
            if poging == _POGINGEN - 1:
                raise
        else:
            return Path(wacht.value.path())
    raise AssertionError("onbereikbaar")


def press(page: Page, knop: Locator, dan: Locator) -> None:
    """Press a button until what it leads to is there; a click while the page is being renewed is lost."""
    for _ in range(_POGINGEN - 1):
        await_run(page)
        # Between two runs neither may be there.
        expect(knop.or_(dan).first).to_be_visible()
        if dan.is_visible():
            return
        knop.click()
        with contextlib.suppress(AssertionError):
            expect(dan).to_be_visible(timeout=15_000)
            return
    knop.click()
    expect(dan).to_be_visible()
