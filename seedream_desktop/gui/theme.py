"""The surface: colours of the dark and the light theme, fonts, distances, and the style made of them."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from seedream_desktop.files import resource_path
from seedream_desktop.gui.accessible_choice import name_combo_boxes

GAP_PX = 4  # inside a group; every distance is a multiple of it
SPACE_PX = 8  # between
GROUP_PX = 12  # around groups
EDGE_PX = 16  # at panel edges
CORNER_PX = 6
TILE_CORNER_PX = 4
CONTROL_PX = 28  # least height of a control
PROMPT_LINE_PX = 22

_BODY_PX = 13
_CAPTION_PX = 11
_HEADING_PX = 15


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours, as ``#rrggbb``; neutral, so that no picture is judged against a tint."""

    is_dark: bool
    canvas: str  # behind pictures
    panel: str
    raised: str  # fields, menus
    hairline: str
    outline: str  # of controls
    text: str
    dim: str
    accent: str  # lines and text of what can be done or is selected
    fill: str  # filled buttons
    fill_hover: str
    on_fill: str
    selected: str  # ground of what is selected
    hover: str  # ground under the pointer
    amber: str  # warns
    red: str  # failed
    green: str  # saved
    scrim: str = "#000000"  # under figures on pictures, at SCRIM_OPACITY
    on_scrim: str = "#ffffff"


SCRIM_OPACITY = 0.72
REJECTED_OPACITY = 0.3  # of a picture that was rejected, on its ground

DARK = Colours(
    is_dark=True,
    canvas="#1b1b1b",
    panel="#242424",
    raised="#2e2e2e",
    hairline="#3a3a3a",
    outline="#767676",
    text="#e8e8e8",
    dim="#9a9a9a",
    accent="#4c8dff",
    fill="#2f6fe0",
    fill_hover="#2a66d2",
    on_fill="#ffffff",
    selected="#26344d",
    hover="#333333",
    amber="#e0a030",
    red="#ff7066",
    green="#4fbf6b",
)
LIGHT = Colours(
    is_dark=False,
    canvas="#e9e9e9",
    panel="#f6f6f6",
    raised="#ffffff",
    hairline="#d4d4d4",
    outline="#868686",
    text="#1c1c1c",
    dim="#5f5f5f",
    accent="#1a5fd0",
    fill="#1a5fd0",
    fill_hover="#1653b8",
    on_fill="#ffffff",
    selected="#d3e0f6",
    hover="#ececec",
    amber="#8a5a00",
    red="#c0281e",
    green="#18703a",
)


def colours_of(palette: QPalette) -> Colours:
    """The theme that ``palette`` belongs to; asked while painting, so that a change is followed."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def apply_theme(application: QApplication, kind: str, text_scale: float = 1.0) -> Colours:
    """Dress ``application``, which was begun in the Fusion style, in "dark", "light", or "system".

    Where the system does not say which it is, it is dark.
    """
    colours = LIGHT if kind == "light" or (kind == "system" and _system_is_light()) else DARK
    name_combo_boxes(application)
    application.setFont(_body_font(application.font(), text_scale))
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(colours))
    return colours


def caption_font(base: QFont | None = None) -> QFont:
    """The small one, with tabular figures."""
    return _scaled(base or QApplication.font(), _CAPTION_PX)


def heading_font(base: QFont | None = None) -> QFont:
    """The large, half-bold one."""
    font = _scaled(base or QApplication.font(), _HEADING_PX)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def strong_font(base: QFont | None = None) -> QFont:
    """The body's, half-bold."""
    font = QFont(base or QApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def text_scale() -> float:
    """How much larger than drawn the text is, 1.0 where it is as drawn."""
    return _body_px() / _BODY_PX


def _system_is_light() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light


def _body_font(font: QFont, scale: float) -> QFont:
    body = QFont(font)
    body.setPixelSize(round(_BODY_PX * scale))
    body.setFeature(QFont.Tag("tnum"), 1)
    return body


def _scaled(font: QFont, size_px: int) -> QFont:
    scaled = QFont(font)
    scaled.setPixelSize(round(_body_px() * size_px / _BODY_PX))
    return scaled


def _body_px() -> int:
    font = QApplication.font()
    size_px = font.pixelSize()  # asking QFontInfo resolves the font, 0.2 ms each time
    return size_px if size_px > 0 else QFontInfo(font).pixelSize()


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    by_role = {
        role.Window: colours.panel,
        role.WindowText: colours.text,
        role.Base: colours.raised,
        role.AlternateBase: colours.panel,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.red,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.dim,
        role.Highlight: colours.fill,
        role.HighlightedText: colours.on_fill,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.hover,
        role.Midlight: colours.hairline,
        role.Mid: colours.outline,
        role.Dark: colours.outline,
        role.Shadow: colours.canvas,
    }
    palette = QPalette()
    for one, colour in by_role.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.dim))
    return palette


