"""What was answered before is kept: for all readers together, and only of the last few publications."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
# Asks again of another publication what was asked of one.
Vraag = Callable[[Hashable], object]
# Of so many publications answers are kept: that of now, the one before it, and some that somebody looks back at.
_PUBLICATIES = 4
_LOSLATERS: list[Callable[[Hashable], None]] = []
_VRAGERS: list[Callable[[Hashable], list[Vraag]]] = []


def remember(hoogstens: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last answers about each of the publications asked for last, for all readers together: not to be changed.

    The publication, or what else is asked first, is what they are kept by. Two readers who ask at the same moment may
    both compute it: for what takes long there is `remember_once`.
    """

    def _keep(maak: Callable[P, T]) -> Callable[P, T]:
        slot = threading.Lock()
        per_publicatie: OrderedDict[Hashable, tuple[Callable[..., T], deque[Vraag]]] = OrderedDict()

        @functools.wraps(maak)
        def _ask(*args: P.args, **kwargs: P.kwargs) -> T:
            with slot:
                bewaard = per_publicatie.get(args[0])
                if bewaard is None:
                    bewaard = per_publicatie.setdefault(args[0], _noted(maak, hoogstens, _ask))
                    if len(per_publicatie) > _PUBLICATIES:
                        per_publicatie.popitem(last=False)
                # Whoever looks back through old ones does not take that of now from everybody else.
                per_publicatie.move_to_end(args[0])
            return bewaard[0](*args, **kwargs)

        def _let_go(merk: Hashable) -> None:
            with slot:
                per_publicatie.pop(merk, None)

        def _asked(merk: Hashable) -> list[Vraag]:
            with slot:
                return list(per_publicatie[merk][1]) if merk in per_publicatie else []

        _LOSLATERS.append(_let_go)
        _VRAGERS.append(_asked)
        return _ask

    return _keep


def remember_once(hoogstens: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last answers like `remember`; whoever asks while an answer is being made waits for that one.

    An answer that gives way to newer ones is let go at once: a connection closes when its last reader is done with it.
    What failed is not kept.
    """

    def _keep(maak: Callable[P, T]) -> Callable[P, T]:
        slot = threading.Lock()
        antwoorden: OrderedDict[tuple[Any, ...], Future[T]] = OrderedDict()

        @functools.wraps(maak)
        def _ask(*args: P.args, **kwargs: P.kwargs) -> T:
            vraag = (args, *sorted(kwargs.items()))
            with slot:
                antwoord = antwoorden.get(vraag)
                if is_nieuw := antwoord is None:
                    antwoord = antwoorden[vraag] = Future()
                    if len(antwoorden) > hoogstens:
                        antwoorden.popitem(last=False)
                else:
                    antwoorden.move_to_end(vraag)
            if is_nieuw:
                try:
                    antwoord.set_result(maak(*args, **kwargs))
                except BaseException as fout:
                    with slot:
                        if antwoorden.get(vraag) is antwoord:
                            del antwoorden[vraag]
                    antwoord.set_exception(fout)
            return antwoord.result()

        def _let_go(merk: Hashable) -> None:
            with slot:
                for vraag in [vraag for vraag in antwoorden if vraag[0][0] == merk]:
                    del antwoorden[vraag]

        _LOSLATERS.append(_let_go)
        return _ask

    return _keep


def _noted(
    maak: Callable[..., T], hoogstens: int, vraag: Callable[..., T]
) -> tuple[Callable[..., T], deque[Vraag]]:  # fmt: skip
    """Return what keeps the last answers, and beside it the last questions that were not answered before."""
    gevraagd: deque[Vraag] = deque(maxlen=hoogstens)

    def _make(*args: object, **kwargs: object) -> T:
        antwoord = maak(*args, **kwargs)
        gevraagd.append(_again(vraag, args[1:], kwargs))
        return antwoord

    return functools.lru_cache(maxsize=hoogstens)(_make), gevraagd


def _again(vraag: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> Vraag:
    return lambda merk: vraag(merk, *args, **kwargs)


def asked_about(merk: Hashable) -> list[Vraag]:
    """Return the last questions about a publication of those that `remember` answers, each to be asked of another."""
    return [vraag for vragen in _VRAGERS for vraag in vragen(merk)]


def let_go(merk: Hashable) -> None:
    """Forget all that was remembered of a publication; who is still busy with it keeps what he has."""
    for los in _LOSLATERS:
        los(merk)
