"""What a search line says: its terms, and that any line is one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.library.search_language import parse, written
from seedream_desktop.library.search_names import COLOURS, OPERATORS, REFERENCES, STATES
from seedream_desktop.library.search_terms import Bound, Measure, Term, TermKind, TermProblem

NOW = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # a Sunday
LINES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ("-", '"', "“", "tag:", "标签：", "rating:>=", "size:2K..", "date:", "last week", "#12")
        ),
        st.sampled_from((*COLOURS, *(f"{name}:" for name in OPERATORS), *STATES, "march", "3月", "16:9")),
    ),
    max_size=8,
).map(" ".join)
VALUES = {
    TermKind.TEXT: st.text(
        st.characters(exclude_categories=("C", "Z"), exclude_characters='"“”'), min_size=1
    ),
    TermKind.TAG: st.sampled_from(("hero", "hero shot", "海报", "a:b", "-x", "C++", "“quoted”", '12" vinyl')),
    TermKind.MODEL: st.sampled_from(("seedream-5-0-pro-260628", "4.5", "5 lite")),
    TermKind.BOARD: st.sampled_from(("Acme rebrand", "Acme/2026", "项目")),
    TermKind.REFERENCE: st.sampled_from(("any", "none", "logo 3.png", "#142")),
    TermKind.RATING: st.sampled_from((">=4", "5", "3..5", "<2", "none")),
    TermKind.SIZE: st.sampled_from(("2048x2048", "2k", ">=4k", "1000..2000", "..1024")),
    TermKind.RATIO: st.sampled_from(("portrait", "square", "16:9", ">=2:1", "1.5")),
    TermKind.DATE: st.sampled_from(
        ("2026-03", "last week", ">=2026-01-15", "2026-01..2026-03", "3月", "today")
    ),
    TermKind.COLOUR: st.sampled_from(sorted(set(COLOURS.values()))),
    TermKind.IS: st.sampled_from(sorted(set(STATES.values()))),
    TermKind.NUMBER: st.integers(0, 999_999_999).map(str),
}


def only(text: str, *literal: str) -> Term:
    (term,) = parse(text, literal, NOW)
    return term


def days(text: str) -> tuple[str, str]:
    (bound,) = only(f'date:"{text}"').bounds
    return tuple(  # type: ignore[return-value]
        "" if end is None else dt.datetime.fromtimestamp(end / 1000, NOW.tzinfo).strftime("%Y-%m-%d %H:%M")
        for end in (bound.least, bound.most)
    )


@given(LINES)
def test_any_line_is_a_search_whose_terms_cover_it_in_their_order(text: str) -> None:
    terms = parse(text, now=NOW)
    end = 0
    for term in terms:
        assert not text[end : term.start].strip()
        assert term.start < term.end
        assert text[term.start : term.end].endswith(term.words)
        end = term.end
    assert not text[end:].strip()


@given(LINES)
def test_words_that_shall_mean_only_themselves_are_never_guessed(text: str) -> None:
    guessed = {term.words for term in parse(text, now=NOW) if term.is_guessed}
    again = parse(text, guessed, NOW)
    assert not guessed & {term.words for term in again if term.is_guessed}


@given(st.data(), st.sampled_from(sorted(VALUES)), st.booleans())
def test_what_is_written_is_read_as_that_one_term(
    data: st.DataObject, kind: TermKind, is_negated: bool
) -> None:
    value = data.draw(VALUES[kind])
    term = only(written(kind, value, is_negated))
    assert (term.kind, term.value, term.is_negated, term.problem) == (kind, value, is_negated, None)
    assert not term.is_guessed


@given(LINES)
def test_every_term_can_be_written_anew(text: str) -> None:
    for term in parse(text, now=NOW):
        if term.problem is None and term.kind is not TermKind.TEXT:
            again = only(written(term.kind, term.value, term.is_negated))
            assert (again.kind, again.value, again.bounds) == (term.kind, term.value, term.bounds)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("标签:海报", TermKind.TAG, "海报"),
        ("标签：“海报 设计”", TermKind.TAG, "海报 设计"),
        ("评分:≥4", TermKind.RATING, ">=4"),
        ("评分：四星", TermKind.RATING, "四星"),
        ("rating>=3", TermKind.RATING, ">=3"),
        ("rating:4+", TermKind.RATING, ">=4"),
        ("模型:4.5", TermKind.MODEL, "4.5"),
        ("尺寸:2K", TermKind.SIZE, "2k"),
        ("比例:竖图", TermKind.RATIO, "portrait"),
        ("颜色:蓝色", TermKind.COLOUR, "blue"),
        ("color:gray", TermKind.COLOUR, "grey"),
        ("项目:Acme", TermKind.BOARD, "Acme"),
        ("是:组图", TermKind.IS, "set"),
        ("参考:无", TermKind.REFERENCE, "none"),
        ("日期:上周", TermKind.DATE, "上周"),
        ("#142", TermKind.NUMBER, "142"),
        ("http://example.com", TermKind.TEXT, "http://example.com"),
        ("state-of-the-art", TermKind.TEXT, "state-of-the-art"),
        ("#fff", TermKind.TEXT, "#fff"),
        ("2026", TermKind.TEXT, "2026"),
        ("portrait", TermKind.TEXT, "portrait"),
    ],
)
def test_operators_are_known_in_both_languages(text: str, kind: TermKind, value: str) -> None:
    term = only(text)
    assert (term.kind, term.value, term.is_guessed, term.problem) == (kind, value, False, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tag:", TermProblem.EMPTY),
        ("-", TermProblem.EMPTY),
        ("#", TermProblem.EMPTY),
        ('"', TermProblem.EMPTY),
        ('""', TermProblem.EMPTY),
        ('tag:""', TermProblem.EMPTY),
        ("rating:>=", TermProblem.NO_RATING),
        ("rating:7", TermProblem.NO_RATING),
        ("size:big", TermProblem.NO_SIZE),
        ("size:2k..1000", TermProblem.NO_SIZE),
        ("ratio:0:1", TermProblem.NO_RATIO),
        ("date:2026-02-30", TermProblem.NO_DATE),
        ("date:someday", TermProblem.NO_DATE),
        ("colour:mauve", TermProblem.NO_COLOUR),
        ("is:nice", TermProblem.NO_STATE),
    ],
)
def test_what_is_not_well_formed_says_so(text: str, problem: TermProblem) -> None:
    assert only(text).problem is problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blue march", [("blue", TermKind.COLOUR), ("march", TermKind.DATE)]),
        ("蓝 3月", [("蓝", TermKind.COLOUR), ("3月", TermKind.DATE)]),
        ("cat last week", [("last week", TermKind.DATE)]),
        ("上周", [("上周", TermKind.DATE)]),
        ("march 2026 cat", [("march 2026", TermKind.DATE)]),
        ("15 march 2026", [("15 march 2026", TermKind.DATE)]),
        ("past 12 days", [("past 12 days", TermKind.DATE)]),
        ("最近7天", [("最近7天", TermKind.DATE)]),
        ("16:9 4 stars", [("16:9", TermKind.RATIO), ("4 stars", TermKind.RATING)]),
        (
            "blue march 4 stars",
            [("blue", TermKind.COLOUR), ("march", TermKind.DATE), ("4 stars", TermKind.RATING)],
        ),
        ("2048x2048 竖图", [("2048x2048", TermKind.SIZE), ("竖图", TermKind.RATIO)]),
        ('"blue march" cat', []),
        ("-blue", [("blue", TermKind.COLOUR)]),
    ],
)
def test_plain_words_are_recognised(text: str, expected: list[tuple[str, TermKind]]) -> None:
    assert [(term.words, term.kind) for term in parse(text, now=NOW) if term.is_guessed] == expected


def test_a_recognised_word_can_be_made_to_mean_the_text() -> None:
    assert only("Blue", "blue").kind is TermKind.TEXT
    assert [term.words for term in parse("march 2026", ("March 2026",), NOW)] == ["march", "2026"]
    assert only("tag:hero", "tag:hero").kind is TermKind.TEXT


@pytest.mark.parametrize(
    ("text", "asked", "left_out"),
    [
        ("that blue one from March", "blue March", "that one from"),
        ("the red scarf of last week", "red scarf last week", "the of"),
        ("那张 蓝色 的 猫", "蓝色 猫", "那张 的"),
        ("三月那张蓝色的", "三月 蓝色", "那张 的"),
        ("上周的红色图片", "上周 红色", "的 图片"),
        ("蓝的猫 白的", "蓝的猫 白", "的"),  # a cat is no filler: the word is one
        ("that one from the sea", "that one from the sea", ""),  # nothing is guessed: words are words
        ("tag:hero the one", "tag:hero the one", ""),  # no plain sentence
        ('blue -the "from"', 'blue the "from"', ""),
        ("蓝图 黑白 blue", "蓝图 黑白 blue", ""),  # words of their own
        (
            "blue or not without red",
            "blue or not without red",
            "",
        ),  # what turns a sentence round is no filler
    ],
)
def test_fillers_are_left_out_of_a_sentence_in_which_something_was_recognised(
    text: str, asked: str, left_out: str
) -> None:
    terms = parse(text, now=NOW)
    assert " ".join(term.words for term in terms if term.problem is None) == asked
    assert " ".join(term.words for term in terms if term.is_filler) == left_out


def test_a_filler_can_be_made_to_mean_its_letters() -> None:
    terms = parse("三月那张蓝色的", ("那张",), NOW)
    assert [(term.words, term.problem) for term in terms[1:2]] == [("那张", None)]
    assert not any(term.is_filler for term in parse("that blue", ("blue",), NOW))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-22 00:00", "2026-11-22 23:59"),
        ("yesterday", "2026-11-21 00:00", "2026-11-21 23:59"),
        ("this week", "2026-11-16 00:00", "2026-11-22 23:59"),
        ("last week", "2026-11-09 00:00", "2026-11-15 23:59"),
        ("上个月", "2026-10-01 00:00", "2026-10-31 23:59"),
        ("last year", "2025-01-01 00:00", "2025-12-31 23:59"),
        ("7d", "2026-11-16 00:00", "2026-11-22 23:59"),
        ("march", "2026-03-01 00:00", "2026-03-31 23:59"),
        ("dec", "2025-12-01 00:00", "2025-12-31 23:59"),
        ("november", "2026-11-01 00:00", "2026-11-30 23:59"),
        ("十二月", "2025-12-01 00:00", "2025-12-31 23:59"),
        ("2026年3月5日", "2026-03-05 00:00", "2026-03-05 23:59"),
        ("11月23日", "2025-11-23 00:00", "2025-11-23 23:59"),
        ("周一", "2026-11-16 00:00", "2026-11-16 23:59"),
        ("2026", "2026-01-01 00:00", "2026-12-31 23:59"),
        ("2026-01..2026-03", "2026-01-01 00:00", "2026-03-31 23:59"),
        (">=2026-03", "2026-03-01 00:00", ""),
        ("<2026-03", "", "2026-02-28 23:59"),
        ("..yesterday", "", "2026-11-21 23:59"),
        ("2024-02-29", "2024-02-29 00:00", "2024-02-29 23:59"),
    ],
)
def test_dates_are_spans_of_whole_days(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


def test_of_a_pasted_page_the_first_words_are_taken_and_the_rest_is_said_to_be_too_many() -> None:
    *terms, rest = parse("cat blue march " * 2000, now=NOW)
    assert len(terms) == 64
    assert all(term.problem is None for term in terms)
    assert rest.problem is TermProblem.TOO_MANY


def test_sizes_and_ratios_are_bounds() -> None:
    assert only("size:2048x1024").bounds == (
        Bound(Measure.WIDTH_PX, 2048, 2048),
        Bound(Measure.HEIGHT_PX, 1024, 1024),
    )
    assert only("size:1000..2000").bounds == (Bound(Measure.LONGER_PX, 1000, 2000),)
    for words, pixels in (("2K", 2048 * 2048), ("2K", 2848 * 1600), ("4K", 4096 * 4096), ("1K", 1024 * 1024)):
        (bound,) = only(f"size:{words}").bounds
        assert (bound.least or 0) <= pixels <= (bound.most or 0)
    (wide,) = only("ratio:16:9").bounds
    assert (wide.least or 0) < 2848 / 1600 < (wide.most or 0)


def test_names_of_references_have_their_one_way() -> None:
    assert {only(f"ref:{name}").value for name in REFERENCES} == {"any", "none"}
