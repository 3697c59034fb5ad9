"""The fault harness: every network fault at every stage and for each form of answer, through the pipeline."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from seedream_desktop.api.client import Client
from seedream_desktop.api.limits import Limits
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.job import Job, JobState
from seedream_desktop.generation.request import Reference, ResponseFormat
from seedream_desktop.imaging.checking import check_reference
from seedream_desktop.library.spending import read_spend
from seedream_desktop.pipeline.events import JobEvent, Progress
from seedream_desktop.pipeline.run import run_job
from tests.api import provider as does
from tests.api.certificates import Authority
from tests.api.conftest import run
from tests.api.fault_server import Connection, raw_answer
from tests.api.networks import API, LINK, Network, networks
from tests.api.provider import FOREVER, Provider, Trouble
from tests.demo_fixtures import Demo
from tests.pipeline_bench import Bench, bench_at, end_of

LIMITS = Limits(
    connect_s=0.4,
    write_s=0.4,
    read_s=0.5,
    set_read_s=0.5,
    download_read_s=0.4,
    download_total_s=3.0,
    backoff_s=0.001,
    longest_wait_s=0.01,
    network_wait_s=0.01,
    probe_s=1.0,
)
FREED_WITHIN_S = 15.0
WAITS_UNTIL_WHOLE = 2  # how often a job says that it waits until the network is whole again
PAGE = b"<!doctype html><html><title>Hotel</title></html>"
SAVED, UNKNOWN, FAILED, ANSWERED = JobState.SAVED, JobState.UNKNOWN, JobState.FAILED, JobState.ANSWERED


@dataclass(frozen=True)
class Form:
    """How a job is to be answered."""

    count: int
    is_inline: bool
    is_large: bool = False  # the request, which then does not fit into the buffers of the system

    def wishes(self, reference: Reference) -> dict[str, object]:
        """What the request asks for."""
        form = ResponseFormat.B64_JSON if self.is_inline else ResponseFormat.URL
        ceiling = self.count if self.count > 1 else None
        references = (reference,) if self.is_large else ()
        return {"response_format": form, "images_in_set": ceiling, "references": references}


FORMS = {
    "link": Form(1, is_inline=False),
    "set of links": Form(3, is_inline=False),
    "inline": Form(1, is_inline=True),
    "set inline": Form(3, is_inline=True),
    "large": Form(1, is_inline=False, is_large=True),
}


@dataclass(frozen=True)
class Case:
    """What goes wrong, and in which states the job may be before the network is whole again."""

    ends: tuple[JobState, ...]
    trouble: Trouble | None = None
    network: str = "plain"
    damage: tuple[str, str] | None = None  # where and how
    forms: tuple[str, ...] = tuple(FORMS)


def last_byte_missing(provider: Provider, connection: Connection) -> None:
    connection.send(raw_answer(provider.take(connection))[:-1])
    does.hangs_up(provider, connection)


def connecting(act: does.Act, *ends: JobState, forms: tuple[str, ...] = tuple(FORMS)) -> Case:
    return Case(ends, Trouble("connect", act), forms=forms)


def sent(act: does.Act, *ends: JobState, **more: Any) -> Case:
    return Case(ends, Trouble("post", act, more.pop("times", 1)), **more)


def fetched(act: does.Act, *ends: JobState, times: int = 1) -> Case:
    return Case(ends, Trouble("link", act, times), forms=LINKS)


LINKS = ("link", "set of links")
SMALL = (*LINKS, "inline", "set inline")
LARGE = ("large",)
# What the system's buffers have taken may count as sent: then the outcome is unknown, never a second request.
UNSENT = (SAVED, UNKNOWN)
# Of a broken answer, what came whole is kept; what is fetched by links may be all of it.
IN_PART = (UNKNOWN, SAVED)
A_PAGE = raw_answer(PAGE, headers={"Content-Type": "text/html"})
CASES: dict[str, Case] = {
    "reset at once": connecting(does.resets, *UNSENT),
    "hung up at once": connecting(does.hangs_up, *UNSENT),
    "never read": connecting(does.keeps_silent, UNKNOWN, forms=SMALL),
    "never read, large": connecting(does.keeps_silent, SAVED, forms=LARGE),
    "reset after the head": sent(does.resets, *UNSENT),
    "hung up after the head": sent(does.hangs_up, *UNSENT),
    "reset in the body": sent(does.resets_in_the_body, SAVED, forms=LARGE),
    "reset in the body, always": sent(does.resets_in_the_body, FAILED, forms=LARGE, times=FOREVER),
    "reset after the body": sent(does.takes_and(does.resets), UNKNOWN),
    "hung up after the body": sent(does.takes_and(does.hangs_up), UNKNOWN),
    "half-closed after the body": sent(does.takes_and(does.half_closes), UNKNOWN),
    "silence after the body": sent(does.takes_and(does.waits), UNKNOWN),
    "proxy dies after the body": sent(does.takes_and(does.hangs_up), UNKNOWN, network="through a proxy"),
    "head cut": sent(does.sends_part(0.02, does.hangs_up), UNKNOWN),
    "answer reset": sent(does.sends_part(0.6, does.resets), *IN_PART),
    "answer truncated": sent(does.sends_part(0.6, does.hangs_up), *IN_PART),
    "answer half-closed": sent(does.sends_part(0.6, does.half_closes), *IN_PART),
    "answer falls silent": sent(does.sends_part(0.6, does.waits), *IN_PART),
    "last byte missing": sent(last_byte_missing, *IN_PART),
    "half-closed after the answer": sent(does.sends_part(1.0, does.half_closes), SAVED),
    "reset after the answer": sent(does.sends_part(1.0, does.resets), *IN_PART),
    "answer drips": sent(does.drips, SAVED),
    "answer in single bytes": sent(does.sends_single_bytes, SAVED),
    "a sign-in page": sent(does.says(A_PAGE), FAILED),
    "sent to a sign-in": sent(does.says(raw_answer(b"", 302, {"Location": "http://gate/"})), FAILED),
}
DOWNLOADS: dict[str, does.Act] = {
    "reset": does.resets,
    "hung up": does.hangs_up,
    "half-closed": does.half_closes,
    "silence": does.waits,
    "head cut": does.sends_part(0.02, does.hangs_up),
    "reset in the middle": does.sends_part(0.6, does.resets),
    "truncated": does.sends_part(0.6, does.hangs_up),
    "falls silent": does.sends_part(0.6, does.waits),
    "drips": does.drips,
    "single bytes": does.sends_single_bytes,
    "a sign-in page": does.says(A_PAGE),
    "sent to a sign-in": does.says(raw_answer(b"", 302, {"Location": "http://192.0.2.1/"})),
    "server fault": does.says(raw_answer(b"", 503)),
    "too many": does.says(raw_answer(b"", 429)),
    "denied": does.says(raw_answer(b"<Error/>", 403)),
}
HARMLESS = ("drips", "single bytes")
LASTING = ("sent to a sign-in",)  # at once
for name, act in DOWNLOADS.items():
    CASES[f"download: {name}"] = fetched(act, ANSWERED if name in LASTING else SAVED)
    CASES[f"download: {name}, always"] = fetched(act, SAVED if name in HARMLESS else ANSWERED, times=FOREVER)
DAMAGES: dict[str, dict[str, tuple[JobState, ...]]] = {  # by network: how, and the ends of what is not sent
    "plain": {"refused": (SAVED,)},
    "named": {"unknown": (SAVED,), "hanging": (SAVED,)},
    "encrypted": {"expired": (FAILED,), "of a stranger": (FAILED,), "for another host": (FAILED,)},
    "through a proxy": {
        "refuses": (FAILED, SAVED),
        "wants a password": (FAILED,),
        "dies at once": (FAILED, SAVED),
        "dies": (FAILED, SAVED),
        "is away": (FAILED, SAVED),
    },
}
for network, hows in DAMAGES.items():
    for how, ends in hows.items():
        CASES[f"{network}: {how}"] = Case(ends, network=network, damage=(API, how), forms=SMALL)
        downloads = Case((ANSWERED,), network=network, damage=(LINK, how), forms=LINKS)
        CASES[f"download, {network}: {how}"] = downloads


class Harness:
    """Runs cases against one library, and keeps what was wrong with them."""

    def __init__(self, bench: Bench, provider: Provider, networks: dict[str, Network]) -> None:
        self._bench, self._provider, self._networks = bench, provider, networks
        self._reference = _large_reference(bench)
        self.tried = 0
        self.lost: list[str] = []
        self.doubled: list[str] = []
        self.wrong: list[str] = []

    @property
    def figures(self) -> str:
        survived = self.tried - len(
            {each.partition(" / ")[0] for each in self.lost + self.doubled + self.wrong}
        )
        lost, doubled = len(self.lost), len(self.doubled)
        return f"{self.tried} faults tried, {survived} survived, {lost} lost, {doubled} doubled"

    def try_case(self, name: str, form_name: str) -> None:
        """Let a job meet the case; then the network is whole, and what is left and another job go on."""
        self.tried += 1
        self._title = f"{name}, {form_name}"
        case, form = CASES[name], FORMS[form_name]
        network, provider = self._networks[case.network], self._provider
        provider.origin = network.link_origin
        provider.expect(form.count, is_inline=form.is_inline)
        provider.suffer(case.trouble)
        if case.damage is not None:
            network.damage(*case.damage)
        job = self._job(form)
        ended = self._run(job, network)
        self._judge(case, ended)
        self._heal(network)
        if ended.state is ANSWERED:
            ended = self._run(ended, network)
            if ended.state is not SAVED:
                self.lost.append(f"{self._title} / not fetched once the network was whole: {ended.problem}")
        self._audit(ended)
        provider.expect(1, is_inline=False)
        if self._run(self._job(FORMS["link"]), network).state is not SAVED:
            self.wrong.append(f"{self._title} / the next job did not come about")

    def _job(self, form: Form) -> Job:
        return self._bench.job(job_id=uuid.uuid4().hex, **form.wishes(self._reference))

    def _run(self, job: Job, network: Network) -> Job:
        """Bring the job as far as it gets; the network is mended once it has said often that it waits."""
        key, sent_path = self._bench.tools.client._key, self._bench.tools.client._reference_path
        client = Client(network.base_url, key, sent_path, LIMITS, proxy=lambda: network.proxy)
        tools = replace(self._bench.tools, client=client)
        waits = itertools.count(1)

        async def collect() -> list[JobEvent]:
            events = []
            async with asyncio.timeout(FREED_WITHIN_S):
                async for event in run_job(job, tools):
                    events.append(event)
                    is_waiting = isinstance(event, Progress) and event.sending.waiting_s is not None
                    if is_waiting and next(waits) == WAITS_UNTIL_WHOLE:
                        await asyncio.to_thread(self._heal, network)
            return events

        return end_of(run(collect()))

    def _heal(self, network: Network) -> None:
        self._provider.heal()
        network.mend()

    def _judge(self, case: Case, job: Job) -> None:
        """Whether it ended rightly, by what the provider knows."""
        provider = self._provider
        billed = job.problem.billed if job.problem is not None else None
        if job.state not in case.ends:
            self.wrong.append(f"{self._title} / {job.state}: {job.problem}")
        if len(provider.begun) > 1:
            self.doubled.append(f"{self._title} / sent {len(provider.begun)} times")
        if provider.begun and job.state is FAILED and billed is Billed.NO:
            self.lost.append(f"{self._title} / it was begun, and is said to cost nothing")
        if job.state is UNKNOWN and billed is not Billed.MAYBE:
            self.wrong.append(f"{self._title} / unknown, billed {billed}")
        if case.trouble is not None and not provider.met:
            self.wrong.append(f"{self._title} / it did not happen")
        if not provider.begun and job.state not in (FAILED, UNKNOWN):
            self.wrong.append(f"{self._title} / {job.state} of nothing")

    def _audit(self, job: Job) -> None:
        """Hold what is kept against what was sent whole."""
        kept = Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in self._kept(job))
        made = {hashlib.sha256(picture).hexdigest() for picture in self._provider.pictures}
        expected = len(made) - job.missing_count if job.state is SAVED else 0
        if sum(kept.values()) < expected:
            self.lost.append(f"{self._title} / {len(kept)} of {expected} pictures")
        if any(count > 1 for count in kept.values()) or set(kept) - made:
            self.doubled.append(f"{self._title} / kept {kept}")
        path = next((self._bench.library.root / ".seedream" / "spend").rglob(f"{job.id}.json"), None)
        billed = read_spend(path).billed if path is not None else Billed.NO
        right = {SAVED: Billed.YES, UNKNOWN: Billed.MAYBE, FAILED: Billed.NO}[job.state]
        if billed is not right:
            self.lost.append(f"{self._title} / {job.state}, on record as billed: {billed}")
        spool = self._bench.spool / job.id
        left = {file.name for file in spool.glob("*")} - set(job.kept)
        if left:
            self.wrong.append(f"{self._title} / left in the spool: {left}")

    def _kept(self, job: Job) -> list[Path]:
        hashes = [sha256 for sha256 in job.saved if sha256]
        return [picture.path for sha256 in hashes for picture in self._bench.library.by_sha256(sha256)]


def _large_reference(bench: Bench) -> Reference:
    """Larger than what the buffers of the system take."""
    path = bench.spool.parent / "large.png"
    Image.frombytes("RGB", (1800, 1800), os.urandom(1800 * 1800 * 3)).save(path, compress_level=0)
    return bench.library.add_reference(path, check_reference(path, None), path.name)


@pytest.fixture
def harness(
    tmp_path: Path, demo: Demo, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Harness]:
    authority, stranger = (Authority(tmp_path_factory.mktemp("authority")) for _ in range(2))
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    provider = Provider()
    with (
        bench_at(tmp_path, demo) as bench,
        networks(provider, authority, stranger, monkeypatch) as made,
    ):
        yield Harness(bench, provider, made)


def tried(harness: Harness, cases: Iterable[tuple[str, str]]) -> None:
    for name, form in cases:
        harness.try_case(name, form)


def test_of_a_few_faults_none_loses_or_doubles_anything(
    harness: Harness, say_figures: Callable[[str], None]
) -> None:
    names = (
        "reset after the body",
        "answer reset",
        "download: truncated, always",
        "plain: refused",
        "named: hanging",
    )
    tried(harness, [(name, "set of links") for name in names])
    say_figures(f"fault harness, in short: {harness.figures}")
    assert (harness.lost, harness.doubled, harness.wrong) == ([], [], [])


@pytest.mark.endurance
def test_no_fault_at_any_stage_loses_or_doubles_anything(
    harness: Harness, say_figures: Callable[[str], None], take_up_to: Callable[[float], None]
) -> None:
    take_up_to(480)
    tried(harness, [(name, form) for name, case in CASES.items() for form in case.forms])
    say_figures(f"fault harness: {harness.figures}")
    wrong = harness.lost + harness.doubled + harness.wrong
    assert not wrong, "\n".join(wrong)
