"""Points in time in the language of the window, which need not be the system's."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

translate = QCoreApplication.translate


def month_name(day: date) -> str:
    """``November``."""
    pattern = translate("dates", "MMMM", "a pattern: the month alone")
    return _locale().toString(QDate(day.year, day.month, day.day), pattern)


def when(time_ms: int) -> str:
    """``22 Nov 2026, 08:33``, local time, for UTC milliseconds."""
    pattern = translate("dates", "d MMM yyyy, HH:mm", "a pattern: day, month, year, hour, minute")
    return _locale().toString(QDateTime.fromMSecsSinceEpoch(time_ms), pattern)


def today() -> date:
    """The day it is here."""
    return datetime.now().astimezone().date()


def _locale() -> QLocale:
    return QLocale(translate("dates", "en_GB", "the code of the language that this is translated into"))
