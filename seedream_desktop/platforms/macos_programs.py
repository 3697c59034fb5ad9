"""Programs that say in their bundles that they open a kind of file."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from seedream_desktop.platforms.programs import Program

_UNIFORM_TYPES = {
    "image/png": "public.png",
    "image/jpeg": "public.jpeg",
    "image/webp": "org.webmproject.webp",
    "image/gif": "com.compuserve.gif",
    "image/bmp": "com.microsoft.bmp",
    "image/tiff": "public.tiff",
    "image/avif": "public.avif",
    "image/jp2": "public.jpeg-2000",
}
_ANY_PICTURE = "public.image"
_BUNDLE = ".app"


def programs_for(media_type: str, suffix: str, folders: tuple[Path, ...]) -> tuple[Program, ...]:
    """Those in ``folders`` and one folder deeper, by their names."""
    found: dict[str, Program] = {}
    for bundle in (one for folder in folders for one in _bundles(folder)):
        said = _information(bundle)
        if any(_opens(kind, media_type, suffix) for kind in _kinds(said)):
            name = str(said.get("CFBundleDisplayName") or said.get("CFBundleName") or bundle.stem)
            found.setdefault(bundle.name, Program(str(bundle), name))
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def _bundles(folder: Path) -> Iterator[Path]:
    for path in (*sorted(folder.glob(f"*{_BUNDLE}")), *sorted(folder.glob(f"*/*{_BUNDLE}"))):
        if path.parent.suffix != _BUNDLE:
            yield path


def _information(bundle: Path) -> dict[str, Any]:
    try:
        said = plistlib.loads((bundle / "Contents" / "Info.plist").read_bytes())
    except (OSError, ValueError, ExpatError, plistlib.InvalidFileException):
        return {}
    return said if isinstance(said, dict) else {}


def _kinds(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kinds = said.get("CFBundleDocumentTypes")
    yield from (one for one in kinds if isinstance(one, dict)) if isinstance(kinds, list) else ()


def _opens(kind: dict[str, Any], media_type: str, suffix: str) -> bool:
    if kind.get("CFBundleTypeRole") in {"None", "QLGenerator"}:
        return False
    types = _texts(kind.get("LSItemContentTypes"))
    by_name = suffix.lower().removeprefix(".") in _texts(kind.get("CFBundleTypeExtensions"))
    by_type = media_type in _texts(kind.get("CFBundleTypeMIMETypes"))
    return (
        by_name or by_type or not types.isdisjoint({_ANY_PICTURE, _UNIFORM_TYPES.get(media_type, "")} - {""})
    )


def _texts(value: object) -> frozenset[str]:
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
