"""A property that is computed once, whichever thread asks first."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, Self, TypeVar, overload

from PySide6.QtCore import QObject

Value = TypeVar("Value")


class locked_property(cached_property[Value]):  # noqa: N801 - used as a decorator, like its base
    """``cached_property`` as it was before Python 3.12, which took its lock away: two threads, one value.

    A QObject belongs to the thread that builds it, and hears nothing on one without an event loop: it is
    refused on any other thread than its owner's.
    """

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        """Compute with ``compute`` at the first access."""

        @functools.wraps(compute)
        def computed(instance: object) -> Value:
            value = compute(instance)
            if isinstance(value, QObject) and isinstance(instance, QObject) and not _is_at_home(instance):
                raise RuntimeError(f"{compute.__name__} was first asked for on a thread of others")
            return value

        super().__init__(computed)
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


def _is_at_home(instance: QObject) -> bool:
    return instance.thread().isCurrentThread()
