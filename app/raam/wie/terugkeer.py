"""What a provider sends back with a reader, without what would stand in the log as anybody wrote it.

Anybody can make such a link: Streamlit writes the error and its description down as they came.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

# What may have gone wrong, by OAuth 2.0 (RFC 6749, 4.1.2.1) and OpenID Connect Core (3.1.2.6).
_FOUTCODES = frozenset({
    "access_denied", "invalid_request", "invalid_scope", "server_error", "temporarily_unavailable",
    "unauthorized_client", "unsupported_response_type", "account_selection_required", "consent_required",
    "interaction_required", "invalid_request_object", "invalid_request_uri", "login_required",
    "registration_not_supported", "request_not_supported", "request_uri_not_supported",
})  # fmt: skip
_VAN_EEN_ANDER = frozenset({"error_description", "error_uri"})


def without_prose(vraag: bytes) -> bytes:
    """Return the query with which a reader comes back: of an error its code, and 'onbekend' for one that is none."""
    delen = parse_qsl(vraag.decode("latin-1"), keep_blank_values=True)
    blijft = [
        (naam, waarde if naam != "error" or waarde in _FOUTCODES else "onbekend")
        for naam, waarde in delen
        if naam not in _VAN_EEN_ANDER
    ]
    return urlencode(blijft).encode("latin-1")
