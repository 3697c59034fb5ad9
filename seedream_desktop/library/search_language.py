"""The language of the search line: text to terms, and a term back to text.

    red scarf           words that must all be there, each open at its end: "scar" finds "scarf"
    "red scarf"         these words in this order, whole
    -word  -tag:hero    not that
    tag: model: rating: size: ratio: date: board: ref: colour: is:  and #142
    标签: 模型: 评分: 尺寸: 比例: 日期: 项目: 参考: 颜色: 是:          the same

What follows an operator may be quoted. A plain word that stands for more (a colour, a month, "last week",
"16:9", "4 stars") is *guessed*: it finds what it stands for and also what has it in its text, so that it
never hides a picture whose prompt holds the word; with a minus it hides both. A colour means what can be
seen: many a picture says blue and is not, so that its text counts only until somebody looked at it.
``literal`` switches that off word by word, and the operator ("colour:blue") asks for the meaning alone.
Beside a guessed word the fillers of a sentence ("that", "one", 的) are left out, until ``literal`` has them.

Any text is a search: what is not well formed becomes a term with a problem, and asks for nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NamedTuple

from seedream_desktop.library.search_dates import date, plain_date
from seedream_desktop.library.search_fillers import is_filler, pieces
from seedream_desktop.library.search_measures import narrow, rating, ratio, size
from seedream_desktop.library.search_names import COLOURS, OPERATORS, REFERENCES, STATES
from seedream_desktop.library.search_terms import Bound, Measure, Term, TermKind, TermProblem

Reading = tuple[str, tuple[Bound, ...]]

_OPERATOR = re.compile(
    rf"({'|'.join(sorted(map(re.escape, OPERATORS), key=len, reverse=True))})(?:[:：]|(?=[<>≤≥＜＞]))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[#＃](\d{1,9})")
_NUMBER_SIGNS = frozenset("#＃")  # alone it is the beginning of a number
_WORD = re.compile(r"\S+")
_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "＂": "＂"}
_CLOSING = {'"': '"”', "“": '”"', "”": '”"'}  # what a Chinese keyboard mixes
_MINUS = "-－−"
_TOKENS_LIMIT = 64
_GUESS_WORDS = 4  # "past 12 days", "15 march 2026"
_STAR_WORDS = re.compile(r"[★⭐]{1,5}\+?|[0-5]\+? ?stars?|[0-5一二三四五两]\+?星")
_RATIO_WORD = re.compile(r"\d{1,2}[:：]\d{1,2}")
_PIXELS_WORD = re.compile(r"\d{3,5}[x×]\d{3,5}")
_SHAPE_WORDS = frozenset({"横图", "竖图", "方图", "横版", "竖版"})
_ANY_QUOTE = re.compile(r"[\"“”「」『』＂]")
_BARE = re.compile(r"[^\s\"“”「」『』＂]+")

_PROBLEMS = {
    TermKind.RATING: TermProblem.NO_RATING,
    TermKind.SIZE: TermProblem.NO_SIZE,
    TermKind.RATIO: TermProblem.NO_RATIO,
    TermKind.DATE: TermProblem.NO_DATE,
    TermKind.COLOUR: TermProblem.NO_COLOUR,
    TermKind.IS: TermProblem.NO_STATE,
}


class _Token(NamedTuple):
    """A piece of the line: ``text`` is what is behind minus, operator and quotes."""

    start: int
    end: int
    words_start: int  # behind the minus
    kind: TermKind
    text: str
    is_quoted: bool

    @property
    def is_negated(self) -> bool:
        return self.words_start > self.start

    @property
    def is_plain(self) -> bool:
        return self.kind is TermKind.TEXT and not self.is_quoted


def parse(text: str, literal: Collection[str] = (), now: dt.datetime | None = None) -> tuple[Term, ...]:
    """The terms of ``text`` in their order; together they cover all of it but blanks. Never raises.

    ``literal``: the ``words`` of terms that mean only themselves. ``now``: what dates are relative to.
    """
    moment = now or dt.datetime.now()  # noqa: DTZ005 (each day in the zone's offset of then)
    plain_words = frozenset(_folded(words) for words in literal)
    tokens, rest = _tokens(text)
    terms: list[Term] = []
    position = 0
    while position < len(tokens):
        group = _guess(text, tokens[position : position + _GUESS_WORDS], plain_words, moment)
        if not group:
            group = _sentence(text, tokens[position], plain_words, moment)
        terms += group
        end = group[-1].end
        while position < len(tokens) and tokens[position].start < end:
            position += 1
    if rest.strip():
        start = len(text) - len(rest.lstrip())
        words = rest.strip()
        problem = TermProblem.TOO_MANY
        terms.append(Term(TermKind.TEXT, start, start + len(words), words, "", problem=problem))
    if any(term.is_guessed for term in terms):
        terms = [_left_out(term) if _is_filler(term, plain_words) else term for term in terms]
    return tuple(terms)


def is_of_duplicates(term: Term) -> bool:
    """Whether it asks for pictures that are there twice: they stand side by side then."""
    return term.kind is TermKind.IS and term.value == "duplicate" and not term.is_negated


def written(kind: TermKind, value: str, is_negated: bool = False) -> str:
    """The text that ``parse`` reads as that one term."""
    minus = "-" if is_negated else ""
    if kind is TermKind.NUMBER:
        return f"{minus}#{value}"
    if kind is TermKind.TEXT:
        return f"{minus}{_quoted(value)}"
    return f"{minus}{kind}:{value if _BARE.fullmatch(value) else _quoted(value)}"


def _quoted(value: str) -> str:
    """In quotes that are not in it; if all are, they are left out of it."""
    for opening, end in _QUOTES.items():
        if not any(closing in value for closing in _closings(opening)):
            return f"{opening}{value}{end}"
    return f'"{_ANY_QUOTE.sub(" ", value).strip()}"'


def _closings(opening: str) -> str:
    return _CLOSING.get(opening, _QUOTES[opening])


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _tokens(text: str) -> tuple[list[_Token], str]:
    """The first pieces, and what is left: nobody types that many, a pasted page has thousands."""
    tokens: list[_Token] = []
    position = 0
    while len(tokens) < _TOKENS_LIMIT and (found := _WORD.search(text, position)) is not None:
        token = _token(text, found.start(), found.end())
        tokens.append(token)
        position = token.end
    return tokens, text[position:]


def _token(text: str, start: int, word_end: int) -> _Token:
    """The piece that begins at ``start``; ``word_end``: where its first blank is."""
    behind = start + 1 if text[start] in _MINUS else start
    if behind == word_end or text[behind:word_end] in _NUMBER_SIGNS:
        return _Token(start, word_end, behind, TermKind.TEXT, "", is_quoted=True)
    operator = _OPERATOR.match(text, behind, word_end)
    kind = OPERATORS[operator[1].casefold()] if operator else TermKind.TEXT
    value_start = operator.end() if operator else behind
    if value_start < word_end and text[value_start] in _QUOTES:
        end, phrase = _phrase(text, value_start)
        return _Token(start, end, behind, kind, phrase.strip(), is_quoted=True)
    if operator is None and (number := _NUMBER.fullmatch(text, behind, word_end)):
        return _Token(start, word_end, behind, TermKind.NUMBER, number[1], is_quoted=False)
    return _Token(start, word_end, behind, kind, text[value_start:word_end], is_quoted=False)


def _phrase(text: str, start: int) -> tuple[int, str]:
    """Where the quotes that open at ``start`` end, and what is between; open ones go to the end."""
    ends = [end for sign in _closings(text[start]) if (end := text.find(sign, start + 1)) >= 0]
    return (min(ends) + 1, text[start + 1 : min(ends)]) if ends else (len(text), text[start + 1 :])


def _term(text: str, token: _Token, literal: frozenset[str], now: dt.datetime) -> Term:
    words = text[token.words_start : token.end]
    if token.kind is not TermKind.TEXT and _folded(words) in literal:
        return Term(TermKind.TEXT, token.start, token.end, words, words, is_negated=token.is_negated)
    value, bounds, problem = _read(token, now)
    return Term(
        token.kind,
        token.start,
        token.end,
        words,
        value,
        bounds,
        is_negated=token.is_negated,
        is_exact=token.is_quoted,
        problem=problem,
    )


def _sentence(text: str, token: _Token, literal: frozenset[str], now: dt.datetime) -> tuple[Term, ...]:
    """The words of a Chinese sentence without blanks, if all of it is understood; else the one word."""
    found = pieces(_folded(token.text), lambda words: _guessed(words, now) is not None)
    if not (found and token.is_plain and not token.is_negated) or sum(map(len, found)) != len(token.text):
        return (_term(text, token, literal, now),)
    terms, start = list[Term](), token.start
    for piece in found:
        one = token._replace(start=start, end=start + len(piece), words_start=start, text=piece)
        terms += _guess(text, [one], literal, now) or (_term(text, one, literal, now),)
        start = one.end
    return tuple(terms)


def _is_filler(term: Term, literal: frozenset[str]) -> bool:
    if term.kind is not TermKind.TEXT or term.is_exact or term.is_negated or term.problem is not None:
        return False
    words = _folded(term.words)
    return words not in literal and is_filler(words)


def _left_out(term: Term) -> Term:
    return replace(term, is_guessed=True, problem=TermProblem.FILLER)


def _read(token: _Token, now: dt.datetime) -> tuple[str, tuple[Bound, ...], TermProblem | None]:
    """Value, bounds and what is wrong."""
    if not token.text:
        return "", (), TermProblem.EMPTY
    if token.kind is TermKind.NUMBER:
        number = int(token.text)
        return str(number), (Bound(Measure.NUMBER, number, number),), None
    if token.kind is TermKind.REFERENCE:
        return REFERENCES.get(narrow(token.text), token.text), (), None
    reader = _readers(now).get(token.kind)
    if reader is None:
        return token.text, (), None
    found = reader(token.text)
    return (*found, None) if found else (token.text, (), _PROBLEMS[token.kind])


def _readers(now: dt.datetime) -> dict[TermKind, Callable[[str], Reading | None]]:
    return {
        TermKind.RATING: rating,
        TermKind.SIZE: size,
        TermKind.RATIO: ratio,
        TermKind.DATE: lambda text: date(text, now),
        TermKind.COLOUR: lambda text: _named(COLOURS, text),
        TermKind.IS: lambda text: _named(STATES, text),
    }


def _named(names: dict[str, str], text: str) -> Reading | None:
    value = names.get(narrow(text))
    return (value, ()) if value else None


def _guess(text: str, tokens: list[_Token], literal: frozenset[str], now: dt.datetime) -> tuple[Term, ...]:
    """One term for as many plain words as stand for one thing, or their own if they shall not; or none."""
    count = 0
    while count < len(tokens) and tokens[count].is_plain and not (count and tokens[count].is_negated):
        count += 1
    first = tokens[0]
    for length in range(1 if first.is_negated else count, 0, -1) if count else ():
        words = text[first.words_start : tokens[length - 1].end]
        guessed = _guessed(_folded(words), now)
        if guessed is None or (1 < length < count and _is_stars(text, tokens[length - 1 : length + 1])):
            continue
        if _folded(words) in literal:
            return tuple(_term(text, token, literal, now) for token in tokens[:length])
        kind, (value, bounds) = guessed
        end = tokens[length - 1].end
        return (Term(kind, first.start, end, words, value, bounds, first.is_negated, is_guessed=True),)
    return ()


def _is_stars(text: str, tokens: list[_Token]) -> bool:
    """Whether the two are stars: "march 4 stars" is the month and four stars, not the fourth of March."""
    words = _folded(text[tokens[0].start : tokens[1].end])
    return _STAR_WORDS.fullmatch(words) is not None


def _guessed(words: str, now: dt.datetime) -> tuple[TermKind, Reading] | None:
    if colour := _named(COLOURS, words):
        return TermKind.COLOUR, colour
    if found := plain_date(words, now):
        return TermKind.DATE, found
    if _STAR_WORDS.fullmatch(words) and (found := rating(words)):
        return TermKind.RATING, found
    if (_RATIO_WORD.fullmatch(words) or words in _SHAPE_WORDS) and (found := ratio(words)):
        return TermKind.RATIO, found
    if _PIXELS_WORD.fullmatch(words) and (found := size(words)):
        return TermKind.SIZE, found
    return None
