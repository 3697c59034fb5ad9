r"""One prompt that stands for many: ``{red|blue}`` is a choice, ``{product}`` a variable, each line may be
a prompt of its own.

* Every choice and every variable is an axis; a prompt makes one prompt for each combination of their values,
  the last axis running fastest. A variable that stands twice is one axis.
* The values of a variable are written as text, parted by ``|`` or by lines.
* Choices may lie in choices: ``{red|{dark|light} blue}`` has three values.
* ``\{``, ``\}`` and ``\|`` are those characters. Braces that hold neither choices nor a name, such as those
  of JSON, are text; what stands in them is looked at all the same.

How many there are is counted before any is made: ``count`` may be astronomic.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from seedream_desktop.generation.errors import Problem, ProblemKind

_DEPTH_MOST = 8  # of choices in choices; deeper braces are text
_NAME_MOST = 40  # characters
_NAME = re.compile(r"[^\W\d][\w -]*")  # a letter first; JSON and mathematics do not look like that
_JSON = re.compile(r'\s*"[^"]*"\s*:')
_BRACE = re.compile(r"\\[{}|]|[{}]", re.DOTALL)
_BAR = re.compile(r"\\[{}|]|[{|]", re.DOTALL)
_ESCAPED = re.compile(r"\\([{}|])")
_SIGN = re.compile(r"[{}|]")
_SHOWN = 40  # characters of what is said about a place in a prompt


@dataclass(frozen=True, slots=True)
class Axis:
    """What can be chosen at one place. ``name`` empty: a choice that stands in the prompt itself."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the prompts: what is sent."""

    prompt: str
    choices: tuple[str, ...]  # the value of each axis of its line
    line: int  # from 0, of those that hold a prompt


@dataclass(frozen=True, slots=True)
class _Choice:
    alternatives: tuple[_Nodes, ...]


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str


_Node = str | _Choice | _Variable
_Nodes = tuple[_Node, ...]
_Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a prompt stands for; with a ``problem`` nothing."""

    count: int  # of prompts
    problem: Problem | None
    variables: tuple[str, ...]  # their names, each once, in the order of the prompt
    _lines: tuple[_Nodes, ...]
    _values: _Values

    @property
    def is_single(self) -> bool:
        """Whether it is one prompt without any choice."""
        return self.count == 1 and not any(_places(line) for line in self._lines)

    def has_blank(self) -> bool:
        """Whether one of several prompts says nothing. May make them: look at ``count`` before."""
        if self.is_single or all(_says_something(line) for line in self._lines):
            return False
        return any(not cell.prompt.strip() for cell in self.cells())

    def axes(self, line: int = 0) -> tuple[Axis, ...]:
        """The axes of a line. Makes every value of each: look at ``count`` before."""
        return tuple(_axis(place, self._values) for place in _places(self._lines[line]))

    def cells(self) -> Iterator[Cell]:
        """Every prompt, in order, made as they are asked for."""
        if self.problem is None:
            for number, nodes in enumerate(self._lines):
                axes = self.axes(number)
                for choices in product(*(axis.values for axis in axes)):
                    yield Cell(_filled(nodes, choices), choices, number)


def expand(prompt: str, values: _Values | None = None, *, by_line: bool = False) -> Expansion:
    """What ``prompt`` stands for with those ``values`` of its variables, each line for itself or all as one.

    Problems: BRACES_UNBALANCED (subject: the words from there), VARIABLE_EMPTY (subject: its name).
    """
    known = dict(values or {})
    texts = [line for line in prompt.splitlines() if line.strip()] if by_line else [prompt]
    texts = texts or [prompt]
    unbalanced = next((place for text in texts if (place := _unbalanced(text)) is not None), None)
    lines = tuple(_nodes(text) for text in texts)
    names = tuple(dict.fromkeys(name for line in lines for name in _names(line)))
    problem = None
    if unbalanced is not None:
        problem = Problem(ProblemKind.BRACES_UNBALANCED, subject=unbalanced[:_SHOWN])
    elif missing := next((name for name in names if not _parted(known.get(name, ""))), ""):
        problem = Problem(ProblemKind.VARIABLE_EMPTY, subject=missing)
    count = 0 if problem else sum(prod(_count(place, known) for place in _places(line)) for line in lines)
    return Expansion(count, problem, names, lines, known)


def escaped(prompt: str) -> str:
    """A prompt that stands for ``prompt`` alone, whatever braces it holds."""
    if _BRACE.search(prompt) is None:
        return prompt
    plain = expand(prompt)
    if plain.is_single and next(plain.cells()).prompt == prompt:
        return prompt
    return _SIGN.sub(r"\\\g<0>", prompt)


def _pairs(text: str) -> tuple[dict[int, int], list[int], list[int]]:
    """Where each brace that opens is closed, and the braces that have no other."""
    pairs, opened, closing = dict[int, int](), list[int](), list[int]()
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            pairs[opened.pop()] = found.start()
        elif found[0] == "}":
            closing.append(found.start())
    return pairs, opened, closing


def _unbalanced(text: str) -> str | None:
    """The words at a brace that was meant for a choice and has no other; None: there is none."""
    _, opened, closing = _pairs(text)
    for at in opened:
        words = text[at:].split("\n", 1)[0]
        if "|" in words:
            return words
    for at in closing:
        words = text[:at].rsplit("\n", 1)[-1]
        if "|" in words:
            return words[-(_SHOWN - 1) :] + "}"
    return None


def _nodes(text: str) -> _Nodes:
    return _Reading(text).nodes(0, len(text), 0)


class _Reading:
    """Takes one text apart."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pairs, _, _ = _pairs(text)
        self._openings = sorted(self._pairs)

    def nodes(self, begin: int, end: int, depth: int) -> _Nodes:
        """What stands between two places."""
        found, at = list[_Node](), begin
        own = slice(bisect_left(self._openings, begin), bisect_left(self._openings, end))
        for opening in self._openings[own] if depth < _DEPTH_MOST else ():
            node = self._group(opening, depth) if opening >= at else None
            if node is not None:
                found += [_plain(self._text[at:opening]), node]
                at = self._pairs[opening] + 1
        return (*found, _plain(self._text[at:end]))

    def _group(self, opening: int, depth: int) -> _Node | None:
        """What a pair of braces is; None: text."""
        begin, end = opening + 1, self._pairs[opening]
        if _JSON.match(self._text, begin, end):
            return None
        bars = self._bars(begin, end)
        if bars:
            parts = pairwise((opening, *bars, end))
            return _Choice(tuple(_trimmed(self.nodes(one + 1, other, depth + 1)) for one, other in parts))
        name = self._text[begin:end].strip() if end - begin <= _NAME_MOST else ""
        return _Variable(name) if _NAME.fullmatch(name) else None

    def _bars(self, begin: int, end: int) -> list[int]:
        """Where the alternatives of one group are parted, whatever lies in groups within."""
        found, at = list[int](), begin
        while match := _BAR.search(self._text, at, end):
            at = match.end()
            if match[0] == "|":
                found.append(match.start())
            elif match[0] == "{":
                at = self._pairs.get(match.start(), match.start()) + 1
        return found


