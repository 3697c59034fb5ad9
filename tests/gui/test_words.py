"""Figures read as people write them."""

import pytest

from seedream_desktop.generation.cost import Cost
from seedream_desktop.generation.job import JobState
from seedream_desktop.generation.request import OutputFormat, ResponseFormat, Size
from seedream_desktop.gui import words
from tests.compose_stage import LITE, PRO, a_reference, catalog


@pytest.mark.parametrize(
    ("usd", "expected"),
    [(0.035, "$0.035"), (0.04, "$0.04"), (0.14, "$0.14"), (0.0, "$0.00"), (1234.5, "$1,234.50")],
)
def test_money(usd: float, expected: str) -> None:
    assert words.money(usd) == expected


def test_a_cost_is_about_a_sum_or_a_range() -> None:
    assert words.cost(Cost(0.14, 0.14, "2026-11-22")) == "about $0.14"
    assert words.cost(Cost(0.035, 0.14, "2026-11-22")) == "$0.04–0.14"


@pytest.mark.parametrize(
    ("value_s", "expected"), [(0.4, "0 s"), (30, "30 s"), (119, "119 s"), (240, "4 min"), (7200, "2 h")]
)
def test_durations(value_s: float, expected: str) -> None:
    assert words.seconds(value_s) == expected


@pytest.mark.parametrize(("value_s", "expected"), [(12.9, "0:12"), (61, "1:01"), (3600, "60:00")])
def test_a_stop_watch(value_s: float, expected: str) -> None:
    assert words.clock(value_s) == expected


@pytest.mark.parametrize(
    ("part_bytes", "whole_bytes", "expected"),
    [
        (12_000_000, 41_000_000, "12 of 41 MB"),
        (40_000, 1_440_000, "40 KB of 1.4 MB"),
        (400_000, 1_440_000, "0.4 of 1.4 MB"),
        (0, 700, "0 of 1 KB"),
        (41_000_000, 41_000_000, "41 of 41 MB"),
    ],
)
def test_a_part_of_a_size(part_bytes: int, whole_bytes: int, expected: str) -> None:
    assert words.part_in_mb(part_bytes, whole_bytes) == expected


@pytest.mark.parametrize(
    ("size_bytes", "expected"),
    [(10, "1 KB"), (1400, "1 KB"), (1_440_000, "1.4 MB"), (41_000_000, "41 MB"), (1_500_000_000, "1,500 MB")],
)
def test_sizes(size_bytes: int, expected: str) -> None:
    assert words.size_in_mb(size_bytes) == expected


def test_counts_have_a_singular() -> None:
    assert [words.pictures(count) for count in (0, 1, 1240)] == ["0 pictures", "1 picture", "1,240 pictures"]
    assert [words.references(count) for count in (1, 2)] == ["1 reference", "2 references"]


def test_how_large_it_prints() -> None:
    assert words.print_size(2848, 1600) == "24\u00a0×\u00a014\u00a0cm at 300\u00a0dpi"
    assert words.print_size(1024, 1024) == "8.7\u00a0×\u00a08.7\u00a0cm at 300\u00a0dpi"


def test_a_digit_stays_on_the_line_of_its_word() -> None:
    assert words.with_its_digit("as image 1") == "as image\u00a01"
    assert words.with_its_digit("24 × 14") == "24 × 14"


def test_the_second_line_of_a_model() -> None:
    lite, pro = catalog().model(LITE), catalog().model(PRO)
    assert words.model_line(lite, lite.default_size) == "all-round · about 30 s · $0.035 each"
    assert words.model_line(pro, Size(preset="1K")) == "highest quality · about 2 min · $0.045 each"


def test_a_model_that_the_table_does_not_know_goes_by_its_id() -> None:
    unknown = catalog().model("seedream-9-0-300101")
    assert words.model_name(unknown) == "seedream-9-0-300101"
    assert words.model_line(unknown, None).endswith("price not known")


def test_every_purpose_in_the_table_has_words() -> None:
    spoken = [words.purpose(model) for model in catalog().models]
    assert words.purpose(catalog().fallback) not in spoken


def test_a_reference_is_called_by_its_number_and_name() -> None:
    assert words.reference_name(1, a_reference(7)) == "image 1: cat 7.png, 1024 × 768"


def test_every_state_and_format_has_words() -> None:
    assert all(words.job_state(state) for state in JobState)
    assert [words.output_format(value) for value in OutputFormat] == ["JPEG", "PNG"]
    assert len({words.response_format(value) for value in ResponseFormat}) == len(ResponseFormat)
