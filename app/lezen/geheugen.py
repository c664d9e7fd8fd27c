"""What was answered before is kept: for all readers together, and only the last few answers."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar, cast

T = TypeVar("T")
P = ParamSpec("P")


def remember(hoogstens: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last answers about a publication, for all readers together: they must not be changed.

    The Kenmerk is part of what was asked, so a new publication is asked anew. Two readers who ask at the same moment
    may both compute it: for what takes long there is `remember_once`.
    """
    return cast("Callable[[Callable[P, T]], Callable[P, T]]", functools.lru_cache(maxsize=hoogstens))


def remember_once(hoogstens: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last answers like `remember`; whoever asks while an answer is being made waits for that one.

    An answer that gives way to newer ones is let go at once: a connection closes when its last reader is done with it.
    What failed is not kept.
    """

    def _keep(maak: Callable[P, T]) -> Callable[P, T]:
        slot = threading.Lock()
        antwoorden: OrderedDict[Hashable, Future[T]] = OrderedDict()

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

        return _ask

    return _keep
