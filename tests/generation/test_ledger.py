"""What the account's total tells about a request of unknown outcome, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from seedream_desktop.generation.checks import Anchor, Doubt
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.ledger import (
    BOOKING_MS,
    FLOOR_USD,
    LONG_MS,
    Charge,
    Ruling,
    agrees,
    allowance,
    given_up_ms,
    pictures_billed,
    proves,
    settled_ms,
    verdict,
)

ANCHOR = Anchor("https://api.example.com/v1", "library", 1000, 7.6)
PROVEN = replace(ANCHOR, is_proven=True)
PRICES = st.floats(0.01, 0.5)
KNOWN = st.lists(st.floats(0.0, 0.05), max_size=5)


def charge(usd: float | None, billed: Billed = Billed.YES, least_usd: float | None = None) -> Charge:
    return Charge("job", 2000, usd if least_usd is None else least_usd, usd, billed)


def maybe(usd: float | None, least_usd: float | None = None) -> Charge:
    return charge(usd, Billed.MAYBE, least_usd)


def ruled(rise_usd: float, *charges: Charge, anchor: Anchor = ANCHOR) -> tuple[Ruling, Doubt | None]:
    found = verdict(anchor, anchor.used_usd + rise_usd, charges)
    return found.ruling, found.doubt


@given(PRICES, KNOWN)
def test_a_rise_by_what_is_known_and_its_price_is_billed(price_usd: float, known_usd: list[float]) -> None:
    assume(price_usd > 3 * allowance(sum(known_usd)))
    known = [charge(usd) for usd in known_usd]
    assert ruled(sum(known_usd) + price_usd, *known, maybe(price_usd)) == (Ruling.BILLED, None)


@given(PRICES, KNOWN)
def test_a_rise_by_what_is_known_alone_is_not_billed(price_usd: float, known_usd: list[float]) -> None:
    assume(price_usd > 3 * allowance(sum(known_usd)))
    known = [charge(usd) for usd in known_usd]
    assert ruled(sum(known_usd), *known, maybe(price_usd), anchor=PROVEN) == (Ruling.NOT_BILLED, None)


@given(st.integers(1, 40), st.floats(0.76, 1.24), st.sampled_from([0.018, 0.035, 0.09]))
def test_prices_that_are_not_the_accounts_never_hide_what_was_billed(
    known: int, factor: float, price_usd: float
) -> None:
    charges = [charge(price_usd)] * known
    risen_usd = (known + 1) * price_usd * factor
    assert ruled(risen_usd, *charges, maybe(price_usd))[0] is not Ruling.NOT_BILLED
    assert ruled(risen_usd, *charges, maybe(None))[0] is not Ruling.NOT_BILLED


def test_beside_few_or_at_proven_prices_what_was_not_billed_is_told() -> None:
    assert ruled(0.07, charge(0.035), charge(0.035), maybe(0.035))[0] is Ruling.NOT_BILLED
    many = [charge(0.035)] * 5
    assert ruled(0.175, *many, maybe(0.035)) == (Ruling.CANNOT_TELL, Doubt.SEVERAL)
    assert ruled(0.175, *many, maybe(0.035), anchor=PROVEN)[0] is Ruling.NOT_BILLED


@pytest.mark.parametrize(
    ("rise_usd", "charges", "first", "after"),
    [
        (0.035, (charge(0.035),), False, True),
        (0.028, (charge(0.035),), True, False),
        (0.0, (), True, True),
        (0.0, (), False, False),
        (0.0, (charge(0.035),), True, False),
        (0.035, (charge(0.035, least_usd=0.0),), True, False),
        (0.035, (charge(0.035), maybe(0.035)), True, False),
    ],
)
def test_prices_are_proven_by_a_rise_that_they_foretold(
    rise_usd: float, charges: tuple[Charge, ...], first: bool, after: bool
) -> None:
    anchor = replace(ANCHOR, is_proven=first)
    assert proves(anchor, anchor.used_usd + rise_usd, charges) is after


def test_that_nothing_came_of_it_is_not_told_while_an_answer_could_be_waited_for() -> None:
    assert given_up_ms(1000, 300.0) == 1000 + 300_000 + BOOKING_MS


@given(st.floats(-20, 20), st.lists(st.none() | PRICES, max_size=4), st.lists(st.none() | PRICES, max_size=4))
def test_both_are_never_said_of_the_same_rise_and_a_doubt_has_its_reason(
    rise_usd: float, known_usd: list[float | None], unknown_usd: list[float | None]
) -> None:
    charges = [*map(charge, known_usd), *map(maybe, unknown_usd)]
    ruling, doubt = ruled(rise_usd, *charges)
    assert (doubt is not None) == (ruling is Ruling.CANNOT_TELL)
    known = sum(usd or 0.0 for usd in known_usd)
    if ruling is Ruling.NOT_BILLED:
        assert rise_usd <= known + allowance(known) or None in known_usd
    if ruling is Ruling.BILLED:
        assert rise_usd > known
        assert None not in known_usd


@given(st.floats(0.02, 0.2), st.integers(2, 8))
def test_of_several_alike_all_or_none_is_told_and_nothing_between(price_usd: float, count: int) -> None:
    unknown = [maybe(price_usd)] * count
    assert ruled(0.0, *unknown)[0] is Ruling.NOT_BILLED
    assert ruled(price_usd * count, *unknown)[0] is Ruling.BILLED
    for billed in range(1, count):
        assert ruled(price_usd * billed, *unknown) == (Ruling.CANNOT_TELL, Doubt.SEVERAL)


@pytest.mark.parametrize("pictures", [1, 2, 3, 4])
def test_a_set_is_billed_whatever_it_came_to(pictures: int) -> None:
    assert ruled(0.035 * pictures, maybe(0.14, 0.035))[0] is Ruling.BILLED


def test_a_set_and_a_picture_may_come_to_the_same() -> None:
    unknown = (maybe(0.14, 0.035), maybe(0.035))
    assert ruled(0.07, *unknown) == (Ruling.CANNOT_TELL, Doubt.SEVERAL)
    assert ruled(0.175, *unknown)[0] is Ruling.BILLED


@pytest.mark.parametrize(
    ("rise_usd", "charges", "expected"),
    [
        (0.2, (maybe(0.035),), Doubt.OTHER_USE),
        (0.012, (maybe(0.035),), Doubt.OTHER_USE),
        (-1.0, (maybe(0.035),), Doubt.TOTAL_FELL),
        (0.01, (charge(0.09), maybe(0.035)), Doubt.LATE),
        (0.0, (charge(None), maybe(0.035)), Doubt.LATE),
        (0.035, (charge(None), maybe(0.035)), Doubt.NO_PRICE),
        (0.07, (charge(0.035), maybe(None)), Doubt.NO_PRICE),
        (0.5, (maybe(None), maybe(0.035)), Doubt.SEVERAL),
        (20.0, (charge(20.0), maybe(0.018)), Doubt.SEVERAL),
        (0.0, (), Doubt.NO_ANCHOR),
    ],
)
def test_what_fits_nothing_or_too_much_is_left_open_with_the_reason(
    rise_usd: float, charges: tuple[Charge, ...], expected: Doubt
) -> None:
    assert ruled(rise_usd, *charges) == (Ruling.CANNOT_TELL, expected)


def test_without_a_price_any_rise_tells_and_none_does_too() -> None:
    assert ruled(0.4, maybe(None))[0] is Ruling.BILLED
    assert ruled(FLOOR_USD / 2, maybe(None))[0] is Ruling.NOT_BILLED
    assert ruled(0.035, charge(0.035), maybe(None), anchor=PROVEN)[0] is Ruling.NOT_BILLED
    assert ruled(0.035, charge(0.035), maybe(None)) == (Ruling.CANNOT_TELL, Doubt.NO_PRICE)


def test_a_shape_that_is_cheaper_than_its_size_may_be_hides_nothing() -> None:
    either_price = charge(0.09, least_usd=0.045)
    unknown = maybe(0.09, 0.045)
    for anchor in (ANCHOR, PROVEN):
        assert ruled(0.09, either_price, unknown, anchor=anchor)[0] is Ruling.CANNOT_TELL
        assert ruled(0.045, unknown, anchor=anchor)[0] is Ruling.BILLED
        assert ruled(0.0, unknown, anchor=anchor)[0] is Ruling.NOT_BILLED


def test_a_price_that_is_off_by_a_fifth_still_tells() -> None:
    assert ruled(0.035 * 0.8, maybe(0.035))[0] is Ruling.BILLED


def test_what_was_answered_and_not_counted_yet_leaves_as_much_open() -> None:
    fetched_later = charge(0.14, Billed.YES, 0.035)
    assert ruled(0.14, fetched_later, maybe(0.035))[0] is Ruling.CANNOT_TELL
    assert ruled(0.01, fetched_later, maybe(0.035))[1] is Doubt.LATE


def test_what_was_before_the_anchor_or_certainly_free_does_not_count() -> None:
    before = Charge("old", ANCHOR.at_ms, 0.5, 0.5, Billed.MAYBE)
    free = charge(0.5, Billed.NO)
    assert ruled(0.035, before, free, maybe(0.035))[0] is Ruling.BILLED


def fits(rise_usd: float, quiet_ms: int, *charges: Charge) -> bool:
    return agrees(ANCHOR, ANCHOR.used_usd + rise_usd, charges, quiet_ms)


@given(KNOWN)
def test_total_and_record_agree_at_once_where_they_come_to_the_same(known_usd: list[float]) -> None:
    assert fits(sum(known_usd), 0, *map(charge, known_usd))


def test_a_charge_that_is_not_on_the_bill_yet_is_waited_for() -> None:
    charges = (charge(0.035), charge(0.035))
    assert not fits(0.035, 0, *charges)
    assert not fits(0.035, BOOKING_MS, *charges)
    assert fits(0.035, LONG_MS, *charges)


def test_what_others_spend_is_taken_over_once_everything_is_booked() -> None:
    assert not fits(1.0, BOOKING_MS - 1, charge(0.035))
    assert fits(1.0, BOOKING_MS, charge(0.035))


@pytest.mark.parametrize("one", [charge(None), maybe(0.035)])
def test_what_is_not_known_to_the_cent_is_waited_for(one: Charge) -> None:
    assert not fits(0.035, 0, one)
    assert fits(0.035, BOOKING_MS, one)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 600))
def test_nothing_is_told_before_the_server_can_have_ended_it(sent: int, ended: int, usual_s: int) -> None:
    ready = settled_ms(sent, ended, usual_s)
    assert ready >= ended + BOOKING_MS
    assert ready >= sent + 2000 * usual_s + BOOKING_MS


@given(st.integers(1, 15), st.floats(0.01, 0.5), st.floats(0, 0.1))
def test_the_bill_says_how_many_pictures_a_lost_set_had(made: int, price_usd: float, extra: float) -> None:
    assert pictures_billed(price_usd * made + extra, price_usd, extra, 15) == made
    assert pictures_billed(0.0, price_usd, extra, 15) == 1
    assert pictures_billed(1000.0, price_usd, extra, 15) == 15
    assert pictures_billed(1.0, None, 0.0, 15) is None
