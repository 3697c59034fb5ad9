"""The XMP packet that goes along with an exported picture: its labels and, if wished, how it was made.

One ``rdf:Description``, UTF-8. Whoever reads it back finds

Iptc4xmpExt:DigitalSourceType   an element: what IPTC calls pictures that a model made
TC260:AIGC                      an element: the label that Chinese rules ask of the provider, JSON, verbatim
seedream:Recipe                 an element: one JSON object as ``generation.recipe_text`` writes and reads it,
                                {"seedream_recipe": 1, "recipe": {...}}; the namespace is ``RECIPE_SPACE``

Never in it: the note, ratings, tags, names of boards, costs, links with their queries, pictures themselves.
In a JPEG it is one APP1 segment, in a PNG an iTXt ``XML:com.adobe.xmp`` that is not compressed, in WebP the
``XMP `` chunk, in TIFF tag 700. A packet that is there already is kept: the description is put in beside its
own. Sources: XMP part 1 and 3, IPTC Photo Metadata 2023.1, GB 45438-2025.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

from seedream_desktop.imaging.limits import XMP_DEPTH

MADE_BY_A_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
RECIPE_SPACE = "urn:seedream-desktop:recipe:1:"
IPTC_SPACE = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
AIGC_SPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_RDF_SPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RECIPE, _SOURCE, _AIGC = f"{RECIPE_SPACE} Recipe", f"{IPTC_SPACE} DigitalSourceType", f"{AIGC_SPACE} AIGC"
_RESOURCE = f"{_RDF_SPACE} resource"
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="w"?>'
_LABEL_KEYS = frozenset(
    {"Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID"}
    | {"ReservedCode2"}
)
_LABEL = re.compile(r'\{\s*"Label"\s*:[^{}]{1,4000}\}')
_LABEL_CHARACTERS = 1000  # of one value: producers, numbers and signatures
_CLOSING = re.compile(rb"</([A-Za-z_][\w.-]*:)?RDF\s*>")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a packet says, as far as it concerns us; empty: nothing."""

    source_type: str = ""  # an IPTC digital source type
    aigc: str = ""  # JSON
    recipe: str = ""  # JSON

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.source_type or self.aigc or self.recipe)


def packet_of(told: Told) -> bytes:
    """A whole packet that says it; empty for nothing."""
    if told.is_empty:
        return b""
    text = (
        f'{_BEGIN}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF_SPACE}">'
        f"{_description(told)}</rdf:RDF></x:xmpmeta>{_END}"
    )
    return text.encode()


def packet_with(packet: bytes, told: Told) -> bytes:
    """``packet`` with what it does not say yet put in beside; what cannot be read gives way to a new one."""
    known = read_packet(packet)
    if known is None:
        return packet_of(told)
    missing = Told(
        source_type="" if known.source_type else told.source_type,
        aigc="" if known.aigc else told.aigc,
        recipe="" if known.recipe else told.recipe,
    )
    ends = list(_CLOSING.finditer(packet))
    if missing.is_empty:
        return packet
    if not ends:
        return packet_of(told)
    at = ends[-1].start()
    put_in = packet[:at] + _description(missing).encode() + packet[at:]
    return put_in if read_packet(put_in) is not None else packet_of(told)


def read_packet(packet: bytes) -> Told | None:
    """What ``packet`` says; None: it cannot be read."""
    if not packet.strip(b"\0 \t\r\n"):
        return None
    try:
        return _Reader(packet).read()
    except (expat.ExpatError, ValueError, LookupError):
        return None


def label_in(text: str) -> str:
    """The Chinese label that stands in ``text``, JSON; empty: none, or one that says more than labels say."""
    for match in _LABEL.finditer(text):
        try:
            label = json.loads(match[0])
        except (ValueError, RecursionError):
            continue
        values = label.values()
        is_short = all(isinstance(one, str) and len(one) <= _LABEL_CHARACTERS for one in values)
        if label.keys() <= _LABEL_KEYS and is_short:
            return match[0]
    return ""


def _description(told: Told) -> str:
    spaces = [f'xmlns:rdf="{_RDF_SPACE}" rdf:about=""']
    inside = []
    if told.source_type:
        spaces.append(f'xmlns:Iptc4xmpExt="{IPTC_SPACE}"')
        inside.append(_element("Iptc4xmpExt:DigitalSourceType", told.source_type))
    if told.aigc:
        spaces.append(f'xmlns:TC260="{AIGC_SPACE}"')
        inside.append(_element("TC260:AIGC", told.aigc))
    if told.recipe:
        spaces.append(f'xmlns:seedream="{RECIPE_SPACE}"')
        inside.append(_element("seedream:Recipe", told.recipe))
    return f"<rdf:Description {' '.join(spaces)}>{''.join(inside)}</rdf:Description>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_NOT_XML.sub('', text))}</{name}>"


class _Reader:
    """Finds our three properties as elements or attributes, under whatever prefixes."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet.rstrip(b"\0")
        self._depth = 0
        self._found: dict[str, str] = {}
        self._open = ""  # the property whose text is being read
        self._text: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self) -> Told:
        """Raises ExpatError and ValueError."""
        self._parser.Parse(self._packet, True)
        found = self._found
        return Told(found.get(_SOURCE, ""), found.get(_AIGC, ""), found.get(_RECIPE, ""))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > XMP_DEPTH:
            raise ValueError("too deep")
        for one in (_SOURCE, _AIGC, _RECIPE):
            if attributes.get(one):
                self._found.setdefault(one, attributes[one])
        if name in {_SOURCE, _AIGC, _RECIPE}:
            self._open = name
            if resource := attributes.get(_RESOURCE):
                self._found.setdefault(name, resource)
        self._text.clear()

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == self._open:
            if text := "".join(self._text).strip():
                self._found.setdefault(name, text)
            self._open = ""

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type")
