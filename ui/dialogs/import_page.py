"""What the import dialog shows: how the file is read, its columns, its rows, and what they would do."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from planner.exchange.imports import Found
from planner.model import TABLES
from planner.plan import Mode, Preview
from ui.dialogs.import_choices import ChoicesBar, combo, titled
from ui.dialogs.import_effect import EffectStrip
from ui.dialogs.import_grid import MEND, ImportModel, ImportView
from ui.dialogs.import_mapping import MappingPanel
from ui.dialogs.import_rows import ImportRow, Kind, PreviewRows
from ui.dialogs.import_texts import FileView
from ui.dialogs.import_work import Prepared
from ui.theme import GRID_PX

MODES: Final = {Mode.UPSERT: "Add and change", Mode.ADD: "Add only", Mode.UPDATE: "Change only"}
# The kinds of each tab, and its words; the last one shows the file as it stands.
TABS: Final[tuple[tuple[str, tuple[Kind, ...]], ...]] = (
    ("All", ("refused", "changed", "new", "deleted", "same")),
    ("New", ("new",)),
    ("Changed", ("changed",)),
    ("Refused", ("refused",)),
    ("The same", ("same",)),
    ("Deleted", ("deleted",)),
    ("As in the file", ()),
)
FILE_TAB: Final = len(TABS) - 1
_WORDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("new", "new"),
    ("changed", "changed"),
    ("same", "the same"),
    ("refused", "refused"),
)
_DELETED: Final[tuple[Kind, str]] = ("deleted", "deleted")
SAY_COLUMNS: Final = "Or say on the left which column is which."
NO_ROWS: Final = PreviewRows(())


class ImportPage(QWidget):
    """Shows what an import would do; it decides nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.table = combo({name: each.title for name, each in TABLES.items()})
        self.mode = combo({mode.value: text for mode, text in MODES.items()})
        self.profile = combo({"": "None"})
        self.save_profile = QPushButton("Save as profile…")
        self.save_profile.setAutoDefault(False)
        self.save_profile.setToolTip("Remember how this file is read, for the next one with the same headings.")
        self.choices, self.mapping, self.effect = ChoicesBar(), MappingPanel(), EffectStrip()
        self.summary, self.doubt, self.notes, self.reason = QLabel(), QLabel(), QLabel(), QLabel()
        self.progress = QProgressBar()
        self.tabs = QTabBar()
        self.model = ImportModel(self)
        self.view, self.texts = ImportView(self.model), FileView()
        self.delete_box = QCheckBox()
        self.rows = NO_ROWS
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _: self.show_tab())
        self.view.selectionModel().currentRowChanged.connect(lambda now, _: self._say_reason(now.row()))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID_PX)
        font = self.summary.font()
        font.setBold(True)
        self.summary.setFont(font)
        self.notes.setEnabled(False)
        for label in (self.summary, self.doubt, self.notes, self.reason):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for text, _ in TABS:
            self.tabs.addTab(text)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(GRID_PX // 2)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        layout.addLayout(self._goals())
        layout.addWidget(self.choices)
        for widget in (self.progress, self.summary, self.doubt, self.notes):
            layout.addWidget(widget)
        self._body = self._middle()
        policy = self._body.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._body.setSizePolicy(policy)
        layout.addWidget(self._body, stretch=1)
        layout.addWidget(self.delete_box)
        layout.addWidget(self.effect)

    def _goals(self) -> QHBoxLayout:
        goals = QHBoxLayout()
        goals.setSpacing(2 * GRID_PX)
        for text, box in (("Into", self.table), ("Do", self.mode), ("Profile", self.profile), ("", self.save_profile)):
            goals.addWidget(titled(text, box))
        goals.addStretch(1)
        return goals

    def _middle(self) -> QSplitter:
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.texts)
        left, right = QWidget(), QWidget()
        for side, head, body in ((left, QLabel("Columns of the file"), self.mapping), (right, self.tabs, self._stack)):
            column = QVBoxLayout(side)
            column.setContentsMargins(0 if side is left else GRID_PX, 0, 0, 0)
            column.setSpacing(GRID_PX)
            column.addWidget(head)
            column.addWidget(body, stretch=1)
            if side is right:
                column.addWidget(self.reason)
        middle = QSplitter()
        middle.addWidget(left)
        middle.addWidget(right)
        middle.setStretchFactor(1, 1)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        return middle

    def show_busy(self, sentence: str) -> None:
        """Say what goes on; what was shown stays in sight until something else is known."""
        self.summary.setText(sentence)
        self.progress.setValue(0)
        self.progress.show()
        self.effect.say("")

    def show_prepared(self, prepared: Prepared) -> None:
        """Show a preview, or why there is none: the columns can be given by hand then."""
        self.progress.hide()
        known = prepared.understood
        if known is not None:
            self.choices.show_dialect(known.dialect, prepared.sheets)
            self.mapping.show_mapping(prepared.table, prepared.header, prepared.mapping, known.choice, prepared.likely)
        self.choices.setEnabled(known is not None)
        self._body.setVisible(known is not None)
        self.texts.show_texts(prepared.header, prepared.texts)
        self.rows = prepared.rows or NO_ROWS
        self._show_counts(prepared)
        self.say_doubt("" if known is None else known.dialect.doubt)
        self._say_notes(prepared.found)
        if prepared.found is None:
            self.tabs.setCurrentIndex(FILE_TAB if prepared.texts else 0)
        elif self.tabs.currentIndex() == FILE_TAB:
            self.tabs.setCurrentIndex(0)
        self.show_tab()

    def show_failure(self, sentence: str) -> None:
        """Say that nothing could be read at all."""
        self.progress.hide()
        self.rows = NO_ROWS
        for at, (text, _) in enumerate(TABS):
            self.tabs.setTabText(at, text)
        self.summary.setText(sentence)
        self.show_tab()

    def say_doubt(self, sentence: str) -> None:
        """Say what may be wrong; nothing where the sentence is empty."""
        self.doubt.setText(sentence)
        self.doubt.setVisible(bool(sentence))

    def _show_counts(self, prepared: Prepared) -> None:
        known = prepared.found is not None
        for at, (text, kinds) in enumerate(TABS):
            counted = known and len(kinds) == 1
            self.tabs.setTabText(at, f"{text} {self.rows.counts[kinds[0]]:,}" if counted else text)
        self.tabs.setTabVisible(TABS.index(("Deleted", ("deleted",))), known and bool(self.rows.counts["deleted"]))
        words = _WORDS if not known or not self.rows.counts["deleted"] else (*_WORDS, _DELETED)
        counts = (f"{self.rows.counts[kind]:,} {word}" for kind, word in words if known)
        remedy = f" {SAY_COLUMNS}" if prepared.header else ""
        self.summary.setText(",  ".join(counts) if known else f"{prepared.trouble}{remedy}")

    def _say_notes(self, found: Found | None) -> None:
        preview = None if found is None else found.preview
        missing = 0 if preview is None else preview.missing
        self.delete_box.setVisible(bool(missing) or self.delete_box.isChecked())
        records = "record" if missing == 1 else "records"
        self.delete_box.setText(f"Delete {missing:,} {records} that the file no longer has")
        notes = list(() if found is None else found.notes)
        if found is not None and found.mapping.ignored:
            notes.append(f"Left out: {', '.join(found.mapping.ignored)}.")
        if preview is not None and preview.unsure and self.delete_box.isChecked():
            rows = "row does not say which record it means"
            several = f"{preview.unsure:,} refused rows do not say which record they mean"
            notes.append(
                f"Nothing is deleted yet: {f'1 refused {rows}' if preview.unsure == 1 else several}. Mend first."
            )
        self.notes.setText("  ".join(notes))
        self.notes.setVisible(bool(notes))

    def show_tab(self) -> None:
        """Show the rows of the chosen tab."""
        kinds = TABS[self.tabs.currentIndex()][1]
        self._stack.setCurrentIndex(0 if kinds else 1)
        rows: list[ImportRow] = [row for kind in kinds for row in self.rows.by_kind.get(kind, ())]
        total = sum(self.rows.counts.get(kind, 0) for kind in kinds)
        more = f"… and more: {total:,} in all" if total > len(rows) else ""
        self.model.show_rows(self.rows.fields, rows, more)
        self.reason.setVisible(bool(kinds) and any(row.reason for row in rows))
        if rows:
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _say_reason(self, at: int) -> None:
        """Say in full why the row under the cursor is refused."""
        row = self.model.row_at(at) if at >= 0 else None
        mend = f"  {MEND}" if row is not None and row.line is not None and self.model.can_mend else ""
        self.reason.setText("" if row is None or not row.reason else f"{row.reason}.{mend}")

    @property
    def left_out(self) -> list[int]:
        """The ids of the rows that were left out, in the changes of the draft."""
        return [row for rows in self.rows.by_kind.values() for row in self._out(rows)]

    def ticked_counts(self, preview: Preview) -> tuple[int, int]:
        """Return how many rows go in, and how many records go, as they are ticked."""
        out = {kind: len(self._out(rows)) for kind, rows in self.rows.by_kind.items()}
        new, changed, deleted = (out.get(kind, 0) for kind in ("new", "changed", "deleted"))
        return preview.new + preview.changed - new - changed, preview.deleted - deleted

    def _out(self, rows: Iterable[ImportRow]) -> list[int]:
        return [row.row for row in rows if row.row is not None and row.label in self.model.left_out]

    def show_profiles(self, names: list[str], chosen: str) -> None:
        """Offer these profiles."""
        with QSignalBlocker(self.profile):
            self.profile.clear()
            self.profile.addItem("None", "")
            for name in names:
                self.profile.addItem(name, name)
            self.profile.setCurrentIndex(max(0, self.profile.findData(chosen)))

    def let_choose(self, *, yes: bool) -> None:
        """Let the file be read otherwise; not while the rows go in."""
        for widget in (self.table, self.mode, self.profile, self.save_profile, self.choices, self.mapping, self.view):
            widget.setEnabled(yes)
        self.delete_box.setEnabled(yes)
