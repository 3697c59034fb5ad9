"""A language made for tests: every string in brackets and twice as long, so that a missed one shows."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

import translations
from seedream_desktop.gui.shortcuts import shortcuts
from seedream_desktop.gui.words import model_name, short_model_name
from tests.compose_stage import catalog

LANGUAGE_CODE = "en_GB"  # what names of months are taken from
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_BRACKETED = re.compile(r"\[!![^\[\]]*!!\]")
_ELIDED = re.compile(r"\[!![^\[\]]*…")
_ADDRESS = re.compile(r"https://\S+")
_HAS_LETTERS = re.compile(r"[^\W\d_]")


def load_pseudo_language(folder: Path) -> QTranslator:
    """Collect the strings anew, translate each, compile them in ``folder`` and load the result."""
    source, compiled = folder / "pseudo.ts", folder / "pseudo.qm"
    translations.collect(source, "zh_CN")
    tree = ET.parse(source)
    for context in tree.getroot().iter("context"):
        is_pattern = context.findtext("name") == "dates"
        for message in context.iter("message"):
            text = message.findtext("source") or ""
            translation = message.find("translation")
            assert translation is not None
            translation.attrib.pop("type", None)
            translation.text = _pattern(text) if is_pattern else bracketed(text)
    tree.write(source, encoding="utf-8", xml_declaration=True)
    translations.build(source, compiled)
    translator = QTranslator()
    assert translator.load(str(compiled))
    return translator


def bracketed(text: str) -> str:
    """``text`` at twice its length, brackets included; what is filled in later stands in it once."""
    masked = "".join("x" if letter.isalpha() else letter for letter in re.sub(r"\{\w*\}", "", text))
    padding = masked[len("[!!  !!]") :].strip()
    return f"[!! {text} {padding} !!]" if padding else f"[!! {text} !!]"


def _pattern(text: str) -> str:
    """A pattern for dates whose brackets are quoted; the code of the language stays."""
    return text if text == LANGUAGE_CODE else f"'[!! '{text}' !!]'"


def unbracketed(text: str) -> str:
    """What of ``text`` was not translated: empty when every word of it was, or needs no translation."""
    before, rest = "", text
    while rest != before:
        before, rest = rest, _BRACKETED.sub(" ", rest)
    rest = _ADDRESS.sub("", _ELIDED.sub("", rest))
    for name in names_in_any_language():
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", rest)
    return rest.strip() if _HAS_LETTERS.search(rest) else ""


def names_in_any_language() -> tuple[str, ...]:
    """What is the same in every language, the longest first: models, formats, sizes, keys, ourselves."""
    models = catalog().models
    keys = {shortcut.shown for shortcut in shortcuts()}
    names: set[str] = {
        *(model_name(model) for model in models),
        *(short_model_name(model) for model in models),
        *keys,
        *(preset for model in models for preset in model.presets),
        *(named.resolution for model in models for named in model.sizes),
        *("JPEG", "PNG"),
        *("English", "简体中文"),
        *("Seedream Desktop", "Ctrl+Return"),
    }
    return tuple(sorted(filter(None, names), key=len, reverse=True))


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Everything that ``root`` and what is in it say, each with where it was found."""
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for text in (*_said_to_everyone(widget), *_said_by_kind(widget)):
            if text:
                yield where, text
    for action in root.findChildren(QAction):
        if not _is_of_qt(action):
            yield "QAction", action.text().replace("&", "")
            yield "QAction", action.toolTip()


def _said_to_everyone(widget: QWidget) -> Iterator[str]:
    if widget.isWindow():
        yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.statusTip()


def _said_by_kind(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QMessageBox):
        yield from (widget.text(), widget.informativeText())
    elif isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QSpinBox | QDoubleSpinBox):
        yield from (widget.prefix(), widget.suffix())
    elif isinstance(widget, QComboBox) or (
        isinstance(widget, QAbstractItemView) and widget.model() is not None
    ):
        yield from _in_model(widget.model())
    if isinstance(widget, QAbstractSpinBox):
        yield widget.specialValueText()


def _in_model(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for role in _ROLES:
            said = model.index(row, 0).data(role)
            if isinstance(said, str):
                yield said


def _is_of_qt(action: QAction) -> bool:
    """Whether Qt itself made it: the entries of text fields; Qt's own translation speaks for them."""
    maker: QObject | None = action.parent()
    return isinstance(maker, QLineEdit | QPlainTextEdit) or action.objectName().startswith(("edit-", "_q_"))
