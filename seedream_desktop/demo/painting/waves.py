"""Smooth random lines: crests, contours, shores."""

import math
import random


class RandomWave:
    """A line that rises and falls between 0 and 1, in octaves, each half as strong as the one before.

    `peaks` is how many hills lie within one unit of length; `sharpness` (0 to 1) turns hills into peaks.
    """

    def __init__(self, chance: random.Random, peaks: float, octaves: int, sharpness: float) -> None:
        self._parts = [(peaks * 2.07**n, chance.uniform(0, 9999), 0.45**n) for n in range(octaves)]
        self._total = sum(weight for _, _, weight in self._parts)
        self._sharpness = sharpness

    def __call__(self, position: float) -> float:
        """Height at a position."""
        parts = (weight * self._height(position * peaks + start) for peaks, start, weight in self._parts)
        return sum(parts) / self._total

    def _height(self, position: float) -> float:
        cell = math.floor(position)
        share = position - cell
        share = share * share * (3 - 2 * share)
        value = _lattice(cell) * (1 - share) + _lattice(cell + 1) * share
        return value * (1 - self._sharpness) + (1 - abs(2 * value - 1)) * self._sharpness


def _lattice(cell: int) -> float:
    mixed = (cell * 374_761_393 + 668_265_263) & 0xFFFFFFFF
    mixed = ((mixed ^ mixed >> 13) * 1_274_126_177) & 0xFFFFFFFF
    return ((mixed ^ mixed >> 16) & 0xFFFF) / 0xFFFF
