"""What is said of pictures that did not come about: on their tiles, and in one line for all of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.cost import cost_of
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import request_again
from seedream_desktop.gui import words
from seedream_desktop.gui.cards import Act, Card, CardButton, Tone
from seedream_desktop.gui.cost_words import short_cost_words
from seedream_desktop.gui.problem_words import joined, money_words, problem_words
from seedream_desktop.state.tiles import kept_file

if TYPE_CHECKING:
    from seedream_desktop.generation.cost import Cost
    from seedream_desktop.generation.job import Job, MissingPicture
    from seedream_desktop.state.tiles import MissingTile

translate = QCoreApplication.translate
_NOT_ARRIVED = (ProblemKind.CONNECTION_BROKE, ProblemKind.NO_ANSWER)


def missing_card(tile: MissingTile) -> Card:
    """What the tile shows: red for what certainly failed, amber for what may have been billed."""
    missing = tile.missing
    buttons = [_try_button(tile.job)]
    if kept_file(tile) and missing.problem.billed is not Billed.NO:
        buttons.append(show_answer_button())
    return Card(
        tile.job.request.prompt,
        joined(_happened(missing), money_words(missing.problem.billed)),
        figures=_place(tile),
        tone=Tone.AMBER if missing.problem.billed is Billed.MAYBE else Tone.RED,
        buttons=tuple(buttons),
        dismiss_words=translate("missing picture", "Dismiss"),
        rarely=(*copy_id_buttons(missing.problem), copy_command_button()),
    )


def missing_words(job: Job) -> str:
    """All that is missing of ``job`` in one line: ``3 pictures saved, 1 missing.``, the reason, the money."""
    saved = words.pictures(sum(map(bool, job.saved)))
    text = translate("missing picture", "{saved} saved, {count} missing.")
    first = job.missing[0]
    count = words.number(job.missing_count)
    return joined(text.format(saved=saved, count=count), _happened(first), money_words(first.problem.billed))


def try_missing_words(job: Job) -> str:
    """``Try the missing again · $0.08``: for all that are missing, in one request."""
    price = short_cost_words(cost_of(job, request_again(job)))
    return translate("missing picture", "Try the missing again · {price}").format(price=price)


def again_words(cost: Cost | None) -> str:
    """``Again · $0.08``: the shortest, in which the price is still not cut off."""
    if cost is None:
        return translate("missing picture", "Try again")
    return translate("missing picture", "Again · {price}").format(price=words.cents(cost.high_usd))


def copy_id_buttons(problem: Problem) -> tuple[CardButton, ...]:
    """Copies the provider's id of the request, where it gave one."""
    if not problem.request_id:
        return ()
    return (CardButton(Act.COPY_ID, translate("job tile", "Copy the request id")),)


def copy_command_button() -> CardButton:
    """Copies the request as a command for a terminal."""
    return CardButton(Act.COPY_COMMAND, translate("job tile", "Copy as curl"))


def show_answer_button() -> CardButton:
    """Shows the file that was kept."""
    shorter = (translate("missing picture", "Show it"),)
    return CardButton(Act.SHOW_ANSWER, translate("missing picture", "Show the answer"), shorter)


def _try_button(job: Job) -> CardButton:
    count, cost = job.missing_count, cost_of(job, request_again(job))
    if count > 1:
        again = translate("missing picture", "Try {count} again · {price}")
    else:
        again = translate("missing picture", "Try again · {price}")
    again = again.format(count=words.number(count), price=short_cost_words(cost))
    return CardButton(Act.RETRY, try_missing_words(job), (again, again_words(cost)))


def _place(tile: MissingTile) -> str:
    missing = tile.missing
    if missing.count > 1:
        text = translate("missing picture", "pictures {first} to {last} at most")
        first, last = missing.index + 1, missing.index + missing.count
        return text.format(first=words.number(first), last=words.number(last))
    text = translate("missing picture", "picture {number} of {total}")
    return text.format(number=words.number(missing.index + 1), total=words.number(tile.total))


def _happened(missing: MissingPicture) -> str:
    kind = missing.problem.kind
    if kind in _NOT_ARRIVED:
        if missing.count > 1:
            return translate("missing picture", "The connection broke before the rest came.")
        return translate("missing picture", "The connection broke before it came.")
    if kind is ProblemKind.ANSWER_UNREADABLE:
        return translate("missing picture", "This part of the answer could not be read. It is kept.")
    if kind is ProblemKind.ANSWER_EMPTY:
        return translate("missing picture", "It was made, but the answer does not hold it.")
    return problem_words(missing.problem).happened