def _trimmed(nodes: _Nodes) -> _Nodes:
    """Without the blanks around an alternative."""
    first, *rest = nodes
    if not rest:
        return (first.strip(),) if isinstance(first, str) else nodes
    last = rest[-1]
    head = first.lstrip() if isinstance(first, str) else first
    tail = last.rstrip() if isinstance(last, str) else last
    return (head, *rest[:-1], tail)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _names(nodes: _Nodes) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, _Variable):
            yield node.name
        elif isinstance(node, _Choice):
            for alternative in node.alternatives:
                yield from _names(alternative)


def _places(nodes: _Nodes) -> tuple[_Choice | _Variable, ...]:
    """The axes of a line: every choice, and every variable once."""
    found = list[_Choice | _Variable]()
    for node in nodes:
        if not isinstance(node, str) and (isinstance(node, _Choice) or node not in found):
            found.append(node)
    return tuple(found)


def _says_something(nodes: _Nodes) -> bool:
    return any(isinstance(node, str) and node.strip() for node in nodes)


def _parted(written: str) -> tuple[str, ...]:
    """The values of a variable, as they were written."""
    return tuple(part.strip() for part in re.split(r"[|\n]", written) if part.strip())


def _count(node: _Node, values: _Values) -> int:
    if isinstance(node, str):
        return 1
    if isinstance(node, _Variable):
        return len(_parted(values.get(node.name, "")))
    return sum(prod(_count(one, values) for one in nodes) for nodes in node.alternatives)


def _axis(place: _Choice | _Variable, values: _Values) -> Axis:
    return Axis(place.name if isinstance(place, _Variable) else "", tuple(_values_of(place, values)))


def _values_of(node: _Node, values: _Values) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, _Variable):
        yield from _parted(values.get(node.name, ""))
    else:
        for nodes in node.alternatives:
            for parts in product(*(tuple(_values_of(one, values)) for one in nodes)):
                yield "".join(parts)


def _filled(nodes: _Nodes, choices: tuple[str, ...]) -> str:
    """The words of one prompt; where nothing was chosen no second blank is left."""
    chosen, following = dict[_Variable, str](), iter(choices)
    words = ""
    is_bare = False
    for node in nodes:
        if isinstance(node, str):
            part = node
        elif isinstance(node, _Variable):
            part = chosen[node] if node in chosen else chosen.setdefault(node, next(following))
        else:
            part = next(following)
        if is_bare and part:
            part = part.removeprefix(" ") if words[-1:] in {"", " "} else part
            is_bare = False
        is_bare = is_bare or (not part and not isinstance(node, str))
        words += part
    return words
