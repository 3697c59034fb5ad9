"""The words for every kind of problem: what happened, what it means for money, what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.problem_sentences import sentences

translate = QCoreApplication.translate
_CHARACTERS = 2_000  # of a server's words or a name; more is not read


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """One problem in plain words; each part is a sentence or two."""

    happened: str
    money: str
    remedy: str

    @property
    def all(self) -> str:
        """The three parts as one text."""
        return joined(self.happened, self.money, self.remedy)

    @property
    def without_money(self) -> str:
        """For what never reaches a server: a dropped file, a setting."""
        return joined(self.happened, self.remedy)


def problem_words(problem: Problem) -> ProblemWords:
    """The words for ``problem``, in the language of the window."""
    happened, remedy = sentences()[problem.kind]
    facts = _facts(problem)
    return ProblemWords(happened.format_map(facts), money_words(problem.billed), remedy.format_map(facts))


def joined(*sentences: str) -> str:
    """Sentences in a row; after a Chinese full stop there is no blank."""
    text = ""
    for sentence in filter(None, sentences):
        text += sentence if not text or text.endswith("。") else f" {sentence}"
    return text


def _facts(problem: Problem) -> dict[str, str]:
    is_bytes = problem.kind in {ProblemKind.FILE_TOO_LARGE, ProblemKind.TOO_LARGE}
    subject, said = plain(problem.subject, _CHARACTERS), plain(problem.said, _CHARACTERS)
    return {
        "subject": subject or translate("problem", "Pasted picture"),
        "field": subject or translate("problem", "a field"),
        "proxy": subject or translate("problem", "of this network"),
        "host": subject or translate("problem", "the server"),
        "model": subject or translate("problem", "This model"),
        "limit": _figure(problem.limit, is_bytes),
        "actual": _figure(problem.actual, is_bytes),
        "wait": words.seconds(problem.limit) if problem.limit else translate("problem", "a while"),
        "format": said or translate("problem", "unknown"),
        "said": _quoted(said) if said else "",
    }


def _quoted(said: str) -> str:
    """The server's own words as a sentence of their own, with one full stop."""
    return translate("problem", "It said: “{words}.”").format(words=said.rstrip(" .。"))


def _figure(value: float | None, is_bytes: bool) -> str:
    if value is None:
        return "?"
    return words.size_in_mb(int(value)) if is_bytes else f"{value:,.10g}"


def money_words(billed: Billed) -> str:
    """What a problem means for money."""
    return {
        Billed.NO: translate("problem", "Nothing was billed."),
        Billed.MAYBE: translate("problem", "It may have been billed."),
        Billed.YES: translate("problem", "It was billed."),
    }[billed]
