"""What others do to the files of an open library is seen within seconds, ratings and recipes intact."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import Credentials
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.settings import Settings, places
from seedream_desktop.state import folder_watch
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from tests.library.faults import forbidden
from tests.library.filled import fill
from tests.library.index_contents import equals_a_fresh_rebuild

SECONDS_MS = 5_000  # within which a change is to be seen
COUNT = 6


def picture_bytes(number: int) -> bytes:
    """A picture's bytes, as far as anything here looks."""
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x1e\x00\x00\x00\x14"
    return header + b"\x00" * 8 + str(number).encode()


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """One on a library with six pictures on two boards, each rated by its number."""
    root = tmp_path / "library"
    fill(root, tmp_path / "made.sqlite3", COUNT, picture_bytes)
    library = open_library(root, tmp_path / "made.sqlite3", "filled")
    for picture in library.pictures(library.ids(Query())):
        library.mark([picture.id], rating=picture.number % 6)
    library.close()
    catalog = load_catalog(resource_path("models.toml"))
    credentials = Credentials("http://127.0.0.1", None, lambda: None)
    session = Session(
        places(tmp_path / "data"),
        Settings(machine_id="m" * 32),
        Provider("http://127.0.0.1:9", lambda: credentials),
        catalog,
    )
    session.open(root)
    qtbot.waitUntil(lambda: session.pictures.library is not None)
    the_library(session)._folder._settle_s = 0.0
    until(qtbot, lambda: len(session.gallery.rows_of(the_library(session).ids(Query()))) == COUNT)
    qtbot.waitUntil(lambda: session.watcher.synchronising.is_idle)
    yield session
    assert session.close(5000)


def the_library(session: Session) -> Library:
    return session.pictures.the_library()


def until(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=SECONDS_MS * 12)  # a busy machine


def by_number(session: Session) -> dict[int, Picture]:
    library = the_library(session)
    return {picture.number: picture for picture in library.pictures(library.ids(Query()))}


def at(session: Session, number: int, path: Path) -> bool:
    """Whether the picture is known at ``path``, in the gallery too, with its rating and its recipe."""
    library = the_library(session)
    (*found,) = library.pictures([path.relative_to(library.root).as_posix()])
    if not found or session.gallery.row_of(found[0].id) is None:
        return False
    made = library.record(found[0].id).made
    return found[0].rating == number % 6 and made.number == number and made.request is not None


def test_a_picture_that_is_moved_alone_is_found(session: Session, qtbot: QtBot) -> None:
    before = by_number(session)[1].path
    after = the_library(session).root / "Inbox" / before.name
    before.rename(after)
    until(qtbot, lambda: at(session, 1, after))
    assert len(by_number(session)) == COUNT


def test_a_renamed_picture_is_found(session: Session, qtbot: QtBot) -> None:
    before = by_number(session)[2].path
    after = before.with_name("hero.png")
    before.rename(after)
    until(qtbot, lambda: at(session, 2, after))
    assert len(by_number(session)) == COUNT


def test_a_renamed_board_keeps_its_id_and_its_pictures(session: Session, qtbot: QtBot) -> None:
    library = the_library(session)
    picture = by_number(session)[1]
    os.rename(picture.path.parent, library.root / "Renamed")  # noqa: PTH104
    until(qtbot, lambda: at(session, 1, library.root / "Renamed" / picture.path.name))
    board = library.board(picture.board_id)
    assert board is not None
    assert board.name == "Renamed"
    assert len(by_number(session)) == COUNT


def test_a_board_that_is_moved_into_another_is_found(session: Session, qtbot: QtBot) -> None:
    library = the_library(session)
    picture = by_number(session)[1]
    moved = library.root / "Inbox" / picture.path.parent.name
    picture.path.parent.rename(moved)
    until(qtbot, lambda: at(session, 1, moved / picture.path.name))


def test_a_copy_gets_a_record_of_its_own_with_the_same_recipe_and_marks(
    session: Session, qtbot: QtBot
) -> None:
    before = by_number(session)[3].path
    copy = before.with_name("copy.png")
    shutil.copy(before, copy)
    until(qtbot, lambda: at(session, 3, copy))
    assert (copy.parent / ".seedream" / "copy.png.json").is_file()
    assert len(the_library(session).ids(Query())) == COUNT + 1


