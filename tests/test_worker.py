"""The worker survives whatever a picture does to its children, and they end with the application."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop import worker as worker_module
from seedream_desktop.generation.catalog import ReferenceRules
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging.checking import check_picture
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.imaging.fitting import fit_reference
from seedream_desktop.worker import CHILDREN, Worker

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and limits")


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "猫\n a.png"
    Image.new("RGB", (200, 100), (200, 30, 30)).save(path, "PNG")
    return path


def child_that(act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the children by a program that reads its first task and then does `act`."""
    program = (
        "import os, signal, sys, time\n"
        "for _ in range(2):\n"
        "    os.read(0, int.from_bytes(os.read(0, 4)))\n"
        f"{act}\n"
    )
    monkeypatch.setattr(worker_module, "_command", lambda: [sys.executable, "-c", program])


def problem_kind(worker: Worker, path: Path) -> ProblemKind:
    with pytest.raises(ProblemError) as caught:
        worker.check_picture(path, None)
    return caught.value.problem.kind


def pids(worker: Worker) -> list[int]:
    return [child.pid for child in worker._idle]


def test_a_child_says_what_the_decoder_says(worker: Worker, picture: Path, tmp_path: Path) -> None:
    thumbnail = tmp_path / "thumbnail"
    assert worker.check_picture(picture, thumbnail, 50) == check_picture(picture, tmp_path / "here", 50)
    with Image.open(thumbnail) as image:
        assert image.size == (50, 25)
    assert worker.check_reference(picture, None).media_type == "image/png"


RULES = ReferenceRules(("image/jpeg",), 10 << 20, 36_000_000, 15, 16.0)


def test_a_child_makes_a_reference_fit(worker: Worker, picture: Path, tmp_path: Path) -> None:
    form = worker.fit(picture, RULES, tmp_path / "in the child", smaller=False)
    assert form == fit_reference(picture, RULES, tmp_path / "here", smaller=False)
    assert (tmp_path / "in the child").read_bytes() == (tmp_path / "here").read_bytes()


