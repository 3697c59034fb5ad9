"""What each Seedream family takes, as the provider documents it.

The stand-in keeps its own copy of these facts on purpose: a mistake in the application's catalog then shows
as a 400 here instead of agreeing with itself. Source: the seed document, ModelArk image API reference and
tutorial, read 2026-11.
"""

import re
from dataclasses import dataclass

LARGEST_PX = 16_777_216  # 4096 x 4096
PRO_LARGEST_PX = 4_624_220  # 2048 x 2048 x 1.1025
SEQUENTIAL_FIELDS = ("sequential_image_generation", "sequential_image_generation_options")
VENDOR_PREFIX = re.compile(r"^(?:doubao-|dola-)")


@dataclass(frozen=True, slots=True)
class Family:
    """The facts of one model family; pixels are totals, prices are USD per picture."""

    name: str
    presets: tuple[str, ...]
    default_size: str
    least_px: int
    most_px: int
    least_references: int
    most_references: int
    price_usd: float
    size_multiple: int = 1
    takes_pixels: bool = True
    has_sets: bool = False
    forbidden: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("jpeg",)
    default_format: str = "jpeg"
    older_presets: tuple[str, ...] = ()  # what earlier documents granted, where they differ
    older_px: tuple[int, int] | None = None


_PRO_LIKE_FORBIDDEN = (*SEQUENTIAL_FIELDS, "stream")
_PRO_PRESETS = ("1K", "1.5K", "2K")
_BOTH_FORMATS = ("jpeg", "png")

T2I_3 = Family("t2i-3", (), "1024x1024", 262_144, 4_194_304, 0, 0, 0.03)
EDIT_3 = Family("edit-3", ("adaptive",), "adaptive", 0, LARGEST_PX, 1, 1, 0.03, takes_pixels=False)
V_4_0 = Family(
    "4.0", ("1K", "2K", "4K"), "2048x2048", 921_600, LARGEST_PX, 0, 14, 0.03,
    has_sets=True, older_px=(1_048_576, LARGEST_PX),
)  # fmt: skip
V_4_5 = Family("4.5", ("2K", "4K"), "2048x2048", 3_686_400, LARGEST_PX, 0, 14, 0.032, has_sets=True)
V_5_LITE = Family(
    "5-lite", ("2K", "3K", "4K"), "2048x2048", 3_686_400, LARGEST_PX, 0, 14, 0.035,
    has_sets=True, formats=_BOTH_FORMATS, older_presets=("2K", "3K"), older_px=(3_686_400, 10_404_496),
)  # fmt: skip
V_5_PRO = Family(
    "5-pro", _PRO_PRESETS, "2K", 921_600, PRO_LARGEST_PX, 0, 10, 0.09,
    size_multiple=16, forbidden=_PRO_LIKE_FORBIDDEN, formats=_BOTH_FORMATS,
    older_presets=("1K", "2K"), older_px=(1_048_576, 4_194_304),
)  # fmt: skip
V_5_FLASH = Family(
    "5-flash", _PRO_PRESETS, "2K", 921_600, PRO_LARGEST_PX, 0, 10, 0.018,
    size_multiple=16, forbidden=_PRO_LIKE_FORBIDDEN, formats=_BOTH_FORMATS,
)  # fmt: skip
V_5_5 = Family(
    "5.5", _PRO_PRESETS, "2K", 921_600, PRO_LARGEST_PX, 0, 10, 0.035,
    size_multiple=16, forbidden=_PRO_LIKE_FORBIDDEN, formats=_BOTH_FORMATS, default_format="png",
)  # fmt: skip

FAMILY_PATTERNS: tuple[tuple[re.Pattern[str], Family], ...] = tuple(
    (re.compile(pattern), family)
    for pattern, family in (
        (r"^seedream-3-0-t2i-\d{6}$", T2I_3),
        (r"^seededit-3-0-i2i-\d{6}$", EDIT_3),
        (r"^seedream-4-0-\d{6}$", V_4_0),
        (r"^seedream-4-5-\d{6}$", V_4_5),
        (r"^seedream-5-0-(?:lite-)?\d{6}$", V_5_LITE),
        (r"^seedream-5-0-pro-\d{6}$", V_5_PRO),
        (r"^seedream-5-0-flash-\d{6}$", V_5_FLASH),
        (r"^seedream-5-5-\d{6}$", V_5_5),
    )
)

SEEDREAM_IDS = (
    "doubao-seedream-5-0-260128",
    "seedream-5-0-pro-260628",
    "seedream-5-0-flash-260915",
    "seedream-5-5-261028",
    "doubao-seedream-4-5-251128",
    "doubao-seedream-4-0-250828",
    "doubao-seedream-3-0-t2i-250415",
    "doubao-seededit-3-0-i2i-250628",
)
OTHER_IDS = ("doubao-seed-1-6-250615", "gpt-4o-mini")  # the real list holds hundreds that draw nothing


def family_of(model_id: str) -> Family | None:
    """The family that a model id belongs to, or None when the endpoint knows no such model."""
    bare = VENDOR_PREFIX.sub("", model_id)
    return next((family for pattern, family in FAMILY_PATTERNS if pattern.match(bare)), None)
