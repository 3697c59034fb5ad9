"""What two threads ask for at once is made once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject

from seedream_desktop.state.locked_property import locked_property

THREADS = 4


class Maker:
    def __init__(self) -> None:
        self.made = 0
        self.is_second_there = threading.Event()

    @locked_property
    def value(self) -> object:
        self.made += 1
        self.is_second_there.wait(0.05)  # whoever is let in beside the first says so
        if self.made > 1:
            self.is_second_there.set()
        return object()


def test_threads_that_ask_at_once_get_the_same_value() -> None:
    maker, start = Maker(), threading.Barrier(THREADS)

    def ask(_: int) -> object:
        start.wait()
        return maker.value

    with ThreadPoolExecutor(THREADS) as pool:
        values = set(pool.map(ask, range(THREADS)))
    assert (maker.made, len(values)) == (1, 1)


class Owner(QObject):
    @locked_property
    def child(self) -> QObject:
        return QObject()


def test_what_belongs_to_a_thread_is_not_built_on_another_one() -> None:
    owner = Owner()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(lambda: owner.child)
        with pytest.raises(RuntimeError):
            asked.result()
    assert owner.child.thread() is owner.thread()


def test_on_the_class_it_is_itself() -> None:
    assert isinstance(Maker.value, locked_property)
