"""F1: the page of the guide for this screen, beside it, without a network."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space, Type
from safetydesk.ui.widgets.buttons import icon_button
from safetydesk.ui.widgets.labels import Elided, note_label
from safetydesk.workflows import guide

_MOST_PAGES_BACK = 50
_LINE_HEIGHT = 130.0  # per cent


class HelpPane(QFrame):
    """Pages with links among themselves, a way back, and finding a word in the page."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "pane")
        self.setAccessibleName(tr("使用说明"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.scaled(theme.PANE_WIDTH))
        self._back: list[str] = []
        self.page_name = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addLayout(self._make_finder())
        self.browser = _Page(self)
        self.browser.anchorClicked.connect(self._on_browser_anchor_clicked)
        column.addWidget(self.browser, 1)
        theme.changes().changed.connect(self._on_theme_changed)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_find_asked)

    def show_page(self, name: str) -> None:
        """The page of a screen; where there is none, what pages there are."""
        self._back = []
        self._show(name)

    def close_pane(self) -> None:
        self.hide()
        self.closed.emit()

    def go_back(self) -> None:
        if self._back:
            self._show(self._back.pop())

    def find_next(self, *, backward: bool = False) -> bool:
        """Mark the next place of what is sought, from the top again after the last."""
        wanted = self.find_edit.text().strip()
        self._mark_all(wanted)
        if not wanted:
            self.found_label.hide()
            return False
        flags = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        found = self.browser.find(wanted, flags)
        if not found:
            self.browser.moveCursor(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
            found = self.browser.find(wanted, flags)
        count = len(self.browser.extraSelections())
        self.found_label.setText(tr("本页有 {count} 处", count=count) if found else tr("本页没有，可以看看目录。"))
        self.found_label.show()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_pane()
        elif event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        head.setSpacing(Space.XS)
        self.back_button = icon_button("arrow-left", tr("上一页"), self)
        self.back_button.clicked.connect(self.go_back)
        self.title = Elided("", self)
        self.title.setProperty("look", "emphasis")
        self.index_button = icon_button("list", tr("目录"), self)
        self.index_button.clicked.connect(self._on_index_clicked)
        self.close_button = icon_button("x", tr("关闭"), self)
        self.close_button.clicked.connect(self.close_pane)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.index_button)
        head.addWidget(self.close_button)
        return head

    def _make_finder(self) -> QVBoxLayout:
        finder = QVBoxLayout()
        finder.setContentsMargins(Space.L, 0, Space.L, Space.S)
        finder.setSpacing(Space.XS)
        self.find_edit = QLineEdit(self)
        self.find_edit.setPlaceholderText(tr("在本页里找"))
        self.find_edit.setAccessibleName(tr("在本页里找"))
        self.find_edit.setClearButtonEnabled(True)
        self.find_edit.returnPressed.connect(self._on_find_next)
        self.find_edit.textChanged.connect(self._on_find_text_changed)
        self.found_label = note_label("", self)
        self.found_label.hide()
        finder.addWidget(self.find_edit)
        finder.addWidget(self.found_label)
        return finder

    def _show(self, name: str) -> None:
        self.page_name, markdown = guide.page(name)
        title = guide.title_of(markdown)
        self.title.set_whole(title or tr("使用说明"))
        missing = tr("使用说明没有随程序装好，请重新安装程序。")
        self.browser.show_markdown(markdown.removeprefix(f"# {title}") if markdown else missing)
        self.back_button.setEnabled(bool(self._back))
        self.find_edit.clear()

    def _mark_all(self, wanted: str) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        ground = QTextCharFormat()
        ground.setBackground(theme.colour(Colour.GENERAL_SOFT))
        cursor = self.browser.document().find(wanted) if wanted else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, ground
            marks.append(mark)
            cursor = self.browser.document().find(wanted, cursor)
        self.browser.setExtraSelections(marks)

    @Slot(QUrl)
    def _on_browser_anchor_clicked(self, url: QUrl) -> None:
        """Only to other pages: nothing is opened outside of the program."""
        name = url.path().removesuffix(".md")
        if name in guide.page_names() and name != self.page_name:
            self._back = [*self._back, self.page_name][-_MOST_PAGES_BACK:]
            self._show(name)

    @Slot()
    def _on_index_clicked(self) -> None:
        if self.page_name != guide.INDEX:
            self._back.append(self.page_name)
            self._show(guide.INDEX)

    @Slot()
    def _on_find_asked(self) -> None:
        self.find_edit.setFocus()
        self.find_edit.selectAll()

    @Slot()
    def _on_find_next(self) -> None:
        from PySide6.QtWidgets import QApplication

        self.find_next(backward=bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier))

    @Slot(str)
    def _on_find_text_changed(self, _text: str) -> None:
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        self.find_next()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedWidth(theme.scaled(theme.PANE_WIDTH))
        if self.page_name:
            self._show(self.page_name)


class _Page(QTextBrowser):
    """Markdown in the type and the colours of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("说明的正文"))
        self.setProperty("look", "guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(Space.L)

    def show_markdown(self, text: str) -> None:
        self.document().setDefaultFont(theme.font(Type.TEXT))
        self.setMarkdown(text)
        self._set_type()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._to_top()
        QTimer.singleShot(0, self, self._to_top)  # laid out for the width it gets, the page has moved

    @Slot()
    def _to_top(self) -> None:
        """With the space above the first line: a cursor in view is content without it."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.minimum())

    def _set_type(self) -> None:
        """Headings by our scale, hairlines around tables, and room between the lines."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            self._set_block(cursor)
            table = cursor.currentTable()
            if table is not None:
                self._set_table(table)
            block = block.next()

    def _set_block(self, cursor: QTextCursor) -> None:
        shape = cursor.blockFormat()
        level, in_table = shape.headingLevel(), cursor.currentTable() is not None
        shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(Space.M if level else 0)
        shape.setBottomMargin(0 if in_table else Space.S)
        cursor.setBlockFormat(shape)
        if level:
            letters = QTextCharFormat()  # not merged: Markdown's own size would win
            letters.setFont(theme.font(Type.EMPHASIS))
            letters.setFontWeight(QFont.Weight.Bold)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(letters)

    def _set_table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setBorderCollapse(True)
        shape.setBorder(0)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(shape)
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                edge = cell.format().toTableCellFormat()
                edge.setBottomBorder(1)
                edge.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                edge.setBottomBorderBrush(theme.colour(Colour.HAIRLINE))
                edge.setTopPadding(Space.XS)
                edge.setBottomPadding(Space.XS)
                edge.setRightPadding(Space.S)
                cell.setFormat(edge)
