"""What foreign programs offer in a drop or a paste is read in our order of preference."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from seedream_desktop.state.incoming import (
    is_remote,
    offers_pictures,
    offers_references,
    prefers_text,
    read_incoming,
)
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def an_image() -> QImage:
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def test_a_file_wins_over_the_preview_beside_it(qapp: object) -> None:
    mime = files("/a/cat.png")
    mime.setImageData(an_image())
    mime.setData("image/png", b"preview")
    assert read_incoming(mime).files == (Path("/a/cat.png"),)
    assert read_incoming(mime).picture is None


def test_escapes_and_chinese_names_come_out_right() -> None:
    assert read_incoming(files("/图/猫 #1 50%.png")).files == (Path("/图/猫 #1 50%.png"),)


def test_the_bytes_of_a_picture_win_over_its_bitmap(qapp: object) -> None:
    mime = QMimeData()
    mime.setImageData(an_image())
    mime.setData("image/png", b"whole file")
    assert read_incoming(mime).picture == b"whole file"


def test_a_bitmap_alone_is_taken(qapp: object) -> None:
    mime = QMimeData()
    mime.setImageData(an_image())
    assert isinstance(read_incoming(mime).picture, QImage)


@pytest.mark.parametrize("is_html", [True, False])
def test_a_picture_written_into_a_page_is_taken(is_html: bool) -> None:
    mime = QMimeData()
    if is_html:
        mime.setHtml(f'<meta charset="utf-8"><img src="data:image/png;base64,{PIXEL}">')
    else:
        mime.setText(f"data:image/png;base64,{PIXEL}")
    picture = read_incoming(mime).picture
    assert isinstance(picture, bytes)
    assert picture.startswith(b"\x89PNG")


def test_a_picture_of_the_own_library_brings_its_id() -> None:
    mime = files("/library/Inbox/cat.jpeg")
    mime.setData(PICTURE_IDS_TYPE, "Inbox/cat.jpeg\nInbox/图.jpeg".encode())
    incoming = read_incoming(mime)
    assert incoming.picture_ids == ("Inbox/cat.jpeg", "Inbox/图.jpeg")
    assert offers_pictures(mime)


LINK = "https://example.com/a%2Fcat.png?sig=a+b%2B%3D&x=[1]|%e7%8c%ab"


def test_a_link_is_taken_as_it_was_written() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(LINK)])
    mime.setText(LINK)
    assert offers_references(mime)
    assert not offers_pictures(mime)  # the gallery takes no links
    assert read_incoming(mime).links == (LINK,)


def test_a_pasted_address_is_a_link() -> None:
    mime = QMimeData()
    mime.setText(f" {LINK}\n\nhttps://example.com/dog.png")
    assert read_incoming(mime).links == (LINK, "https://example.com/dog.png")


@pytest.mark.parametrize(
    "text", ["see https://example.com/cat.png", "ftp://example.com/a.png", "example.com", ""]
)
def test_words_are_no_links(text: str) -> None:
    mime = QMimeData()
    mime.setText(text)
    assert read_incoming(mime).is_empty


def test_the_picture_of_a_page_wins_over_the_page_it_leads_to() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/article")])
    mime.setHtml('<a href="/article"><img alt="x" src="https://img.example.com/cat.png?a=1&amp;b=2"></a>')
    assert read_incoming(mime).links == ("https://img.example.com/cat.png?a=1&b=2",)


def test_the_bitmap_wins_over_the_link_it_came_from(qapp: object) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/cat.png")])
    mime.setImageData(an_image())
    incoming = read_incoming(mime)
    assert incoming.picture is not None
    assert incoming.links == ()


def test_a_link_pasted_into_words_stays_text() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/cat.png")])
    mime.setText("https://example.com/cat.png")
    assert prefers_text(mime)


@pytest.mark.parametrize(("path", "expected"), [("//server/share/a.png", True), ("/home/a.png", False)])
def test_a_share_of_another_machine_is_known(path: str, expected: bool) -> None:
    assert is_remote(Path(path)) is expected


def test_words_are_preferred_to_the_picture_beside_them(qapp: object) -> None:
    mime = QMimeData()
    mime.setText("a cat")
    mime.setImageData(an_image())
    assert prefers_text(mime)


@pytest.mark.parametrize("text", ["/a/cat.png", "file:///a/cat.png", "  ", f"data:image/png;base64,{PIXEL}"])
def test_the_names_of_files_are_not_words(text: str) -> None:
    mime = files("/a/cat.png")
    mime.setData("text/plain", text.encode())
    assert not prefers_text(mime)


def test_a_page_made_to_take_long_takes_no_time() -> None:
    mime = QMimeData()
    mime.setHtml("<img " * 400_000 + "<img src='data:image/" + "a" * 400_000)
    begun = time.process_time()
    assert read_incoming(mime).is_empty
    assert time.process_time() - begun < 5.0
