"""A build waits for readers on the same computer; a server, also one that built first, does not wait for anybody."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.opdrachten.ingang import ACHTERAAN

KIJK = """
import os, sys
sys.argv[1:] = [sys.argv[1], "--help"]
from app.opdrachten.ingang import main
try:
    main()
finally:
    print("voorrang", os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.parametrize(("opdracht", "is_achteraan"), [("build", True), ("start", False), ("serve", False)])
def test_what_takes_long_goes_after_what_answers(opdracht: str, is_achteraan: bool) -> None:
    hier = os.getpriority(os.PRIO_PROCESS, 0)
    uit = subprocess.run([sys.executable, "-c", KIJK, opdracht], capture_output=True, text=True).stdout
    assert f"voorrang {max(10, hier) if is_achteraan else hier}\n" in uit
    assert (opdracht in ACHTERAAN) is is_achteraan
