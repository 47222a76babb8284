"""The dock beside the pages that explains a gap: each cause with its tonnes, its share, and a way to its record."""

from html import escape

from PySide6.QtCore import QSize, QTimer, QUrl, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QComboBox, QDockWidget, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from planner.analysis import Stages, Subject
from planner.analysis.gaps.causes import Cause, Explanation, Gap
from planner.analysis.gaps.explain import explain
from planner.errors import PlannerError
from planner.plan import Plan
from planner.units import KG_PER_T
from ui.charts.words import long_name, number
from ui.dock_title import DockTitle
from ui.plan_signals import PlanSignals
from ui.theme import GRID_PX, LiveTheme
from ui.view import View

GAPS = {
    "": "What stands out",
    Gap.SHORTAGE.value: "Shortage",
    Gap.OVER_CAPACITY.value: "Over capacity",
    Gap.OVER_STOCK.value: "Over stock",
}
HEADS = {
    Gap.SHORTAGE: "must still be bought",
    Gap.OVER_CAPACITY: "called above the plants' open capacity",
    Gap.OVER_STOCK: "in stock above the safety stock",
}
COUNTED = {
    Stages.ALL: "memoranda and letters of intent in full",
    Stages.PROBABLE: "memoranda and letters of intent by their probability",
    Stages.FIRM: "signed contracts and later ones only",
}
NOTHING_CHOSEN = "Choose a period of an element or a material on the Overview to see why it is short or in excess."
NARROWEST_PX = 30 * GRID_PX
WIDTH_PX = 42 * GRID_PX


class _Told(QTextBrowser):
    """Text that has a good width until somebody drags the dock."""

    def sizeHint(self) -> QSize:
        """Return that width, and the height of any text."""
        return QSize(WIDTH_PX, super().sizeHint().height())


class WhyDock(QDockWidget):
    """Explains one period of a subject, and follows edits and the bar; `chosen` carries table and key of a cause."""

    chosen = Signal(str, tuple)

    def __init__(
        self, plan: Plan, signals: PlanSignals, view: View, theme: LiveTheme, parent: QWidget | None = None
    ) -> None:
        super().__init__("Why", parent)
        self.setObjectName("why")
        self._plan = plan
        self._view = view
        self._asked: tuple[Subject, str] | None = None
        self.found: Explanation | None = None
        self.gap = QComboBox()
        for key, text in GAPS.items():
            self.gap.addItem(text, key)
        self.text = _Told()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(2 * GRID_PX)
        self.text.setAccessibleName("Why")
        self.setTitleBarWidget(DockTitle(self, "Close the explanation (F9)"))
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self.gap.activated.connect(lambda _: self._refresh())
        self.text.anchorClicked.connect(self._lead)
        signals.changed.connect(self._follow)
        view.changed.connect(self._follow)
        theme.changed.connect(self._follow)

    def explain(self, subject: Subject, period: str) -> None:
        """Explain a period of an element or a material, and come into sight."""
        self.look_at(subject, period)
        self._refresh()
        self.show()
        self.raise_()

    def look_at(self, subject: Subject, period: str) -> None:
        """Explain this from now on, where somebody can see it, or once it comes into sight."""
        self._asked = subject, period
        self.gap.setCurrentIndex(0)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when it is seen; before that nothing is laid out, which would cost the start of the window."""
        super().showEvent(event)
        self._refresh()

    def _follow(self) -> None:
        if self.isVisible():
            self._soon.start()

    def _lay_out(self) -> None:
        label = QLabel("Explain")
        label.setBuddy(self.gap)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, 0)
        head.setSpacing(GRID_PX)
        head.addWidget(label)
        head.addWidget(self.gap)
        head.addStretch(1)
        body = QWidget()
        body.setAutoFillBackground(True)
        body.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, stretch=1)
        body.setMinimumWidth(NARROWEST_PX)
        self.setWidget(body)

    def _refresh(self) -> None:
        self.found = None
        if self._asked is None:
            self.text.setHtml(_quiet(NOTHING_CHOSEN, self.palette()))
            return
        subject, period = self._asked
        chosen = str(self.gap.currentData())
        try:
            self.found = self._plan.ask(
                explain, subject, period, stages=self._view.state.stages, gap=Gap(chosen) if chosen else None
            )
        except PlannerError as error:
            self.text.setHtml(_quiet(str(error), self.palette()))
        else:
            self.text.setHtml(_told(self.found, self.palette()))

    def _lead(self, link: QUrl) -> None:
        if self.found is not None:
            cause = self.found.causes[int(link.path())]
            self.chosen.emit(cause.table, cause.key)


def _told(found: Explanation, palette: QPalette) -> str:
    """Return an explanation as a heading, a table of its causes, and what it counts."""
    name = f"<b>{escape(found.subject.code)}, {escape(long_name(found.period))}</b>"
    if found.gap is Gap.NONE:
        return f"<p>{name}</p><p>{escape(found.sentence)}</p>{_foot(found, palette)}"
    rows = "".join(_row(found, at, cause, palette) for at, cause in enumerate(found.causes))
    total = (
        f"<tr><td align='right'><b>{_tonnes(found.gap_kg)}</b></td><td align='right'><b>100</b></td>"
        f"<td><b>{escape(HEADS[found.gap])}</b></td></tr>"
    )
    muted = palette.color(QPalette.ColorRole.PlaceholderText).name()
    head = (
        f"<tr><td align='right'><font color='{muted}'>t metal</font></td>"
        f"<td align='right'><font color='{muted}'>%</font></td><td><font color='{muted}'>Cause</font></td></tr>"
    )
    table = f"<table cellpadding='{GRID_PX // 2}' width='100%'>{head}{rows}{total}</table>"
    return f"<p>{name}</p>{table}{_foot(found, palette)}"


def _row(found: Explanation, at: int, cause: Cause, palette: QPalette) -> str:
    said = escape(f"{cause.text[:1].upper()}{cause.text[1:]}")
    if cause.table:
        colour = palette.color(QPalette.ColorRole.Link).name()
        said = f"<a href='cause:{at}' style='color: {colour}; text-decoration: none'>{said}</a>"
    return (
        f"<tr><td align='right'>{_tonnes(cause.kg)}</td>"
        f"<td align='right'>{number(found.share_pct(cause), 0)}</td><td>{said}</td></tr>"
    )


def _foot(found: Explanation, palette: QPalette) -> str:
    compared = f"Compared with {long_name(found.base)}. " if found.base else ""
    return _quiet(f"{compared}Counted: {COUNTED[found.stages]}.", palette)


def _quiet(text: str, palette: QPalette) -> str:
    muted = palette.color(QPalette.ColorRole.PlaceholderText).name()
    return f"<p><font color='{muted}'>{escape(text)}</font></p>"


def _tonnes(kg: int) -> str:
    return number(kg / KG_PER_T, 1)
