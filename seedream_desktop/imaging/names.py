"""Which named metadata tell where a picture was taken, by whom, and with which copy of a camera."""

from __future__ import annotations

import re

# Copyright notices stay: they are meant to travel with the picture. So do camera, lens and dates.
_PERSONAL = frozenset(
    {
        "artist",
        "author",
        "authorsposition",
        "captionwriter",
        "city",
        "contact",
        "country",
        "countrycode",
        "creator",
        "creatorcontactinfo",
        "hostcomputer",
        "imagecreator",
        "imagecreatorid",
        "imagecreatorname",
        "internalserialnumber",
        "location",
        "locationcreated",
        "locationshown",
        "makernote",
        "owner",
        "ownername",
        "cameraownername",
        "photographer",
        "state",
        "sublocation",
    }
)
_WHOLE_FILES = frozenset({"gimage:data", "gaudio:data", "xmpgimg:image"})  # with notes of their own
# In the binary form of a C2PA manifest; such a manifest is signed as a whole and can only go as a whole.
_IN_A_MANIFEST = re.compile(rb'GPSL|SerialNumber|[\x66"]author|[\x67"]creator"')
_WORD_MARKS = re.compile(r"[\s_-]+")


def is_personal(name: str) -> bool:
    """Whether the property ``name``, with or without a prefix, is one of them."""
    bare = _WORD_MARKS.sub("", name.rpartition(":")[2]).casefold()
    if name.casefold() in _WHOLE_FILES:
        return True
    return bare in _PERSONAL or bare.startswith("gps") or "serialnumber" in bare


def is_personal_manifest(manifest: bytes) -> bool:
    """Whether content credentials name one of them."""
    return _IN_A_MANIFEST.search(manifest) is not None
