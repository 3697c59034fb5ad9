"""Points in time in the language of the window, which need not be the system's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

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


def day_name(number: int) -> str:
    """``Today``, ``Yesterday``, ``Thursday 19 November``; for 20261119."""
    day, now = day_of(number), today()
    if day is None:
        return translate("dates", "Without a date")
    if day == now:
        return translate("dates", "Today")
    if day == now - timedelta(days=1):
        return translate("dates", "Yesterday")
    if day.year == now.year:
        pattern = translate("dates", "dddd d MMMM", "a pattern: weekday, day and month")
    else:
        pattern = translate("dates", "dddd d MMMM yyyy", "a pattern: weekday, day, month and year")
    return _locale().toString(QDate(day.year, day.month, day.day), pattern)


def month_and_year(number: int) -> str:
    """``November 2026``; for 20261119."""
    day = day_of(number)
    if day is None:
        return translate("dates", "Without a date")
    pattern = translate("dates", "MMMM yyyy", "a pattern: month and year")
    return _locale().toString(QDate(day.year, day.month, day.day), pattern)


def day_of(number: int) -> date | None:
    """The day that 20261119 stands for; None: no calendar has it."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None


def today() -> date:
    """The day it is here."""
    return datetime.now().astimezone().date()


def _locale() -> QLocale:
    return QLocale(translate("dates", "en_GB", "the code of the language that this is translated into"))
