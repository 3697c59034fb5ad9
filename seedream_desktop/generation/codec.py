"""Our values as JSON and back: one codec for frozen dataclasses of strings, numbers, enums and tuples.

What equals its default is left out, unknown keys are ignored (a newer version wrote them), and what does
not describe a value raises ValueError, never TypeError: it is bad input, not a defect.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Hashable
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
    decoder: Callable[[Any], Any] = _decoder(typing.cast(Hashable, kind))
    return typing.cast(Value, decoder(raw))


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return False


@functools.cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """How a value of ``kind`` is read; found out once, for a library has 100,000 records."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(typing.cast(type, kind))
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _optional_decoder(kind)
    if origin is tuple:
        return _tuple_decoder(typing.get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _scalar_decoder(kind)


def _dataclass_decoder(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}

    def decode_fields(raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise ValueError(f"{kind.__name__}: not an object")  # noqa: TRY004
        try:
            return kind(**{name: decoders[name](value) for name, value in raw.items() if name in decoders})
        except TypeError as error:
            raise ValueError(f"{kind.__name__}: {error}") from error

    return decode_fields


def _optional_decoder(kind: Any) -> Callable[[Any], Any]:
    decode_inner = _decoder(next(part for part in typing.get_args(kind) if part is not type(None)))
    return lambda raw: None if raw is None else decode_inner(raw)


def _tuple_decoder(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    decoders = [_decoder(part) for part in parts if part is not Ellipsis]

    def decode_items(raw: Any) -> Any:
        if not isinstance(raw, list):
            raise ValueError("not a list")  # noqa: TRY004
        if parts[-1] is Ellipsis:
            return tuple(map(decoders[0], raw))
        if len(parts) != len(raw):
            raise ValueError("a list of another length")
        return tuple(decode_item(item) for decode_item, item in zip(decoders, raw, strict=True))

    return decode_items


def _scalar_decoder(kind: Any) -> Callable[[Any], Any]:
    def decode_scalar(raw: Any) -> Any:
        if kind is float and isinstance(raw, int) and not isinstance(raw, bool):
            return float(raw)
        if kind is Any or (isinstance(raw, kind) and (kind is bool or not isinstance(raw, bool))):
            return raw
        raise ValueError(f"{raw!r} is not {getattr(kind, '__name__', kind)}"[:200])

    return decode_scalar