def test_an_edit_in_place_is_seen_and_keeps_the_rating(session: Session, qtbot: QtBot) -> None:
    picture = by_number(session)[4]
    picture.path.chmod(0o644)
    picture.path.write_bytes(picture_bytes(400) + b"edited")
    os.utime(picture.path, ns=(1, 1_700_000_000 * 10**9))

    def is_edited() -> bool:
        return the_library(session).record(picture.id).made.edited_from == picture.sha256

    until(qtbot, is_edited)
    (edited,) = the_library(session).pictures([picture.id])
    assert edited.rating == 4


def test_a_foreign_picture_is_seen(session: Session, qtbot: QtBot) -> None:
    (the_library(session).root / "Inbox" / "photo.png").write_bytes(picture_bytes(99))
    until(qtbot, lambda: session.gallery.row_of("Inbox/photo.png") is not None)


def test_a_deleted_picture_goes_and_comes_back_with_all_that_was_said_of_it(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = by_number(session)[5]
    picture.path.rename(tmp_path / "kept.png")
    until(qtbot, lambda: session.gallery.row_of(picture.id) is None)
    back = the_library(session).root / "Inbox" / "back.png"
    (tmp_path / "kept.png").rename(back)
    until(qtbot, lambda: at(session, 5, back))


def test_marks_of_another_machine_are_seen(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    picture = by_number(session)[1]
    other = open_library(the_library(session).root, tmp_path / "other.sqlite3", "other")
    other.synchronise()
    other.mark([picture.id], title="theirs")
    other.close()
    until(qtbot, lambda: by_number(session)[1].title == "theirs")


def test_own_changes_are_over_soon(session: Session, qtbot: QtBot) -> None:
    library = the_library(session)
    looks: list[object] = []
    session.watcher.synchronising.ended.connect(looks.append)
    library.mark(library.ids(Query()), rating=1)
    qtbot.waitUntil(lambda: looks != [])
    qtbot.waitUntil(lambda: not session.watcher._again.isActive(), timeout=SECONDS_MS * 12)
    qtbot.waitUntil(lambda: session.watcher.synchronising.is_idle)
    assert len(looks) < 8
    assert equals_a_fresh_rebuild(library.root, session.places.index(library.id, library.root))


def test_no_picture_is_looked_at_while_the_library_is_held_against_its_files(
    session: Session, qtbot: QtBot
) -> None:
    is_waited_for = session.surveying._is_waited_for
    qtbot.waitUntil(lambda: not is_waited_for())
    session.watcher.synchronising.begin()
    assert is_waited_for()
    qtbot.waitUntil(lambda: not is_waited_for())


def test_a_drive_that_goes_and_comes_back_is_noticed(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    root = the_library(session).root
    with qtbot.waitSignal(session.watcher.presence_changed) as gone:
        root.rename(tmp_path / "away")
        root.mkdir()  # the mount point
    assert gone.args == [False]
    assert len(by_number(session)) == COUNT
    root.rmdir()
    (tmp_path / "away" / "Inbox" / "photo.png").write_bytes(picture_bytes(99))
    with qtbot.waitSignal(session.watcher.presence_changed) as back:
        (tmp_path / "away").rename(root)
    assert back.args == [True]
    until(qtbot, lambda: session.gallery.row_of("Inbox/photo.png") is not None)


def test_a_drive_that_cannot_even_be_asked_is_away_and_asked_again(session: Session, qtbot: QtBot) -> None:
    root = the_library(session).root
    with forbidden(root, errno.EIO):
        with qtbot.waitSignal(session.watcher.presence_changed, timeout=SECONDS_MS * 12) as gone:
            pass
        assert gone.args == [False]
    with qtbot.waitSignal(session.watcher.presence_changed, timeout=SECONDS_MS * 12) as back:
        pass
    assert back.args == [True]


def test_pictures_of_a_drive_that_is_away_do_not_count_as_missing_or_damaged(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    root, thumbnails = the_library(session).root, session.thumbnails
    picture = by_number(session)[3]
    with qtbot.waitSignal(session.watcher.presence_changed):
        root.rename(tmp_path / "away")
    thumbnails.pixmap(picture.sha256, picture.path)
    qtbot.waitUntil(lambda: not thumbnails.is_busy, timeout=SECONDS_MS)
    assert not thumbnails.has_failed(picture.sha256)
    with qtbot.waitSignal(thumbnails.thumbnail_ready) as ready:
        (tmp_path / "away").rename(root)
    assert ready.args == [picture.sha256]


def test_an_index_that_is_damaged_while_the_window_is_open_is_filled_again(
    session: Session, qtbot: QtBot
) -> None:
    library = the_library(session)
    library._index.doubt_search()
    qtbot.waitUntil(lambda: not library.needs_rebuild, timeout=SECONDS_MS * 12)
    assert len(library.ids(Query(text="blue"))) > 0


def test_where_the_system_says_nothing_the_times_of_folders_tell(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watch, "_WATCHES", 0)
    session.watcher.follow(the_library(session))
    qtbot.waitUntil(lambda: session.watcher.synchronising.is_idle)
    before = by_number(session)[2].path
    after = before.with_name("hero.png")
    before.rename(after)
    until(qtbot, lambda: at(session, 2, after))


@pytest.mark.parametrize(("slow_s", "is_watched"), [(60.0, True), (-1.0, False)])
def test_the_system_watches_no_folder_that_is_slow_to_answer(
    session: Session, monkeypatch: pytest.MonkeyPatch, slow_s: float, is_watched: bool
) -> None:
    monkeypatch.setattr(folder_watch, "_SLOW_S", slow_s)
    watch = folder_watch.FolderWatch()
    watch.follow(the_library(session).root)
    assert "Inbox" in watch._times
    assert (watch._system is not None and bool(watch._system.directories())) is is_watched
    watch.stop()


def test_a_library_whose_drive_comes_late_is_opened_then(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    root = the_library(session).root
    root.rename(tmp_path / "away")
    late = Session(session.places, Settings(machine_id="m" * 32), session.provider, session.catalog)
    late.watcher.synchronising.stop()  # built, as a window does
    with qtbot.waitSignal(late.pictures.failed):
        late.open(root, the_library(session).id)
    assert late.pictures.library is None
    with qtbot.waitSignal(late.watcher._folders.polled):
        pass
    (tmp_path / "away").rename(root)
    qtbot.waitUntil(lambda: late.pictures.library is not None, timeout=SECONDS_MS * 12)
    assert late.close(5000)


def test_the_library_is_checked_and_what_is_missing_is_told(session: Session, qtbot: QtBot) -> None:
    picture = by_number(session)[3]
    picture.path.unlink()
    with qtbot.waitSignal(session.watcher.checking_up.ended) as ended:
        session.watcher.checking_up.begin(None)
        assert session.watcher.checking_up.is_running
    assert ended.args
    checkup = ended.args[0]
    assert checkup.missing == (picture.id,)
    with qtbot.waitSignal(session.watcher.checking_up.forgotten) as forgotten:
        session.watcher.checking_up.forget_missing(checkup.missing)
    assert forgotten.args == [1]


def test_a_check_can_be_stopped(session: Session, qtbot: QtBot) -> None:
    def look(_: Path) -> None:
        session.watcher.checking_up.stop()

    with qtbot.waitSignal(session.watcher.checking_up.ended) as ended:
        session.watcher.checking_up.begin(look)
    assert ended.args
    assert not ended.args[0].is_complete


def test_a_rebuild_fills_the_gallery_and_can_be_stopped_and_gone_on_with(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedream_desktop.library.synchronise._AT_ONCE", 1)
    library = the_library(session)
    synchronising = session.watcher.synchronising
    library._index.close()
    fresh = open_library(library.root, tmp_path / "fresh.sqlite3", "m" * 32)
    session.pictures.library = fresh
    shown = session.activities

    def stop_early(done: int, _total: int) -> bool:
        for activity in tuple(shown._activities.values()) if done >= 3 else ():
            shown._ongoing[activity.id].cancel()
        return True

    run = fresh.synchronise
    monkeypatch.setattr(
        fresh,
        "synchronise",
        lambda proceed: run(lambda done, total: stop_early(done, total) and proceed(done, total)),
    )
    with qtbot.waitSignal(synchronising.stopped):
        synchronising.begin()
    assert 0 < len(fresh.ids(Query())) < COUNT
    assert fresh.needs_rebuild
    synchronising.mend()  # not by itself
    assert synchronising.is_idle
    monkeypatch.setattr(fresh, "synchronise", run)
    synchronising.begin()
    qtbot.waitUntil(lambda: not fresh.needs_rebuild, timeout=SECONDS_MS * 12)
    assert len(fresh.ids(Query())) == COUNT
