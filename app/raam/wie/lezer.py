"""Who asks: the cookie of login against the settings of this moment, the same for a page, a download and the data.

It is asked again at every run, so that a role that is gone is gone with the next choice.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.raam.wie import koekje
from app.raam.wie.afgemeld import Afgemeld
from app.rollen.lezer import SCHAKELAAR, Lezer, has_login, judge
from app.rollen.rechten import Recht

AFGEMELD = Afgemeld()


def current() -> Lezer:
    """Return who asks for this run."""
    return who(st.context.cookies, time.time())


def may(recht: Recht, voorwerp: str = "") -> bool:
    """Return whether who asks may do this."""
    return current().may(recht, voorwerp)


def can_log_in() -> bool:
    """Return whether one can log in at this address."""
    return has_login(os.environ.get(SCHAKELAAR, ""))


def log_out(koekjes: Mapping[str, str], nu: float) -> None:
    """End the session of these cookies, also for a page that is open with them and for who copied them."""
    if inhoud := koekje.read(koekjes):
        AFGEMELD.end(hashlib.sha256(inhoud).hexdigest(), nu)


def who(koekjes: Mapping[str, str], nu: float) -> Lezer:
    """Return who sends these cookies, by the settings of now; `nu` in seconds."""
    return judge(os.environ.get(SCHAKELAAR, ""), lambda: _read(koekjes), nu)


def _read(koekjes: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what the provider said of a person, from the cookie that was signed here; empty when there is none."""
    gelezen = koekje.read(koekjes)
    try:
        inhoud = json.loads(gelezen or b"{}")
    except ValueError:
        return {}
    if not isinstance(inhoud, dict):
        return {}
    begin = inhoud.get("iat")
    is_over = AFGEMELD.has(
        hashlib.sha256(gelezen).hexdigest(), begin if isinstance(begin, int | float) else float("-inf")
    )
    return {} if is_over else inhoud
