"""Writes that are whole or not there at all."""

import errno
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest

from seedream_desktop import files
from seedream_desktop.files import resource_path, write_new, write_over
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from tests.library.faults import failing_at

KINDS = {
    errno.ENOSPC: ProblemKind.DISK_FULL,
    errno.EDQUOT: ProblemKind.DISK_FULL,
    errno.EROFS: ProblemKind.FOLDER_NOT_WRITABLE,
    errno.EACCES: ProblemKind.FOLDER_NOT_WRITABLE,
    errno.EIO: ProblemKind.LIBRARY_AWAY,
    errno.ESTALE: ProblemKind.LIBRARY_AWAY,
}


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@pytest.fixture
def board(tmp_path: Path) -> Path:
    folder = tmp_path / "board"
    folder.mkdir()
    return folder


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("source_is_file", [False, True])
def test_a_new_file_is_whole_and_read_only(board: Path, temporary: Path, source_is_file: bool) -> None:
    source = temporary.parent / "source"
    source.write_bytes(b"picture" * 500_000)
    written = write_new(board, "a.jpeg", source if source_is_file else source.read_bytes(), temporary)
    assert written.read_bytes() == source.read_bytes()
    assert stat.S_IMODE(written.stat().st_mode) == 0o444
    assert names_in(temporary) == []


def test_a_new_file_never_takes_the_place_of_another(board: Path, temporary: Path) -> None:
    paths = [write_new(board, name, name.encode(), temporary) for name in ("Cat.png", "cat.png", "CAT.PNG")]
    assert [path.name for path in paths] == ["Cat.png", "cat (2).png", "CAT (3).PNG"]
    assert paths[0].read_bytes() == b"Cat.png"


def test_forty_threads_that_save_the_same_name_keep_forty_files(board: Path, temporary: Path) -> None:
    barrier = threading.Barrier(40)

    def save(number: int) -> Path:
        barrier.wait()
        return write_new(board, "a.png", str(number).encode(), temporary)

    with ThreadPoolExecutor(40) as pool:
        paths = list(pool.map(save, range(40)))
    assert sorted(int(path.read_bytes()) for path in paths) == list(range(40))
    assert names_in(temporary) == []


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_without_links_files_are_still_never_overwritten(board: Path, temporary: Path, code: int) -> None:
    with mock.patch.object(os, "link", side_effect=OSError(code, "no links")):
        first = write_new(board, "a.png", b"1", temporary, lambda _: False)
        second = write_new(board, "a.png", b"2", temporary, lambda _: False)
    assert (first.read_bytes(), second.read_bytes(), second.name) == (b"1", b"2", "a (2).png")
    assert names_in(temporary) == []


def test_a_file_is_replaced_as_a_whole(board: Path, temporary: Path) -> None:
    path = board / "record.json"
    for content in (b"first", b"second"):
        write_over(path, content, temporary)
    assert (path.read_bytes(), names_in(board), names_in(temporary)) == (b"second", ["record.json"], [])


def each_fault(act: Callable[[], object], check: Callable[[ProblemError], None], code: int) -> int:
    """Let every single step of ``act`` fail once; gives how many failures it reported."""
    reported = 0
    for number in range(1000):
        with failing_at(number, code) as faults:
            problem = None
            try:
                act()
            except ProblemError as error:
                problem = error
        if problem is not None:
            check(problem)
            reported += 1
        if not faults.is_past:
            return reported
    raise AssertionError("it never ends")


@pytest.mark.parametrize("code", KINDS)
def test_a_new_file_that_fails_anywhere_leaves_nothing(board: Path, temporary: Path, code: int) -> None:
    source = temporary.parent / "source"
    source.write_bytes(b"x" * (3 << 20))

    def check(error: ProblemError) -> None:
        assert error.problem.kind in {KINDS[code], ProblemKind.FILE_UNREADABLE}  # the source's own fault
        assert names_in(board) == names_in(temporary) == []

    def act() -> None:
        files.discard(write_new(board, "a.png", source, temporary))

    assert each_fault(act, check, code) >= 7


@pytest.mark.parametrize("code", KINDS)
def test_a_replaced_file_that_fails_anywhere_is_old_or_new(board: Path, temporary: Path, code: int) -> None:
    path = board / "record.json"
    path.write_bytes(b"old")

    def check(error: ProblemError) -> None:
        assert error.problem.kind is KINDS[code]
        assert path.read_bytes() in {b"old", b"new"}
        assert names_in(temporary) == []

    assert each_fault(lambda: write_over(path, b"new", temporary), check, code) >= 5


