"""What the tests of marking up share: a draft with two references in a library, and what marks them up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.imaging.checking import CheckedPicture, check_reference
from seedream_desktop.imaging.marking_up import mark_up
from seedream_desktop.imaging.markup import Crop, Mark, MarkColour, MarkKind, Markup
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.marking_up import MarkingUp, Used
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import a_draft

SIZE = (100, 80)
BOX = Mark(MarkKind.BOX, MarkColour.RED, 4.0, ((20.0, 10.0), (60.0, 40.0)))
ARROW = Mark(MarkKind.ARROW, MarkColour.BLUE, 4.0, ((90.0, 70.0), (70.0, 55.0)))


class Here:
    """Draws in this process, unless it is told to fail first."""

    def __init__(self) -> None:
        self.error: OSError | None = None

    def mark_up(
        self, path: Path, sha256: str, markup: Markup, target: Path, thumbnail: Path | None
    ) -> CheckedPicture:
        if self.error is not None:
            raise self.error
        return mark_up(path, sha256, markup, target, thumbnail)


class MarkupStage:
    """A draft with two references in a library, and what marks them up."""

    def __init__(self, folder: Path, runner: TaskRunner, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.library: Library = open_library(folder / "library", folder / "index", "0" * 32)
        self.worker = Here()
        self.draft: Draft = a_draft(references=(self.reference("#205080"), self.reference("#808020")))
        thumbnail = folder / "thumbnails"
        self.marking = MarkingUp(
            self.draft, runner, lambda: self.library, lambda: self.worker, thumbnail.joinpath, runner
        )

    def reference(self, colour: str) -> Reference:
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        path = self.folder / f"{colour.strip('#')}.png"
        assert image.save(str(path))
        return self.library.add_reference(path, check_reference(path, None), path.name)

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.draft.recipe.references or ()

    def open(self, index: int) -> MarkingUp:
        with self.qtbot.waitSignal(self.marking.opened):
            self.marking.open(index)
        return self.marking

    def draw(self, *marks: Mark, crop: Crop | None = None) -> None:
        markup = self.marking.markup
        self.marking.change(replace(markup, marks=(*markup.marks, *marks), crop=crop))

    def use(self) -> Used:
        with self.qtbot.waitSignal(self.marking.used) as told:
            self.marking.use()
        assert told.args is not None
        used = told.args[0]
        assert isinstance(used, Used)
        return used

    def fail(self) -> ProblemKind:
        with self.qtbot.waitSignal(self.marking.failed) as told:
            self.marking.use()
        assert told.args is not None
        kind = told.args[0].kind
        assert isinstance(kind, ProblemKind)
        return kind
