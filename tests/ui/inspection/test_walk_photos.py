"""Photos: chosen, as a folder, dropped, pasted; a broken one is named; given to items, taken out, shown large."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from safetydesk.ui.inspection.photo_tray import PhotoViewer
from safetydesk.ui.shell import Shell

from .walk_hands import PHOTO, Hands, Held, new_visit, walked

FIRST, SECOND = "CS-49", "CS-01"


@pytest.fixture
def hands(qtbot: QtBot, shell: Shell) -> Hands:
    return Hands(qtbot, shell).open(new_visit(shell.desk))


@pytest.fixture
def second_photo(tmp_path: Path) -> Path:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    path = tmp_path / "现场二.png"
    image.save(str(path))
    return path


def photos(hands: Hands) -> list[tuple[str | None, str]]:
    return [(one.item, one.name) for one in walked(hands.shell.desk, hands.model.walk.inspection_id).photos]


def drop(hands: Hands, data: QMimeData, at: QPointF) -> None:
    for kind in (QDragEnterEvent, QDropEvent):
        point = at.toPoint() if kind is QDragEnterEvent else at
        event = kind(
            point, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )  # fmt: skip
        QApplication.sendEvent(hands.view, event)
    hands.settle()


def test_p_adds_several_to_the_item_in_view_even_before_its_answer(hands: Hands, second_photo: Path) -> None:
    hands.shell.files.files = [PHOTO, second_photo]
    hands.press("P")
    hands.settle()
    assert photos(hands) == [(FIRST, PHOTO.name), (FIRST, "现场二.png")]
    assert len(hands.item.tray.tiles) == 2
    assert hands.view.pane._photo_title.text() == "照片 2"
    assert [tile._caption for tile in hands.view.pane.tray.tiles] == ["第 1 项", "第 1 项"]
    hands.press("1")
    hands.settle()
    assert hands.item.tray.tiles == []


def test_photos_that_are_ready_late_stay_with_the_item_they_were_meant_for(hands: Hands) -> None:
    hands.shell.files.files = [PHOTO]
    hands.press("P", "1")
    hands.settle()
    assert photos(hands) == [(FIRST, PHOTO.name)]
    assert hands.current == SECOND


def test_a_broken_photo_is_named_and_the_others_are_taken(hands: Hands, tmp_path: Path) -> None:
    torn = tmp_path / "断了.jpg"
    torn.write_bytes(PHOTO.read_bytes()[:2000])
    hands.shell.files.files = [torn, PHOTO]
    hands.press("P")
    hands.settle()
    assert photos(hands) == [(FIRST, PHOTO.name)]
    assert hands.item.photo_note.text() == "不是照片，或已损坏：断了.jpg。没有保存。其余 1 张已添加。"


def test_a_folder_and_one_without_pictures(hands: Hands, second_photo: Path) -> None:
    hands.item.want_photos()
    hands.shell.files.files = [second_photo.parent]
    hands.click(hands.item.folder_button)
    hands.settle()
    assert photos(hands) == [(FIRST, "现场二.png")]
    empty = second_photo.parent / "空"
    empty.mkdir()
    hands.shell.files.files = [empty]
    hands.click(hands.item.folder_button)
    hands.settle()
    assert hands.item.photo_note.text().startswith("文件夹“空”里没有照片")


def test_files_dropped_on_the_item_are_its_own_and_on_the_right_side_they_wait(
    hands: Hands, second_photo: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(PHOTO))])
    drop(hands, data, QPointF(hands.view.item_view.mapTo(hands.view, hands.view.item_view.rect().center())))
    other = QMimeData()
    other.setUrls([QUrl.fromLocalFile(str(second_photo))])
    drop(hands, other, QPointF(hands.view.pane.geometry().center()))
    assert photos(hands) == [(FIRST, PHOTO.name), (None, "现场二.png")]
    assert [tile._caption for tile in hands.view.pane.tray.tiles] == ["第 1 项", "未归入"]


def test_a_picture_from_the_clipboard_is_taken(hands: Hands, second_photo: Path) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(second_photo)))
    hands.press(Qt.Key.Key_V, modifiers=Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert photos(hands) == [(FIRST, "粘贴的图片")]
    QGuiApplication.clipboard().clear()


def test_a_waiting_photo_is_given_to_the_item_in_view(hands: Hands) -> None:
    hands.shell.files.files = [PHOTO]
    hands.click(hands.view.pane.add_button)
    hands.settle()
    assert photos(hands) == [(None, PHOTO.name)]
    tile = hands.view.pane.tray.tiles[0]
    assert tile.can_take
    tile.take_requested.emit(tile.photo.id)
    hands.settle()
    assert photos(hands) == [(FIRST, PHOTO.name)]
    assert not hands.view.pane.tray.tiles[0].can_take
    assert len(hands.item.tray.tiles) == 1


def test_the_thumbnail_is_made_and_a_photo_opens_large(hands: Hands) -> None:
    hands.shell.files.files = [PHOTO]
    hands.press("P")
    hands.settle()
    photo = hands.model.walk.photos[0]
    hands.wait(lambda: hands.view._thumbnails.of(photo.id) is not None)
    hands.click(hands.item.tray.tiles[0])
    viewer = hands.window.findChild(PhotoViewer)
    hands.wait(lambda: not viewer._picture.pixmap().isNull())
    QTest.keyClick(viewer, Qt.Key.Key_Return)
    hands.wait(lambda: hands.window.findChild(PhotoViewer) is None)


def test_a_photo_whose_file_is_gone_is_shown_as_missing(hands: Hands) -> None:
    hands.shell.files.files = [PHOTO]
    hands.press("P")
    hands.settle()
    photo = hands.model.walk.photos[0]
    for file in (hands.shell.desk.store.folder / "store").glob("??/*"):
        file.unlink()
    again = Hands(hands.qtbot, hands.shell).open(hands.model.walk.inspection_id)
    again.view._thumbnails.of(photo.id)
    again.wait(lambda: again.view._thumbnails.is_broken(photo.id))


def test_nothing_chosen_is_nothing_done(hands: Hands) -> None:
    hands.press("P")
    hands.settle()
    assert photos(hands) == []


def test_a_photo_that_is_ready_late_belongs_to_the_check_it_was_meant_for(hands: Hands) -> None:
    first, second = hands.model.walk.inspection_id, new_visit(hands.shell.desk)
    hands.shell.files.files = [PHOTO]
    lane = Held(hands.shell)
    hands.press("P")
    hands.view.open(second)
    lane.let_go()
    hands.settle()
    assert hands.model.walk.inspection_id == second
    assert photos(hands) == []
    assert [(one.item, one.name) for one in walked(hands.shell.desk, first).photos] == [(FIRST, PHOTO.name)]
    assert not hands.view.undo()
