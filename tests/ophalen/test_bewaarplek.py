"""What a server said stays as it said it, whatever is asked, lost or forgotten after it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.openbaar.lezer import Bewaarplek


def test_no_answer_takes_the_place_of_another_after_one_was_lost_or_all_were_forgotten(tmp_path: Path) -> None:
    plek = Bewaarplek(tmp_path)
    for url in "abc":
        plek.put(url, url.encode())
    min(tmp_path.glob("*.zst")).write_bytes(b"stuk")
    (weg,) = [url for url in "abc" if plek.get(url) is None]
    plek.put(weg, weg.encode())
    plek.put("d", b"d")
    weer = Bewaarplek(tmp_path)
    assert [weer.get(url) for url in "abcd"] == [b"a", b"b", b"c", b"d"]
    weer.forget()
    weer.put("a", b"ander")
    heel = {hashlib.sha256(url.encode()).hexdigest() for url in "abcd"}
    assert heel <= {pad.stem for pad in tmp_path.glob("*.zst")}
