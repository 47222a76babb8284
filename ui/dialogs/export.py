"""The export dialog: what is written, as what kind of file, how its numbers are written, and where to."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.errors import PlannerError
from planner.exchange.calloff import suppliers
from planner.exchange.extract import Extract
from planner.model import TABLES
from planner.plan import Plan
from planner.units import Month
from ui.dialogs.export_wish import FORMS, Form, What, Wish, locales, write
from ui.jobs import Job
from ui.theme import GRID_PX

_KINDS = {".xlsx": "Workbook (*.xlsx)", ".csv": "CSV (*.csv)", "": "Folder (*)"}
_NOBODY = "No contract names a supplier yet"
_EVERY_STAGE = "Also what is not agreed yet"
_EVERY_STAGE_TIP = "Memoranda and letters of intent, and what is cancelled"
_AS_SHOWN = "Its columns, filter and order"
_WIDTH_PX = 80 * GRID_PX


class ExportDialog(QDialog):
    """Writes a grid, a table, the plan or a call-off schedule; `said` holds what was done, for the status bar."""

    def __init__(  # noqa: PLR0913 - what the window knows of what is shown
        self,
        plan: Plan,
        table: str,
        folder: Path,
        parent: QWidget | None = None,
        *,
        shown: Extract | None = None,
        horizon: tuple[Month, Month] | None = None,
    ) -> None:
        """`table` is the likeliest one, `shown` what the grid of the page shows, `horizon` the months of the bar."""
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._plan = plan
        self._folder = folder
        self._shown = shown
        self._horizon = horizon
        self._job: Job[str] | None = None
        self._closing = False
        self.said = ""
        self.what, self.table, self.supplier = QComboBox(), QComboBox(), QComboBox()
        self.form, self.locale_box = QComboBox(), QComboBox()
        self.stages = QCheckBox(_EVERY_STAGE)
        self.which, self.trouble, self.progress = QStackedWidget(), QLabel(), QProgressBar()
        self._fill(table)
        self._lay_out()
        for combo in (self.what, self.form):
            combo.currentIndexChanged.connect(self._follow)
        self._follow()

    def _fill(self, table: str) -> None:
        for what in What:
            if what is not What.SHOWN or self._shown is not None:
                self.what.addItem(what.value, what)
        self.what.setCurrentIndex(self.what.findData(What.TABLE if self._shown is None else What.SHOWN))
        for name, each in TABLES.items():
            self.table.addItem(each.title, name)
        self.table.setCurrentIndex(max(0, self.table.findData(table)))
        for supplier in suppliers(self._plan, agreed_only=False):
            self.supplier.addItem(f"{supplier.code}, {supplier.name}", supplier.code)
        if not self.supplier.count():
            self.supplier.addItem(_NOBODY)
            self.supplier.setEnabled(False)
        for code, name in locales().items():
            self.locale_box.addItem(name, code)

    def _lay_out(self) -> None:
        self.stages.setToolTip(_EVERY_STAGE_TIP)
        of_supplier = QWidget()
        beside = QHBoxLayout(of_supplier)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(GRID_PX)
        beside.addWidget(self.supplier, stretch=1)
        beside.addWidget(self.stages)
        self._pages: dict[What, QWidget] = {
            What.SHOWN: QLabel(_AS_SHOWN),
            What.TABLE: self.table,
            What.PLAN: QLabel(f"All {len(TABLES)} tables, without the history"),
            What.CALL_OFFS: of_supplier,
        }
        for page in self._pages.values():
            page.setEnabled(not isinstance(page, QLabel))
            self.which.addWidget(page)
        for combo in (self.what, self.table, self.supplier, self.form, self.locale_box):
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.trouble.setWordWrap(True)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(GRID_PX // 2)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self.buttons = QDialogButtonBox()
        self.export_button = self.buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._ask)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setVerticalSpacing(GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        for title, widget in (
            ("What", self.what),
            ("Which", self.which),
            ("As", self.form),
            ("Numbers like", self.locale_box),
        ):
            form.addRow(title, widget)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addLayout(form)
        for part in (self.progress, self.trouble, self.buttons):
            layout.addWidget(part)
        self.trouble.hide()
        self.setMinimumWidth(_WIDTH_PX)

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        what: What = self.what.currentData()
        form: Form = self.form.currentData()
        return Wish(
            what=what,
            form=form,
            locale=str(self.locale_box.currentData()),
            table=str(self.table.currentData()),
            shown=self._shown,
            supplier=str(self.supplier.currentData() or ""),
            stages=self.stages.isChecked(),
            horizon=self._horizon,
        )

    def _follow(self) -> None:
        """Offer the forms of what is chosen; the one that was chosen stays where there is it."""
        what: What = self.what.currentData()
        before = self.form.currentData()
        with QSignalBlocker(self.form):
            self.form.clear()
            for form in FORMS[what]:
                self.form.addItem(form.value, form)
            self.form.setCurrentIndex(max(0, self.form.findData(before)))
        self.which.setCurrentWidget(self._pages[what])
        self.locale_box.setEnabled(self.form.currentData() is Form.PEOPLE)
        self.export_button.setEnabled(what is not What.CALL_OFFS or self.supplier.isEnabled())

    def _ask(self) -> None:
        wish = self.wish
        suggested, kind = self._folder / wish.suggested(self._plan), _KINDS[wish.form.suffix]
        name, _ = QFileDialog.getSaveFileName(self, "Export", str(suggested), kind)
        if name:
            suffix = wish.form.suffix
            self.write(Path(name) if Path(name).suffix.lower() == suffix or not suffix else Path(f"{name}{suffix}"))

    def write(self, path: Path) -> None:
        """Write what is chosen, beside the window, and close; or say why that cannot be, and stay."""
        wish = self.wish
        self._show_busy(busy=True)
        self.trouble.hide()
        job = self._job = Job(
            lambda control: write(self._plan, wish, path, lambda done: control.report(done, "")), self
        )
        job.progress.connect(lambda done, _: self.progress.setValue(round(done * 100)))
        job.done.connect(lambda: self._written(job.result))
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        job.start()

    def _show_busy(self, *, busy: bool) -> None:
        self.progress.setValue(0)
        self.progress.setVisible(busy)
        for widget in (self.what, self.which, self.form, self.locale_box, self.export_button):
            widget.setEnabled(not busy)
        if not busy:
            self._follow()

    def _written(self, sentence: str) -> None:
        self._job = None
        self.said = sentence
        self.accept()

    def _failed(self, error: Exception) -> None:
        if self._stopped():
            return
        if not isinstance(error, PlannerError):
            raise error
        self.tell(str(error))

    def tell(self, sentence: str) -> None:
        """Say what stands in the way, and make room for it."""
        self.trouble.setText(sentence)
        self.trouble.show()
        self.resize(self.width(), max(self.height(), self._layout.totalHeightForWidth(self.width())))

    def _stopped(self) -> bool:
        """Close where that was asked for while something was written; True then."""
        self._job = None
        self._show_busy(busy=False)
        if self._closing:
            self.reject()
        return self._closing

    def done(self, result: int) -> None:
        """Close as soon as nothing is written any more."""
        if self._job is None:
            super().done(result)
            return
        self._closing = True
        self._job.cancel()
