"""The import dialog: how a file was understood, what it would change, and one button that does it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.dialect import Dialect, detect
from planner.model import TABLES, table_named
from planner.plan import Mode, Plan, Preview
from ui.dialogs.import_rows import COLUMNS, HEADINGS, PreviewRows, preview_rows
from ui.grids.texts_model import ReadingView, TextsModel
from ui.jobs import Job, JobControl
from ui.theme import GRID_PX

MODES = {Mode.UPSERT: "Add and change", Mode.ADD: "Add only", Mode.UPDATE: "Change only"}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252",
}
DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab"}
LOCALES = {"": "1250.5", "en": "1,250.5", "fr": "1 250,5", "de": "1.250,5", "de_CH": "1’250.5"}
NOT_READ = "The file could not be read; nothing was changed."
TABS = ("All", "New", "Changed", "Refused")

Prepared = tuple[imports.Found, PreviewRows]


class ImportDialog(QDialog):
    """Previews a file at once and again after each choice; nothing is in the plan before the button is pressed."""

    imported = Signal(str)

    def __init__(self, plan: Plan, file: Path, table: str, parent: QWidget | None = None) -> None:
        """`table` is the likeliest one; the person may choose another."""
        super().__init__(parent)
        self.setWindowTitle(f"Import {file.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self._file = file
        self._job: Job[Prepared] | Job[str] | Job[None] | None = None
        self._again = False
        self._closing = False
        self._writing = False
        self._dialect: Dialect | None = None
        self.found: imports.Found | None = None
        self._rows = PreviewRows((), (), ())
        self.table = _combo({name: each.title for name, each in TABLES.items()})
        self.mode = _combo({mode.value: text for mode, text in MODES.items()})
        self.encoding, self.delimiter, self.locale_box = _combo(ENCODINGS), _combo(DELIMITERS), _combo(LOCALES)
        self.summary, self.columns, self.doubt = QLabel(), QLabel(), QLabel()
        self.progress = QProgressBar()
        self.tabs = QTabBar()
        self.model = TextsModel(HEADINGS, parent=self)
        self.view = ReadingView(self.model, COLUMNS[0][-1])
        self._lay_out()
        self.table.setCurrentIndex(self.table.findData(table))
        self.table.activated.connect(lambda _: self._start(None))
        for combo in (self.mode, self.encoding, self.delimiter, self.locale_box):
            combo.activated.connect(lambda _: self._start(self._chosen()))
        self.tabs.currentChanged.connect(lambda _: self._show_rows())
        self._start(None)

    @property
    def busy(self) -> bool:
        """Whether the file is read, the rows go in or a draft is forgotten."""
        return self._job is not None

    def _lay_out(self) -> None:
        choices = QGridLayout()
        choices.setHorizontalSpacing(2 * GRID_PX)
        titled = (
            ("Into", self.table),
            ("Do", self.mode),
            ("Encoding", self.encoding),
            ("Cells end at", self.delimiter),
            ("Numbers like", self.locale_box),
        )
        for column, (text, combo) in enumerate(titled):
            label = QLabel(text)
            label.setBuddy(combo)
            choices.addWidget(label, 0, column)
            choices.addWidget(combo, 1, column)
        choices.setColumnStretch(len(titled), 1)
        font = self.summary.font()
        font.setBold(True)
        self.summary.setFont(font)
        for label in (self.summary, self.columns, self.doubt):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for text in TABS:
            self.tabs.addTab(text)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(GRID_PX // 2)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.buttons = QDialogButtonBox()
        self.apply_button = self.buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply_button.setDefault(True)
        self.rejects_button = self.buttons.addButton("Save refused rows…", QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)
        self.rejects_button.clicked.connect(self._ask_rejects)
        # Its left edge is that of the choices above it.
        self.view.verticalHeader().hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(GRID_PX)
        layout.addLayout(choices)
        for widget in (self.progress, self.summary, self.columns, self.doubt, self.tabs):
            layout.addWidget(widget)
        layout.addWidget(self.view, stretch=1)
        layout.addWidget(self.buttons)
        self.resize(124 * GRID_PX, 80 * GRID_PX)

    def _chosen(self) -> Dialect | None:
        """Return the dialect that the boxes say."""
        if self.found is None:
            return None
        return replace(
            self.found.source.dialect,
            encoding=str(self.encoding.currentData()),
            delimiter=str(self.delimiter.currentData()),
            locale=str(self.locale_box.currentData()) or None,
            doubt="",
        )

    def _start(self, dialect: Dialect | None) -> None:
        """Preview anew; what still runs is cancelled first."""
        self._dialect = dialect
        if self._job is not None:
            self._again = True
            self._job.cancel()
            return
        self._again = False
        old, self.found = self.found, None
        table, mode = str(self.table.currentData()), Mode(str(self.mode.currentData()))
        self._set_busy("Reading the file…")

        def work(control: JobControl) -> Prepared:
            self._discard(old)
            known = dialect or detect(self._file, table_named(table))
            found = imports.preview(
                self._plan,
                table,
                self._file,
                mode=mode,
                dialect=known,
                report=lambda done: control.report(done, ""),
            )
            return found, preview_rows(found.preview, table_named(table))

        job = self._job = Job(work, self)
        job.progress.connect(lambda done, _: self.progress.setValue(round(done * 100)))
        job.done.connect(lambda: self._done(job))
        job.failed.connect(self._failed)
        job.cancelled.connect(self._moved_on)
        job.start()

    def _done(self, job: Job[Prepared]) -> None:
        self.found, self._rows = job.result
        if not self._moved_on():
            self._show()

    def _failed(self, error: Exception) -> None:
        if self._moved_on():
            return
        self.progress.hide()
        self._rows = PreviewRows((), (), ())
        self._show_counts(None)
        self._show_rows()
        self.summary.setText(str(error) if isinstance(error, PlannerError) else NOT_READ)
        if not isinstance(error, PlannerError):
            raise error

    def _moved_on(self) -> bool:
        """Do what was asked for while a preview was being made: another one, or closing."""
        self._job = None
        if self._closing:
            self.reject()
        elif self._again:
            self._start(self._dialect)
        return self._closing or self._job is not None

    def _set_busy(self, text: str) -> None:
        self.summary.setText(text)
        self.progress.setValue(0)
        self.progress.show()
        self.columns.clear()
        self.doubt.clear()
        self.apply_button.setText("Import")
        self.apply_button.setEnabled(False)
        self.rejects_button.setEnabled(False)

    def _show(self) -> None:
        if self.found is None:
            return
        preview, dialect, mapping = self.found.preview, self.found.source.dialect, self.found.mapping
        self.progress.hide()
        for combo, value in (
            (self.encoding, dialect.encoding),
            (self.delimiter, dialect.delimiter),
            (self.locale_box, dialect.locale or ""),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(value))
        self._show_counts(preview)
        read = ", ".join(
            f"{field.heading} ← {self.found.source.header[column]}"
            for field, column in zip(mapping.fields, mapping.columns, strict=True)
        )
        ignored = f"   Left out: {', '.join(mapping.ignored)}." if mapping.ignored else ""
        self.columns.setText(f"Columns: {read}.{ignored}")
        self.doubt.setText(dialect.doubt)
        self.doubt.setVisible(bool(dialect.doubt))
        count = preview.new + preview.changed
        self.apply_button.setText(
            f"Import {count:,} {'row' if count == 1 else 'rows'}" if count else "Nothing to import"
        )
        self.apply_button.setEnabled(bool(count))
        self.rejects_button.setEnabled(bool(preview.refused))
        self._show_rows()

    def _show_counts(self, preview: Preview | None) -> None:
        """Say how many rows of each kind there are; None when that is not known."""
        counts = None if preview is None else (preview.new, preview.changed, preview.refused)
        for at, text in enumerate(TABS[1:], start=1):
            self.tabs.setTabText(at, text if counts is None else f"{text} {counts[at - 1]:,}")
        if preview is not None:
            said = zip(("new", "changed", "the same", "refused"), _counts(preview), strict=True)
            self.summary.setText(",  ".join(f"{count:,} {word}" for word, count in said))

    def _show_rows(self) -> None:
        new, changed, refused = self._rows.new, self._rows.changed, self._rows.refused
        tab = self.tabs.currentIndex()
        self.model.show_rows(((*refused, *changed, *new), new, changed, refused)[tab])
        self.view.show_columns(COLUMNS[tab], COLUMNS[tab][-1])

    def apply(self) -> None:
        """Take the draft in as one edit, off the thread of the window, and close."""
        found = self.found
        if found is None or found.preview.draft is None or self._job is not None:
            return
        draft = found.preview.draft
        self._writing = True
        self._set_busy("Writing into the plan…")
        self._let_choose(yes=False)
        self.progress.setRange(0, 0)
        job = self._job = Job(lambda _: self._plan.apply_draft(draft).edit.title, self)
        job.done.connect(lambda: self._applied(job.result))
        job.failed.connect(self._not_applied)
        job.start()

    def _applied(self, title: str) -> None:
        self._job = self.found = None
        self._writing = False
        self.imported.emit(title)
        self.accept()

    def _not_applied(self, error: Exception) -> None:
        """Show the preview again, with what is in the way."""
        self._job = None
        self._writing = False
        self.progress.setRange(0, 100)
        self._let_choose(yes=True)
        self._show()
        if not isinstance(error, PlannerError):
            raise error
        self.doubt.setText(str(error))
        self.doubt.show()

    def _let_choose(self, *, yes: bool) -> None:
        """Let the file be read otherwise, or the dialog be closed; not while the rows go in."""
        for combo in (self.table, self.mode, self.encoding, self.delimiter, self.locale_box):
            combo.setEnabled(yes)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setEnabled(yes)

    def _ask_rejects(self) -> None:
        name = f"{self._file.stem}-refused.csv"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save refused rows", str(self._file.with_name(name)), "CSV (*.csv)"
        )
        if chosen and self.found is not None:
            try:
                imports.write_rejects(self.found, Path(chosen))
            except PlannerError as error:
                self.doubt.setText(str(error))
                self.doubt.show()

    def _discard(self, found: imports.Found | None) -> None:
        if found is not None and found.preview.draft is not None:
            self._plan.discard_draft(found.preview.draft)

    def done(self, result: int) -> None:
        """Close as soon as nothing runs any more, and leave the plan as it was unless the rows went in."""
        if self._writing:
            return
        if self._job is not None:
            self._closing = True
            self._job.cancel()
            self.hide()
            return
        found, self.found = self.found, None
        if found is None:
            super().done(result)
            return
        # A draft may have a million rows: forgetting them is work as well.
        self._closing = True
        self.hide()
        job = self._job = Job(lambda _: self._discard(found), self)
        job.done.connect(self._moved_on)
        job.failed.connect(self._failed)
        job.start()


def _counts(preview: Preview) -> tuple[int, int, int, int]:
    return preview.new, preview.changed, preview.same, preview.refused


def _combo(words: dict[str, str]) -> QComboBox:
    combo = QComboBox()
    for key, text in words.items():
        combo.addItem(text, key)
    return combo
