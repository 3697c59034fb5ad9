"""What came of an answer is saved; what did not is said, picture by picture, with what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.errors import Billed, ProblemKind
from seedream_desktop.generation.job import Job, JobState, request_again
from seedream_desktop.generation.request import ResponseFormat
from seedream_desktop.library.values import Query
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of, spends

FORMS = (ResponseFormat.URL, ResponseFormat.B64_JSON)


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


def a_set(bench: Bench, count: int = 4, form: ResponseFormat = ResponseFormat.URL) -> Job:
    wished = f"a set of {count} pictures"
    return end_of(bench.run(bench.job(prompt=wished, images_in_set=4, response_format=form)))


def missing(job: Job) -> list[tuple[int, ProblemKind, Billed, int]]:
    return [(one.index, one.problem.kind, one.problem.billed, one.count) for one in job.missing]


def test_a_filtered_picture_of_a_set_is_missing_beside_the_others(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[1])
    job = a_set(bench)
    assert (job.state, job.problem, len(bench.pictures())) == (JobState.SAVED, None, 3)
    assert missing(job) == [(1, ProblemKind.RESULT_REFUSED, Billed.NO, 1)]
    assert job.kept == ()


def test_each_reason_is_kept_not_only_the_first(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[0, 3])
    job = a_set(bench)
    assert [one.index for one in job.missing] == [0, 3]
    assert [bool(sha256) for sha256 in job.saved] == [False, True, True]


def test_what_is_missing_stays_open_until_it_is_dismissed(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[1])
    job = a_set(bench)
    assert bench.journal.recover() == (job,)
    bench.journal.dismiss(job.id)
    assert bench.journal.recover() == ()


def test_a_job_whose_last_missing_picture_is_dismissed_is_settled(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[1])
    job = a_set(bench)
    bench.journal.store(replace(job, missing=()))
    assert bench.journal.open_jobs() == ()


def test_a_set_of_which_nothing_came_has_failed_and_nothing_was_billed(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[0, 1, 2, 3])
    job = a_set(bench)
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert (job.problem.kind, job.problem.billed) == (ProblemKind.RESULT_REFUSED, Billed.NO)
    assert job.missing_count == 4


def test_a_set_that_turned_out_shorter_misses_nothing(bench: Bench) -> None:
    job = a_set(bench, count=2)
    assert (job.is_settled, len(bench.pictures())) == (True, 2)


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_picture_is_missing_and_kept_as_it_came(
    bench: Bench, demo: Demo, form: ResponseFormat
) -> None:
    demo.set_fault("damaged_pictures", indexes=[2])
    job = a_set(bench, form=form)
    assert missing(job) == [(2, ProblemKind.RESULT_DAMAGED, Billed.YES, 1)]
    assert job.kept == ("picture-2.bin",)
    assert (bench.spool / job.id / "picture-2.bin").stat().st_size > 1000


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_that_breaks_off_brings_the_pictures_that_came_whole(
    bench: Bench, demo: Demo, form: ResponseFormat
) -> None:
    demo.set_fault("cut_after", count=3)
    job = a_set(bench, form=form)
    assert (job.state, len(bench.pictures())) == (JobState.SAVED, 3)
    assert missing(job) == [(3, ProblemKind.CONNECTION_BROKE, Billed.MAYBE, 1)]
    assert job.kept == ("answer.raw",)


def test_of_an_answer_that_breaks_off_early_the_rest_is_one_result(bench: Bench, demo: Demo) -> None:
    demo.set_fault("cut_after", count=1)
    assert missing(a_set(bench)) == [(1, ProblemKind.CONNECTION_BROKE, Billed.MAYBE, 3)]


def test_an_error_beside_pictures_is_a_result_of_its_own(bench: Bench, demo: Demo) -> None:
    demo.set_fault("error_beside", code="InternalServiceError", message="stopped")
    job = a_set(bench, count=3)
    assert missing(job) == [(3, ProblemKind.SERVER_FAULT, Billed.MAYBE, 1)]


def test_pictures_that_were_counted_but_did_not_come_are_missing_and_paid_for(
    bench: Bench, demo: Demo
) -> None:
    demo.set_fault("miscount", count=1)
    assert missing(a_set(bench, count=3)) == [(3, ProblemKind.ANSWER_EMPTY, Billed.YES, 1)]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "both_forms"},
        {"kind": "event_stream"},
        {"kind": "other_format"},
        {"kind": "wrong_type", "on": "links", "times": 4},
        {"kind": "missing", "fields": ["usage", "created", "size", "model"]},
        *(
            pytest.param({"kind": "odd_data", "shape": shape}, marks=pytest.mark.endurance)
            for shape in ("strings", "nested", "bare")  # read without a server among the tests of the API
        ),
    ],
    ids=lambda fault: f"{fault['kind']} {fault.get('shape', '')}".strip(),
)
def test_an_answer_told_in_another_way_loses_nothing(
    bench: Bench, demo: Demo, fault: dict[str, object]
) -> None:
    demo.set_fault(str(fault["kind"]), **{key: value for key, value in fault.items() if key != "kind"})
    job = a_set(bench)
    assert (job.is_settled, len(bench.pictures())) == (True, 4)
    assert list(bench.spool.iterdir()) == []


def test_more_pictures_than_asked_for_are_all_saved(bench: Bench, demo: Demo) -> None:
    demo.set_fault("extra_pictures", count=3)
    job = end_of(bench.run(bench.job(response_format=ResponseFormat.B64_JSON)))
    assert (job.is_settled, len(bench.pictures())) == (True, 4)


def test_a_format_that_was_not_asked_for_gets_its_own_ending(bench: Bench, demo: Demo) -> None:
    demo.set_fault("other_format")
    bench.run(bench.job())
    (path,) = bench.pictures()
    assert path.suffix == ".png"
    assert bench.library.record(bench.library.ids(Query())[0]).made.media_type == "image/png"


def test_a_damaged_inline_picture_is_fetched_by_its_link(bench: Bench, demo: Demo) -> None:
    demo.set_fault("both_forms")
    looked: list[Path] = []

    def damaged_at_first(path: Path, thumbnail: Path) -> object:
        looked.append(path)
        if len(looked) == 1:
            path.write_bytes(b"damaged")
        return bench.tools.check(path, thumbnail)

    tools = replace(bench.tools, check=damaged_at_first)  # type: ignore[arg-type]
    assert end_of(bench.run(bench.job(), tools)).is_settled
    assert len(looked) == 2


def test_the_missing_are_asked_for_again_and_nothing_else(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[1])
    job = a_set(bench)
    assert request_again(job) == replace(job.request, images_in_set=None)
    two = replace(job, missing=job.missing * 2)
    assert request_again(two) == replace(job.request, images_in_set=2)


def test_what_was_spent_counts_what_did_not_come(bench: Bench, demo: Demo) -> None:
    demo.set_fault("partial_failure", indexes=[0, 3])
    a_set(bench)
    (spend,) = spends(bench)
    assert (spend.delivered, spend.failed, spend.billed) == (2, 2, Billed.YES)