def test_a_place_that_cannot_be_written_is_a_problem(worker: Worker, picture: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        worker.fit(picture, RULES, tmp_path / "no folder" / "sent", smaller=False)
    assert caught.value.problem.kind is ProblemKind.LIBRARY_AWAY


def test_thumbnails_are_made_of_what_only_references_may_be(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "small.ico"
    Image.new("RGB", (12, 12), (200, 30, 30)).save(path, "ICO", sizes=[(12, 12)])
    worker.make_thumbnail(path, tmp_path / "thumbnail")
    with Image.open(tmp_path / "thumbnail") as image:
        assert image.size == (12, 12)


@needs_posix
def test_memory_is_limited_while_a_reference_is_made_fit(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (9000, 9000)).save(path, "PNG", compress_level=1)
    worker = Worker(memory_mb=300)
    with pytest.raises(ProblemError) as caught:
        worker.fit(path, RULES, tmp_path / "sent", smaller=True)
    worker.close()
    assert caught.value.problem.kind is ProblemKind.PICTURE_TOO_LARGE
    assert not (tmp_path / "sent").exists()


def test_a_refusal_arrives_with_its_facts(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(513 << 20)
    with pytest.raises(ProblemError) as caught:
        worker.check_reference(path, None)
    problem = caught.value.problem
    assert (problem.kind, problem.limit, problem.actual) == (ProblemKind.FILE_TOO_LARGE, 512 << 20, 513 << 20)


@pytest.mark.parametrize(
    "act",
    [
        "os.abort()",
        "os._exit(0)",
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "os.write(1, b'\\xff' * 100)",
        "os.write(1, b'\\0\\0\\0\\2[]')",
        "os.write(1, b'\\0\\0\\0\\5{\"a\"')",
        "os.write(1, b'\\0\\0\\0\\2{}')",
        'os.write(1, b\'\\0\\0\\0\\x18{"picture": {"no": true}}\')',
        "os.write(1, b'\\0\\0\\0\\x0e{\"problem\": 1}')",
    ],
)
def test_a_child_that_breaks_leaves_a_damaged_picture(
    act: str, worker: Worker, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        child_that(act, patch)
        assert problem_kind(worker, picture) is ProblemKind.PICTURE_DAMAGED


def test_after_a_broken_child_the_next_picture_gets_a_new_one(
    worker: Worker, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        child_that("os.abort()", patch)
        assert problem_kind(worker, picture) is ProblemKind.PICTURE_DAMAGED
    assert worker.check_picture(picture, None).width_px == 200


@needs_posix
def test_a_child_that_died_in_its_sleep_is_not_the_pictures_fault(worker: Worker, picture: Path) -> None:
    worker.check_picture(picture, None)
    for pid in pids(worker):
        os.kill(pid, signal.SIGKILL)
    assert worker.check_picture(picture, None).width_px == 200


def test_a_child_that_hangs_is_ended(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child_that("time.sleep(60)", monkeypatch)
    worker = Worker(timeout_s=0.2)
    assert problem_kind(worker, picture) is ProblemKind.PICTURE_DAMAGED
    worker.close()


@needs_posix
def test_memory_is_limited(picture: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("RGB", (9000, 9000)).save(large, "PNG", compress_level=1)
    worker = Worker(memory_mb=300)
    kind = problem_kind(worker, large)
    assert kind is ProblemKind.PICTURE_TOO_LARGE
    assert worker.check_picture(picture, None).width_px == 200
    worker.close()


def test_many_threads_share_few_children(worker: Worker, picture: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: worker.check_picture(picture, None), range(40)))
    assert len(set(results)) == 1
    assert 1 <= len(pids(worker)) <= CHILDREN


def test_a_thousand_tiffs_in_one_child(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "many.tiff"
    Image.new("RGB", (64, 64)).save(path, "TIFF", compression="tiff_lzw")
    worker.check_picture(path, None)
    (pid,) = pids(worker)
    for _ in range(1000):
        worker.check_picture(path, None)
    assert pids(worker) == [pid]


@pytest.mark.skipif(sys.platform == "win32", reason="no niceness there")
def test_the_window_goes_before_its_children(worker: Worker, picture: Path) -> None:
    worker.check_picture(picture, None)
    (child,) = worker._idle
    assert os.getpriority(os.PRIO_PROCESS, child.pid) > os.getpriority(os.PRIO_PROCESS, 0)


def test_warming_does_not_wait(worker: Worker, picture: Path) -> None:
    worker.warm()
    (pid,) = pids(worker)
    worker.check_picture(picture, None)
    assert pids(worker) == [pid]


def test_closing_ends_the_children_and_refuses_more(worker: Worker, picture: Path) -> None:
    worker.check_picture(picture, None)
    (child,) = worker._idle
    worker.close()
    assert not child.is_alive
    assert problem_kind(worker, picture) is ProblemKind.UNEXPECTED


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a Linux process descriptor")
def test_a_child_ends_when_its_parent_is_killed(picture: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from seedream_desktop.worker import Worker\n"
        "worker = Worker()\n"
        "worker.check_picture(pathlib.Path(sys.argv[1]), None)\n"
        "print(worker._idle[0].pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(picture)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        ended = os.pidfd_open(pid)
        parent.kill()
    assert ended_within(ended, 10)


def ended_within(descriptor: int, seconds: float) -> bool:
    import select  # late: POSIX only

    with os.fdopen(descriptor):
        return bool(select.select([descriptor], [], [], seconds)[0])


def test_a_child_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "import seedream_desktop.worker\n"
        "heavy = {'PySide6', 'httpx', 'keyring', 'platformdirs', 'PIL', 'sqlite3', 'asyncio'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_child_does_not_inherit_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMETAPI_KEY", "sk-canary")
    assert "COMETAPI_KEY" not in worker_module._environment()


def test_a_bundle_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_module._command() == [sys.executable, "--worker"]
    assert "PYTHONPATH" not in worker_module._environment()


def test_a_picture_is_drawn_in_a_child_as_here(worker: Worker, picture: Path) -> None:
    assert worker.draw(picture) == draw_picture(picture)


@pytest.mark.parametrize(
    "said",
    [
        '{"width_px":1,"height_px":1,"drawn_width_px":99999,"drawn_height_px":99999}',
        '{"width_px":1,"height_px":1,"drawn_width_px":-1,"drawn_height_px":-1}',
        '{"width_px":1,"height_px":1,"drawn_width_px":9,"drawn_height_px":9}',
    ],
    ids=["more than any", "less than none", "fewer than said"],
)
def test_a_child_that_lies_about_its_pixels_is_not_believed(
    said: str, worker: Worker, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = f'{{"answer":{said[:-1]},"has_alpha":false,"is_whole":true}}}}'
    child_that(f"os.write(1, {len(reply)}.to_bytes(4, 'big') + {reply!r}.encode())", monkeypatch)
    with pytest.raises(ProblemError) as caught:
        worker.draw(picture)
    assert caught.value.problem.kind is ProblemKind.PICTURE_DAMAGED


@needs_posix
@pytest.mark.parametrize("kind", ["SIGKILL", "SIGSEGV", "SIGABRT", "SIGSTOP"])
def test_while_a_child_is_ended_in_the_middle_the_others_go_on(
    kind: str, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "_TRIES", 1)
    endless = tmp_path / "endless.gif"
    endless.write_bytes(b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2" + b"\1\0" * 40_000_000)
    worker = Worker(timeout_s=2.0 if kind == "SIGSTOP" else 60.0)
    worker.warm()
    (busy,) = worker._idle
    with ThreadPoolExecutor(1) as pool:
        broken = pool.submit(problem_kind, worker, endless)
        while busy in worker._idle:
            time.sleep(0.01)
        assert worker.check_picture(picture, None).width_px == 200  # beside it
        os.kill(busy.pid, getattr(signal, kind))
        assert worker.check_picture(picture, None).width_px == 200
        assert broken.result() is ProblemKind.PICTURE_DAMAGED
    assert not busy.is_alive
    assert worker.check_picture(picture, None).width_px == 200
    worker.close()
