"""What this machine remembers between starts, where it keeps its files, and who may use them."""

from __future__ import annotations

import json
import os
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from seedream_desktop.files import discard, problem_of, write_over
from seedream_desktop.generation.checks import Anchor
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.platforms.platform import Platform, current

APPLICATION = "seedream-desktop"
DEFAULT_BASE_URL = "https://api.cometapi.com/v1"  # the endpoint's document, read 2026-11-22
JOBS_AT_ONCE_MAX = 8
VARIATIONS_MAX = 100
DAILY_LIMIT_USD_MAX = 10_000.0
TRASH_DAYS_MAX = 3650
THUMBNAILS_MB_MIN = 128
THUMBNAILS_MB_MAX = 1 << 20
TILE_PX_MIN = 96
TILE_PX_MAX = 480
CARRIED = (  # from a session to the next: the draft, and how the window looks
    "recipe",
    "variations",
    "drafts",
    "draft_place",
    "theme",
    "language",
    "window_geometry",
    "panels",
    "sidebar_shown",
    "tile_px",
    "arrangement",
    "orders",
    "shown_board_id",
    "seen_id",
    "seen_px",
    "selected_ids",
    "folded_boards",
    "jobs_at_once",
    "daily_limit_usd",
    "trash_days",
    "thumbnails_mb",
    "hides_rejected",
    "auto_advance",
    "grid_advance",
    "recent_tags",
    "recent_commands",
    "keeps_zoom",
    "screen_profile",
    "proxy",
)
_PLAIN_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_HASH_LETTERS = 12
_PLACED_ID = re.compile(r"[0-9a-f]{32}-[0-9a-f]{8}")
_HALF_SAVED = f"{'?' * 32}.part"  # as ``files.stage`` names them
_EMPTY_RECIPE = Recipe()


class Theme(StrEnum):
    """How the window is coloured."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Arrangement(StrEnum):
    """How pictures lie beside each other in the gallery."""

    WHOLE = "whole"  # whole in even cells
    FILLED = "filled"  # cut to fill even cells
    JUSTIFIED = "justified"  # whole, in lines of one height


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered, the unsent draft included."""

    schema: int = 1
    library: str = ""  # a path; empty: the default folder
    library_id: str = ""  # of the library there, once it was open
    recent_libraries: tuple[str, ...] = ()
    theme: Theme = Theme.SYSTEM
    language: str = ""  # "en", "zh_CN"; empty: the system's
    jobs_at_once: int = 3  # 1 to JOBS_AT_ONCE_MAX
    daily_limit_usd: float = 0.0  # what may be spent in a day before the queue pauses; 0: no limit
    ask_above_usd: float = 5.0  # what one press may cost before it asks; 0: never
    thumbnails_mb: int = 2048  # what the thumbnails may take on this computer's disk
    trash_days: int = 30  # how long the trash keeps pictures; 0: until it is emptied
    proxy: str = ""  # empty: as the system says; "direct": none; else its address
    recipe: Recipe = _EMPTY_RECIPE  # the unsent draft
    variations: int = 1  # 1 to VARIATIONS_MAX
    board_id: str = ""  # where the draft's pictures go; empty: the Inbox
    drafts: tuple[str, ...] = ()  # the other unsent drafts, as ``state/drafts.py`` writes them
    draft_place: int = 0  # of the one above among them
    window_geometry: str = ""  # base64
    panels: tuple[int, ...] = ()  # widths in px
    sidebar_shown: bool = True
    tile_px: int = 216
    arrangement: Arrangement = Arrangement.WHOLE
    orders: tuple[tuple[str, str], ...] = ()  # chosen for a board, or for all else of a library, by its id
    shown_board_id: str = ""  # the place that was shown last; empty: all pictures
    seen_id: str = ""  # the picture at the top of what was seen; empty: the very top
    seen_px: int = 0  # where its upper edge was
    selected_ids: tuple[str, ...] = ()
    folded_boards: tuple[str, ...] = ()  # ids of those whose boards the sidebar hides
    hides_rejected: bool = False
    auto_advance: bool = True  # to the next picture once one is judged by key, in the viewer
    grid_advance: bool = False  # the same in the gallery
    recent_tags: tuple[tuple[str, str], ...] = ()  # library id, tag; of each library the last used first
    recent_commands: tuple[str, ...] = ()  # ids of what the palette offers, the last chosen first
    keeps_zoom: bool = True  # from picture to picture
    screen_profile: str = ""  # an ICC file, for screens that the system names none for; empty: sRGB
    listed_models: tuple[str, ...] = ()  # Seedream ids that the provider listed last; empty: not known
    listed_origin: str = ""  # the base URL whose list that is
    anchor: Anchor | None = None  # when the account's total and the spend files agreed last
    machine_id: str = ""  # signs marks, so that two machines' can be told apart: a uuid4, a hash of where


