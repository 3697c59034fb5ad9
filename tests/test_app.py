"""The application as a whole: one process, its demo, its library and its key; by real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest

from tests.demo_fixtures import Demo
from tests.driven import PROMPT, Driven, pictures_in

KEY = "k9Zq-unique-sentinel-4711-XyZ"  # not of a shape that a filter would know


class Starter:
    """Starts applications on one data directory, and ends what is left of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data_dir = folder / "data"
        self.library = folder / "library"
        self.started: list[Driven] = []

    def __call__(self, *arguments: str, key: str | None = "sk-of-the-environment") -> Driven:
        application = Driven(self.data_dir, *arguments, key=key)
        self.started.append(application)
        return application

    def ready(self, *arguments: str) -> Driven:
        """One that has its library and a key."""
        application = self("--library", str(self.library), *arguments)
        application.wait_until_ready()
        return application


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    starter = Starter(tmp_path)
    yield starter
    for application in starter.started:
        application.kill()


def sockets() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("seedream-desktop-*")}


AT_FIRST_PAINT = """
import json, linecache, os, sys
from seedream_desktop.__main__ import main

def say(application):
    heavy = {"hashlib", "httpx", "keyring", "PIL", "sqlite3", "multiprocessing", "unittest"}
    sources = [name for name in linecache.cache if "seedream_desktop" in name]
    print(json.dumps([sorted(heavy & sys.modules.keys()), sources]))
    sys.stdout.flush()
    os._exit(0)

main(sys.argv[1:], say)
"""


def test_nothing_is_loaded_before_the_first_paint_that_it_does_without(tmp_path: Path) -> None:
    """Neither heavy modules, nor the sources that Qt for Python would keep of all modules."""
    arguments = ("--data-dir", str(tmp_path / "data"), "--library", str(tmp_path / "library"))
    command = [sys.executable, "-c", AT_FIRST_PAINT, *arguments]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True)
    heavy, sources = json.loads(done.stdout.splitlines()[-1])
    assert heavy == []
    assert sources == []


def test_a_second_start_hands_files_and_library_over_and_ends(start: Starter, tmp_path: Path) -> None:
    picture, other = tmp_path / "图 1.png", tmp_path / "other"
    PIL.Image.new("RGB", (64, 48)).save(picture)
    first = start.ready()
    assert start("--library", str(other), str(picture)).wait()[0] == 0
    first.wait_for(f"str(session.pictures.library.root) == {str(other)!r}")
    first.wait_for("[one.name for one in session.draft.recipe.references or ()] == ['图 1.png']")


def test_nothing_stays_in_the_temporary_folder(start: Starter) -> None:
    before = sockets()
    application = start.ready()
    application.wait_for("application._handover is not None")
    assert len(sockets() - before) == 1
    assert application.end()[0] == 0
    assert sockets() <= before


def test_nobody_is_locked_out_by_what_a_killed_process_left(start: Starter) -> None:
    start.ready().kill()
    assert start.ready().end()[0] == 0


def test_of_many_starts_at_once_one_stays_and_the_others_end_well(start: Starter) -> None:
    started = [start("--library", str(start.library)) for _ in range(4)]
    codes: list[int] = []
    while len(codes) < 3:
        codes = [one.process.returncode for one in started if one.process.poll() is not None]
    assert codes == [0, 0, 0]
    (left,) = [one for one in started if one.process.poll() is None]
    left.wait_until_ready()


def own_files(library: Path) -> list[str]:
    return sorted(str(path) for path in library.rglob("*") if path.is_file() and "tmp" not in path.parts)


def test_the_demo_is_entered_and_left_again_and_again(start: Starter, demo: Demo, tmp_path: Path) -> None:
    picture = tmp_path / "reference.png"
    PIL.Image.new("RGB", (64, 48), "red").save(picture)
    application = start.ready("--base-url", demo.base_url)
    application.ask(f"window.compose.prompt.setPlainText({PROMPT!r})")
    application.ask(f"session.intake.take_files((Path({str(picture)!r}),))")
    application.wait_for("session.draft.recipe.references")
    before = own_files(start.library)
    for _ in range(3):
        application.ask("application.try_demo()")
        application.ask("application.try_demo()")
        application.wait_for("session.provider.is_demo")
        application.wait_until_ready()
        application.wait_for("session.references.files()")
        application.ask("application.leave_demo()")
        application.ask("application.leave_demo()")
        application.wait_until_ready()
        application.ask("__import__('gc').collect()")
    assert not application.ask("session.provider.is_demo")
    assert application.ask("window.compose.prompt.toPlainText()") == PROMPT
    application.wait_for("session.references.files()")
    assert application.ask("application._hanging") == []
    assert own_files(start.library) == before
    threads = application.ask("len(__import__('threading').enumerate())")
    assert threads < 20  # Python goes on naming each session's watching thread after its end
    assert application.end()[0] == 0
    assert b"Error" not in application.said


