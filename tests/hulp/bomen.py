"""Every module as its tree, for what looks at all of the code: each is read and walked once, whoever asks."""

from __future__ import annotations

import ast
from functools import cache


@cache
def tree(bron: str) -> ast.Module:
    return ast.parse(bron)


@cache
def nodes(bron: str) -> tuple[ast.AST, ...]:
    """Return everything in the text of a module, from the outside in; nobody changes it."""
    return tuple(ast.walk(tree(bron)))
