"""The one table of keys: it feeds the menus, the tooltips and the list under ``?``."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key and what it does. ``keys`` is portable text; Qt shows Command for Ctrl on macOS."""

    id: str
    group: str
    words: str
    keys: str

    @property
    def sequence(self) -> QKeySequence:
        """The key as Qt knows it."""
        return QKeySequence(self.keys, QKeySequence.SequenceFormat.PortableText)

    @property
    def shown(self) -> str:
        """The key as this system writes it."""
        return self.sequence.toString(QKeySequence.SequenceFormat.NativeText)


def shortcuts() -> tuple[Shortcut, ...]:
    """Every key, in the order of the list."""
    return (*_making(), *_marking_up(), *_judging(), *_comparing(), *_moving())


def keys_of(shortcut_id: str) -> QKeySequence:
    """The key of one entry. Raises StopIteration on an unknown id (a defect)."""
    return next(shortcut.sequence for shortcut in shortcuts() if shortcut.id == shortcut_id)


def _making() -> tuple[Shortcut, ...]:
    group = QCoreApplication.translate("shortcuts", "Making pictures")
    return (
        Shortcut("generate", group, QCoreApplication.translate("shortcuts", "Generate"), "Ctrl+Return"),
        Shortcut(
            "again",
            group,
            QCoreApplication.translate("shortcuts", "Send the last once more"),
            "Ctrl+Shift+Return",
        ),
        Shortcut("edit", group, QCoreApplication.translate("shortcuts", "Edit this picture"), "E"),
        Shortcut("reference", group, QCoreApplication.translate("shortcuts", "Add to references"), "R"),
        Shortcut("prompt", group, QCoreApplication.translate("shortcuts", "Go to the prompt"), "P"),
        Shortcut("paste", group, QCoreApplication.translate("shortcuts", "Paste as reference"), "Ctrl+V"),
        Shortcut("new_draft", group, QCoreApplication.translate("shortcuts", "New draft"), "Ctrl+T"),
        Shortcut("close_draft", group, QCoreApplication.translate("shortcuts", "Close this draft"), "Ctrl+W"),
        Shortcut(
            "reopen_draft",
            group,
            QCoreApplication.translate("shortcuts", "Bring back the draft that was closed"),
            "Ctrl+Shift+T",
        ),
        Shortcut("next_draft", group, QCoreApplication.translate("shortcuts", "Next draft"), "Ctrl+Tab"),
        Shortcut("open_draft", group, QCoreApplication.translate("shortcuts", "Open draft…"), ""),
        Shortcut("save_draft", group, QCoreApplication.translate("shortcuts", "Save draft…"), ""),
        Shortcut("history", group, QCoreApplication.translate("shortcuts", "Earlier prompts…"), "Ctrl+H"),
        Shortcut(
            "older_prompt",
            group,
            QCoreApplication.translate("shortcuts", "In the prompt: the one used before, or after"),
            "Alt+Up",
        ),
        Shortcut("presets", group, QCoreApplication.translate("shortcuts", "Presets…"), ""),
    )


def _marking_up() -> tuple[Shortcut, ...]:
    group = QCoreApplication.translate("shortcuts", "Marking up a reference")
    return (
        Shortcut("mark_up", group, QCoreApplication.translate("shortcuts", "Mark up the reference"), "M"),
        Shortcut("mark_crop", group, QCoreApplication.translate("shortcuts", "Crop"), "C"),
        Shortcut("mark_box", group, QCoreApplication.translate("shortcuts", "Box"), "B"),
        Shortcut("mark_arrow", group, QCoreApplication.translate("shortcuts", "Arrow"), "A"),
        Shortcut("mark_brush", group, QCoreApplication.translate("shortcuts", "Brush"), "D"),
        Shortcut(
            "mark_colour",
            group,
            QCoreApplication.translate("shortcuts", "Red, blue, green or yellow with 1 to 4"),
            "1",
        ),
        Shortcut("mark_thinner", group, QCoreApplication.translate("shortcuts", "Thinner lines"), "["),
        Shortcut("mark_thicker", group, QCoreApplication.translate("shortcuts", "Thicker lines"), "]"),
        Shortcut("mark_new", group, QCoreApplication.translate("shortcuts", "New, in the middle"), "N"),
        Shortcut("mark_next", group, QCoreApplication.translate("shortcuts", "Select the next mark"), "S"),
        Shortcut(
            "mark_move",
            group,
            QCoreApplication.translate("shortcuts", "Move; with Shift resize, with Ctrl by a pixel"),
            "Right",
        ),
        Shortcut("mark_use", group, QCoreApplication.translate("shortcuts", "Use the copy"), "Return"),
    )


