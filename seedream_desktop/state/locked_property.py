"""A property that is computed once, whichever thread asks first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, Self, TypeVar, overload

Value = TypeVar("Value")


class locked_property(cached_property[Value]):  # noqa: N801 - used as a decorator, like its base
    """``cached_property`` as it was before Python 3.12, which took its lock away: two threads, one value."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        """Compute with ``compute`` at the first access."""
        super().__init__(compute)
        self._computing = threading.RLock()  # one value may ask for another one of the same kind

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Value: ...
    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> Self | Value:
        """The value; once it is there, it is found in the instance without coming here."""
        if instance is None:
            return self
        with self._computing:
            return super().__get__(instance, owner)
