"""What was answered before is kept: for all readers together, and only of the last few publications."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
# Of so many publications answers are kept: that of now, the one before it, and some that somebody looks back at.
_PUBLICATIES = 4
_LOSLATERS: list[Callable[[Hashable], None]] = []


def remember(hoogstens: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last answers about each of the publications asked for last, for all readers together: not to be changed.

    The publication, or what else is asked first, is what they are kept by. Two readers who ask at the same moment may
    both compute it: for what takes long there is `remember_once`.
    """

    def _keep(maak: Callable[P, T]) -> Callable[P, T]:
        slot = threading.Lock()
        per_publicatie: OrderedDict[Hashable, Callable[..., T]] = OrderedDict()

        @functools.wraps(maak)
        def _ask(*args: P.args, **kwargs: P.kwargs) -> T:
            with slot:
                vraag = per_publicatie.get(args[0])
                if vraag is None:
                    vraag = per_publicatie.setdefault(args[0], functools.lru_cache(maxsize=hoogstens)(maak))
                    if len(per_publicatie) > _PUBLICATIES:
                        per_publicatie.popitem(last=False)
                # Whoever looks back through old ones does not take that of now from everybody else.
                per_publicatie.move_to_end(args[0])
            return vraag(*args, **kwargs)

        def _let_go(merk: Hashable) -> None:
            with slot:
                per_publicatie.pop(merk, None)

        _LOSLATERS.append(_let_go)
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


def let_go(merk: Hashable) -> None:
    """Forget all that was remembered of a publication; who is still busy with it keeps what he has."""
    for los in _LOSLATERS:
        los(merk)
