"""Disk faults on purpose: the n-th change to the file system fails, as a full or forbidden disk would."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

CHANGES = ("open", "write", "fsync", "link", "replace", "rename", "mkdir", "unlink", "chmod")


@dataclass(slots=True)
class Faults:
    """Counts the changes; the one with the number ``at`` fails."""

    at: int
    code: int
    seen: int = 0

    @property
    def is_past(self) -> bool:
        """Whether the number was reached."""
        return self.seen > self.at

    def failing(self, change: Callable[..., Any]) -> Callable[..., Any]:
        """``change``, counted."""

        def counted(*arguments: Any, **keywords: Any) -> Any:
            self.seen += 1
            if self.seen - 1 == self.at:
                raise OSError(self.code, os.strerror(self.code))
            return change(*arguments, **keywords)

        return counted


@contextlib.contextmanager
def failing_at(number: int, code: int) -> Iterator[Faults]:
    """The change ``number`` (from 0) of the block raises OSError with ``code``; later ones work again."""
    faults = Faults(number, code)
    with contextlib.ExitStack() as patches:
        for name in CHANGES:
            patches.enter_context(mock.patch.object(os, name, faults.failing(getattr(os, name))))
        yield faults
