"""Boards, libraries, saved searches, pictures and words in any order, while searches are under way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.library.values import Order, Query
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage

BOARDS = ("Acme", "海报", "\u05e2\u05d1\u05e8\u05d9\u05ea", "😀", "a" * 120)
SEARCHES = ("Blue", "蓝", "\u05e9\u05dc\u05d5\u05dd", "\u202eevil", "a" * 120, "<b>x</b>", "&x")
LINES = ("blue", "valley", '"open', "rating:>=", "-", 'tag:"', "that blue one from march", "三月那张蓝色的")


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def prepare(stage: WindowStage) -> tuple[list[str], list[str]]:
    """Boards and fingerprints."""
    stage.fill(6)
    library = stage.session.pictures.the_library()
    boards = [library.create_board(name).id for name in BOARDS]
    likes = [stage.session.worker.fingerprint(one.path) for one in library.pictures(library.ids(Query()))]
    for name in SEARCHES:
        library.searches.save(name, Query(text=name, board_id=random.Random(name).choice((*boards, "gone"))))
    library.searches.save("Alike", Query(like=likes[0], order=Order.LIKENESS))
    stage.session.pictures.tell_everything()
    stage.session.searches.read()
    return boards, likes


@pytest.mark.endurance
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_asked_for_in_between_the_last_wish_is_shown(stage: WindowStage, seed: int) -> None:
    boards, likes = prepare(stage)
    window, session, chance = stage.window, stage.session, random.Random(seed)
    field, places = window.header.search, [stage.folder / "library", stage.folder / "another"]
    for _ in range(250):
        match chance.randrange(10):
            case 0:
                field.ask_for(chance.choice(LINES))
            case 1:
                window.sidebar.query_requested.emit(Query(board_id=chance.choice(boards)))
            case 2 if session.searches.searches:
                window.ties.saving_searches.open(chance.choice(session.searches.searches).id)
            case 3:
                window.ties.browsing.show_alike(chance.choice(likes))
            case 4:
                field.clear_all()
            case 5:
                field.insert(chance.choice("abc 蓝"))
            case 6:
                window.header.order_changed.emit(chance.choice(list(Order)))
            case 7 if chance.random() < 0.15:
                places.reverse()
                session.open(places[0])
            case 8:
                window.sidebar.unfinished_requested.emit()
            case _:
                stage.qtbot.wait(chance.randrange(20))
    with stage.qtbot.waitSignal(session.pictures.opened):
        session.open(places[0])
    field.clear_all()
    gallery = session.gallery
    for _ in range(2):  # where one is already, everything is shown
        window.sidebar.query_requested.emit(Query())
    stage.qtbot.waitUntil(lambda: gallery.picture_count == session.pictures.the_library().counts().all)
    assert (field.text(), field.like) == (gallery.query.text, gallery.query.like) == ("", "")
