"""Days, weeks and months as people type them, in English and Chinese, as milliseconds."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from seedream_desktop.library.search_measures import Span, Spans, ranged
from seedream_desktop.library.search_terms import Bound, Measure

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)}
_CHINESE_FIGURES = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
    "两": 2,
    "元": 1,
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_DAYS_AGO = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), 1),
    **dict.fromkeys(("day before yesterday", "前天"), 2),
}
_PERIODS = {  # how many periods before this one
    **dict.fromkeys(("this week", "本周", "这周", "这个星期", "这星期", "本星期"), ("week", 0)),
    **dict.fromkeys(("last week", "上周", "上个星期", "上星期", "上礼拜"), ("week", 1)),
    **dict.fromkeys(("this month", "本月", "这个月", "当月"), ("month", 0)),
    **dict.fromkeys(("last month", "上月", "上个月"), ("month", 1)),
    **dict.fromkeys(("this year", "今年", "本年"), ("year", 0)),
    **dict.fromkeys(("last year", "去年"), ("year", 1)),
    **dict.fromkeys(("前年",), ("year", 2)),
}
_UNITS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "day"),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期", "个星期", "礼拜"), "week"),
    **dict.fromkeys(("m", "month", "months", "个月", "月"), "month"),
    **dict.fromkeys(("y", "year", "years", "年"), "year"),
}
_LATELY = re.compile(
    r"(?:(?:last|past)\s+|(?:最近|近|过去)\s*)(\d{1,4}|[一二三四五六七八九十两]|十[一二])\s*([a-z]+|\D{1,3})"
)
_SHORT_LATELY = re.compile(r"(\d{1,4})\s*([dwmy])")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_CHINESE_DAY = re.compile(
    r"(?:(\d{4})\s*年)?\s*(?:(\d{1,2}|[一二三四五六七八九十]|十[一二]|元)\s*月(?:份)?)?\s*(?:(\d{1,2})\s*[日号])?"
)
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?(?:\s+(\d{1,2}))?(?:,?\s+(\d{4}))?")
_YEAR_FIRST = re.compile(r"(\d{4})\s+([a-z]{3,9})")
_YEARS = range(1990, 2101)
_PLAIN_MONTH = re.compile(
    rf"(?:\d{{1,2}}\s+)?(?:{'|'.join(_MONTHS)})(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?|\d{{4}}\s+(?:{'|'.join(_MONTHS)})"
)
_PLAIN_ISO = re.compile(r"20\d\d-\d\d(?:-\d\d)?")
_PLAIN_CHINESE = re.compile(
    r"(?:\d{4}\s*年\s*)?(?:\d{1,2}|[一二三四五六七八九十]|十[一二])\s*月份?(?:\s*\d{1,2}\s*[日号])?|20\d\d\s*年"
)


class _Days(NamedTuple):
    first: dt.date
    after: dt.date


def date(text: str, now: dt.datetime) -> tuple[str, tuple[Bound, ...]] | None:
    """The value in one way of writing and its bounds: "2026-03", "last week", ">=march", "2026-01..2026-03".

    Relative to ``now``, in its time zone, or in this machine's where it has none. A month without a year is
    the latest that has begun; weeks begin on Monday.
    """
    return ranged(" ".join(text.replace("_", " ").split()), lambda figure: _spans(figure, now), 1)


def plain_date(text: str, now: dt.datetime) -> tuple[str, tuple[Bound, ...]] | None:
    """The same for words that were typed without ``date:``; only what is hardly meant as anything else."""
    plain = " ".join(text.casefold().split())
    is_date = plain in _DAYS_AGO or plain in _PERIODS or _LATELY.fullmatch(plain)
    is_month = _PLAIN_MONTH.fullmatch(plain) or _PLAIN_ISO.fullmatch(plain) or _PLAIN_CHINESE.fullmatch(plain)
    return date(plain, now) if is_date or is_month else None


def _spans(text: str, now: dt.datetime) -> Spans | None:
    try:
        days = _days(text, now.date()) or _days(text.replace("-", " "), now.date())
        if days is None:
            return None
        first, after = (_ms(day, now.tzinfo) for day in days)
    except (ValueError, OverflowError, OSError):  # the 31st of June, the year 0
        return None
    return {Measure.PLACED_MS: Span(first, after - 1)}


def _ms(day: dt.date, zone: dt.tzinfo | None) -> int:
    return int(dt.datetime.combine(day, dt.time(), zone).timestamp() * 1000)  # no zone: this machine's


def _days(text: str, today: dt.date) -> _Days | None:
    if text in _DAYS_AGO:
        return _day(today - dt.timedelta(_DAYS_AGO[text]))
    if text in _PERIODS:
        return _period(*_PERIODS[text], today)
    if lately := _LATELY.fullmatch(text) or _SHORT_LATELY.fullmatch(text):
        return _lately(lately[1], lately[2], today)
    if text in _WEEKDAYS or _CHINESE_WEEKDAY.fullmatch(text):
        return _weekday(text, today)
    return _dated(text, today)


def _day(day: dt.date) -> _Days:
    return _Days(day, day + dt.timedelta(1))


def _period(unit: str, back: int, today: dt.date) -> _Days:
    if unit == "week":
        first = today - dt.timedelta(today.weekday() + 7 * back)
        return _Days(first, first + dt.timedelta(7))
    if unit == "year":
        return _month_days(today.year - back, None, None)
    months = today.year * 12 + today.month - 1 - back
    return _month_days(months // 12, months % 12 + 1, None)


def _lately(figure: str, unit_word: str, today: dt.date) -> _Days | None:
    unit = _UNITS.get(unit_word.strip())
    count = int(figure) if figure.isdecimal() else _CHINESE_FIGURES[figure]
    if unit is None or count == 0:
        return None
    days = count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    return _Days(today - dt.timedelta(days - 1), today + dt.timedelta(1))


def _weekday(text: str, today: dt.date) -> _Days:
    """The latest such day, today included."""
    chinese = _CHINESE_WEEKDAY.fullmatch(text)
    wanted = "一二三四五六日".index(chinese[1].replace("天", "日")) if chinese else _WEEKDAYS.index(text)
    return _day(today - dt.timedelta((today.weekday() - wanted) % 7))


def _dated(text: str, today: dt.date) -> _Days | None:
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) if part else None for part in iso.groups())
        return _month_days(year or 0, month, day) if year in _YEARS else None
    if text and (chinese := _CHINESE_DAY.fullmatch(text)):
        month = _month_figure(chinese[2])
        return _nearest(int(chinese[1]) if chinese[1] else None, month, _number(chinese[3]), today)
    if year_first := _YEAR_FIRST.fullmatch(text):
        month = _month_named(year_first[2])
        return None if month is None else _nearest(int(year_first[1]), month, None, today)
    if named := _NAMED.fullmatch(text):
        month = _month_named(named[2])
        if month is None or (named[1] and named[3]):
            return None
        return _nearest(_number(named[4]), month, _number(named[1] or named[3]), today)
    return None


def _number(figure: str | None) -> int | None:
    return int(figure) if figure else None


def _month_named(name: str) -> int | None:
    return _MONTH_NUMBERS.get(name) or _SHORT_MONTHS.get(name)


def _month_figure(figure: str | None) -> int | None:
    if not figure:
        return None
    return int(figure) if figure.isdecimal() else _CHINESE_FIGURES[figure]


def _nearest(year: int | None, month: int | None, day: int | None, today: dt.date) -> _Days | None:
    """Without a year: the latest that has begun."""
    if month is None and (year is None or day is not None):
        return None
    if year is not None and year not in _YEARS:
        return None
    if year is not None:
        return _month_days(year, month, day)
    is_ahead = (month or 1, day or 1) > (today.month, today.day)
    return _month_days(today.year - is_ahead, month, day)


def _month_days(year: int, month: int | None, day: int | None) -> _Days:
    if month is None:
        return _Days(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
    if day is not None:
        return _day(dt.date(year, month, day))
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return _Days(dt.date(year, month, 1), following)
