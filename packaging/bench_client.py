"""The client of the endpoint in a process of its own, measured; reports as JSON.

Called as ``bench_client.py WHAT PORT FOLDER``; WHAT is the name of one of the functions in ``MEASURES``.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.api.client import Client
from seedream_desktop.api.limits import Limits
from seedream_desktop.api.payload import body_of
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.request import GenerationRequest, Reference, ResponseFormat, Size

if TYPE_CHECKING:
    from seedream_desktop.generation.answer import Answer

MODEL = "doubao-seedream-5-0-260128"
KEY = "sk-bench"
REFERENCES = 14
SET_PICTURES = 15
TURNS = 7
REQUESTS, AT_ONCE = 100, 8
ONE_BY_ONE = 20


class Bench:
    """A client of the server at ``port``, warm: everything is imported, one small request was answered."""

    def __init__(self, port: int, folder: Path) -> None:
        """Ask once."""
        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.folder = folder
        limits = Limits(download_tries=1)
        self.client = Client(self.base_url, lambda: KEY, self.reference_path, limits)
        self.small = GenerationRequest(MODEL, "a fox", Size(preset="2K"))

    def reference_path(self, reference: Reference) -> Path:
        """Where a reference lies."""
        return self.folder / reference.sha256

    def large(self) -> GenerationRequest:
        """A request with every reference in the folder."""
        paths = sorted(self.folder.glob("reference-*"))
        references = tuple(
            Reference(path.name, "image/png", 2000, 2000, path.stat().st_size) for path in paths
        )
        return GenerationRequest(MODEL, "a fox", Size(preset="2K"), references)

    def ask(self, request: GenerationRequest) -> Answer:
        """Ask on a loop of its own, as the pool threads do."""
        spool = self.folder / f"spool-{time.perf_counter_ns()}"
        spool.mkdir()
        return asyncio.run(self.client.generate(request, "job", spool, lambda _: None))


class Rise:
    """By how much the memory of this process rises above what it is now, at most."""

    def __init__(self) -> None:
        """Begin."""
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the highest is what there is now
        self._idle_kib = _highest_kib()

    @property
    def mib(self) -> float:
        """So far."""
        return (_highest_kib() - self._idle_kib) / 1024


def above_idle_mib(work: Callable[[], object]) -> float:
    """By how much the memory of this process rises during ``work``."""
    rise = Rise()
    work()
    return rise.mib


def _highest_kib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def seconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes."""
    started_s = time.perf_counter()
    work()
    return time.perf_counter() - started_s


def references_memory(bench: Bench) -> object:
    """The rise while a request with many references is sent."""
    bench.ask(bench.small)
    return above_idle_mib(lambda: bench.ask(bench.large()))


def references_memory_naive(bench: Bench) -> object:
    """The same for a client that builds the JSON first."""
    import httpx  # late: not before the measured client would import it

    def ask(paths: list[Path]) -> None:
        pictures = ["data:image/png;base64," + base64.b64encode(path.read_bytes()).decode() for path in paths]
        with httpx.Client(trust_env=False, timeout=60) as client:
            body = {"model": MODEL, "prompt": "a fox", "size": "2K", "image": pictures}
            client.post(f"{bench.base_url}/images/generations", json=body).raise_for_status()

    ask([])
    return above_idle_mib(lambda: ask(sorted(bench.folder.glob("reference-*"))))


def references_time(bench: Bench) -> object:
    """Seconds of this client and of curl with the same body, turn by turn."""
    request, body = bench.large(), bench.folder / "body"
    with body.open("wb") as file:
        file.writelines(body_of(request, bench.reference_path).chunks())
    command = ["curl", "-sS", "-o", "/dev/null", "-H", "Content-Type: application/json", "--data-binary"]
    command += [f"@{body}", f"{bench.base_url}/images/generations"]
    ours, curls = [], []
    bench.ask(bench.large())
    for _ in range(TURNS):
        curls.append(seconds(lambda: subprocess.run(command, check=True)))
        ours.append(seconds(lambda: bench.ask(bench.large())))
    return {"ours": ours, "curl": curls, "bytes": body.stat().st_size}


def set_memory(bench: Bench) -> object:
    """The rise while a set of large pictures arrives inside the answer."""
    of_set = GenerationRequest(
        MODEL,
        "a fox",
        Size(preset="2K"),
        images_in_set=SET_PICTURES,
        response_format=ResponseFormat.B64_JSON,
    )
    with contextlib.suppress(ProblemError):  # the same server answers with sets only
        bench.ask(bench.small)

    def ask() -> None:
        answer = bench.ask(of_set)
        assert sum(bool(picture.spool_name) for picture in answer.pictures) == SET_PICTURES

    rises = [above_idle_mib(ask) for _ in range(3)]
    return max(rises)


def requests(bench: Bench) -> object:
    """Seconds beyond the server's own of single requests, and of many at once in all."""
    bench.ask(bench.small)
    overheads_s = []
    for _ in range(ONE_BY_ONE):
        started_s = time.perf_counter()
        answer = bench.ask(bench.small)
        took_s = time.perf_counter() - started_s
        overheads_s.append(took_s - json.loads(answer.extra_json)["server_s"])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        total_s = seconds(lambda: list(pool.map(bench.ask, [bench.small] * REQUESTS)))
    return {"overheads": overheads_s, "total": total_s}


def refusals(bench: Bench) -> object:
    """The rise while an answer, a list of models and a picture come that do not end or are bombs."""
    with contextlib.suppress(ProblemError):  # everything is imported then
        bench.ask(bench.small)
    link = f"{bench.base_url}/picture"
    asked: dict[str, Callable[[], object]] = {
        "answer": lambda: bench.ask(bench.small),
        "models": lambda: asyncio.run(bench.client.models()),
        "picture": lambda: asyncio.run(
            bench.client.download(link, bench.folder / "picture", lambda _here, _all: None)
        ),
    }
    refused_as: dict[str, str] = {}

    def refuse(name: str) -> None:
        try:
            asked[name]()
        except ProblemError as error:
            refused_as[name] = error.problem.kind.value

    rises = {name: above_idle_mib(partial(refuse, name)) for name in asked}
    return {name: {"mib": rise, "kind": refused_as.get(name, "")} for name, rise in rises.items()}


MEASURES: dict[str, Callable[[Bench], object]] = {
    "references_memory": references_memory,
    "references_memory_naive": references_memory_naive,
    "references_time": references_time,
    "set_memory": set_memory,
    "requests": requests,
    "refusals": refusals,
}


if __name__ == "__main__":
    what, port, folder = sys.argv[1:]
    print(json.dumps(MEASURES[what](Bench(int(port), Path(folder)))), flush=True)
