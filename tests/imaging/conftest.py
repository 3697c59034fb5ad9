"""What the tests of imaging share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seedream_desktop.generation.catalog import ReferenceRules
from tests.imaging.fit_stage import RULES, Fitted


@pytest.fixture
def fit(tmp_path: Path) -> Callable[..., Fitted]:
    def fitted(content: bytes, rules: ReferenceRules = RULES, *, smaller: bool = False) -> Fitted:
        return Fitted(tmp_path, content, rules, smaller=smaller)

    return fitted
