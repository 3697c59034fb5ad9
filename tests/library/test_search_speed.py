"""A search keeps up with somebody who types, in English and in Chinese."""

import time
from collections.abc import Callable

import pytest

from seedream_desktop.library.values import Query
from tests.library.conftest import Bench
from tests.library.filled import fill

COUNT = 20_000
TYPED = (
    "blue march",
    "red scarf -cat",
    "neon street rain",
    "窗边的猫",
    "水墨 2026-11",
    "rating:>=4 mist",
    "jpeg",
)
KEY_MS = 25  # of the processor, for 20,000 pictures; what grows with them is a part of it only


@pytest.mark.endurance
def test_each_key_is_answered_in_time(
    bench: Bench, take_up_to: Callable[[float], None], say_figures: Callable[[str], None]
) -> None:
    take_up_to(240)
    fill(bench.root, bench.index, COUNT, bench.bytes_of)
    library = bench.open()
    library.lookup.prepare(Query())
    times_ms = []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            started_s = time.thread_time()
            library.ids(Query(text=text[:end]))
            times_ms.append(1000 * (time.thread_time() - started_s))
        assert library.ids(Query(text=text)), text
    late_ms = sorted(times_ms)[len(times_ms) * 95 // 100]
    say_figures(f"a key among {COUNT:,} pictures: {late_ms:.0f} ms of the processor at the 95th of 100")
    assert late_ms < KEY_MS
