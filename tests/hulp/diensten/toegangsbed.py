"""The settings of login in a test: one provider, `org`. What it gives to whom is for the test to add."""

from __future__ import annotations

KOEKJESGEHEIM = "0123456789012345678901234567890123456789"


def login_settings(
    adres: str = "https://monitor.voorbeeld.nl",
    *,
    client: str = "regiomonitor",
    geheim: str = "geheim",
    aanbieder: str = "https://inloggen.voorbeeld.nl",
) -> str:
    """Return the settings of a monitor at this address, up to who may do what."""
    return f"""
[auth]
redirect_uri = "{adres}/oauth2callback"
cookie_secret = "{KOEKJESGEHEIM}"
[auth.org]
client_id = "{client}"
client_secret = "{geheim}"
server_metadata_url = "{aanbieder}/.well-known/openid-configuration"
"""
