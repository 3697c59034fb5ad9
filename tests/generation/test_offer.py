"""What is offered: what the key's list holds, as the list spells it; nothing is folded without a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.offer import Offer, offer_of

CATALOG = load_catalog(Path(__file__).parents[2] / "resources" / "models.toml")
LITE = "doubao-seedream-5-0-260128"


def ids(offer: Offer) -> list[str]:
    return [model.id for model in offer.offered]


def folded(offer: Offer) -> set[str]:
    return {model.family for model in offer.folded}


@pytest.mark.parametrize("listed", [(), ("gpt-4o-mini", "doubao-seed-1-6-250615")])
def test_without_a_list_of_seedreams_everything_is_offered(listed: tuple[str, ...]) -> None:
    offer = offer_of(CATALOG, listed)
    assert offer.offered == CATALOG.models
    assert offer.folded == ()
    assert offer.holds("seedream-5-0-pro-260628")


def test_known_models_go_by_the_lists_spelling_and_the_others_are_folded() -> None:
    offer = offer_of(CATALOG, ("gpt-4o", "seedream-4-5-251128", "dola-seedream-5-0-pro-260628"))
    assert ids(offer) == ["dola-seedream-5-0-pro-260628", "seedream-4-5-251128"]
    assert [model.family for model in offer.offered] == ["5.0-pro", "4.5"]
    assert folded(offer) == {"5.0-lite", "5.5", "5.0-flash", "4.0", "3.0", "edit-3.0"}


def test_the_tables_own_spelling_wins_over_another_vendors() -> None:
    offer = offer_of(CATALOG, ("seedream-5-0-260128", LITE))
    assert ids(offer) == [LITE]
    assert offer.spelled("seedream-5-0-260128") == LITE


def test_a_newer_snapshot_takes_the_place_of_the_one_that_is_gone() -> None:
    offer = offer_of(CATALOG, ("seedream-4-5-260101", "seedream-4-5-270101"))
    assert ids(offer) == ["seedream-4-5-270101", "seedream-4-5-260101"]
    assert "4.5" not in folded(offer)
    assert not offer.holds("doubao-seedream-4-5-251128")


def test_an_unknown_seedream_is_offered_under_the_careful_rules() -> None:
    offer = offer_of(CATALOG, (LITE, "Seedream-9.9", "seededit-7-0"))
    assert [(model.id, model.family) for model in offer.offered[1:]] == [
        ("Seedream-9.9", "unknown"),
        ("seededit-7-0", "unknown"),
    ]


def test_an_id_is_found_in_any_spelling_and_otherwise_left_alone() -> None:
    offer = offer_of(CATALOG, ("bytedance/seedream-5.0-260128",))
    assert offer.spelled(LITE) == "bytedance/seedream-5.0-260128"
    assert offer.spelled("something-else") == "something-else"
    assert (offer.holds(LITE), offer.holds("seedream-5-0-pro-260628")) == (True, False)
