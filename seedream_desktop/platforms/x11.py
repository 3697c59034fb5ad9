"""One property of the root window of an X server, read over a connection of our own."""

from __future__ import annotations

import ctypes
from typing import Any

_ANY_TYPE = 0


class _Iterator(ctypes.Structure):
    _fields_ = (("screen", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("atom", ctypes.c_uint32),
    )


def root_property(name: str, bytes_most: int) -> bytes:
    """The property ``name`` of the first screen's root; empty: no server, or no such property. Blocks."""
    try:
        xcb = _declared(ctypes.CDLL("libxcb.so.1"))
    except (OSError, AttributeError):
        return b""
    connection = xcb.xcb_connect(None, None)
    try:
        if xcb.xcb_connection_has_error(connection):
            return b""
        return _read(xcb, connection, name.encode("ascii"), bytes_most)
    finally:
        xcb.xcb_disconnect(connection)


def _read(xcb: ctypes.CDLL, connection: int, name: bytes, bytes_most: int) -> bytes:
    root = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection)).screen[0]
    cookie = xcb.xcb_intern_atom(connection, 1, len(name), name)
    atom_reply = xcb.xcb_intern_atom_reply(connection, cookie, None)
    if not atom_reply:
        return b""
    atom = ctypes.cast(atom_reply, ctypes.POINTER(_AtomReply)).contents.atom
    _free(atom_reply)
    if not atom:
        return b""
    cookie = xcb.xcb_get_property(connection, 0, root, atom, _ANY_TYPE, 0, bytes_most // 4)
    reply = xcb.xcb_get_property_reply(connection, cookie, None)
    if not reply:
        return b""
    size_bytes = xcb.xcb_get_property_value_length(reply)
    content = ctypes.string_at(xcb.xcb_get_property_value(reply), size_bytes)
    _free(reply)
    return content


def _free(pointer: int) -> None:
    free = ctypes.CDLL(None).free
    free.argtypes, free.restype = (ctypes.c_void_p,), None
    free(pointer)


def _declared(xcb: ctypes.CDLL) -> ctypes.CDLL:
    """With the types of what is called, from ``xcb.h`` and ``xproto.h``."""
    pointer, byte, short, number = ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
    functions: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "xcb_connect": (pointer, (ctypes.c_char_p, pointer)),
        "xcb_connection_has_error": (ctypes.c_int, (pointer,)),
        "xcb_disconnect": (None, (pointer,)),
        "xcb_get_setup": (pointer, (pointer,)),
        "xcb_setup_roots_iterator": (_Iterator, (pointer,)),
        "xcb_intern_atom": (_Cookie, (pointer, byte, short, ctypes.c_char_p)),
        "xcb_intern_atom_reply": (pointer, (pointer, _Cookie, pointer)),
        "xcb_get_property": (_Cookie, (pointer, byte, number, number, number, number, number)),
        "xcb_get_property_reply": (pointer, (pointer, _Cookie, pointer)),
        "xcb_get_property_value": (pointer, (pointer,)),
        "xcb_get_property_value_length": (ctypes.c_int, (pointer,)),
    }
    for name, (result, arguments) in functions.items():
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb
