"""References on their way: made fit before the body, streamed in their order, and told in the record."""

import asyncio
import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.api import client
from seedream_desktop.api.payload import body_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import Derivation, Reference, SentForm
from seedream_desktop.imaging.checking import check_reference
from seedream_desktop.library.record import SentReference
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline.fitting import as_sent
from seedream_desktop.pipeline.run import run_job
from tests.demo_fixtures import Demo
from tests.imaging.notes import encoded, jpeg_with, personal_segments
from tests.pipeline_bench import Bench, bench_at, end_of

EDIT = "doubao-seededit-3-0-i2i-250628"


@pytest.fixture
def bench(tmp_path: Path, demo: Demo) -> Iterator[Bench]:
    with bench_at(tmp_path, demo) as bench:
        yield bench


@pytest.fixture
def keep(bench: Bench, tmp_path: Path) -> Callable[..., Reference]:
    """Keeps bytes as a reference in the library; the file they came in is gone afterwards."""

    def kept(content: bytes, name: str = "cat.bin") -> Reference:
        path = tmp_path / name
        path.write_bytes(content)
        reference = bench.library.add_reference(path, check_reference(path, None), name)
        path.unlink()
        return reference

    return kept


Keep = Callable[..., Reference]
PNG = encoded(Image.new("RGB", (64, 48), "teal"), "PNG")
AVIF = encoded(Image.new("RGB", (64, 48), "red"), "AVIF")
NOTED = jpeg_with(Image.new("RGB", (64, 48), "red"), *personal_segments())


