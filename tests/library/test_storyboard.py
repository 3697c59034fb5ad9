"""The pictures of a set as frames: a redone one takes the place, the old one stays behind it."""

from __future__ import annotations

from dataclasses import replace

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.job import Frame, MissingPicture, frame_again
from seedream_desktop.library.library import Library
from seedream_desktop.library.storyboard import Storyboard, neighbours, storyboard
from seedream_desktop.library.values import Picture, Query
from tests.jobs import a_job
from tests.library.conftest import Bench


def a_set(bench: Bench, library: Library, count: int = 4) -> tuple[Picture, ...]:
    return tuple(
        library.add(bench.new(number, job_id="job", set_index=number, set_count=count, pressed_ms=500))
        for number in range(count)
    )


def redone(bench: Bench, library: Library, old: Picture, number: int = 9) -> Picture:
    frame = Frame("press", 0, (old.set_index,), 500, old.sha256)
    return library.add(bench.new(number, press_id="later", pressed_ms=900, frame=frame))


def shown(board: Storyboard) -> list[int]:
    return [frame.front.number for frame in board.frames]


def test_a_set_is_its_frames_in_their_order(bench: Bench) -> None:
    library = bench.open()
    held = a_set(bench, library)
    board = storyboard(library, "press")
    assert [frame.front.id for frame in board.frames] == [one.id for one in held]
    assert board.asked == 1  # the request of these pictures named no ceiling


def test_a_redone_frame_takes_the_place_in_storyboard_and_list(bench: Bench) -> None:
    library = bench.open()
    held = a_set(bench, library)
    new = redone(bench, library, held[2])
    assert (new.press_id, new.press_index, new.set_index) == ("press", 0, 2)
    board = storyboard(library, "press")
    assert [frame.front.id for frame in board.frames] == [held[0].id, held[1].id, new.id, held[3].id]
    assert [one.id for one in board.frames[2].behind] == [held[2].id]
    listed = library.ids(Query())
    assert abs(listed.index(new.id) - listed.index(held[2].id)) == 1


def test_the_old_one_is_put_back_and_a_third_one_comes_in_front(bench: Bench) -> None:
    library = bench.open()
    held = a_set(bench, library)
    new = redone(bench, library, held[2])
    library.hand_order.arrange(new.board_id, (held[2].id,), new.id)
    board = storyboard(library, "press")
    assert board.frames[2].front.id == held[2].id
    assert [one.id for one in board.frames[2].behind] == [new.id]
    third = redone(bench, library, held[2], 10)
    assert storyboard(library, "press").frames[2].front.id == third.id


def test_frames_stand_as_a_hand_put_them_also_after_a_redo(bench: Bench) -> None:
    library = bench.open()
    held = a_set(bench, library)
    library.hand_order.arrange(held[0].board_id, (held[3].id,), held[0].id)
    new = redone(bench, library, held[3])
    order = [frame.front.id for frame in storyboard(library, "press").frames]
    assert order == [new.id, held[0].id, held[1].id, held[2].id]


def test_the_place_is_known_again_from_the_records_alone(bench: Bench) -> None:
    library = bench.open()
    held = a_set(bench, library)
    new = redone(bench, library, held[1])
    frame = library.record(new.id).made.frame
    assert frame is not None
    assert frame.sha256 == held[1].sha256
    again = bench.open(index=bench.folder / "other" / "index.sqlite3")
    again.synchronise()
    assert storyboard(again, "press").frames[1].front.id == new.id


def test_neighbours_lie_around_the_frame_and_nearest_first() -> None:
    assert neighbours(3, 8, 2) == (2, 4)
    assert neighbours(0, 8, 4) == (1, 2, 3, 4)
    assert neighbours(2, 5, 14) == (0, 1, 3, 4)
    assert neighbours(0, 1, 14) == ()
    assert neighbours(3, 8, 0) == ()


def test_what_is_asked_for_again_goes_where_pictures_are_missing() -> None:
    problem = Problem(ProblemKind.EMPTY_PROMPT)
    job = replace(a_job(), missing=(MissingPicture(1, problem), MissingPicture(3, problem, 2)))
    frame = frame_again(job)
    assert frame is not None
    assert (frame.press_id, frame.places) == (job.press_id, (1, 3, 4))
    assert [frame.place(index) for index in range(5)] == [1, 3, 4, 5, 6]
    assert frame_again(replace(job, missing=(), press_count=1)) is None


def test_a_redone_frame_that_failed_keeps_its_place() -> None:
    frame = Frame("press", 2, (5,), 500, "a" * 64)
    assert frame_again(replace(a_job(), frame=frame, press_count=1)) == frame
    assert frame_again(replace(a_job(), frame=frame, press_count=2)) == frame
