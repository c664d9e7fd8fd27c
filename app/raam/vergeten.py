"""What a session keeps of widgets that are gone: nothing.

Streamlit lets go of the value of a widget that is no longer shown, and keeps what it was told about it: its options,
its callback and all that those hold. Who has a page open all day and chooses now and then would hold each choice of
that day, in objects of publications that nobody shows any more: fifty readers for an hour 100 MB.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState


def forget_gone_widgets() -> None:
    """Let go of what is kept of widgets without a value; for the begin of a run, when those of the last are known."""
    ctx = get_script_run_ctx()
    if ctx is not None:
        with ctx.session_state._lock:
            _forget(ctx.session_state._state)


def _forget(staat: SessionState) -> None:
    bekend = staat._new_widget_state.widget_metadata
    for nummer in bekend.keys() - staat._new_widget_state.states.keys() - staat._old_state.keys():
        del bekend[nummer]
