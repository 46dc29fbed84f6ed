"""Queries that every request asks, compiled once: Django takes longer to compile one than the database to answer it.

What comes back is what the query itself gives: the same rows, read now, through the same converters.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

T = TypeVar("T")

_STRING: Final = "a value to be filled in: "
_NUMBER: Final = 2**40
"""What stands for a value while a query is compiled; nothing of ours is called or numbered so."""


class Prepared(Generic[T]):
    """A query asked again and again with other values.

    Args:
        build: the query for given values. Each must become a parameter of it, unchanged.
        kinds: `str` or `int` for each value.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]], *kinds: type[str] | type[int]) -> None:
        self._build = build
        self._marks = tuple(
            f"{_STRING}{place}" if kind is str else _NUMBER + place for place, kind in enumerate(kinds)
        )
        self._held = local()  # what is compiled belongs to one connection, and so to one thread

    def __call__(self, *values: str | int) -> list[T]:
        """The rows as they are now.

        Raises:
            TypeError: not as many values as the query takes, or one that does not become a parameter.
        """
        filled = dict(zip(self._marks, values, strict=True))
        held = getattr(self._held, "compiled", None)
        if held is None or held.connection is not connections[DEFAULT_DB_ALIAS]:
            held = self._held.compiled = _Compiled(self._build(*self._marks), self._marks)
        return held.rows(filled)


class _Compiled(Generic[T]):
    """A query that was compiled for one connection."""

    def __init__(self, query: QuerySet[Any, T], marks: tuple[str | int, ...]) -> None:
        self._query = query
        self._compiler: Any = query.query.get_compiler(using=query.db)
        self.connection = self._compiler.connection
        self._sql, self._parameters = self._compiler.as_sql()
        if any(self._parameters.count(mark) != 1 for mark in marks):
            raise TypeError("a value of this query does not become one parameter")
        query.query.get_compiler = lambda *_, **__: self._compiler  # type: ignore[method-assign]

    def rows(self, filled: dict[str | int, str | int]) -> list[T]:
        parameters = tuple(filled.get(one, one) for one in self._parameters)
        self._compiler.as_sql = lambda *_, **__: (self._sql, parameters)
        query: Any = self._query
        return list(query._iterable_class(query))
