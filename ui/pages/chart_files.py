"""A chart's own menu at work: its picture and its numbers as files, or on the clipboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from planner.errors import PlannerError
from ui.charts.export import picture, save_csv, save_pdf, save_png, save_svg
from ui.charts.period_chart import PeriodChart

Save = Callable[[PeriodChart, Path], None]
WRITERS: dict[str, Save] = {".png": save_png, ".svg": save_svg, ".pdf": save_pdf, ".csv": save_csv}


class ChartFiles(QObject):
    """Asks for a file name and writes the chart there; `say` gets a sentence."""

    def __init__(self, chart: PeriodChart, say: Callable[[str], object]) -> None:
        super().__init__(chart)
        self._chart = chart
        self._say = say
        chart.save_requested.connect(self.ask)
        chart.copy_picture_requested.connect(self.copy)

    def ask(self, suffix: str) -> None:
        """Ask where to write the chart, and write it."""
        kinds = ";;".join(f"{each[1:].upper()} (*{each})" for each in (suffix, *(w for w in WRITERS if w != suffix)))
        name, _ = QFileDialog.getSaveFileName(self._chart, "Save chart", f"chart{suffix}", kinds)
        if name:
            self.save(Path(name) if Path(name).suffix.lower() in WRITERS else Path(f"{name}{suffix}"))

    def save(self, path: Path) -> None:
        """Write the chart in the format of the file's ending."""
        try:
            WRITERS[path.suffix.lower()](self._chart, path)
        except PlannerError as error:
            self._say(str(error))
        else:
            self._say(f"Wrote {path}")

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(picture(self._chart))
        self._say("The picture is on the clipboard")
