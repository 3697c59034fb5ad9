"""Errors on purpose, at every place where one can come from; for ``driven_application.py``."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from collections.abc import AsyncIterator
from typing import Any

from PySide6.QtCore import QObject, QTimer, qWarning
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from seedream_desktop.gui.report_dialog import ReportDialog
from seedream_desktop.library.values import Query
from seedream_desktop.state.session import Session
from seedream_desktop.tasks import TaskRunner


class InSlotError(Exception):
    """Raised in a slot."""


class InEventError(Exception):
    """Raised in a virtual method of Qt."""


class InPoolError(Exception):
    """Raised on a pool thread."""


class InThreadError(Exception):
    """Raised on a thread of its own."""


class InTaskError(Exception):
    """Raised in a task of asyncio that nobody waits for."""


class InDestructorError(Exception):
    """Raised where nobody can catch it."""


def fail(error: type[Exception], words: str) -> None:
    """Raise, out of an error that quotes a path."""
    try:
        open(f"/nowhere/{words}")  # noqa: PTH123, SIM115
    except OSError as cause:
        raise error(words) from cause


def in_slot(words: str) -> None:
    """In what a timer calls."""
    QTimer.singleShot(0, lambda: fail(InSlotError, words))


class _Fails(QWidget):
    def __init__(self, window: QWidget, words: str) -> None:
        super().__init__(window)
        self._words = words
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QTimer.singleShot(0, self.deleteLater)
        fail(InEventError, self._words)


def in_event(window: QWidget, words: str) -> None:
    """While something is painted."""
    _Fails(window, words)


def in_pool(runner: TaskRunner, words: str) -> None:
    """In the work of a pool thread."""
    runner.call(lambda: fail(InPoolError, words), lambda _: None)


def in_thread(words: str) -> None:
    """On a thread that nobody waits for."""
    threading.Thread(target=fail, args=(InThreadError, words)).start()


def in_task(runner: TaskRunner, words: str) -> None:
    """In a task inside of what a pool thread runs."""

    async def begin() -> AsyncIterator[None]:
        async def broken() -> None:
            fail(InTaskError, words)

        task = asyncio.create_task(broken(), name=words)
        await asyncio.wait([task])
        del task
        gc.collect()
        yield None

    runner.start(begin, lambda _: None, lambda _: None)


def in_destructor(words: str) -> None:
    """While an object is given up."""

    class Broken:
        def __del__(self) -> None:
            fail(InDestructorError, words)

    Broken()


def warn(words: str) -> None:
    """Python and Qt have something to say."""
    warnings.warn(words, stacklevel=1)
    qWarning(words)
    QObject().startTimer(-1)


def break_client(session: Session) -> None:
    """Have the next request fail on an error of ours."""
    client = session.client

    async def generate(request: Any, *_: object) -> None:
        del client.generate
        fail(InPoolError, request.prompt)

    client.generate = generate  # type: ignore[method-assign,assignment]


def ids_of(session: Session, board_id: str) -> tuple[str, ...]:
    """The pictures of a board."""
    return session.pictures.the_library().ids(Query(board_id=board_id))


def buttons(words: str) -> list[QPushButton]:
    """The visible buttons that say so, in any window."""
    found = [one for one in QApplication.allWidgets() if isinstance(one, QPushButton) and one.isVisible()]
    return [button for button in found if button.text().replace("&", "") == words]


def reports() -> list[ReportDialog]:
    """The reports that are shown."""
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ReportDialog)]