def sent_images(bench: Bench, job: Job, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the body holds under ``image`` when ``job`` runs."""
    bodies: list[bytes] = []
    real = body_of

    def spy(*arguments: object) -> object:
        body = real(*arguments)  # type: ignore[arg-type]
        bodies.append(b"".join(body.chunks()))
        assert len(bodies[-1]) == body.size_bytes
        return body

    monkeypatch.setattr(client, "body_of", spy)
    bench.run(job)
    images: list[str] = json.loads(bodies[-1])["image"]
    return images


def decoded(image: str) -> tuple[str, bytes]:
    head, _, content = image.partition(";base64,")
    return head, base64.b64decode(content)


def test_each_goes_as_the_model_takes_it_and_in_its_place(
    bench: Bench, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = keep(AVIF), keep(PNG), keep(NOTED)
    images = [decoded(one) for one in sent_images(bench, bench.job(references=references), monkeypatch)]
    assert [head for head, _ in images] == ["data:image/jpeg", "data:image/png", "data:image/jpeg"]
    assert images[1][1] == PNG
    assert images[0][1] != images[2][1]
    assert b"CANARY" not in images[2][1]


def test_the_record_says_what_was_sent_for_which(bench: Bench, keep: Keep) -> None:
    references = keep(AVIF), keep(PNG), keep(NOTED)
    job = end_of(bench.run(bench.job(references=references)))
    assert job.state is JobState.SAVED
    made = bench.library.record(bench.library.ids(Query())[0]).made
    forms = job.sent_forms
    assert made.sent_references == (
        SentReference(references[0].sha256, forms[0].sha256, "converted compressed"),
        SentReference(references[1].sha256),
        SentReference(references[2].sha256, forms[2].sha256, "cleaned"),
    )


def test_what_is_sent_is_in_the_journal_before_the_body(bench: Bench, keep: Keep, demo: Demo) -> None:
    demo.set_fault("drop_after_body")
    job = end_of(bench.run(bench.job(references=(keep(AVIF),))))
    assert job.state is JobState.UNKNOWN
    (known,) = bench.journal.open_jobs()
    assert [form.derived for form in known.sent_forms] == [(Derivation.CONVERTED, Derivation.COMPRESSED)]


def test_a_reference_that_cannot_be_made_fit_costs_nothing(bench: Bench, keep: Keep, demo: Demo) -> None:
    narrow = keep(encoded(Image.new("RGB", (400, 100)), "PNG"), "banner.png")
    job = end_of(bench.run(bench.job(references=(narrow,), model=EDIT)))
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert (job.problem.kind, job.problem.subject, job.problem.billed) == (
        ProblemKind.PICTURE_TOO_NARROW,
        "banner.png",
        Billed.NO,
    )
    assert demo.posts() == []
    assert list((bench.library.root / ".seedream" / "spend").rglob("*.json")) == []


def test_what_was_made_is_used_again_and_made_anew_when_it_is_gone(
    bench: Bench, keep: Keep, tmp_path: Path
) -> None:
    job = bench.job(references=(keep(AVIF),))
    first = end_of(bench.run(job)).sent_forms
    (cached,) = (tmp_path / "sent").rglob("*.sent")
    inode = cached.stat().st_ino
    bench.run(bench.job(job_id="3" * 32, references=job.request.references))
    assert cached.stat().st_ino == inode
    cached.unlink()
    assert (
        end_of(bench.run(bench.job(job_id="4" * 32, references=job.request.references))).sent_forms == first
    )
    assert hashlib.sha256(cached.read_bytes()).hexdigest() == first[0].sha256


def test_a_form_of_another_size_than_it_was_is_made_again(bench: Bench, keep: Keep, tmp_path: Path) -> None:
    reference = keep(AVIF)
    bench.run(bench.job(references=(reference,)))
    (cached,) = (tmp_path / "sent").rglob("*.sent")
    cached.write_bytes(b"cut")
    job = end_of(bench.run(bench.job(job_id="3" * 32, references=(reference,))))
    assert job.state is JobState.SAVED
    assert cached.stat().st_size == job.sent_forms[0].size_bytes


def test_a_wish_for_smaller_ones_is_kept_apart(bench: Bench, keep: Keep) -> None:
    large = keep(encoded(Image.effect_noise((2600, 400), 90).convert("RGB"), "PNG"))
    as_it_is = end_of(bench.run(bench.job(references=(large,)))).sent_forms
    smaller = bench.job(job_id="3" * 32, references=(large,), smaller_references=True)
    forms = end_of(bench.run(smaller)).sent_forms
    assert as_it_is[0].derived == ()
    assert (forms[0].width_px, forms[0].derived) == (2048, (Derivation.CONVERTED, Derivation.REDUCED))


def test_stopping_while_references_are_made_fit_costs_nothing(bench: Bench, keep: Keep, demo: Demo) -> None:
    begun, may_end = asyncio.Event(), threading.Event()
    job = bench.job(references=(keep(PNG),))
    loops: list[asyncio.AbstractEventLoop] = []

    def slow(reference: Reference, _request: object) -> SentForm:
        loops[0].call_soon_threadsafe(begun.set)
        may_end.wait(60)
        raise ProblemError(Problem(ProblemKind.UNEXPECTED))

    async def noted() -> None:
        loops.append(asyncio.get_running_loop())

        async def consume() -> list[object]:
            tools = replace(bench.tools, fit=slow)
            return [event async for event in run_job(job, tools)]

        task = asyncio.ensure_future(consume())
        await begun.wait()
        task.cancel()
        try:
            assert await task == []
        finally:
            may_end.set()

    asyncio.run(noted())
    assert [known.state for known in bench.journal.recover()] == [JobState.QUEUED]  # the process may end
    assert demo.posts() == []


LINK = "https://cdn.example.com/a%2Fcat.png?sig=x%2By=="


def linked(bench: Bench, reference: Reference, *derived: Derivation) -> Job:
    form = SentForm("cd" * 32, "image/jpeg", 10, 10, 99, derived) if derived else untouched(reference)
    job = bench.job(references=(replace(reference, url=LINK), reference))
    return replace(job, sent_forms=(form, untouched(reference)))


def untouched(one: Reference) -> SentForm:
    return SentForm(one.sha256, one.media_type, one.width_px, one.height_px, one.size_bytes)


def test_a_link_is_passed_as_it_is_where_nothing_has_to_be_done(bench: Bench, keep: Keep) -> None:
    reference = keep(PNG)
    sent = as_sent(linked(bench, reference), passes_links=True)
    assert [one.url for one in sent.references] == [LINK, ""]


def test_a_link_to_what_had_to_be_derived_is_sent_as_bytes(bench: Bench, keep: Keep) -> None:
    sent = as_sent(linked(bench, keep(PNG), Derivation.CONVERTED), passes_links=True)
    first = sent.references[0]
    assert (first.url, first.sha256, first.media_type) == ("", "cd" * 32, "image/jpeg")


def test_a_provider_that_fetches_nothing_gets_the_bytes(bench: Bench, keep: Keep) -> None:
    sent = as_sent(linked(bench, keep(PNG)), passes_links=False)
    assert [one.url for one in sent.references] == ["", ""]


def test_the_provider_fetches_what_a_link_names(
    bench: Bench, keep: Keep, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = end_of(bench.run(bench.job()))
    answer_links = [request for request in demo.requests() if request["method"] == "GET"]
    url = f"{demo.base_url.removesuffix('/v1')}{answer_links[-1]['target']}"
    (picture,) = bench.pictures()
    reference = replace(keep(picture.read_bytes()), url=url)
    again = bench.job(job_id="3" * 32, references=(reference, keep(PNG)))
    images = sent_images(bench, again, monkeypatch)
    assert job.state is JobState.SAVED
    assert images[0] == url
    assert decoded(images[1])[1] == PNG
    assert len(bench.pictures()) == 2
    record = bench.library.record(bench.library.ids(Query())[0])
    assert "?" not in str(record.made.request and record.made.request.references[0].url)


@pytest.mark.parametrize("content", [PNG, AVIF], ids=["as it is", "derived"])
def test_a_file_that_was_edited_since_it_was_queued_is_not_sent(
    bench: Bench, keep: Keep, demo: Demo, content: bytes
) -> None:
    job = bench.job(references=(keep(content, "logo.png"),))
    file = bench.library.reference_path(job.request.references[0])
    edited = encoded(Image.new("RGB", (64, 48), "black"), "PNG")
    file.chmod(0o644)
    file.write_bytes(edited[: len(content)].ljust(len(content), b"\0"))
    failed = end_of(bench.run(job))
    assert failed.state is JobState.FAILED
    assert failed.problem == Problem(ProblemKind.REFERENCE_GONE, Billed.NO, subject="logo.png")
    assert demo.posts() == []
    again = keep(content, "logo.png")  # dropped again, as the words say
    assert end_of(bench.run(bench.job("5" * 32, references=(again,)))).state is JobState.SAVED
