"""A run-off: one picture defends its place against the others, one after the other, until one is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Verdict(Enum):
    """What became of a challenger."""

    LOST = "lost"  # the champion stays
    WON = "won"  # it is the new champion
    REJECTED = "rejected"  # the champion stays, and it is no good at all


@dataclass(frozen=True, slots=True)
class Duel:
    """One step: who defended against whom, and how it ended."""

    champion: str
    challenger: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RunOff:
    """Where a run-off stands. ``keys`` name the pictures, in the order in which they come."""

    keys: tuple[str, ...]  # two or more, each once
    duels: tuple[Duel, ...] = ()

    @property
    def champion(self) -> str:
        """Who is ahead."""
        last = self.duels[-1] if self.duels else None
        if last is None:
            return self.keys[0]
        return last.challenger if last.verdict is Verdict.WON else last.champion

    @property
    def challenger(self) -> str:
        """Who is next; empty when it is over."""
        return "" if self.is_over else self.keys[len(self.duels) + 1]

    @property
    def number(self) -> int:
        """Which duel it is, from 1; when it is over the last one."""
        return min(len(self.duels) + 1, self.count)

    @property
    def count(self) -> int:
        """How many duels there are."""
        return len(self.keys) - 1

    @property
    def is_over(self) -> bool:
        """Whether everybody has had a turn."""
        return len(self.duels) >= self.count

    def decided(self, verdict: Verdict) -> RunOff:
        """With the duel of now decided; over it stays over."""
        if self.is_over:
            return self
        return replace(self, duels=(*self.duels, Duel(self.champion, self.challenger, verdict)))

    def taken_back(self) -> RunOff:
        """Without the last duel."""
        return replace(self, duels=self.duels[:-1])

    @property
    def order(self) -> tuple[str, ...]:
        """The champion, those who were champion before it, the others as they came; rejected ones last.

        Nothing more is known: two that lost to the same one were never held against each other.
        """
        ahead = [self.champion]
        ahead += [duel.champion for duel in reversed(self.duels) if duel.verdict is Verdict.WON]
        rejected = [duel.challenger for duel in self.duels if duel.verdict is Verdict.REJECTED]
        seen = self.keys[: len(self.duels) + 1]
        middle = [key for key in seen if key not in ahead and key not in rejected]
        return (*ahead, *middle, *rejected, *self.keys[len(seen) :])
