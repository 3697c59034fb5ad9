"""What stands in the gallery's places."""

from seedream_desktop.library.values import Order, Query
from seedream_desktop.state.tiles import shows_jobs, shows_picture
from tests.gallery_stage import a_picture


def test_only_the_library_can_say_what_a_search_finds() -> None:
    for query in (Query(text="cat"), Query(like="0f", order=Order.LIKENESS)):
        assert shows_picture(query, a_picture(1)) is None
        assert not shows_jobs(query)
    assert shows_picture(Query(text="cat", board_id="elsewhere"), a_picture(1)) is False
    assert shows_picture(Query(), a_picture(1)) is True
    assert shows_picture(Query(), a_picture(1, trash_id="entry")) is False
    assert shows_picture(Query(trash=True), a_picture(1, trash_id="entry")) is None
    assert shows_picture(Query(hides_rejected=True), a_picture(1, rejected=True)) is False
