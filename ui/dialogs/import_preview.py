"""The import dialog: how a file was understood, what it would change, and one button that does it."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QInputDialog, QVBoxLayout, QWidget

from planner.analysis.gaps.effect import CoverEffect
from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.mapping import MappingChoice
from planner.exchange.profiles import Profiles
from planner.exchange.rejects import write_rejects
from planner.plan import Mode, Plan
from ui.dialogs.import_effect import WORKING
from ui.dialogs.import_page import ImportPage
from ui.dialogs.import_work import Prepared, Wish, prepare
from ui.jobs import Job, JobControl
from ui.theme import GRID_PX

NOT_READ: Final = "The file could not be read; nothing was changed."
# Several ticks in a row are answered once.
TICKS_MS: Final = 250
# With another header the columns are others: what was said of them says nothing any more.
_OTHER_HEADER: Final = frozenset({"sheet", "delimiter", "header_line", "wide"})

Effect = tuple[CoverEffect, ...] | None


class ImportDialog(QDialog):
    """Previews a file at once and again after each choice; nothing is in the plan before the button is pressed."""

    imported = Signal(str)

    def __init__(
        self, plan: Plan, file: Path, table: str, parent: QWidget | None = None, *, profiles: Profiles | None = None
    ) -> None:
        """`table` is the likeliest one; the person may choose another."""
        super().__init__(parent)
        self.setWindowTitle(f"Import {file.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self._file = file
        self._profiles = profiles or Profiles()
        self._wish = Wish(table)
        self._job: Job[Prepared] | Job[str] | Job[None] | None = None
        self._effect_job: Job[Effect] | None = None
        # What writes waits its turn: a draft that is tried on holds the plan for as long.
        self._turn = threading.Lock()
        self._again = self._effect_again = self._closing = self._writing = False
        self.found: imports.Found | None = None
        self._prepared: Prepared | None = None
        self.page = ImportPage()
        self._take_widgets()
        self._lay_out()
        self.table.setCurrentIndex(self.table.findData(table))
        self._connect()
        self._start()

    def _take_widgets(self) -> None:
        page, choices = self.page, self.page.choices
        self.table, self.mode, self.tabs, self.model, self.view = (
            page.table,
            page.mode,
            page.tabs,
            page.model,
            page.view,
        )
        self.encoding, self.delimiter, self.locale_box = choices.encoding, choices.delimiter, choices.locale_box
        self.summary, self.doubt, self.progress = page.summary, page.doubt, page.progress

    @property
    def busy(self) -> bool:
        """Whether the file is read, the rows go in, their effect is worked out or a draft is forgotten."""
        return self._job is not None or self._effect_job is not None

    def _lay_out(self) -> None:
        self.buttons = QDialogButtonBox()
        self.apply_button = self.buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply_button.setDefault(True)
        self.rejects_button = self.buttons.addButton("Save refused rows…", QDialogButtonBox.ButtonRole.ActionRole)
        self.rejects_button.setToolTip(
            "Write them to a file with the reason of each: mended, it can be imported again."
        )
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(GRID_PX)
        layout.addWidget(self.page, stretch=1)
        layout.addWidget(self.buttons)
        self._ticks = QTimer(self, interval=TICKS_MS, singleShot=True)
        self.resize(144 * GRID_PX, 90 * GRID_PX)

    def _connect(self) -> None:
        page = self.page
        self.buttons.accepted.connect(self.apply)
        self.buttons.rejected.connect(self.reject)
        self.rejects_button.clicked.connect(self._ask_rejects)
        self.table.activated.connect(lambda _: self._choose_table())
        self.mode.activated.connect(lambda _: self._wish_for(mode=Mode(str(self.mode.currentData()))))
        page.profile.activated.connect(lambda _: self._choose_profile())
        page.save_profile.clicked.connect(self._ask_profile)
        page.choices.chosen.connect(self._choose_setting)
        page.mapping.chosen.connect(lambda: self._wish_for(choice=page.mapping.choice))
        page.delete_box.clicked.connect(lambda yes: self._wish_for(delete_missing=yes))
        page.model.mended.connect(self._mend)
        page.model.ticked.connect(self._show_button)
        page.model.ticked.connect(self._ticks.start)
        self._ticks.timeout.connect(self._work_out_effect)

    def _wish_for(self, **changes: object) -> None:
        self._wish = replace(self._wish, **changes)  # type: ignore[arg-type] # the callers name fields of a Wish
        self._start()

    def _choose_table(self) -> None:
        self.model.left_out.clear()
        self._wish = Wish(str(self.table.currentData()), self._wish.mode)
        self._start()

    def _choose_profile(self) -> None:
        name = str(self.page.profile.currentData())
        self._wish_for(profile=name, settings={}, choice=MappingChoice(), amended={})

    def _choose_setting(self, name: str) -> None:
        settings = {} if name == "sheet" else self._wish.settings
        changes = {"choice": MappingChoice(), "amended": {}} if name in _OTHER_HEADER else {}
        self._wish_for(settings={**settings, name: self.page.choices.setting(name)}, **changes)

    def _mend(self, line: int, column: int, text: str) -> None:
        """Read a cell as the person says from now on."""
        amended = self._wish.amended
        self._wish_for(amended={**amended, line: {**amended.get(line, {}), column: text}})

    def _start(self) -> None:
        """Preview anew; what still runs is cancelled first."""
        if self._job is not None:
            self._again = True
            self._job.cancel()
            return
        self._again = False
        old, self.found = self.found, None
        wish, left_out = self._wish, frozenset(self.model.left_out)
        self.page.show_busy("Reading the file…")
        self._forbid()

        def work(control: JobControl) -> Prepared:
            with self._turn:
                self._discard(old)
                return prepare(
                    self._plan,
                    self._file,
                    wish,
                    profiles=self._profiles,
                    left_out=left_out,
                    report=lambda done: control.report(done, ""),
                )

        job = self._job = Job(work, self)
        job.progress.connect(lambda done, _: self.progress.setValue(round(done * 100)))
        job.done.connect(lambda: self._done(job))
        job.failed.connect(self._failed)
        job.cancelled.connect(self._moved_on)
        job.start()

    def _done(self, job: Job[Prepared]) -> None:
        self._prepared = job.result
        self.found = job.result.found
        if not self._moved_on():
            self._show()

    def _failed(self, error: Exception) -> None:
        if self._moved_on():
            return
        self.page.show_failure(str(error) if isinstance(error, PlannerError) else NOT_READ)
        if not isinstance(error, PlannerError):
            raise error

    def _moved_on(self) -> bool:
        """Do what was asked for while a preview was being made: another one, or closing."""
        self._job = None
        if self._closing:
            self.reject()
        elif self._again:
            self._start()
        return self._closing or self._job is not None

    def _forbid(self) -> None:
        self.apply_button.setText("Import")
        self.apply_button.setEnabled(False)
        self.rejects_button.setEnabled(False)

    def _show(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        known = prepared.understood
        self.page.show_prepared(prepared)
        profile = "" if known is None or known.profile is None else known.profile.name
        of_table = [each.name for each in self._profiles.all() if each.table == prepared.table.name]
        self.page.show_profiles(of_table, profile)
        self.page.save_profile.setEnabled(prepared.found is not None)
        self.rejects_button.setEnabled(prepared.found is not None and bool(prepared.found.preview.problems))
        self._show_button()
        self._work_out_effect()

    def _show_button(self) -> None:
        preview = None if self.found is None else self.found.preview
        rows, deleted = (0, 0) if preview is None else self.page.ticked_counts(preview)
        self.apply_button.setText("Import" if preview is None else _verb(rows, deleted))
        self.apply_button.setEnabled(bool(rows + deleted) and self._job is None)

    def _work_out_effect(self) -> None:
        """Work out what the ticked rows do to cover, beside the window; once more if that is asked for meanwhile."""
        found = self.found
        if self._effect_job is not None:
            self._effect_again = True
            return
        self._effect_again = False
        if found is None or self._job is not None or not self.apply_button.isEnabled():
            self.page.effect.say("")
            return
        self.page.effect.say(WORKING)
        without = self.page.left_out

        def work(_: JobControl) -> Effect:
            with self._turn:
                return imports.effect(self._plan, found, without=without)

        job = self._effect_job = Job(work, self)
        job.done.connect(lambda: self._show_effect(job.result))
        job.failed.connect(self._no_effect)
        job.start()

    def _show_effect(self, effect: Effect) -> None:
        if self._effect_ended():
            self.page.effect.show_effect(effect)

    def _no_effect(self, error: Exception) -> None:
        if self._effect_ended():
            self.page.effect.say("")
        if not isinstance(error, PlannerError):
            raise error

    def _effect_ended(self) -> bool:
        """Do what was asked for meanwhile; tell whether the effect is still that of what is shown."""
        self._effect_job = None
        if self._closing and self._job is None:
            self.reject()
        elif self._effect_again:
            self._work_out_effect()
        return not self._closing and self._job is None and self._effect_job is None

    def apply(self) -> None:
        """Take the ticked rows in as one edit, off the thread of the window, and close."""
        found = self.found
        if found is None or self._job is not None or not self.apply_button.isEnabled():
            return
        without = self.page.left_out
        self._writing = True
        self.page.show_busy("Writing into the plan…")
        self._forbid()
        self._let_choose(yes=False)
        self.progress.setRange(0, 0)

        def work(_: JobControl) -> str:
            with self._turn:
                return imports.apply(self._plan, found, without=without).edit.title

        job = self._job = Job(work, self)
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
        self.page.say_doubt(str(error))

    def _let_choose(self, *, yes: bool) -> None:
        """Let the file be read otherwise, or the dialog be closed; not while the rows go in."""
        self.page.let_choose(yes=yes)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setEnabled(yes)

    def _ask_profile(self) -> None:
        name, yes = QInputDialog.getText(self, "Save as profile", "Name of the profile:", text=self._file.stem)
        prepared = self._prepared
        if not yes or prepared is None or prepared.understood is None:
            return
        known = replace(prepared.understood, header=tuple(prepared.header))
        try:
            self._profiles.save(known.as_profile(name.strip(), prepared.table, prepared.mapping))
        except PlannerError as error:
            self.page.say_doubt(str(error))
        else:
            self._wish_for(profile=name.strip())

    def _ask_rejects(self) -> None:
        name = f"{self._file.stem}-refused.csv"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save refused rows", str(self._file.with_name(name)), "CSV (*.csv)"
        )
        if chosen and self.found is not None:
            try:
                write_rejects(self.found, Path(chosen))
            except PlannerError as error:
                self.page.say_doubt(str(error))

    def _discard(self, found: imports.Found | None) -> None:
        if found is not None and found.preview.draft is not None:
            self._plan.discard_draft(found.preview.draft)

    def done(self, result: int) -> None:
        """Close as soon as nothing runs any more, and leave the plan as it was unless the rows went in."""
        if self._writing:
            return
        if self.busy:
            self._closing = True
            self.hide()
            if self._job is not None:
                self._job.cancel()
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


def _verb(rows: int, deleted: int) -> str:
    """Return what the button does."""
    imports_them = f"Import {rows:,} {'row' if rows == 1 else 'rows'}"
    if not deleted:
        return imports_them if rows else "Nothing to import"
    return f"{imports_them}, delete {deleted:,}" if rows else f"Delete {deleted:,} {'row' if deleted == 1 else 'rows'}"
