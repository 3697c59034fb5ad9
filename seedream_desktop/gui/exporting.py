"""Exports as the designer meets them: the dialog, and afterwards what was written and what was lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from seedream_desktop.gui import words
from seedream_desktop.gui.problem_words import joined, problem_words
from seedream_desktop.imaging.export_form import ExportWish, Loss
from seedream_desktop.state.exporting import SheetWords

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.export_dialog import ExportDialog
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.exporting import ExportReport
    from seedream_desktop.state.exporting import ExportFacts, MarksFound
    from seedream_desktop.state.session import Session


class ExportTie(QObject):
    """Ties the dialog to what exports."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Connect both ways."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._exporting = session.exporting
        self.dialog: ExportDialog | None = None
        self._exporting.facts_known.connect(self._on_facts)
        self._exporting.marks_found.connect(self._on_marks)
        self._exporting.presets_changed.connect(self._on_presets)
        self._exporting.ended.connect(self._on_ended)
        self._exporting.failed.connect(self._on_problem)

    def ask(self, ids: tuple[str, ...], *, is_ordered: bool = False) -> None:
        """Open the dialog for these pictures, once they are known; ``is_ordered``: just as they stand."""
        self._exporting.look(ids, is_ordered=is_ordered)

    def _on_facts(self, facts: ExportFacts) -> None:
        from seedream_desktop.gui.export_dialog import ExportDialog  # late: when one exports

        if self.dialog is not None:
            self.dialog.close()
        if not facts.pictures:
            return
        dialog = ExportDialog(facts, self._parts.window)
        dialog.export_requested.connect(lambda wish, folder: self._begin(facts, wish, folder))
        dialog.preset_saved.connect(self._exporting.save_preset)
        dialog.preset_removed.connect(self._exporting.remove_preset)
        dialog.destroyed.connect(self._on_closed)
        self.dialog = dialog
        dialog.show()

    def _begin(self, facts: ExportFacts, wish: ExportWish, folder: Path) -> None:
        heading = facts.board_name or self.tr("Pictures")
        page = self.tr("Page {page} of {pages}")
        self._exporting.begin(facts, wish, folder, SheetWords(heading, page, QApplication.font()))

    def _on_closed(self) -> None:
        self.dialog = None
        self._exporting.look_no_longer()

    def _on_marks(self, marks: MarksFound) -> None:
        if self.dialog is not None:
            self.dialog.show_marks(marks)

    def _on_presets(self, presets: object) -> None:
        if self.dialog is not None:
            self.dialog.show_presets(presets)  # type: ignore[arg-type]

    def _on_ended(self, report: ExportReport) -> None:
        """Say what was written, and where; what it lacks is said with it."""
        notices = self._parts.notices
        lacking = self._losses(report)
        said = joined(self._outcome(report), *lacking, *self._failures(report))
        offer = (self.tr("Show"), lambda: self._session.handing_out.reveal(report.written[0]))
        tell = notices.warn if lacking or report.failed or report.problem else notices.say
        if report.written:
            tell(said, *offer)
        else:
            tell(said)

    def _outcome(self, report: ExportReport) -> str:
        count, folder = len(report.written), report.folder.name or str(report.folder)
        is_whole = not report.is_cancelled and report.problem is None
        if is_whole and count == 1:
            return self.tr("Exported as {name} into {folder}.").format(
                name=report.written[0].name, folder=folder
            )
        if is_whole and count:
            text = self.tr("{pictures} exported into {folder}.")
            return text.format(pictures=words.pictures(count), folder=folder)
        if not count:
            return self.tr("Nothing was exported.")
        text = self.tr(
            "The export ended early: {count} of {pictures} were written into {folder} and stay there."
        )
        return text.format(count=words.number(count), pictures=words.pictures(report.total), folder=folder)

    def _losses(self, report: ExportReport) -> list[str]:
        sentences = {
            Loss.CREDENTIALS: self.tr("{pictures} lost the content credentials."),
            Loss.LABEL: self.tr("{pictures} lost the label that a model made them."),
            Loss.WATERMARK: self.tr("From {pictures} the visible mark may have been cut off."),
            Loss.DEPTH: self.tr("{pictures} have 8 bits a channel now."),
            Loss.FRAMES: self.tr("Of {pictures} only the first frame was exported."),
            Loss.TRANSPARENCY: self.tr("{pictures} were laid on white."),
            Loss.RECIPE: self.tr("{pictures} have no recipe inside: their files were left as they are."),
        }
        counts = Counter(loss for _, loss in report.losses)
        return [sentences[loss].format(pictures=words.pictures(count)) for loss, count in counts.items()]

    def _failures(self, report: ExportReport) -> list[str]:
        problems = (*([report.problem] if report.problem else []), *report.failed)
        return [problem_words(problem).without_money for problem in problems[:2]]

    def _on_problem(self, problem: Problem) -> None:
        self._parts.notices.warn(problem_words(problem).without_money)
