"""The pauses between tries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.limits import Limits
from seedream_desktop.api.retry import Patience, asks_to_wait, http_date_s, parse_retry_after, pause_s
from seedream_desktop.generation.errors import NETWORK_AWAY, Problem, ProblemKind

NOW = "Sun, 22 Nov 2026 12:00:00 GMT"
LATER = "Sun, 22 Nov 2026 12:00:30 GMT"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2", 2.0),
        (" 0.5 ", 0.5),
        ("99999", 99999.0),
        (LATER, 30.0),
        ("0", 0.0),
        (None, None),
        ("", None),
        ("-1", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        (NOW.replace("2026", "1999"), None),
        ("1" * 5000, None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(text: str | None, seconds: float | None) -> None:
    assert parse_retry_after(text, NOW) == seconds


@given(st.text())
def test_any_retry_after_is_seconds_or_nothing(text: str) -> None:
    seconds = parse_retry_after(text)
    assert seconds is None or seconds >= 0
    http_date_s(text)


@pytest.mark.parametrize(("failures", "low_s"), [(1, 1.0), (2, 2.0), (3, 4.0), (20, 60.0), (5000, 60.0)])
def test_pauses_double_with_jitter_up_to_a_minute(failures: int, low_s: float) -> None:
    assert low_s <= pause_s(failures, Limits()) <= low_s * 1.25


@pytest.mark.parametrize("kind", sorted(set(ProblemKind) - NETWORK_AWAY))
def test_only_what_cannot_have_started_is_repeated(kind: ProblemKind) -> None:
    tries = {ProblemKind.PROXY_UNUSABLE: 3, ProblemKind.SENDING_BROKE: 1}
    patience = Patience(Limits())
    waits = [patience.wait_s(Problem(kind)) for _ in range(5)]
    assert len([wait for wait in waits if wait is not None]) == tries.get(kind, 0)


@pytest.mark.parametrize(
    "problem",
    [
        *(Problem(kind) for kind in sorted(NETWORK_AWAY)),
        Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/"),
    ],
    ids=lambda problem: problem.kind.value,
)
def test_a_network_that_is_away_is_waited_for_without_end(problem: Problem) -> None:
    patience = Patience(Limits())
    waits = [patience.wait_s(problem) or 0.0 for _ in range(1000)]
    assert 1.0 <= waits[0] <= 1.25
    assert waits[-1] == Limits().network_wait_s


def test_kinds_are_counted_each_for_itself() -> None:
    patience = Patience(Limits())
    for _ in range(3):
        assert patience.wait_s(Problem(ProblemKind.PROXY_UNUSABLE)) is not None
    assert (patience.wait_s(Problem(ProblemKind.SENDING_BROKE)) or 0.0) <= 1.25


@pytest.mark.parametrize(
    ("problem", "is_for_all"),
    [
        (Problem(ProblemKind.RATE_LIMITED, status=429), True),
        (Problem(ProblemKind.RATE_LIMITED, status=200), False),
        (Problem(ProblemKind.SERVER_FAULT, status=503, limit=3.0), True),
        (Problem(ProblemKind.SERVER_FAULT, status=503), False),
        (Problem(ProblemKind.QUOTA_SPENT, status=429, limit=3.0), False),
        (Problem(ProblemKind.UNREACHABLE), False),
    ],
)
def test_what_the_service_asks_of_one_it_asks_of_all(problem: Problem, is_for_all: bool) -> None:
    assert asks_to_wait(problem) is is_for_all


@pytest.mark.parametrize(
    ("problem", "wait_s"),
    [
        (Problem(ProblemKind.RATE_LIMITED, status=429, limit=8.0), 8.0),
        (Problem(ProblemKind.RATE_LIMITED, status=429, limit=99999.0), 60.0),
        (Problem(ProblemKind.RATE_LIMITED, status=200), None),
        (Problem(ProblemKind.SERVER_FAULT, status=503, limit=3.0), 3.0),
        (Problem(ProblemKind.SERVER_FAULT, status=503), None),
        (Problem(ProblemKind.SERVER_FAULT, status=500, limit=3.0), None),
        (Problem(ProblemKind.PROXY_UNUSABLE, status=407), None),
    ],
)
def test_what_the_server_says_decides_the_pause(problem: Problem, wait_s: float | None) -> None:
    assert Patience(Limits()).wait_s(problem) == wait_s
