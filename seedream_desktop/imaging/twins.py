"""Which of many pictures are the same but for size and compression: pairs of shapes of which few bits differ.

Pure Python over everything at once, so it belongs into a child process.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from seedream_desktop.imaging.fingerprint import EDGE_BYTES, SHAPE_BYTES

NEAR = 48  # bits of a shape; a picture that was made smaller and recompressed changes 18, seldom more than 40
PAIRS_MOST = 20_000
FEW = 16  # new ones that are compared with all; of more, only those are that share a band
_BAND_BYTES = 2  # of 16 bands at least one is untouched where fewer than 16 bits differ, and mostly beyond
_CROWD = 40  # pictures of one band; of more, each is compared with those that are as light
_NEIGHBOURS = 16


@dataclass(frozen=True, slots=True)
class Twins:
    """The places of pictures that look the same, two and two, the nearest first."""

    places: tuple[int, ...]


def twins_in(path: Path, new_count: int) -> Twins:
    """Those among the shapes that a file holds, one after the other, of which the last ones are new.

    Only pairs with a new one among them. Raises OSError.
    """
    content = path.read_bytes()
    shapes = [content[start : start + SHAPE_BYTES] for start in range(0, len(content), SHAPE_BYTES)]
    whole = [int.from_bytes(shape) for shape in shapes]
    known = len(shapes) - new_count
    is_few = new_count <= FEW
    pairs = _with_each(known, len(shapes)) if is_few else _candidates(shapes)
    found = {}
    for one, other in pairs:
        if other < known:
            continue
        bits = (whole[one] ^ whole[other]).bit_count()
        if bits <= NEAR:
            found[one, other] = bits
    nearest = heapq.nsmallest(PAIRS_MOST, found, key=lambda pair: (found[pair], pair))
    return Twins(tuple(place for pair in nearest for place in pair))


def _with_each(known: int, count: int) -> Iterator[tuple[int, int]]:
    """Every pair with a new one, the smaller place first."""
    return ((one, other) for other in range(known, count) for one in range(other))


def _candidates(shapes: list[bytes]) -> Iterator[tuple[int, int]]:
    """Pairs that share a band of their edges, the smaller place first."""
    lightness = [int.from_bytes(shape[EDGE_BYTES:]).bit_count() for shape in shapes]
    for start in range(0, EDGE_BYTES, _BAND_BYTES):
        alike = defaultdict(list)
        for place, shape in enumerate(shapes):
            alike[shape[start : start + _BAND_BYTES]].append(place)
        for places in alike.values():
            if len(places) <= _CROWD:
                yield from combinations(places, 2)
            else:
                places.sort(key=lightness.__getitem__)
                for at, place in enumerate(places):
                    for other in places[at + 1 : at + 1 + _NEIGHBOURS]:
                        yield (place, other) if place < other else (other, place)
