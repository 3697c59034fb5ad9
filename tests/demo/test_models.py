import pytest

from seedream_desktop.demo.models import OTHER_IDS, SEEDREAM_IDS, family_of


@pytest.mark.parametrize(
    ("model_id", "name"),
    [
        ("doubao-seedream-5-0-260128", "5-lite"),
        ("seedream-5-0-260128", "5-lite"),
        ("doubao-seedream-5-0-lite-260128", "5-lite"),
        ("dola-seedream-5-0-pro-260628", "5-pro"),
        ("seedream-5-0-flash-260915", "5-flash"),
        ("seedream-5-5-261028", "5.5"),
        ("doubao-seedream-4-5-251128", "4.5"),
        ("seedream-4-0-250828", "4.0"),
        ("doubao-seedream-3-0-t2i-250415", "t2i-3"),
        ("doubao-seededit-3-0-i2i-250628", "edit-3"),
    ],
)
def test_an_id_belongs_to_its_family(model_id: str, name: str) -> None:
    family = family_of(model_id)
    assert family is not None
    assert family.name == name


@pytest.mark.parametrize(
    "model_id", ["", "seedream-5-0-lite", "seedream", "doubao-doubao-seedream-4-0-250828", *OTHER_IDS]
)
def test_an_unknown_id_has_no_family(model_id: str) -> None:
    assert family_of(model_id) is None


def test_every_listed_model_can_draw() -> None:
    assert all(family_of(model_id) for model_id in SEEDREAM_IDS)
