"""The order of a place comes back with it, after a restart too; and so do arrangement and size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.gui.place_orders import PLACES_KEPT, PlaceOrders
from seedream_desktop.library.values import Order, Query
from seedream_desktop.settings import Arrangement, Settings
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    return window_stage(session, tmp_path, qtbot)


def test_a_board_without_an_order_has_that_of_all_pictures() -> None:
    orders = PlaceOrders()
    orders.choose(Order.RATING, "", "library")
    orders.choose(Order.BY_HAND, "board", "library")
    assert orders.of("", "library") is Order.RATING
    assert orders.of("other board", "library") is Order.RATING
    assert orders.of("board", "library") is Order.BY_HAND
    assert orders.of("", "other library") is Order.NEWEST


def test_likeness_is_the_order_of_no_place_and_by_hand_of_a_board_only() -> None:
    orders = PlaceOrders([("library", "by_hand"), ("board", "from another version")])
    orders.choose(Order.LIKENESS, "board", "library")
    assert orders.of("", "library") is Order.NEWEST
    assert orders.of("board", "library") is Order.NEWEST


def test_the_places_chosen_last_are_remembered() -> None:
    orders = PlaceOrders()
    for number in range(PLACES_KEPT + 3):
        orders.choose(Order.NAME, f"board {number}", "library")
    orders.choose(Order.RATING, "board 3", "library")
    assert len(orders.kept) == PLACES_KEPT
    assert orders.kept[-1] == ("board 3", "rating")
    assert PlaceOrders(orders.kept).kept == orders.kept


def test_each_place_keeps_its_order(stage: WindowStage) -> None:
    browsing, library = stage.window.ties.browsing, stage.session.pictures.the_library()
    board = library.create_board("Acme")
    stage.window.header.order_changed.emit(Order.NAME)
    stage.window.sidebar.query_requested.emit(Query(board_id=board.id))
    stage.window.header.order_changed.emit(Order.RATING)
    found = []
    for like in ("abc", ""):
        browsing.search_alike(like)
        found.append(stage.session.gallery.query.order)
    stage.window.sidebar.query_requested.emit(Query())
    found.append(stage.session.gallery.query.order)
    assert found == [Order.LIKENESS, Order.RATING, Order.NAME]


def test_order_arrangement_size_and_what_is_left_out_come_back_after_a_restart(stage: WindowStage) -> None:
    window, library = stage.window, stage.session.pictures.the_library()
    board = library.create_board("Acme")
    window.sidebar.query_requested.emit(Query(board_id=board.id))
    window.header.order_changed.emit(Order.RATING)
    window.header.arrangement_changed.emit(Arrangement.JUSTIFIED)
    window.header.tile_px_changed.emit(300)
    settings = replace(window.settings(), hides_rejected=True, library_id=library.id)
    stage.session.gallery.set_query(Query())
    window.gallery.arrangement, window.gallery.tile_px = Arrangement.WHOLE, 100
    window.gallery.come_back(decode(Settings, encode(settings)))
    query = stage.session.gallery.query
    assert (query.board_id, query.order, query.hides_rejected) == (board.id, Order.RATING, True)
    assert (window.gallery.arrangement, window.gallery.tile_px) == (Arrangement.JUSTIFIED, 300)
