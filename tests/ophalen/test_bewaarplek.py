"""What a server said stays as it said it, whatever is asked, lost or forgotten after it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pyarrow as pa

from pipelines.openbaar.tabellen.bewaarplek import ANTWOORDEN, LIJST, Bewaarplek

ROOT = Path(__file__).parents[2]


def kept(map_: Path) -> bytes:
    """Return all that was ever kept, unpacked."""
    with pa.input_stream(map_ / ANTWOORDEN, compression="zstd") as stroom:
        return stroom.read()


def test_no_answer_takes_the_place_of_another_after_one_was_lost_or_all_were_forgotten(tmp_path: Path) -> None:
    plek = Bewaarplek(tmp_path)
    for url in "abc":
        plek.put(url, url.encode())
    bestand = tmp_path / ANTWOORDEN
    bestand.write_bytes(b"stuk" + bestand.read_bytes()[4:])
    (weg,) = [url for url in "abc" if plek.get(url) is None]
    plek.put(weg, weg.encode())
    plek.put("d", b"d")
    weer = Bewaarplek(tmp_path)
    assert [weer.get(url) for url in "abcd"] == [b"a", b"b", b"c", b"d"]
    toen = bestand.read_bytes()
    weer.forget()
    assert [Bewaarplek(tmp_path).get(url) for url in "abcd"] == [None] * 4
    weer.put("a", b"ander")
    assert Bewaarplek(tmp_path).get("a") == b"ander"
    assert bestand.read_bytes().startswith(toen)


def test_an_answer_that_comes_again_is_not_kept_twice(tmp_path: Path) -> None:
    plek = Bewaarplek(tmp_path)
    plek.put("a", b"een")
    plek.put("b", b"twee")
    plek.forget()
    weer = Bewaarplek(tmp_path)
    weer.put("a", b"een")
    weer.put("c", b"een")
    assert (weer.get("a"), weer.get("c"), kept(tmp_path)) == (b"een", b"een", b"eentwee")


def test_answers_are_on_the_disk_once_they_are_summed_up_and_not_one_by_one(tmp_path: Path, monkeypatch) -> None:
    gezet: list[int] = []
    monkeypatch.setattr("os.fsync", gezet.append)
    plek = Bewaarplek(tmp_path / "nieuw")
    assert plek.seal() == hashlib.sha256(b"").hexdigest()
    sommen = [hashlib.sha256(inhoud).hexdigest() for inhoud in (b"b", b"a")]
    plek.put("/1", b"b")
    plek.put("/2", b"a")
    assert gezet == []
    assert plek.seal() == hashlib.sha256("".join(sommen).encode()).hexdigest()
    assert len(gezet) == 3, "the answers, the list of them, and the folder"


def test_after_a_fetch_was_killed_each_answer_is_whole_or_asked_again(tmp_path: Path) -> None:
    """Killed at any moment: of each page there is all of it or, to who asks, nothing."""
    bron = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from pipelines.openbaar.tabellen.bewaarplek import Bewaarplek
plek = Bewaarplek(Path({str(tmp_path)!r}))
print("begonnen", flush=True)
for nummer in range(100_000):
    plek.put(str(nummer), bytes([nummer % 251]) * 500_000)
"""
    proces = subprocess.Popen([sys.executable, "-c", bron], stdout=subprocess.PIPE)
    assert proces.stdout is not None
    proces.stdout.readline()
    lijst = tmp_path / LIJST
    while not lijst.is_file() or b"\n" not in lijst.read_bytes():
        assert proces.poll() is None
    proces.kill()
    proces.wait()
    proces.stdout.close()
    plek = Bewaarplek(tmp_path)
    bekend = [n for n, inhoud in ((n, plek.get(str(n))) for n in range(2_000)) if inhoud is not None]
    assert bekend
    assert all(plek.get(str(n)) == bytes([n % 251]) * 500_000 for n in bekend)
    plek.put("erna", b"x")
    assert Bewaarplek(tmp_path).get("erna") == b"x"