def test_what_is_made_in_the_demo_stays_there(start: Starter) -> None:
    application = start.ready("--base-url", "http://127.0.0.1:9/v1")
    application.ask("application.try_demo()")
    application.wait_for("session.provider.is_demo")
    application.wait_until_ready()
    application.press()
    application.wait_for("session.gallery.rowCount() == 1 and not session.queue.jobs")
    assert pictures_in(start.library) == []
    assert len(pictures_in(start.data_dir / "demo" / "Library")) == 1


def test_a_key_of_this_session_is_still_there_after_the_demo(start: Starter) -> None:
    application = start("--library", str(start.library), "--base-url", "http://127.0.0.1:9/v1", key=None)
    application.wait_for("session.target_board() is not None")
    application.ask(f"session.account.store({KEY!r})")
    application.wait_for("session.account.state.source.value == 'session'")
    application.ask("application.try_demo()")
    application.wait_for("session.provider.is_demo and session.account.has_key")
    application.ask("application.leave_demo()")
    application.wait_for("session.account.state.source.value == 'session'")
    application.wait_for("session.pictures.library is not None")
    root = application.ask("str(session.pictures.library.root)")
    assert root == str(start.library)  # the one that was asked for by name, not the default one


def files_with(content: bytes, folder: Path) -> list[str]:
    found = [path for path in folder.rglob("*") if path.is_file() and content in path.read_bytes()]
    return [str(path) for path in found]


def children_of(pid: int) -> list[Path]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [Path("/proc", child) for task in tasks for child in task.read_text(encoding="ascii").split()]


@pytest.mark.parametrize("is_typed", [False, True], ids=["environment", "typed"])
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_the_key_is_nowhere_but_in_memory(start: Starter, demo: Demo, is_typed: bool, tmp_path: Path) -> None:
    key = f"sk-{KEY}" if is_typed else KEY
    arguments = ("--library", str(start.library), "--base-url", demo.base_url)
    application = start(*arguments, key=None if is_typed else f"sk-{KEY}")
    application.wait_for("session.target_board() is not None")
    if is_typed:
        application.ask(f"session.account.store({key!r})")
    application.wait_until_ready()
    for fault in ({}, {"kind": "status", "status": 401}, {"kind": "html"}, {"kind": "drop_after_body"}):
        details = dict(fault)
        if details:
            demo.set_fault(str(details.pop("kind")), **details)
        count = len(demo.posts())
        application.ask("session.queue.resume()")
        application.press()
        application.wait_for("not session.queue.running and not session.queue.waiting")
        assert len(demo.posts()) == count + 1
    application.ask("session.intake.take_files((Path('/nowhere'),))")
    application.ask("application.try_demo()")
    application.wait_for("session.provider.is_demo and session.account.has_key")
    children = children_of(application.process.pid)
    assert len(children) >= 2
    for child in children:
        assert KEY.encode() not in (child / "environ").read_bytes() + (child / "cmdline").read_bytes()
    assert application.end()[0] == 0
    assert KEY.encode() not in application.said
    assert files_with(KEY.encode(), tmp_path) == []


def test_an_empty_folder_in_the_place_of_a_known_library_is_no_new_one(
    start: Starter, tmp_path: Path
) -> None:
    pictures = Path(os.environ["XDG_PICTURES_DIR"]) / "Seedream"
    first = start()
    first.wait_until_ready()
    first.wait_for("application._library_id")
    assert first.end()[0] == 0
    pictures.rename(tmp_path / "unplugged")
    pictures.mkdir()
    again = start()
    again.wait_for("session._why_closed is not None")
    assert again.ask("session._why_closed.kind.value") == "library_away"
    again.ask(f"window.compose.prompt.setPlainText({PROMPT!r})")
    assert again.ask("session.press()") == []
    assert list(pictures.iterdir()) == []
    pictures.rmdir()
    (tmp_path / "unplugged").rename(pictures)
    assert again.ask("window.compose.prompt.toPlainText()") == PROMPT
    assert again.end()[0] == 0
    start().wait_until_ready()