def test_what_cannot_be_read_is_the_sources_problem(board: Path, temporary: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        write_new(board, "a.png", board, temporary)
    assert caught.value.problem.kind is ProblemKind.IS_A_FOLDER
    with pytest.raises(ProblemError) as caught:
        write_new(board, "a.png", board / "missing.png", temporary)
    assert (caught.value.problem.kind, caught.value.problem.subject) == (
        ProblemKind.FILE_UNREADABLE,
        "missing.png",
    )
    assert names_in(board) == names_in(temporary) == []


def test_a_folder_that_is_gone_is_a_library_that_is_away(board: Path, temporary: Path) -> None:
    board.rmdir()
    with pytest.raises(ProblemError) as caught:
        write_new(board, "a.png", b"1", temporary)
    assert caught.value.problem.kind is ProblemKind.LIBRARY_AWAY
    assert names_in(temporary) == []


def test_a_folder_is_made_once_and_never_over_a_file(board: Path) -> None:
    files.make_folder(board / "new")
    files.make_folder(board / "new")
    (board / "file").touch()
    with pytest.raises(ProblemError):
        files.make_folder(board / "file")


def test_resources_are_found_in_the_checkout_and_in_an_installed_package(tmp_path: Path) -> None:
    assert resource_path("models.toml").is_file()
    (tmp_path / "resources").mkdir()
    files._resources.cache_clear()
    with mock.patch.object(files, "__file__", str(tmp_path / "files.py")):
        assert resource_path("icons", "a.svg") == tmp_path / "resources" / "icons" / "a.svg"
    files._resources.cache_clear()


def test_bytes_are_safe_before_the_name_and_the_name_before_it_is_told(board: Path, temporary: Path) -> None:
    order: list[str] = []
    sync, link = os.fsync, os.link

    def note_sync(descriptor: int) -> None:
        order.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        sync(descriptor)

    def note_link(source: Path, target: Path) -> None:
        order.append("link")
        link(source, target)

    with mock.patch.object(os, "fsync", note_sync), mock.patch.object(os, "link", note_link):
        write_new(board, "a.png", b"picture", temporary)
    assert order == ["sync file", "link", "sync folder"]


def test_an_own_file_on_the_same_disk_is_not_copied_and_may_go(board: Path, temporary: Path) -> None:
    source = temporary.parent / "spool.bin"
    source.write_bytes(b"picture")
    staged = files.stage_own(source, temporary)
    assert staged.samefile(source)
    written = files.publish(staged, board, "a.png")
    source.unlink()
    assert (written.read_bytes(), names_in(temporary)) == (b"picture", [])


def test_an_own_file_on_another_disk_is_copied(board: Path, temporary: Path) -> None:
    source = temporary.parent / "spool.bin"
    source.write_bytes(b"picture")
    with mock.patch.object(os, "link", side_effect=OSError(errno.EXDEV, "another disk")):
        staged = files.stage_own(source, temporary)
    assert (staged.samefile(source), staged.read_bytes()) == (False, b"picture")


@pytest.mark.skipif(os.name != "posix", reason="needs permissions of POSIX")
def test_private_folders_are_made_one_by_one_for_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files.make_private_folder(tmp_path / "data" / "spool" / "job")
        write_over(tmp_path / "data" / "settings.json", b"{}", tmp_path / "data", 0o600)
    finally:
        os.umask(before)
    made = [tmp_path / "data", tmp_path / "data" / "spool", tmp_path / "data" / "spool" / "job"]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in made] == [0o700] * 3
    assert stat.S_IMODE((tmp_path / "data" / "settings.json").stat().st_mode) == 0o600


@pytest.fixture(params=["in one call", "where the file system has none"])
def moving(request: pytest.FixtureRequest) -> Iterator[None]:
    """A file system that can rename without overwriting, and one that cannot."""
    if request.param == "in one call":
        yield
        return
    with mock.patch.object(files, "_exclusive_rename", return_value=lambda *_: errno.EINVAL):
        yield


@pytest.mark.usefixtures("moving")
def test_a_move_never_overwrites_and_says_why_it_fails(board: Path) -> None:
    source, taken = board / "a.png", board / "b.png"
    source.write_bytes(b"a")
    taken.write_bytes(b"b")
    assert not files.move(source, taken)
    assert files.move(source, board / "c.png")
    assert (taken.read_bytes(), (board / "c.png").read_bytes()) == (b"b", b"a")
    assert names_in(board) == ["b.png", "c.png"]
    with pytest.raises(FileNotFoundError):
        files.move(source, board / "d.png")
    assert names_in(board) == ["b.png", "c.png"]


@pytest.mark.skipif(not sys.platform.startswith(("linux", "darwin")), reason="nothing keeps the name there")
def test_a_move_that_is_killed_leaves_no_empty_file(board: Path) -> None:
    (board / "a.png").write_bytes(b"a")
    with mock.patch.object(os, "open", side_effect=AssertionError("a file keeps the name")):
        assert files.move(board / "a.png", board / "b.png")


def test_an_empty_file_that_kept_a_name_is_known_as_ours(board: Path) -> None:
    (board / "a.png").write_bytes(b"a")
    (board / "other.png").touch()
    killed = mock.patch.object(Path, "replace", side_effect=KeyboardInterrupt)
    cannot = mock.patch.object(files, "_exclusive_rename", return_value=None)
    with cannot, killed, pytest.raises(KeyboardInterrupt):
        files.move(board / "a.png", board / "b.png")
    holders = [name for name in names_in(board) if files.is_name_holder((board / name).stat())]
    assert (holders, (board / "a.png").read_bytes()) == (["b.png"], b"a")
