"""What stands behind a programme or a month: its lots with origin, carbon and recycled share, and their totals."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner.analysis.origins.passport import untraced_text
from planner.analysis.origins.trace import Trace, TracedLot, TraceTotal
from planner.errors import PlannerError
from planner.units import KG_PER_T, PPM, Month
from ui.charts.countries import country_name
from ui.charts.words import long_name, number
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.panel import Split, lead
from ui.theme import GRID_PX

ALL = ""
DASH = "–"
LOT_HEADINGS = (
    "Lot",
    "Month",
    "Material",
    "Metal, t",
    "Origin",
    "Supplier",
    "Programme",
    "CO2e, kg/kg",
    "Recycled, %",
    "Missing",
)
NO_LOT = "No lot stands behind this choice."


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for: a programme and an element by code, one month; None for all."""

    programme: str | None
    element: str | None
    month: Month | None


class BehindPanel(QWidget):
    """Choices above two tables, and what was received without any lot below.

    `chosen` tells that other lots are asked for, `lot_wanted` carries the number of a lot to go to, `rows_wanted` the
    lines of a total and the label of its month, `save_wanted` the ending of a file to write.
    """

    chosen = Signal()
    lot_wanted = Signal(str)
    rows_wanted = Signal(tuple, str)
    save_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._trace: Trace | None = None
        self.programme, self.element, self.month = (self._combo(name) for name in ("Programme", "Element", "Month"))
        self.totals = TextsModel(
            ("Element", "Lots", "Metal, t", "Demand, t", "Traced, %", "CO2e, kg/kg", "Recycled, %", "Origins"),
            frozenset(range(1, 7)),
            self,
        )
        self.lots = TextsModel(
            LOT_HEADINGS,
            frozenset({3, 7, 8}),
            self,
        )
        self.totals_list, self.lots_list = ReadingView(self.totals, 7), ReadingView(self.lots, 9)
        self.totals_list.setAccessibleName("Totals by element")
        self.lots_list.setAccessibleName("Lots behind it")
        self.totals_list.activated.connect(self._lead_to_rows)
        self.lots_list.activated.connect(self._lead_to_lot)
        lead(self.totals_list, "an element", "the deliveries that its lots came with")
        lead(self.lots_list, "a lot", "its row above, and its chain")
        self.foot = QLabel()
        self.foot.setContentsMargins(2 * GRID_PX, GRID_PX // 2, 2 * GRID_PX, GRID_PX // 2)
        self.foot.setWordWrap(True)
        self._lay_out()

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.activated.connect(lambda _: self.chosen.emit())
        return combo

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        head.setSpacing(GRID_PX)
        for text, combo in (("Programme", self.programme), ("Element", self.element), ("Month", self.month)):
            label = QLabel(text)
            label.setBuddy(combo)
            head.addWidget(label)
            head.addWidget(combo)
            head.addSpacing(GRID_PX)
        head.addStretch(1)
        self.csv_button, self.json_button = QPushButton("Export CSV…"), QPushButton("Export JSON…")
        self.csv_button.setToolTip("A row a lot")
        self.json_button.setToolTip("In the shape of the due-diligence part of a battery passport")
        for button, suffix in ((self.csv_button, ".csv"), (self.json_button, ".json")):
            button.clicked.connect(lambda _=False, suffix=suffix: self.save_wanted.emit(suffix))
            head.addWidget(button)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(Split(Qt.Orientation.Vertical, (self.totals_list, 2), (self.lots_list, 3)), stretch=1)
        down.addWidget(self.foot)

    @property
    def choice(self) -> Choice:
        """What is asked for."""
        month = self.month.currentData() or None
        return Choice(
            self.programme.currentData() or None,
            self.element.currentData() or None,
            None if month is None else Month.parse(month),
        )

    def offer(self, programmes: dict[str, str], elements: tuple[str, ...], months: tuple[Month, ...]) -> None:
        """Let these be chosen: programmes by code with their names, elements, and months with lots."""
        _fill(self.programme, {ALL: "All programmes"} | programmes)
        _fill(self.element, {ALL: "All elements"} | {code: code for code in elements})
        _fill(self.month, {ALL: "All months shown"} | {str(month): long_name(str(month)) for month in months})

    def choose(self, programme: str = ALL, element: str = ALL, month: str = ALL) -> None:
        """Ask for a programme, an element and a month, each by its code; what is not offered is not chosen."""
        for combo, code in ((self.programme, programme), (self.element, element), (self.month, month)):
            combo.setCurrentIndex(max(0, combo.findData(code)))
        self.chosen.emit()

    def show_trace(self, trace: Trace) -> None:
        """Show what was found."""
        self._trace = trace
        self.totals.show_rows([_total_row(total, trace.lots) for total in trace.totals])
        self.lots.show_rows([_lot_row(lot) for lot in trace.lots])
        told = [f"{untraced_text(each)}." for each in trace.untraced] or ([] if trace.lots else [NO_LOT])
        self.foot.setText(" ".join(told))
        self.foot.setVisible(bool(told))
        for button in (self.csv_button, self.json_button):
            button.setEnabled(bool(trace.lots))

    def _lead_to_rows(self, index: QModelIndex) -> None:
        if self._trace is not None and self._trace.totals[index.row()].lines:
            self.rows_wanted.emit(self._trace.totals[index.row()].lines, self.month.currentData() or "")

    def _lead_to_lot(self, index: QModelIndex) -> None:
        if self._trace is not None:
            self.lot_wanted.emit(self._trace.lots[index.row()].code)


def ask_to_save(parent: QWidget, folder: Path, suffix: str, write: Callable[[Path], str]) -> str:
    """Ask where to write lots, write them, and return what to say about it; empty where nothing was chosen."""
    kinds = f"{suffix[1:].upper()} (*{suffix})"
    name, _ = QFileDialog.getSaveFileName(parent, "Export lots", str(folder / f"lots{suffix}"), kinds)
    if not name:
        return ""
    path = Path(name)
    try:
        return write(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))
    except PlannerError as error:
        return str(error)