def _style_sheet(colours: Colours) -> str:
    names = {name: getattr(colours, name) for name in Colours.__slots__ if name != "is_dark"}
    arrows = {name: resource_path("icons", f"{name}.svg").as_posix() for name in ("arrow_down", "arrow_up")}
    return Template(_STYLE_SHEET).substitute(names, corner=CORNER_PX, control=CONTROL_PX - 10, **arrows)


# Heights are least ones without border and padding, so that larger text makes larger controls.
_STYLE_SHEET = """
QLineEdit, QComboBox, QAbstractSpinBox, QPushButton {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: ${corner}px;
    min-height: ${control}px; padding: 4px 8px; selection-background-color: $fill; selection-color: $on_fill;
}
QTextEdit, QPlainTextEdit {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: ${corner}px;
    selection-background-color: $fill; selection-color: $on_fill;
}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QTextEdit:focus, QPlainTextEdit:focus,
QPushButton:focus {
    border-color: $accent;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QTextEdit:disabled, QPushButton:disabled {
    color: $dim; border-color: $hairline; background: $panel;
}
QTextEdit[target="true"] { border: 2px solid $accent; }
QLineEdit[problem="true"], QAbstractSpinBox[problem="true"] { border-color: $amber; }
QComboBox[problem="true"] { border-color: $amber; color: $amber; }
QTableCornerButton::section { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $dim; border: none; padding: 4px 11px; }
QTableView { background: $raised; border: 1px solid $hairline; border-radius: ${corner}px; }
QTableView::item { padding: 0 8px; }
QComboBox { combobox-popup: 0; padding-right: 4px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow_down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $outline; outline: none; padding: 4px;
    selection-background-color: $fill; selection-color: $on_fill;
}
QAbstractSpinBox { padding: 4px 20px 4px 7px; }
QAbstractSpinBox > QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; background: transparent; width: 20px; subcontrol-origin: border;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$arrow_up"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$arrow_down"); width: 10px; height: 10px; }
QPushButton { padding: 4px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $hairline; }
QPushButton[filled="true"] { background: $fill; color: $on_fill; border-color: $fill; }
QPushButton[filled="true"]:hover, QPushButton[filled="true"]:pressed { background: $fill_hover; }
QPushButton[filled="true"]:focus { border: 2px solid $text; padding: 3px 11px; }
QPushButton[filled="true"]:disabled { background: $hover; color: $dim; border-color: $hairline; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[quiet="true"]:hover { text-decoration: underline; }
QPushButton[quiet="true"]:focus { border-color: $accent; }
QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: ${corner}px; padding: 3px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $hairline; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
DraftTabs::tab {
    background: transparent; color: $dim; border: 1px solid transparent; border-radius: ${corner}px;
    padding: 3px 8px; margin-right: 2px;
}
DraftTabs::tab:hover { color: $text; }
DraftTabs::tab:selected { background: $hover; color: $text; }
DraftTabs:focus::tab:selected { border-color: $accent; }
QLabel[tone="dim"] { color: $dim; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="amber"] { color: $amber; }
QLabel[tone="red"] { color: $red; }
QLabel[tone="green"] { color: $green; }
QMenu { background: $raised; color: $text; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 12px; border-radius: 4px; }
QMenu::item:selected { background: $fill; color: $on_fill; }
QMenu::item:disabled { color: $dim; background: transparent; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $outline; padding: 4px; }
QSplitter::handle { background: $hairline; }
QScrollArea { border: none; background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 8px; }
QScrollBar:horizontal { height: 8px; }
QScrollBar::handle { background: $outline; border-radius: 2px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $dim; }
QScrollBar::handle:disabled { background: transparent; }
TileList QScrollBar { background: $canvas; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QProgressBar { background: $hairline; border: none; border-radius: 1px; max-height: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 1px; }
"""
