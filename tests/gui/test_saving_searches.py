"""Saved searches in the real window: the star keeps one, the sidebar opens it, nothing of them is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.places import Entry, Place
from seedream_desktop.gui.saving_searches import SavingSearches, kept_form
from seedream_desktop.library.library import open_library
from seedream_desktop.library.values import Order, Query
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def tie(stage: WindowStage) -> SavingSearches:
    return stage.window.ties.saving_searches


def entries(stage: WindowStage) -> list[Entry]:
    places = stage.window.sidebar._entries
    return [entry for row in range(places.rowCount()) if (entry := places.entry(row)) is not None]


def searches(stage: WindowStage) -> dict[str, int | None]:
    return {entry.words: entry.count for entry in entries(stage) if entry.place is Place.SEARCH}


def shown(stage: WindowStage) -> list[str]:
    return [entry.words for entry in entries(stage) if entry.is_shown]


def save(stage: WindowStage, text: str, name: str) -> str:
    stage.window.header.search.ask_for(text)
    tie(stage).ask()
    popup = tie(stage).popup
    popup.field.setText(name)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: name in searches(stage))
    return next(entry.search_id for entry in entries(stage) if entry.words == name)


def said(stage: WindowStage) -> str:
    return stage.window.notices._words.text()


def click_star(stage: WindowStage) -> None:
    stage.window.header.search.save_requested.emit()


def test_there_is_no_section_without_a_saved_search(stage: WindowStage) -> None:
    assert not any(entry.place is Place.SEARCHES_CAPTION for entry in entries(stage))
    save(stage, "cat", "Cats")
    assert [entry.words for entry in entries(stage) if entry.place is Place.SEARCHES_CAPTION] == [
        "Saved searches"
    ]


def test_the_star_proposes_the_words_and_is_full_once_they_are_saved(stage: WindowStage) -> None:
    stage.fill(3)
    field = stage.window.header.search
    field.ask_for("poster rating:0")
    click_star(stage)
    assert tie(stage).popup.field.text() == "poster rating:0"
    assert not tie(stage).popup.update_button.isVisible()
    QTest.keyClick(tie(stage).popup.field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: searches(stage) == {"poster rating:0": 3})
    stage.qtbot.waitUntil(lambda: field._is_saved)
    assert shown(stage) == ["poster rating:0"]
    field.ask_for("poster")
    assert not field._is_saved
    field.ask_for("poster  rating:0")
    assert field._is_saved


def test_a_full_star_lets_the_search_go_which_is_taken_back(stage: WindowStage, session: Session) -> None:
    save(stage, "cat", "Cats")
    stage.qtbot.waitUntil(lambda: stage.window.header.search._is_saved)
    click_star(stage)
    stage.qtbot.waitUntil(lambda: not searches(stage))
    assert not stage.window.header.search._is_saved
    session.undo.undo()
    stage.qtbot.waitUntil(lambda: list(searches(stage)) == ["Cats"])


def test_a_saved_search_is_opened_with_its_words_and_its_order(stage: WindowStage, session: Session) -> None:
    stage.fill(2)
    library = session.pictures.the_library()
    library.searches.save("Best", Query(text="poster", order=Order.RATING))
    session.searches.read()
    stage.qtbot.waitUntil(lambda: searches(stage) == {"Best": 2})
    row = [entry.words for entry in entries(stage)].index("Best")
    places = stage.window.sidebar.places
    QTest.mouseClick(
        places.viewport(),
        Qt.MouseButton.LeftButton,
        pos=places.visualRect(places.model().index(row, 0)).center(),
    )
    assert session.gallery.query.order is Order.RATING
    assert stage.window.header.search.text() == "poster"
    assert shown(stage) == ["Best"]
    stage.qtbot.waitUntil(lambda: stage.window.ties.browsing._title() == "Best")  # with its rows
    stage.window.sidebar.query_requested.emit(Query())
    assert shown(stage) == ["All pictures"]
    stage.qtbot.waitUntil(lambda: stage.window.ties.browsing._title() == "All pictures")


def test_what_was_opened_and_edited_is_updated_or_saved_as_new(stage: WindowStage, session: Session) -> None:
    search_id = save(stage, "cat", "Cats")
    tie(stage).open(search_id)
    stage.window.header.search.ask_for("cat red")
    assert shown(stage) == ["Cats"]
    click_star(stage)
    popup = tie(stage).popup
    assert popup.update_button.isVisible()
    assert popup.update_button.text() == "Update Cats"
    assert popup.field.text() == "cat red"
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: session.searches.searches[0].query.text == "cat red")
    stage.qtbot.waitUntil(lambda: stage.window.header.search._is_saved)
    stage.window.header.search.ask_for("cat blue")
    click_star(stage)
    popup.field.setText("Blue cats")
    QTest.mouseClick(popup.save_button, Qt.MouseButton.LeftButton)
    stage.qtbot.waitUntil(lambda: list(searches(stage)) == ["Blue cats", "Cats"])


def test_another_order_makes_an_opened_search_another_one(stage: WindowStage) -> None:
    search_id = save(stage, "cat", "Cats")
    stage.qtbot.waitUntil(lambda: stage.window.header.search._is_saved)
    tie(stage).open(search_id)
    stage.window.header.order_changed.emit(Order.OLDEST)
    assert not stage.window.header.search._is_saved
    stage.window.header.order_changed.emit(Order.NEWEST)
    assert stage.window.header.search._is_saved


def test_a_name_that_is_taken_is_said_and_nothing_is_replaced(stage: WindowStage, session: Session) -> None:
    save(stage, "cat", "Cats")
    dogs = save(stage, "dog", "Dogs")
    stage.window.header.search.ask_for("bird")
    tie(stage).ask()
    popup = tie(stage).popup
    popup.field.setFocus()
    popup.field.setText("cATS")
    assert not popup.save_button.isEnabled()
    assert "has that name" in popup.note.text()
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()
    popup.close()
    stage.window.sidebar.search_renamed.emit(dogs, "Cats")
    assert "Nothing was renamed" in said(stage)
    assert [(one.name, one.query.text) for one in session.searches.searches] == [
        ("Cats", "cat"),
        ("Dogs", "dog"),
    ]


def test_f2_renames_in_place_and_delete_removes(stage: WindowStage) -> None:
    save(stage, "cat", "Cats")
    sidebar = stage.window.sidebar
    row = [entry.words for entry in entries(stage)].index("Cats")
    sidebar.places.setCurrentIndex(sidebar.places.model().index(row, 0))
    sidebar.places.setFocus()
    QTest.keyClick(sidebar.places, Qt.Key.Key_F2)
    assert sidebar._name.text() == "Cats"
    sidebar._name.setText("Kittens")
    QTest.keyClick(sidebar._name, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: list(searches(stage)) == ["Kittens"])
    QTest.keyClick(sidebar.places, Qt.Key.Key_Delete)
    stage.qtbot.waitUntil(lambda: not searches(stage))


def acts(menu: QMenu) -> dict[str, bool]:
    return {act.text(): act.isEnabled() for act in menu.actions() if act.text()}


def test_the_menu_offers_what_can_be_done(stage: WindowStage, session: Session) -> None:
    search_id = save(stage, "cat", "Cats")
    search = session.searches.find(search_id)
    assert search is not None
    assert acts(tie(stage).menu(search)) == {
        "Open": True,
        "Update to what is searched for now": False,
        "Rename…": True,
        "Remove": True,
    }
    stage.window.header.search.ask_for("dog")
    assert acts(tie(stage).menu(search))["Update to what is searched for now"]
    stage.window.sidebar.search_menu_requested.emit(search_id, QPoint(0, 0))
    for menu in stage.window.sidebar.findChildren(QMenu):
        menu.close()


def test_a_search_on_a_board_that_is_gone_searches_all_pictures_and_says_so(
    stage: WindowStage, session: Session
) -> None:
    session.pictures.the_library().searches.save("Lost", Query("f" * 32, text="poster"))
    session.searches.read()
    stage.qtbot.waitUntil(lambda: "Lost" in searches(stage))
    tie(stage).open(session.searches.searches[0].id)
    stage.qtbot.waitUntil(lambda: session.gallery.query.text == "poster")
    assert session.gallery.query.board_id == ""
    assert "is not here any more" in said(stage)


def test_a_search_on_a_board_opens_there(stage: WindowStage, session: Session) -> None:
    library = session.pictures.the_library()
    board = library.create_board("Acme")
    library.searches.save("Acme cats", Query(board.id, text="cat"))
    session.pictures.tell_everything()
    stage.qtbot.waitUntil(lambda: "Acme cats" in searches(stage))
    tie(stage).open(session.searches.searches[0].id)
    stage.qtbot.waitUntil(lambda: session.gallery.query.board_id == board.id)
    assert shown(stage) == ["Acme cats"]


def test_what_another_machine_does_to_searches_comes_by_itself(
    stage: WindowStage, session: Session, tmp_path: Path
) -> None:
    root = session.pictures.the_library().root
    there = open_library(root, tmp_path / "there.sqlite3", "2" * 32, settle_s=0.0)
    for name in ("Cats", "Dogs"):  # the first one makes the folder
        there.searches.save(name, Query(text=name))
        stage.qtbot.waitUntil(lambda name=name: name in searches(stage), timeout=15_000)  # type: ignore[misc]
    there.searches.remove(there.searches.all()[0].id)
    stage.qtbot.waitUntil(lambda: list(searches(stage)) == ["Dogs"], timeout=15_000)
    there.close()


def test_a_damaged_search_is_named(stage: WindowStage, session: Session) -> None:
    session.searches.damaged.emit(("ab.json",))
    assert "ab.json" in said(stage)


def test_a_search_by_picture_is_saved_counted_and_opened_with_its_picture(
    stage: WindowStage, session: Session
) -> None:
    pictures = stage.fill(3)
    field, browsing = stage.window.header.search, stage.window.ties.browsing
    stage.window.ties.liking.show_alike(pictures[1])
    stage.qtbot.waitUntil(lambda: session.gallery.picture_count == 1)
    assert field._star.isVisible()
    tie(stage).ask()
    assert tie(stage).popup.field.text() == "Pictures that look alike"
    QTest.keyClick(tie(stage).popup.field, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: searches(stage) == {"Pictures that look alike": 1})
    (saved,) = session.searches.searches
    browsing.show_query(Query(text="valley"))
    stage.qtbot.waitUntil(lambda: session.gallery.picture_count == 3)
    assert shown(stage) == ["All pictures"]
    tie(stage).open(saved.id)
    stage.qtbot.waitUntil(lambda: session.gallery.picture_count == 1)
    stage.qtbot.waitUntil(lambda: not field._like_picture.isNull())
    assert (shown(stage), session.gallery.query.order) == (["Pictures that look alike"], Order.LIKENESS)
    field.remove_like()
    assert shown(stage) == ["All pictures"]


def test_a_saved_search_that_another_library_took_the_place_of_is_not_opened(
    stage: WindowStage, session: Session
) -> None:
    search_id = save(stage, "cat", "Cats")
    search = session.searches.find(search_id)
    assert search is not None
    session.searches.searches = ()
    tie(stage)._open_on(search, None)
    assert "not here any more" not in said(stage)


def test_what_cannot_be_saved_offers_no_star(stage: WindowStage) -> None:
    browsing, field = stage.window.ties.browsing, stage.window.header.search
    for query in (Query(), Query(text="cat", trash=True), Query(like="ab", trash=True)):
        browsing.show_query(query)
        assert not field._star.isVisible()
    stage.window.commands.save_search_requested.emit()
    assert "Search for something first" in said(stage)
    browsing.show_query(Query(text="cat"))
    assert field._star.isVisible()
    stage.window.sidebar.unfinished_requested.emit()
    assert not field._star.isVisible()


def test_today_is_kept_as_a_word(stage: WindowStage, session: Session) -> None:
    query = Query(text="cat", since_ms=123, hides_rejected=True)
    assert kept_form(query) == Query(text="cat date:today")
    assert kept_form(replace(query, text='"a cat')).text == '"a cat" date:today'  # the quotes end
    stage.fill(1)
    library = session.pictures.the_library()
    assert library.lookup.count(kept_form(Query(since_ms=0))) in {0, 1}
