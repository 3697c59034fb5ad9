"""What the details say about the answer and the file: all that is known, for who wants to know it exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.links import bare_link
from seedream_desktop.gui import words
from seedream_desktop.gui.dates import when
from seedream_desktop.gui.origin_words import Fact

if TYPE_CHECKING:
    from seedream_desktop.library.record import Made
    from seedream_desktop.state.origins import Origin

translate = QCoreApplication.translate


def answer_facts(origin: Origin) -> tuple[Fact, ...]:
    """Every line about the answer and the file, in the order in which they are shown."""
    return (*_answer(origin.record.made), *_file(origin))


def _answer(made: Made) -> Iterator[Fact]:
    request, answer = made.request, made.answer
    if request is not None:
        yield Fact(translate("details", "Asked as"), words.response_format(request.response_format))
    if answer.model:
        yield Fact(translate("details", "Answered by"), answer.model)
    if answer.created:
        yield Fact(translate("details", "Server's time"), when(answer.created * 1000))
    if answer.size_said:
        yield Fact(translate("details", "Size in the answer"), answer.size_said.replace("x", " × "))
    if answer.generated_images is not None:
        yield Fact(translate("details", "Pictures billed"), words.number(answer.generated_images))
    if answer.output_tokens is not None:
        yield Fact(translate("details", "Output tokens"), words.number(answer.output_tokens))
    if answer.total_tokens is not None:
        yield Fact(translate("details", "Tokens in all"), words.number(answer.total_tokens))
    if answer.link:
        yield Fact(translate("details", "Came from"), bare_link(answer.link))
    for number, sent in enumerate(made.sent_references, 1):
        if sent.derived:
            label = translate("details", "Image {number} sent").format(number=number)
            yield Fact(label, sent.derived)


def _file(origin: Origin) -> Iterator[Fact]:
    made, picture = origin.record.made, origin.picture
    if picture.number:
        yield Fact(translate("details", "Number"), f"#{picture.number}")
    yield Fact(translate("details", "Type"), made.media_type)
    size = translate("details", "{count} bytes").format(count=words.number(picture.size_bytes))
    yield Fact(translate("details", "File size"), size)
    copy = translate("details", "Copy the checksum")
    yield Fact("SHA-256", picture.sha256, copy_words=copy)