def _fill(combo: QComboBox, words: dict[str, str]) -> None:
    """Offer these words by code; what was chosen stays chosen."""
    offered = {combo.itemData(at): combo.itemText(at) for at in range(combo.count())}
    if offered == words:
        return
    before = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for code, text in words.items():
            combo.addItem(text, code)
        combo.setCurrentIndex(max(0, combo.findData(before)))


def _total_row(total: TraceTotal, lots: Iterable[TracedLot]) -> tuple[str, ...]:
    return (
        total.element,
        number(total.lots, 0),
        number(total.metal_kg / KG_PER_T, 1),
        number(None if total.demand_kg is None else total.demand_kg / KG_PER_T, 1),
        number(total.traced_pct, 1),
        number(total.carbon_per_kg, 2),
        number(total.recycled_pct, 1),
        _origins(total, lots),
    )


def _origins(total: TraceTotal, lots: Iterable[TracedLot]) -> str:
    """Return `Congo - Kinshasa 80 %, not known 20 %`, by metal, the largest first."""
    kg: dict[str, float] = defaultdict(float)
    for lot in lots:
        if lot.element == total.element:
            kg[country_name(lot.origin) or "not known"] += lot.metal_kg
    largest_first = sorted((-own, name) for name, own in kg.items())
    return ", ".join(f"{name} {number(-100 * own / total.metal_kg, 0)} %" for own, name in largest_first)


def _lot_row(lot: TracedLot) -> tuple[str, ...]:
    carbon = None if lot.carbon_g_per_kg is None else lot.carbon_g_per_kg / 1_000
    return (
        lot.code,
        str(lot.month),
        lot.material,
        number(lot.metal_kg / KG_PER_T, 1),
        country_name(lot.origin) or DASH,
        lot.supplier.name,
        lot.programme or DASH,
        number(carbon, 2),
        number(100 * lot.recycled_ppm / PPM, 1),
        "; ".join(lot.lacks),
    )
