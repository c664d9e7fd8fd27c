"""What a run sends to the browser: each chart without the blanks that Streamlit writes between its words."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx


@contextmanager
def in_short() -> Iterator[None]:
    """Let the charts of this run travel in as few bytes as say the same."""
    ctx = get_script_run_ctx()
    if ctx is None:
        yield
        return
    verder = ctx._enqueue

    def _send(bericht: ForwardMsg) -> None:
        tighten(bericht)
        verder(bericht)

    ctx._enqueue = _send
    try:
        yield
    finally:
        # The next run of this reader has the same context.
        ctx._enqueue = verder


def tighten(bericht: ForwardMsg) -> None:
    """Shorten the chart in a message; any other message stays as it is."""
    element = bericht.delta.new_element
    if element.WhichOneof("type") == "vega_lite_chart":
        element.vega_lite_chart.spec = _without_blanks(element.vega_lite_chart.spec)


@functools.lru_cache(maxsize=64)
def _without_blanks(spec: str) -> str:
    return json.dumps(json.loads(spec), separators=(",", ":"), ensure_ascii=False)