def _judging() -> tuple[Shortcut, ...]:
    group = QCoreApplication.translate("shortcuts", "Looking and judging")
    return (
        Shortcut("view", group, QCoreApplication.translate("shortcuts", "Open in the viewer"), "Return"),
        Shortcut("peek", group, QCoreApplication.translate("shortcuts", "Look at it large"), "Space"),
        Shortcut("zoom", group, QCoreApplication.translate("shortcuts", "Fit or 100 %"), "Z"),
        Shortcut(
            "before", group, QCoreApplication.translate("shortcuts", "Hold: what it was made from"), "B"
        ),
        Shortcut("rate", group, QCoreApplication.translate("shortcuts", "Rate with 1 to 5 stars"), "1"),
        Shortcut("unrate", group, QCoreApplication.translate("shortcuts", "No stars"), "0"),
        Shortcut("reject", group, QCoreApplication.translate("shortcuts", "Reject, or take it back"), "X"),
        Shortcut("compare", group, QCoreApplication.translate("shortcuts", "Compare"), "C"),
        Shortcut("grid", group, QCoreApplication.translate("shortcuts", "The press as a table"), "G"),
        Shortcut(
            "storyboard", group, QCoreApplication.translate("shortcuts", "The set as a storyboard"), "S"
        ),
        Shortcut("tag", group, QCoreApplication.translate("shortcuts", "Tags"), "T"),
        Shortcut("rename", group, QCoreApplication.translate("shortcuts", "Rename"), "F2"),
        Shortcut("trash", group, QCoreApplication.translate("shortcuts", "Move to the trash"), "Del"),
        Shortcut("copy", group, QCoreApplication.translate("shortcuts", "Copy the picture"), "Ctrl+C"),
        Shortcut(
            "copy_file", group, QCoreApplication.translate("shortcuts", "Copy the file"), "Ctrl+Shift+C"
        ),
        Shortcut("export", group, QCoreApplication.translate("shortcuts", "Export…"), "Ctrl+E"),
    )


def _comparing() -> tuple[Shortcut, ...]:
    group = QCoreApplication.translate("shortcuts", "Comparing")
    return (
        Shortcut("side_by_side", group, QCoreApplication.translate("shortcuts", "Side by side"), "S"),
        Shortcut("slider", group, QCoreApplication.translate("shortcuts", "Slider"), "L"),
        Shortcut("flicker", group, QCoreApplication.translate("shortcuts", "Flicker"), "F"),
        Shortcut("swap", group, QCoreApplication.translate("shortcuts", "Change places"), "W"),
        Shortcut("active", group, QCoreApplication.translate("shortcuts", "Act on A, B, C or D"), "A"),
        Shortcut(
            "stays", group, QCoreApplication.translate("shortcuts", "Run-off: the champion stays"), "Right"
        ),
        Shortcut(
            "champion", group, QCoreApplication.translate("shortcuts", "Run-off: new champion"), "Enter"
        ),
        Shortcut("step_back", group, QCoreApplication.translate("shortcuts", "Run-off: a step back"), "Left"),
    )


def _moving() -> tuple[Shortcut, ...]:
    group = QCoreApplication.translate("shortcuts", "The window")
    return (
        Shortcut("search", group, QCoreApplication.translate("shortcuts", "Search"), "Ctrl+F"),
        Shortcut("palette", group, QCoreApplication.translate("shortcuts", "Find a command…"), "Ctrl+K"),
        Shortcut("details", group, QCoreApplication.translate("shortcuts", "Compose or details"), "I"),
        Shortcut("back", group, QCoreApplication.translate("shortcuts", "One step back"), "Esc"),
        Shortcut("undo", group, QCoreApplication.translate("shortcuts", "Undo"), "Ctrl+Z"),
        Shortcut("redo", group, QCoreApplication.translate("shortcuts", "Redo"), "Ctrl+Shift+Z"),
        Shortcut("panels", group, QCoreApplication.translate("shortcuts", "Hide the panels"), "Ctrl+\\"),
        Shortcut("full_screen", group, QCoreApplication.translate("shortcuts", "Pictures only"), "F11"),
        Shortcut(
            "second_screen", group, QCoreApplication.translate("shortcuts", "Second screen"), "Shift+F11"
        ),
        Shortcut("preferences", group, QCoreApplication.translate("shortcuts", "Preferences"), "Ctrl+,"),
        Shortcut("open", group, QCoreApplication.translate("shortcuts", "Open a library"), "Ctrl+O"),
        Shortcut("import", group, QCoreApplication.translate("shortcuts", "Import…"), "Ctrl+I"),
        Shortcut("import_folder", group, QCoreApplication.translate("shortcuts", "Import a folder…"), ""),
        Shortcut("hand_over", group, QCoreApplication.translate("shortcuts", "Hand over this board…"), ""),
        Shortcut("check", group, QCoreApplication.translate("shortcuts", "Check library…"), ""),
        Shortcut("duplicates", group, QCoreApplication.translate("shortcuts", "Find duplicates"), ""),
        Shortcut("save_search", group, QCoreApplication.translate("shortcuts", "Save this search…"), ""),
        Shortcut("keys", group, QCoreApplication.translate("shortcuts", "Keyboard shortcuts"), "?"),
        Shortcut("quit", group, QCoreApplication.translate("shortcuts", "Quit"), "Ctrl+Q"),
    )