def test_a_library_that_is_a_file_is_said_to_be_none(start: Starter, tmp_path: Path) -> None:
    start.library.write_bytes(b"no folder")
    application = start("--library", str(start.library))
    application.wait_for("session._why_closed is not None")
    assert application.ask("session._why_closed.kind.value") == "folder_not_writable"
    application.wait_for("window.notices.isVisible()")
    assert application.end()[0] == 0
    assert start.library.read_bytes() == b"no folder"


def test_a_library_that_vanishes_keeps_what_arrives_in_the_spool(
    start: Starter, demo: Demo, tmp_path: Path
) -> None:
    application = start.ready("--base-url", demo.base_url)
    start.library.rename(tmp_path / "unplugged")
    application.press()
    application.wait_for("[job for job in session.queue.jobs if job.problem and not session.queue.running]")
    application.wait_for("session.recovering._resumed and not session.queue.running")
    assert application.jobs() == [("answered", "library_away")]
    assert list((start.data_dir / "spool").rglob("picture-0.bin"))
    (tmp_path / "unplugged").rename(start.library)
    application.ask("session.queue.retry(session.queue.jobs[0].id)")
    application.wait_for("not session.queue.jobs")
    assert len(pictures_in(start.library)) == 1
    assert len(demo.posts()) == 1


def test_a_damaged_journal_is_set_aside_and_the_window_works(start: Starter, demo: Demo) -> None:
    start.data_dir.mkdir()
    (start.data_dir / "journal.sqlite3").write_bytes(b"SQLite format 3\0" + b"garbage" * 1000)
    application = start.ready("--base-url", demo.base_url)
    application.press()
    application.wait_for("session.gallery.rowCount() == 1 and not session.queue.jobs")
    assert list(start.data_dir.glob("journal-set-aside-1.sqlite3"))
    assert application.ask("window.notices.isVisible()")
    assert application.end()[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--base-url", "http://example.com/v1"], "https"),
        (["--base-url", "ftp://example.com"], "https"),
        (["--data-dir", "{file}"], "Nothing can be written"),
        (["--data-dir", "{file}/below"], "Nothing can be written"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_an_exit_code(
    start: Starter, tmp_path: Path, arguments: list[str], words: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    application = start(*(one.format(file=file) for one in arguments))
    assert application.wait()[0] == 1
    assert words in application.said.decode()
    assert "Traceback" not in application.said.decode()


def test_settings_that_cannot_be_saved_are_said_once_and_the_draft_stays(start: Starter) -> None:
    application = start.ready()
    application.wait_for("application._remembering._saved")
    settings = start.data_dir / "settings.json"
    settings.unlink()
    settings.mkdir()
    (settings / "in the way").touch()
    application.ask(f"window.compose.prompt.setPlainText({PROMPT!r})")
    application.wait_for("application._remembering._has_failed and window.notices.isVisible()")
    assert application.ask("window.compose.prompt.toPlainText()") == PROMPT
    assert application.end()[0] == 0


def test_garbage_is_collected_on_the_gui_thread_and_nowhere_else(start: Starter) -> None:
    application = start.ready()
    application.wait_for("application._collector is not None")
    assert not application.ask("__import__('gc').isenabled()")
    application.ask("setattr(application, 'cycles', [[] for _ in range(5000)])")
    application.ask("[one.append(one) for one in application.cycles] and None")
    application.ask("setattr(application, 'ref', __import__('weakref').ref(type('Kind', (), {})))")
    application.ask("delattr(application, 'cycles')")
    application.wait_for("application.ref() is None")


def test_the_settings_file_is_json_that_names_the_library(start: Starter) -> None:
    application = start()
    application.wait_until_ready()
    found = application.wait_for("application._library_id")
    application.wait_for("application._remembering._saved == application._settings_now()")
    assert json.loads((start.data_dir / "settings.json").read_bytes())["library_id"] == found
