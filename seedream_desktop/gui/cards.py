"""What a tile that is no picture shows, as values: its words, its bar, its acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """How a tile stands out."""

    PLAIN = "plain"
    AMBER = "amber"  # unknown, maybe billed
    RED = "red"  # certainly failed


class Act(Enum):
    """What a tile offers to do."""

    CANCEL = "cancel"
    CANCEL_WAITING = "cancel_waiting"
    CHECK = "check"
    RETRY = "retry"
    RETRY_SAFER = "retry_safer"
    DISMISS = "dismiss"
    PREFERENCES = "preferences"
    SIGN_IN = "sign_in"
    COPY_ID = "copy_id"
    SHOW_ANSWER = "show_answer"
    OPEN_LIBRARY = "open_library"
    COPY_COMMAND = "copy_command"


@dataclass(frozen=True, slots=True)
class CardButton:
    """An act and its words."""

    act: Act
    words: str
    shorter: tuple[str, ...] = ()  # what it says where there is less room, the longest first


@dataclass(frozen=True, slots=True)
class Card:
    """What a tile of a job shows."""

    title: str  # two lines of the prompt at most
    said: str = ""  # what happened, what it means, what can be done
    figures: str = ""  # time, bytes
    is_urgent: bool = False  # the figures stand out
    spoken: str = ""  # what a screen reader says in their place, where they are too short for it
    bar: float | None = None  # 0 to 1; None: no bar
    breathes: bool = False
    tone: Tone = Tone.PLAIN
    buttons: tuple[CardButton, ...] = ()
    dismiss_words: str = ""  # empty: it cannot be dismissed
    rarely: tuple[CardButton, ...] = ()  # acts that only its menu offers

    @property
    def is_marked(self) -> bool:
        """Whether a sign beside its words says how it stands: never colour alone."""
        return self.tone is not Tone.PLAIN
