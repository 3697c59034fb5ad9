"""The pictures of a set or a press as frames, one behind another where a frame was made anew.

Frames stand as a hand placed their pictures on the board, else in the order of the press. In front
stands what came last, until a hand puts another one of the same frame before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture

_UNPLACED = -1


@dataclass(frozen=True, slots=True)
class StoryFrame:
    """One place, and every picture that was made for it; the first is shown."""

    press_index: int
    set_index: int
    pictures: tuple[Picture, ...]

    @property
    def front(self) -> Picture:
        """The picture that is shown."""
        return self.pictures[0]

    @property
    def behind(self) -> tuple[Picture, ...]:
        """What stood there before."""
        return self.pictures[1:]


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The frames of a press in their order."""

    press_id: str
    frames: tuple[StoryFrame, ...]
    asked: int = 0  # how many pictures the press asked for, at most
    pressed_ms: int = 0
    prompt: str = ""  # of its first request


def storyboard(library: Library, press_id: str) -> Storyboard:
    """The frames of a press; pictures in the trash are left out. Reads a record; raises ProblemError."""
    found = library.relations.of_press(press_id)
    if not found:
        return Storyboard(press_id, ())
    orders = {one: library.board_settings(one).order for one in {picture.board_id for picture in found}}
    places = {name: place for order in orders.values() for place, name in enumerate(order)}
    made = [library.record(found[0].id).made]
    if made[0].frame is not None:  # the first that is not made for a frame tells of the press
        made += [library.record(picture.id).made for picture in found[1:]]
    first = next((one for one in made if one.frame is None), made[0])
    ceiling = first.request.images_in_set if first.request is not None else None
    prompt = first.request.prompt if first.request is not None else ""
    asked = (ceiling or 1) * first.press_count
    return Storyboard(press_id, framed(found, places), asked, first.pressed_ms or first.made_ms, prompt)


def framed(pictures: tuple[Picture, ...], places: dict[str, int]) -> tuple[StoryFrame, ...]:
    """Pictures of one press as frames; ``places``: of file names, as a hand put them."""
    slots: dict[tuple[int, int], list[Picture]] = {}
    for picture in pictures:
        slots.setdefault((picture.press_index, picture.set_index), []).append(picture)

    def placed(picture: Picture) -> int:
        return places.get(picture.path.name, _UNPLACED)

    frames = [
        StoryFrame(*slot, tuple(sorted(held, key=lambda one: (placed(one), -one.made_ms, -one.number))))
        for slot, held in slots.items()
    ]
    ends = len(places)

    def standing(frame: StoryFrame) -> tuple[int, int, int]:
        known = [place for place in map(placed, frame.pictures) if place != _UNPLACED]
        return min(known, default=ends), frame.press_index, frame.set_index

    return tuple(sorted(frames, key=standing))


def neighbours(index: int, count: int, most: int) -> tuple[int, ...]:
    """Which frames around the one at ``index`` go with it, at most so many: the nearest, in their order."""
    others = sorted((one for one in range(count) if one != index), key=lambda one: (abs(one - index), one))
    return tuple(sorted(others[: max(0, most)]))
