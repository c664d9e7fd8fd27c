"""Whether there is mail here, and at which addresses: it is for who logs in, so it is nowhere else."""

from __future__ import annotations

import os

from app.rollen.lezer import SCHAKELAAR, has_login

# The mail server of the organisation.
SERVER = "REGIOMONITOR_POST"
# The page on which one asks for mail, and where the links in a mail lead.
PAD = "/berichten"
BEVESTIG, UIT = f"{PAD}/bevestig/", f"{PAD}/uit/"
LINKS = (BEVESTIG, UIT)


def is_on() -> bool:
    """Return whether there is mail here: one logs in, and there is a server to send through."""
    return has_login(os.environ.get(SCHAKELAAR, "")) and bool(os.environ.get(SERVER))
