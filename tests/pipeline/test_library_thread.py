"""A library that hangs holds up neither a job for long, nor any other, nor a download."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, ProblemError, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.library.keeping import NewPicture
from seedream_desktop.library.values import Picture
from seedream_desktop.pipeline.library_thread import LibraryThread
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of

PATIENT_S = 0.05


class Drive:
    """A drive that sleeps until it is woken."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._woken = threading.Event()

    def use(self, name: str = "") -> str:
        self.begun.append(name)
        assert self._woken.wait(60)
        return name

    def wake(self) -> None:
        self._woken.set()


@pytest.fixture
def drive() -> Iterator[Drive]:
    drive = Drive()
    yield drive
    drive.wake()


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


def kind_of(calling: BaseException | str) -> ProblemKind | None:
    return calling.problem.kind if isinstance(calling, ProblemError) else None


async def all_of(thread: LibraryThread, drive: Drive, *names: str) -> list[BaseException | str]:
    calls = [thread.call(lambda name=name: drive.use(name), "/library") for name in names]  # type: ignore[misc]
    return await asyncio.gather(*calls, return_exceptions=True)


def test_what_is_asked_for_is_done_in_order_on_one_thread() -> None:
    thread, seen = LibraryThread(), list[tuple[int, int]]()

    async def work() -> list[None]:
        def note(number: int) -> None:
            seen.append((number, threading.get_ident()))

        calls = [thread.call(lambda number=number: note(number), "") for number in range(20)]  # type: ignore[misc]
        return await asyncio.gather(*calls)

    asyncio.run(work())
    assert [number for number, _ in seen] == list(range(20))
    assert len({ident for _, ident in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_what_is_raised_is_raised_where_it_is_waited_for() -> None:
    async def work() -> None:
        await LibraryThread().call(lambda: 1 // 0, "")

    with pytest.raises(ZeroDivisionError):
        asyncio.run(work())


def test_nobody_waits_for_a_drive_that_hangs_and_nobody_begins_another_call(drive: Drive) -> None:
    thread = LibraryThread(PATIENT_S)
    ended = asyncio.run(all_of(thread, drive, "first", "second"))
    assert [kind_of(one) for one in ended] == [ProblemKind.LIBRARY_SILENT] * 2
    begun_s = time.monotonic()
    assert kind_of(asyncio.run(all_of(thread, drive, "third"))[0]) is ProblemKind.LIBRARY_SILENT
    assert time.monotonic() - begun_s < PATIENT_S  # at once
    assert drive.begun == ["first"]


def test_a_drive_that_wakes_up_is_used_again(drive: Drive) -> None:
    thread = LibraryThread(PATIENT_S)
    asyncio.run(all_of(thread, drive, "first"))
    assert not thread.drain(0)
    drive.wake()
    assert thread.drain(10)
    assert asyncio.run(all_of(thread, drive, "second", "third")) == ["second", "third"]


def test_a_call_that_nobody_waits_for_any_more_is_not_begun(drive: Drive) -> None:
    async def work() -> None:
        first = asyncio.ensure_future(thread.call(drive.use, ""))
        second = asyncio.ensure_future(thread.call(lambda: drive.use("second"), ""))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.wait({second})
        drive.wake()
        await first

    thread = LibraryThread()
    asyncio.run(work())
    assert thread.drain(10)
    assert drive.begun == [""]


def test_every_picture_of_a_set_is_downloaded_while_the_library_hangs(
    bench: Bench, demo: Demo, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(new: NewPicture) -> Picture:
        drive.use()
        return add(new)

    add = bench.library.add
    monkeypatch.setattr(bench.library, "add", hang)
    tools = replace(bench.tools, library_thread=LibraryThread(1.0))
    wanted = bench.job(prompt="a set of 4 pictures", images_in_set=4)
    job = end_of(bench.run(wanted, tools))
    assert job.problem is not None
    assert (job.state, job.problem.kind, job.problem.billed) == (
        JobState.ANSWERED,
        ProblemKind.LIBRARY_SILENT,
        Billed.YES,
    )
    kept = sorted(path.name for path in (bench.spool / job.id).glob("*.bin"))
    assert kept == [f"picture-{number}.bin" for number in range(4)]
    assert job.links_die_ms is None  # nothing is lost with them any more
    drive.wake()
    assert tools.library_thread.drain(10)
    assert end_of(bench.run(job, tools)).is_settled
    assert (len(bench.pictures()), len(demo.posts())) == (4, 1)
    assert list(bench.spool.iterdir()) == []


def test_a_refusal_is_told_while_the_library_hangs(
    bench: Bench, demo: Demo, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.library, "record_spend", lambda _: drive.use())
    demo.set_fault("drop_after_body")
    tools = replace(bench.tools, library_thread=LibraryThread(PATIENT_S))
    assert end_of(bench.run(bench.job(), tools)).state is JobState.UNKNOWN
