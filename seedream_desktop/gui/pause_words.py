"""The words for a queue that pauses: why, what that means, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.pause import Pause, PauseReason
from seedream_desktop.gui import words
from seedream_desktop.gui.dates import today
from seedream_desktop.gui.problem_words import joined, problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.pause import DayFigures

translate = QCoreApplication.translate


def pause_words(pause: Pause) -> str:
    """Why nothing new is sent, and what makes it go on."""
    if pause.figures is not None:
        return _limit_words(pause.figures)
    if pause.problem is not None:
        said = problem_words(pause.problem)
        text = translate("pause", "Paused, so that the rest does not end the same way. {happened} {remedy}")
        return text.format(happened=said.happened, remedy=said.remedy).strip()
    return {
        PauseReason.RESTARTED: translate(
            "pause", "This was waiting when the application ended. It is sent when you resume."
        ),
        PauseReason.ENDING: translate(
            "pause", "Nothing new is sent: this ends once what was sent is answered."
        ),
    }.get(pause.reason, translate("pause", "Paused by you. What was sent goes on, nothing new is sent."))


def short_pause_words(pause: Pause | None) -> str:
    """The same in a word or two, for the status line: ``paused: key not accepted``."""
    if pause is None:
        return ""
    if pause.reason is PauseReason.DAILY_LIMIT:
        return translate("pause", "paused: limit of the day")
    if pause.problem is None:
        return translate("pause", "paused")
    return {
        ProblemKind.KEY_REFUSED: translate("pause", "paused: key not accepted"),
        ProblemKind.KEY_MALFORMED: translate("pause", "paused: key not accepted"),
        ProblemKind.NO_KEY: translate("pause", "paused: no key"),
        ProblemKind.QUOTA_SPENT: translate("pause", "paused: balance used up"),
        ProblemKind.SIGN_IN_NEEDED: translate("pause", "paused: sign-in needed"),
        ProblemKind.PROXY_UNUSABLE: translate("pause", "paused: proxy"),
        ProblemKind.CERTIFICATE_REFUSED: translate("pause", "paused: connection not safe"),
        ProblemKind.DISK_FULL: translate("pause", "paused: disk full"),
    }.get(pause.problem.kind, translate("pause", "paused: a problem"))


def _limit_words(figures: DayFigures) -> str:
    if figures.day != today().isoformat():
        text = translate("pause", "The limit of {limit} held this back on another day. Resume to go on.")
        return text.format(limit=words.cents(figures.limit_usd))
    limit = words.cents(figures.limit_usd)
    if figures.next_usd is None:
        text = translate(
            "pause",
            "Paused: no price is known for the next request, so it cannot be held against the limit of "
            "{limit} a day.",
        )
        return joined(text.format(limit=limit), _spent_words(figures))
    text = translate(
        "pause", "Paused: the next request, {next}, would pass the limit of {limit} a day."
    ).format(next=words.up_to(figures.next_usd), limit=limit)
    return joined(text, _spent_words(figures))


def _spent_words(figures: DayFigures) -> str:
    text = translate("pause", "Today {spent} is spent or may be billed.")
    if figures.under_way_usd:
        text = translate("pause", "Today {spent} is spent or may be billed, {under_way} more is under way.")
    spent = text.format(spent=words.cents(figures.spent_usd), under_way=words.cents(figures.under_way_usd))
    if not figures.unpriced:
        return spent
    unpriced = translate("pause", "Not counted, for no price is known: {count} of today's requests.")
    return joined(spent, unpriced.format(count=words.number(figures.unpriced)))
