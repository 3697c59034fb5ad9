"""A session with its real pipeline, client, journal and library, against the stand-in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import Credentials
from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.imaging.checking import check_picture
from seedream_desktop.journal import Journal
from seedream_desktop.library.library import Library
from seedream_desktop.settings import Settings, places
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from seedream_desktop.state.tiles import JobTile
from tests.demo_fixtures import Demo
from tests.jobs import a_job

PATIENCE_MS = 20_000


def session_at(folder: Path, demo: Demo) -> Session:
    settings = Settings(recipe=Recipe(prompt="a red fox"), machine_id="m" * 32)
    credentials = Credentials("http://127.0.0.1", demo.key, lambda: None)
    catalog = load_catalog(resource_path("models.toml"))
    return Session(places(folder / "data"), settings, Provider(demo.base_url, lambda: credentials), catalog)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, demo: Demo) -> Iterator[Session]:
    """One that is not open yet; its key is known."""
    session = session_at(tmp_path, demo)
    with qtbot.waitSignal(session.account.key_changed, timeout=PATIENCE_MS):
        session.account.load()
    yield session
    assert session.close(5000)


def opened(session: Session, root: Path, qtbot: QtBot) -> None:
    session.open(root)
    qtbot.waitUntil(lambda: session.target_board() is not None, timeout=PATIENCE_MS)


def test_a_damaged_journal_is_set_aside_and_named(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.places.journal.parent.mkdir(parents=True, exist_ok=True)
    session.places.journal.write_bytes(b"SQLite format 3\0" + b"garbage" * 1000)
    said: list[Problem] = []
    session.pictures.failed.connect(said.append)
    opened(session, tmp_path / "library", qtbot)
    qtbot.waitUntil(lambda: said != [], timeout=PATIENCE_MS)
    assert said == [Problem(ProblemKind.JOURNAL_SET_ASIDE, subject="journal-set-aside-1.sqlite3")]


def test_the_models_of_the_key_are_listed_once_it_is_known(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.model_list.changed, timeout=PATIENCE_MS):
        session.account.load()
    assert session.draft.model.id in session.model_list.offer.listed
    assert all("seed-1-6" not in one for one in session.model_list.offer.listed)


def test_references_come_along_to_another_library_and_no_disk_is_asked_on_the_gui_thread(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "fox.png"
    Image.new("RGB", (64, 48), "red").save(picture)
    opened(session, tmp_path / "library", qtbot)
    session.intake.take_files((picture,))
    qtbot.waitUntil(lambda: bool(session.draft.recipe.references), timeout=PATIENCE_MS)
    (reference,) = session.draft.recipe.references or ()
    asked_on: list[int] = []
    path_of = Library.reference_path

    def note(library: Library, one: Reference) -> Path:
        asked_on.append(threading.get_ident())
        return path_of(library, one)

    monkeypatch.setattr(Library, "reference_path", note)
    session.open(tmp_path / "another")
    assert threading.get_ident() not in asked_on
    another = tmp_path / "another" / ".seedream" / "references"
    qtbot.waitUntil(lambda: [*another.rglob(f"{reference.sha256}.*")] != [], timeout=PATIENCE_MS)
    assert session._acting.drain(PATIENCE_MS)


def test_a_refused_4k_becomes_a_3k_that_is_saved(
    session: Session, demo: Demo, qtbot: QtBot, tmp_path: Path
) -> None:
    demo.set_fault("older_sizes")
    opened(session, tmp_path / "library", qtbot)
    session.draft.set_size(Size(preset="4K"))
    with qtbot.waitSignal(session.queue.idle, timeout=PATIENCE_MS):
        (job,) = session.press()
    tile = session.gallery.tile(0)
    assert isinstance(tile, JobTile)
    assert tile.safer is not None
    session.queue.retry_with(job.id, tile.safer)
    (again,) = session.queue.jobs
    assert (again.request.size, again.recipe.size, again.price_usd) == (Size(preset="3K"),) * 2 + (0.035,)
    assert replace(again.request, size=job.request.size) == job.request
    qtbot.waitUntil(lambda: not session.queue.jobs, timeout=PATIENCE_MS)
    assert [post["fields"]["size"] for post in demo.posts()] == ["4K", "3K"]


@pytest.mark.parametrize(("origin", "is_used"), [("", True), ("https://elsewhere.example/v1", False)])
def test_a_remembered_list_is_that_of_its_origin(
    qtbot: QtBot, tmp_path: Path, demo: Demo, origin: str, is_used: bool
) -> None:
    listed = ("seedream-5-0-pro-260628",)
    settings = Settings(listed_models=listed, listed_origin=origin or demo.base_url)
    provider = Provider(demo.base_url, lambda: Credentials("http://127.0.0.1", None, lambda: None))
    catalog = load_catalog(resource_path("models.toml"))
    session = Session(places(tmp_path / "data"), settings, provider, catalog)
    assert bool(session.model_list.offer.folded) is is_used
    assert session.close(5000)


@pytest.mark.parametrize("fault", ["delay", "silence"])
def test_cancel_takes_effect_at_once_and_hangs_up(
    session: Session, demo: Demo, qtbot: QtBot, tmp_path: Path, fault: str
) -> None:
    if fault == "silence":
        demo.set_fault("silence")
    else:
        demo.set_delay(60)
    opened(session, tmp_path / "library", qtbot)
    (job,) = session.press()
    qtbot.waitUntil(lambda: [one["body_complete"] for one in demo.posts()] == [True], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.queue.running != () and bool(session.queue.progress_of(job.id)))
    began_s, began_at = time.monotonic(), time.time()
    session.queue.cancel(job.id)
    session.queue.cancel(job.id)
    qtbot.waitUntil(lambda: not session.queue.running)
    took_s = time.monotonic() - began_s
    demo.wait_for(lambda seen: all(one["closed_at"] for one in seen if one["method"] == "POST"))
    (post,) = demo.posts()
    assert took_s < 0.1 * slack()
    assert post["closed_at"] - began_at < 0.1 * slack()
    assert [one.state for one in session.queue.jobs] == [JobState.UNKNOWN]


def slack() -> float:
    """How much longer a machine may take that is busy with something else now: 1 and more."""
    began_s = time.perf_counter()
    used_s = time.process_time()
    sum(range(2_000_000))
    return max(1.0, 2 * (time.perf_counter() - began_s) / max(1e-6, time.process_time() - used_s))


def test_without_a_library_pressing_says_why(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "library").write_bytes(b"")
    with qtbot.waitSignal(session.pictures.failed, timeout=PATIENCE_MS):
        session.open(tmp_path / "library")
    with qtbot.waitSignal(session.pictures.failed) as told:
        assert session.press() == ()
    assert told.args is not None
    assert told.args[0].kind is ProblemKind.FOLDER_NOT_WRITABLE


def test_another_library_is_not_taken_for_the_known_one(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.pictures.failed, timeout=PATIENCE_MS) as told:
        session.open(tmp_path / "mount", "the id of the one that is unplugged")
    assert told.args is not None
    assert told.args[0].kind is ProblemKind.LIBRARY_AWAY
    assert not (tmp_path / "mount").exists()


def test_what_a_killed_process_may_have_spent_is_on_record(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(session, tmp_path / "library", qtbot)
    library = session.pictures.the_library()
    job = replace(
        a_job(JobState.UNKNOWN),
        library_id=library.id,
        sending_ms=1_790_000_000_000,
        problem=Problem(ProblemKind.ENDED_WHILE_SENDING, billed=Billed.MAYBE),
    )
    session.recovering.take_over((job,))
    qtbot.waitUntil(lambda: bool(list(library.root.glob(".seedream/spend/*/*.json"))), timeout=PATIENCE_MS)


def test_a_session_that_was_never_opened_builds_nothing_to_be_closed(
    qtbot: QtBot, tmp_path: Path, demo: Demo
) -> None:
    session = session_at(tmp_path, demo)
    assert session.close(2000)
    assert not (tmp_path / "data").exists()


def test_references_come_along_to_another_library(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    opened(session, tmp_path / "one", qtbot)
    session.press()
    qtbot.waitUntil(lambda: session.gallery.rowCount() == 1 and not session.queue.jobs, timeout=PATIENCE_MS)
    library = session.pictures.the_library()
    path = next((tmp_path / "one" / "Inbox").glob("*.jpeg"))
    reference = library.add_reference(path, check_picture(path, None), "fox.jpeg")
    session.draft.add_references((reference,))
    session.open(tmp_path / "two")
    there = tmp_path / "two" / ".seedream" / "references"
    qtbot.waitUntil(lambda: any(there.rglob(f"{reference.sha256}.*")), timeout=PATIENCE_MS)


def test_the_journal_is_as_it_should_be_after_the_end(qtbot: QtBot, tmp_path: Path, demo: Demo) -> None:
    demo.set_delay(60)
    session = session_at(tmp_path, demo)
    session.account.load()
    opened(session, tmp_path / "library", qtbot)
    qtbot.waitUntil(lambda: session.account.has_key)
    session.press()
    qtbot.waitUntil(lambda: [one["body_complete"] for one in demo.posts()] == [True], timeout=PATIENCE_MS)
    began_s = time.monotonic()
    assert session.close(2000)
    assert time.monotonic() - began_s < 2.5
    journal = Journal(tmp_path / "data" / "journal.sqlite3")
    assert [job.state for job in journal.open_jobs()] == [JobState.UNKNOWN]
    journal.close()


def test_a_reference_that_is_drawn_before_the_library_is_open_leaves_acts_to_the_gui_thread(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as pool:  # as the tray's thumbnails are made while the window starts
        asked = pool.submit(session.reference_path, Reference("0" * 64, "image/png", 8, 8, 99))
        with pytest.raises(ProblemError) as raised:
            asked.result()
    assert raised.value.problem.kind is ProblemKind.LIBRARY_AWAY
    opened(session, tmp_path / "library", qtbot)
    with qtbot.waitSignal(session.pictures.acts.done, timeout=PATIENCE_MS):
        session.pictures.acts.rate(("Inbox/none.png",), 3)
