"""What one running application does is seen in another one's gallery, through a real synchroniser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import Credentials
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.settings import Settings, places
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from tests.library.filled import fill
from tests.library.syncthing import Syncthing, bring_all, is_there, join, part, two_synchronisers

pytestmark = pytest.mark.skipif(not is_there(), reason="syncthing is not installed")

SEEN_S = 20.0  # after its arrival; a busy machine
PATIENCE_MS = 60_000
COUNT = 4


def picture_bytes(number: int) -> bytes:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x1e\x00\x00\x00\x14"
    return header + b"\x00" * 8 + str(number).encode()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Syncthing, Syncthing]]:
    """Two folders with the same library in them."""
    first, second = tmp_path / "a", tmp_path / "b"
    fill(first, tmp_path / "made.sqlite3", COUNT, picture_bytes)
    second.mkdir()
    with two_synchronisers(tmp_path, first, second) as pair:
        bring_all(*pair)
        yield pair


@pytest.fixture
def sessions(qtbot: QtBot, tmp_path: Path, pair: tuple[Syncthing, Syncthing]) -> Iterator[list[Session]]:
    """An application on each."""
    credentials = Credentials("http://127.0.0.1", None, lambda: None)
    catalog = load_catalog(resource_path("models.toml"))
    opened = []
    for number, one in enumerate(pair):
        session = Session(
            places(tmp_path / f"data {number}"),
            Settings(machine_id=str(number) * 32),
            Provider("http://127.0.0.1:9", lambda: credentials),
            catalog,
        )
        session.open(one.folder)
        opened.append(session)
    qtbot.waitUntil(lambda: all(len(shown(session)) == COUNT for session in opened), timeout=PATIENCE_MS)
    yield opened
    assert all(session.close(5000) for session in opened)


def shown(session: Session) -> dict[str, Picture]:
    """The pictures of the open library by their bytes."""
    library = session.pictures.library
    if library is None:
        return {}
    ids = [one for one in library.ids(Query()) if session.gallery.row_of(one) is not None]
    return {picture.sha256: picture for picture in library.pictures(ids)}


def test_what_arrives_is_seen_within_seconds(
    qtbot: QtBot,
    pair: tuple[Syncthing, Syncthing],
    sessions: list[Session],
    say_figures: Callable[[str], None],
) -> None:
    first, second = sessions
    ours = next(iter(shown(first).values()))
    library = first.pictures.the_library()
    library.mark([ours.id], rating=4, title="from the other machine", add_tags=["client"])
    record = library._folder.record_path(ours.id).read_bytes()
    target = pair[1].folder / library._folder.record_path(ours.id).relative_to(pair[0].folder)
    qtbot.waitUntil(lambda: target.is_file() and target.read_bytes() == record, timeout=PATIENCE_MS)
    arrived_s = time.monotonic()
    qtbot.waitUntil(lambda: shown(second)[ours.sha256].rating == 4, timeout=PATIENCE_MS)
    seen_s = time.monotonic() - arrived_s
    assert shown(second)[ours.sha256].title == "from the other machine"
    assert seen_s < SEEN_S
    say_figures(f"syncthing: another machine's rating in the gallery {seen_s:.1f} s after its file")


@pytest.mark.endurance
def test_two_running_applications_agree_after_they_were_apart(
    qtbot: QtBot, pair: tuple[Syncthing, Syncthing], sessions: list[Session]
) -> None:
    part(*pair)
    libraries = [session.pictures.the_library() for session in sessions]
    (kept, moved, thrown, rated) = sorted(shown(sessions[0]).values(), key=lambda one: one.number)
    libraries[0].mark([kept.id], rating=5)
    libraries[1].mark([kept.id], title="both", add_tags=["blue"])
    board = libraries[0].create_board("New")
    libraries[0].move([moved.id], board.id)
    libraries[1].mark([moved.id], rating=3)
    for library in libraries:
        library.trash([thrown.id])
    libraries[0].trash([rated.id])
    libraries[1].mark([rated.id], note="wait")
    join(*pair)
    bring_all(*pair)

    def is_agreed() -> bool:
        views = [
            (
                {one.sha256: (one.id, one.rating, one.title) for one in shown(session).values()},
                [entry.id for entry in library.trashed()],
                library.boards(),
            )
            for session, library in zip(sessions, libraries, strict=True)
        ]
        return views[0] == views[1] and len(views[0][0]) == 2 and len(views[0][1]) == 2

    qtbot.waitUntil(is_agreed, timeout=2 * PATIENCE_MS)
    bring_all(*pair)
    qtbot.waitUntil(lambda: shown(sessions[0])[moved.sha256].rating == 3, timeout=2 * PATIENCE_MS)
    assert (shown(sessions[0])[kept.sha256].rating, shown(sessions[0])[kept.sha256].title) == (5, "both")
    assert not [*pair[0].folder.rglob("*sync-conflict*")]
