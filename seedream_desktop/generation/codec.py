"""Our values as JSON and back: one codec for frozen dataclasses of strings, numbers, enums and tuples.

What equals its default is left out, unknown keys are ignored (a newer version wrote them), and what does
not describe a value raises ValueError, never TypeError: it is bad input, not a defect.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from enum import Enum
from typing import Any, TypeVar

Value = TypeVar("Value")
_SCALARS = (str, int, float, bool, type(None))


def encode(value: Any) -> Any:
    """``value`` as what the ``json`` module takes. Raises TypeError on what is no value of ours."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {
            field.name: encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    raise TypeError(type(value).__name__)


def decode(kind: type[Value], raw: Any) -> Value:
    """The value of ``kind`` that ``raw`` describes. Raises ValueError when it does not describe one."""
    return typing.cast(Value, _decode(kind, raw))


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return False


def _decode(kind: Any, raw: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(typing.cast(type, kind), raw)
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _decode_optional(kind, raw)
    if origin is tuple:
        return _decode_tuple(typing.get_args(kind), raw)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(raw)
    return _decode_scalar(kind, raw)


def _decode_dataclass(kind: type, raw: Any) -> Any:
    if not isinstance(raw, dict):
        raise ValueError(f"{kind.__name__}: not an object")  # noqa: TRY004
    hints = _hints(kind)
    known = {f.name for f in dataclasses.fields(kind)}
    try:
        return kind(**{name: _decode(hints[name], raw[name]) for name in known & raw.keys()})
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from error


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode_optional(kind: Any, raw: Any) -> Any:
    if raw is None:
        return None
    inner = next(part for part in typing.get_args(kind) if part is not type(None))
    return _decode(inner, raw)


def _decode_tuple(parts: tuple[Any, ...], raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise ValueError("not a list")  # noqa: TRY004
    if parts[-1] is Ellipsis:
        return tuple(_decode(parts[0], item) for item in raw)
    if len(parts) != len(raw):
        raise ValueError("a list of another length")
    return tuple(_decode(part, item) for part, item in zip(parts, raw, strict=True))


def _decode_scalar(kind: Any, raw: Any) -> Any:
    if kind is float and isinstance(raw, int) and not isinstance(raw, bool):
        return float(raw)
    if kind is Any or (isinstance(raw, kind) and (kind is bool or not isinstance(raw, bool))):
        return raw
    raise ValueError(f"{raw!r} is not {getattr(kind, '__name__', kind)}"[:200])