@dataclass(frozen=True, slots=True)
class Places:
    """Where this machine keeps what belongs to no library."""

    data_dir: Path  # what may not be lost
    cache_dir: Path  # what is made again when it is gone
    logs: Path

    @property
    def settings(self) -> Path:
        """The file of the settings."""
        return self.data_dir / "settings.json"

    @property
    def journal(self) -> Path:
        """The file of the journal."""
        return self.data_dir / "journal.sqlite3"

    @property
    def spool(self) -> Path:
        """The folder in which answers and pictures wait until they are in the library."""
        return self.data_dir / "spool"

    @property
    def thumbnails(self) -> Path:
        """The folder of the thumbnails."""
        return self.cache_dir / "thumbnails"

    @property
    def last_seen(self) -> Path:
        """The file of what was seen in the gallery last."""
        return self.cache_dir / "last-seen.json"

    @property
    def screens(self) -> Path:
        """The folder of the colour profiles that the system named for its screens."""
        return self.cache_dir / "screens"

    @property
    def sent(self) -> Path:
        """The folder of what was made of references to be sent."""
        return self.cache_dir / "sent"

    def index(self, library_id: str, path: Path) -> Path:
        """The index of one library; a copy of it elsewhere on this machine has one of its own."""
        # The id comes out of a file that others write: only a harmless one becomes part of a name.
        name = library_id if _PLAIN_ID.fullmatch(library_id) else _short_hash(library_id)
        return self.cache_dir / f"index-{name}-{_short_hash(os.path.normcase(path.absolute()))}.sqlite3"


def places(data_dir: Path | None) -> Places:
    """The platform's own places, or everything in ``data_dir``. Creates nothing."""
    if data_dir is not None:
        folder = data_dir.absolute()
        return Places(folder, folder, folder / "logs")
    import platformdirs  # late: reads files and is not needed with --data-dir

    found = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    return Places(found.user_data_path, found.user_cache_path, found.user_log_path)


def load_settings(path: Path) -> Settings:
    """What ``path`` holds; what is missing or makes no sense is as at the first start.

    A damaged file is kept beside as ``.damaged``. A new machine id is given where there is none, and where
    the data directory was copied: two machines of one id would sweep each other's temporary files. It lasts
    once the settings are saved. What a process that was killed had half saved is removed: nobody is saving.
    """
    for half in path.parent.glob(_HALF_SAVED):
        discard(half)
    settings, is_whole = _read(path)
    if not is_whole:
        with suppress(OSError):
            path.with_name(f"{path.name}.damaged").write_bytes(path.read_bytes())
    return replace(
        settings,
        machine_id=_machine_id(settings.machine_id, path.parent),
        jobs_at_once=min(max(1, settings.jobs_at_once), JOBS_AT_ONCE_MAX),
        variations=min(max(1, settings.variations), VARIATIONS_MAX),
        daily_limit_usd=min(max(0.0, settings.daily_limit_usd), DAILY_LIMIT_USD_MAX),
        thumbnails_mb=min(max(THUMBNAILS_MB_MIN, settings.thumbnails_mb), THUMBNAILS_MB_MAX),
        trash_days=min(max(0, settings.trash_days), TRASH_DAYS_MAX),
        tile_px=min(max(TILE_PX_MIN, settings.tile_px), TILE_PX_MAX),
    )


def save_settings(path: Path, settings: Settings) -> None:
    """Put ``settings`` durably in the place of the old ones. Raises ProblemError."""
    _make_folder(path.parent)
    content = json.dumps(encode(settings), indent=1).encode("ascii")
    write_over(path, content, path.parent, 0o600)  # the draft is inside


class DirectoryLock:
    """One process at a time for a data directory; ends with the process, however it ends."""

    def __init__(self, path: Path, platform: Platform | None = None) -> None:
        """Lock nothing yet; ``path`` is the directory."""
        self._path = path
        self._platform = platform or current()
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Whether the directory is ours now. Creates it. Raises ProblemError when that fails."""
        if self._descriptor is not None:
            return True
        _make_folder(self._path)
        try:
            descriptor = os.open(self._path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ProblemError(problem_of(error, self._path)) from error
        try:
            is_ours = self._platform.lock(descriptor)
        except OSError:  # a file system without locks: nobody is ever locked out
            is_ours = True
        if not is_ours:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let another process have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _read(path: Path) -> tuple[Settings, bool]:
    """The settings, and whether all that the file says was understood."""
    try:
        raw = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Settings(), True
    except (OSError, ValueError, RecursionError):
        return Settings(), False
    if not isinstance(raw, dict):
        return Settings(), False
    known = {field.name: raw[field.name] for field in fields(Settings) if field.name in raw}
    understood = {name: value for name, value in known.items() if _is_legal(name, value)}
    return decode(Settings, understood), understood.keys() == known.keys()


def _is_legal(name: str, value: Any) -> bool:
    try:
        decode(Settings, {name: value})
    except (ValueError, RecursionError):
        return False
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ProblemError(problem_of(error, folder)) from error


def _machine_id(known: str, folder: Path) -> str:
    """``known``, or a new one if it was given to another folder: a copy has another path or number."""
    try:
        text = f"{folder.absolute()} {folder.stat().st_ino}"
        place = f"-{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"  # hashlib takes 3 ms and 4 MB
    except OSError:
        place = ""
    if known and (known.endswith(place) or not _PLACED_ID.fullmatch(known)):
        return known
    import uuid  # late: 2 ms that only the first start needs

    return uuid.uuid4().hex + place


def _short_hash(text: str) -> str:
    import hashlib  # late: 2 ms that the first paint does without

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LETTERS]
