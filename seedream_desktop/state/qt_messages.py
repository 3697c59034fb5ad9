"""What Qt has to say goes to the log, without its words: they may quote a path or a name."""

from __future__ import annotations

import logging
import re

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.WARNING,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_SPEAKER = re.compile(r"Q[A-Za-z]{1,40}(?:::[~A-Za-z]{1,40}){0,3}(?=\b)")  # "QPainter::begin: …"
_log = logging.getLogger(__name__)


def heed_qt_messages() -> None:
    """Log what Qt would write to standard error."""
    qInstallMessageHandler(_on_message)


def _on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    speaker = _SPEAKER.match(message)
    category = context.category or "default"
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category, speaker.group() if speaker else "•••")
