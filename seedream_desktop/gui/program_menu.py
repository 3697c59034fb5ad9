"""Which program a working copy is opened in: the system's, those that take such files, or any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS
from seedream_desktop.platforms.programs import Program
from seedream_desktop.state.programs import MEANT

if TYPE_CHECKING:
    from seedream_desktop.state.programs import ProgramChoice

translate = QCoreApplication.translate


def program_menu(
    parent: QWidget, choice: ProgramChoice, folder: Path, open_in: Callable[[Program], None]
) -> QMenu:
    """The one that was used last is ticked. ``folder``: where programs usually lie."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setObjectName("programs")
    menu.setAccessibleName(translate("programs", "Open a working copy with"))
    entries = [(MEANT, translate("programs", "The system's program for it"))]
    entries += [(one, plain(one.name, LABEL_CHARACTERS).replace("&", "&&")) for one in choice.programs]
    for program, text in entries:
        act = menu.addAction(text)
        act.setCheckable(True)
        act.setChecked(program.id == choice.last.id)
        act.triggered.connect(lambda _checked, program=program: open_in(program))
        if program is MEANT:
            menu.addSeparator()
    menu.addSeparator()
    other = translate("programs", "Choose another program…")
    menu.addAction(other).triggered.connect(lambda: _choose(parent, folder, open_in))
    return menu


def _choose(parent: QWidget, folder: Path, open_in: Callable[[Program], None]) -> None:
    title = translate("programs", "Open a working copy with")
    path, _ = QFileDialog.getOpenFileName(parent, title, str(folder))
    if path:
        open_in(Program(path, Path(path).stem))
