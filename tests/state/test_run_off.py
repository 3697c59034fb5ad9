"""A run-off ends with one picture, and every step of it can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.state.run_off import RunOff, Verdict

KEYS = ("a", "b", "c", "d", "e")
VERDICTS = st.lists(st.sampled_from(Verdict), max_size=8)


def decided(*verdicts: Verdict) -> RunOff:
    run_off = RunOff(KEYS)
    for verdict in verdicts:
        run_off = run_off.decided(verdict)
    return run_off


def test_the_first_defends_against_the_second() -> None:
    run_off = RunOff(KEYS)
    assert (run_off.champion, run_off.challenger, run_off.number, run_off.count) == ("a", "b", 1, 4)


def test_the_winner_defends_against_the_next() -> None:
    run_off = decided(Verdict.LOST, Verdict.WON)
    assert (run_off.champion, run_off.challenger, run_off.number) == ("c", "d", 3)


def test_the_order_is_champions_others_and_rejected() -> None:
    run_off = decided(Verdict.REJECTED, Verdict.WON, Verdict.LOST, Verdict.WON)
    assert run_off.is_over
    assert run_off.order == ("e", "c", "a", "d", "b")


@given(VERDICTS)
def test_a_step_taken_back_is_as_if_it_had_not_been(verdicts: list[Verdict]) -> None:
    run_off = decided(*verdicts)
    if not run_off.is_over:
        assert run_off.decided(Verdict.WON).taken_back() == run_off


@given(VERDICTS)
def test_nobody_is_lost_or_named_twice(verdicts: list[Verdict]) -> None:
    run_off = decided(*verdicts)
    assert sorted(run_off.order) == sorted(KEYS)
    assert run_off.order[0] == run_off.champion
    assert run_off.is_over is (run_off.challenger == "")


def test_nothing_comes_before_the_first_step() -> None:
    assert RunOff(KEYS).taken_back() == RunOff(KEYS)
