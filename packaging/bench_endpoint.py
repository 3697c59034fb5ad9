"""Measures what the client of the endpoint costs, against a server on loopback in a process of its own.

Memory is what a process uses at most above what it used when it was idle and warm. Times are compared in the
same run: with curl, which sends the same body to the same server, and with the server's own time.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench_children import report_of, serving
from bench_client import AT_ONCE, REFERENCES, REQUESTS, SET_PICTURES
from bench_server import ENDLESS, SERVER_S

REFERENCE_BYTES = 10 * 1024 * 1024
IDEAL_S = REQUESTS / AT_ONCE * SERVER_S


def say(what: str, figure: float, unit: str, more: str, goal: str) -> None:
    """One line."""
    print(f"{what:<52} {figure:8.2f} {unit:<4} {more:<44} (goal {goal})", flush=True)


def measure_references() -> None:
    """A large body on its way."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name, serving("plain") as port:
        for number in range(REFERENCES):
            (Path(name) / f"reference-{number:02}").write_bytes(os.urandom(REFERENCE_BYTES))
        rise = report_of("bench_client.py", "references_memory", port, name)
        naive = report_of("bench_client.py", "references_memory_naive", port, name)
        more = f"a client that builds the JSON first {naive:6.1f} MiB"
        say(f"memory for {REFERENCES} references of 10 MB", rise, "MiB", more, "<= 16 MiB")
        if shutil.which("curl") is None:
            print("There is no curl here to compare the time of sending them with.", flush=True)
            return
        times = report_of("bench_client.py", "references_time", port, name)
    ratios = [ours / curl for ours, curl in zip(times["ours"], times["curl"], strict=True)]
    ours, curl = statistics.median(times["ours"]), statistics.median(times["curl"])
    more = f"curl {curl:5.3f} s  ratio {statistics.median(ratios):5.2f}  {len(ratios)} turns"
    say(f"time to send them ({times['bytes'] / 1e6:.0f} MB)", ours, "s", more, "<= 1.3")


def measure_set() -> None:
    """Large pictures inside an answer."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name, serving("set") as port:
        rise = report_of("bench_client.py", "set_memory", port, name)
        session = report_of("bench_session.py", "set", port)
    what = f"{SET_PICTURES} pictures of 4 MB as b64_json"
    say(f"client: memory for {what}", rise, "MiB", "", "<= 64 MiB")
    more = f"{session['pictures']} saved after {session['seconds']:4.1f} s"
    say("application: memory for the same", session["mib"], "MiB", more, "<= 64 MiB")
    _say_stalls("GUI thread away meanwhile", session, "<= 50 ms")


def measure_requests() -> None:
    """Small requests, one by one and many at once."""
    with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name, serving("slow") as port:
        client = report_of("bench_client.py", "requests", port, name)
        session = report_of("bench_session.py", "many", port)
    overheads_ms = [overhead_s * 1000 for overhead_s in client["overheads"]]
    more = f"worst {max(overheads_ms):5.1f} ms  {len(overheads_ms)} requests"
    say("a request beyond the server's own time", statistics.median(overheads_ms), "ms", more, "<= 60 ms")
    many = f"{REQUESTS} requests, {AT_ONCE} at a time"
    more = f"ideal {IDEAL_S:5.2f} s  ratio {client['total'] / IDEAL_S:5.2f}"
    say(f"{many}, the client alone", client["total"], "s", more, "<= 1.3")
    more = f"ideal {IDEAL_S:5.2f} s  ratio {session['seconds'] / IDEAL_S:5.2f}  {session['pictures']} saved"
    say(f"{many}, press to library", session["seconds"], "s", more, "<= 1.3")
    _say_stalls("GUI thread away meanwhile", session, "none")


def measure_refusals() -> None:
    """What must not be taken."""
    for manner in ("bomb", *ENDLESS):
        with tempfile.TemporaryDirectory(prefix="seedream-bench-") as name, serving(manner) as port:
            rises = report_of("bench_client.py", "refusals", port, name)
        worst = max(rise["mib"] for rise in rises.values())
        more = "  ".join(f"{where} {rise['mib']:.1f}" for where, rise in rises.items())
        taken = [where for where, rise in rises.items() if not rise["kind"]]
        more = f"NOT REFUSED: {', '.join(taken)}" if taken else more
        say(f"memory to refuse: {manner}", worst, "MiB", more, "<= 50 MiB")


def _say_stalls(what: str, session: dict[str, Any], goal: str) -> None:
    gaps = sorted(session["stalls"])
    more = f"p99 {gaps[int(len(gaps) * 0.99)]:5.1f} ms  {len(gaps)} ticks"
    say(what, gaps[-1], "ms", more, goal)


MEASURES = {
    "references": measure_references,
    "set": measure_set,
    "requests": measure_requests,
    "refusals": measure_refusals,
}
