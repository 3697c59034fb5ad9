"""What the viewer says of colours: what the picture means, and for which screen they were converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.plain import plain
from seedream_desktop.state.screen_colours import ColourOrigin

if TYPE_CHECKING:
    from seedream_desktop.state.full_picture import FullPicture

translate = QCoreApplication.translate
_NAME_CHARACTERS = 60
_SHORT_CHARACTERS = 24


def short_colours(full: FullPicture) -> str:
    """The colours that the picture is shown in: the name of the screen's profile, or sRGB."""
    name = plain(full.screen, _SHORT_CHARACTERS)
    return name or "sRGB"


def colours_told(full: FullPicture, origin: ColourOrigin) -> str:
    """All of it, in three sentences at most."""
    return " ".join((_meant(full), _shown(full, origin)))


def _meant(full: FullPicture) -> str:
    if not full.profile:
        return translate("colours", "The picture has no colour profile: it is taken for sRGB.")
    text = translate("colours", "The picture's own colour profile: {name}.")
    return text.format(name=plain(full.profile, _NAME_CHARACTERS))


def _shown(full: FullPicture, origin: ColourOrigin) -> str:
    name = plain(full.screen, _NAME_CHARACTERS)
    if name and origin is ColourOrigin.SYSTEM:
        text = translate("colours", "Shown for {name}, which the system names for this screen.")
        return text.format(name=name)
    if name:
        text = translate("colours", "Shown for {name}, as chosen in the preferences.")
        return text.format(name=name)
    if origin is ColourOrigin.NONE:
        return translate(
            "colours",
            "Shown in sRGB: the system names no profile for this screen. "
            "One can be chosen in the preferences.",
        )
    return translate("colours", "Shown in sRGB: the profile of this screen cannot be read.")
