import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.demo.sets import set_count, stated_count


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("4 images of a fox", 4),
        ("a set of 4", 4),
        ("A series of four posters", 4),
        ("twelve different pictures of a cat", 12),
        ("生成4张海报", 4),
        ("生成四张图", 4),
        ("两张图片", 2),
        ("十二张", 12),
        ("十张", 10),
        ("二十五张", 25),
        ("a fox in 16:9, 35mm film", None),
        ("one-eyed cat", None),
        ("", None),
    ],
)
def test_a_prompt_states_its_number(prompt: str, count: int | None) -> None:
    assert stated_count(prompt) == count


@given(st.text(), st.integers(1, 15))
def test_a_set_never_exceeds_its_ceiling(prompt: str, ceiling: int) -> None:
    assert 1 <= set_count(prompt, ceiling) <= ceiling


@given(st.integers(1, 15))
def test_the_stated_number_is_delivered_up_to_the_ceiling(number: int) -> None:
    assert set_count(f"a set of {number}", 8) == min(number, 8)
