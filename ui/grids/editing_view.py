"""A view of cells that are edited as in a spreadsheet: keys, clipboard, fill, deletion of rows."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMessageBox, QWidget

from planner.errors import DependentsError
from ui.grids.cells_view import CellsView
from ui.grids.clipboard import block_in, mime_of
from ui.grids.delegates import CellDelegate, text_in
from ui.grids.fill import Texts, copied, dragged, series, text_at
from ui.grids.fill_handle import FillHandle
from ui.grids.gestures import call_of, step_of
from ui.grids.grid_model import GridModel, Index
from ui.grids.jumps import entry_column, first_column, is_empty
from ui.grids.rectangle import Rectangle
from ui.grids.selecting_view import SelectingView

Confirm = Callable[[QWidget, str], bool]


def ask_take_along(parent: QWidget, sentence: str) -> bool:
    """Ask whether dependents may be deleted as well; the sentence says what they are."""
    box = QMessageBox(QMessageBox.Icon.Question, "Delete", sentence, QMessageBox.StandardButton.Cancel, parent)
    along = box.addButton("Take them along", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(along)
    box.exec()
    return box.clickedButton() is along


class EditingView(SelectingView):
    """A view of a GridModel.

    `refused` carries a sentence when an edit was not made; `new_record_wanted` the table and the code of a record that
    is to be made for a reference, whose editor waits for `fill_reference`.
    """

    refused = Signal(str)
    new_record_wanted = Signal(str, str)

    def __init__(self, model: GridModel, *, confirm: Confirm = ask_take_along, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._confirm = confirm
        self._handle = FillHandle(self, self.rect_of)
        self._handle.dragged.connect(self._fill_dragged)
        for view in (self, self.frozen):
            self._serve(view)
        model.refused.connect(self.refused)
        model.modelAboutToBeReset.connect(self._keep_typed)
        for scrolled in (self.horizontalScrollBar(), self.verticalScrollBar()):
            scrolled.valueChanged.connect(self._place_handle)
        for moved in (
            self.heading.sectionResized,
            self.heading.geometriesChanged,
            self.selectionModel().selectionChanged,
            model.modelReset,
            model.rowsInserted,
            model.rowsRemoved,
        ):
            moved.connect(self._place_handle)

    def _serve(self, view: CellsView) -> None:
        view.delegate.stepped.connect(self.step)
        view.delegate.all_wanted.connect(self._set_all)
        view.delegate.new_record_wanted.connect(self.new_record_wanted)
        view.delegate.closeEditor.connect(self._place_handle)
        view.delegate.lost.connect(self.refused)

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open."""
        return self._open_delegate() is not None

    @property
    def can_edit(self) -> bool:
        """Whether the current cell may be written."""
        return bool(self._grid.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)

    def _place_handle(self) -> None:
        area = None if self.is_editing else self.selected_rectangle()
        corner = self._grid.index(-1, -1) if area is None else self._grid.index(area.bottom, area.right)
        editable = bool(self._grid.flags(corner) & Qt.ItemFlag.ItemIsEditable)
        self._handle.stand_at(area if editable else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the square at the corner of the selection."""
        super().resizeEvent(event)
        self._place_handle()

    def edit(  # type: ignore[override]  # one method for the two that PySide declares
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """Open the editor of a cell, in the view that shows it."""
        here = self.frozen.edit if self.frozen.holds(index) else super().edit
        opened = bool(here(index, trigger, event))  # type: ignore[arg-type]  # Qt gives none for an event that is none
        if opened:
            self._handle.hide()
        return opened

    def copy(self) -> None:
        """Put the selection on the clipboard as a spreadsheet reads it."""
        block = self.selected_block()
        if block:
            QGuiApplication.clipboard().setMimeData(mime_of(block))

    def cut(self) -> bool:
        """Copy the selection and empty it as one edit; when a cell must be filled in nothing is emptied."""
        self.copy()
        return self.clear_cells()

    def paste(self) -> bool:
        """Write the clipboard's block from the top left of the selection on, as one edit.

        One cell fills the whole selection, and so does a block that fits into it several times. No block is pasted over
        cells that make no rectangle: it would be written over cells between them.
        """
        spots = self.selected_spots()
        block = block_in(QGuiApplication.clipboard().mimeData())
        if not spots or not block:
            return False
        area = self.selected_rectangle()
        height, width = len(block), len(block[0])
        if (height, width) == (1, 1):
            return self._grid.put(dict.fromkeys(spots, block[0][0]))
        if area is None:
            self.refused.emit("Select one rectangle of cells to paste over.")
            return False
        even = all(len(row) == width for row in block)
        if even and not area.height % height and not area.width % width:
            return self._grid.put(
                {(r, c): block[(r - area.top) % height][(c - area.left) % width] for r, c in area.spots()}
            )
        if not self._grid.paste(area.top, area.left, block):
            return False
        self.select(Rectangle(area.top, area.left, area.top + height - 1, area.left + max(map(len, block)) - 1))
        return True

    def clear_cells(self) -> bool:
        """Empty the selected cells as one edit; refused whole when one of them must be filled in."""
        for spot in self.selected_spots():
            self._pending.forget(spot)
        return self._grid.put(dict.fromkeys(self.selected_spots(), ""))

    def fill_down(self) -> bool:
        """Copy the top row of the selection to its other rows; of a single row, the one above it."""
        return self._fill(lambda area: copied(self._grid, area, down=True))

    def fill_right(self) -> bool:
        """Copy the left column of the selection to its other columns; of a single column, the one beside it."""
        return self._fill(lambda area: copied(self._grid, area, down=False))

    def fill_series(self) -> bool:
        """Continue the first cells of the selection: numbers by their step, months by months, names by their number."""
        return self._fill(lambda area: series(self._grid, area))

    def _fill(self, texts_for: Callable[[Rectangle], Texts]) -> bool:
        area = self.selected_rectangle()
        if area is None:
            if self._parts():
                self.refused.emit("Select one rectangle of cells to fill.")
            return False
        texts = texts_for(area)
        return bool(texts) and self._grid.put(texts)

    def _fill_dragged(self, start: Rectangle, end: Rectangle, other: bool) -> None:  # noqa: FBT001 - a slot
        if self._grid.put(dragged(self._grid, start, end, other=other)):
            self.select(end)

    def set_all(self) -> bool:
        """Write the text of the open editor, or of the current cell, into all selected cells as one edit."""
        delegate = self._open_delegate()
        current = self.currentIndex()
        if delegate is not None and delegate.editor is not None:
            return self._set_all(text_in(delegate.editor))
        return current.isValid() and self._set_all(text_at(self._grid, (current.row(), current.column())))

    def _set_all(self, text: str) -> bool:
        delegate = self._open_delegate()
        current = self.currentIndex().row(), self.currentIndex().column()
        written = self._grid.put(dict.fromkeys({*self.selected_spots(), current}, text))
        if delegate is not None and written:
            delegate.close()
        elif delegate is not None:
            delegate.complain(self._grid.reason(current) or "another of the selected cells does not take it")
        return written

    def fill_reference(self, code: str) -> None:
        """Write the code of the record that was made into the reference whose editor waits for it."""
        delegate = self._open_delegate()
        if delegate is not None:
            delegate.settle(code)

    def _open_delegate(self) -> CellDelegate | None:
        return next((view.delegate for view in (self, self._frozen) if view.delegate.editor is not None), None)

    def _keep_typed(self) -> None:
        for view in (self, self._frozen):
            view.delegate.keep_typed()

    def delete_rows(self) -> bool:
        """Delete the rows of the selection, with what depends on them if the person agrees."""
        rows = self.selected_rows()
        if not rows or not self._grid.deletes_rows:
            return False
        try:
            return self._grid.delete_rows(rows)
        except DependentsError as error:
            return self._confirm(self, str(error)) and self._grid.delete_rows(rows, cascade=True)

    def go_to_blank_row(self) -> None:
        """Put the cursor into the last row, where a new record is typed."""
        self.go_to((self._grid.rowCount() - 1, first_column(self._grid)))
        self.setFocus()

    def enter(self) -> None:
        """Take the keyboard; from nowhere and in a row that is still empty the cursor goes where typing begins."""
        current = self.currentIndex()
        row = max(0, current.row())
        if not current.isValid() or is_empty(self._grid, row):
            self.go_to((row, entry_column(self._grid, row)))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does for a key, and leave the rest to Qt."""
        if self.is_editing or not self._do_key(event):
            super().keyPressEvent(event)
            self._explain(event)
        else:
            event.accept()

    def _explain(self, event: QKeyEvent) -> None:
        """Say why a cell that somebody types into does not take it, where it says so itself."""
        if event.text().isprintable() and event.text() and not self.can_edit:
            reason = self.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(reason, str):
                self.refused.emit(f"{reason}.")

    def _do_key(self, event: QKeyEvent) -> bool:
        name, step = call_of(event), step_of(event)
        if name is not None:
            getattr(self, name)()
        elif step is not None:
            self.step(step)
        else:
            return self.jump(event)
        return True
