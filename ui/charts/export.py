"""Charts as files: PNG, SVG, CSV, or the picture for the clipboard."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from planner.errors import PlannerError
from ui.charts.period_chart import PeriodChart

DEFAULT_SIZE = QSize(1600, 900)


def picture(chart: PeriodChart, size: QSize = DEFAULT_SIZE) -> QImage:
    """Return the chart, laid out anew for `size` pixels."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(chart.theme.base))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    _paint(chart, painter, size)
    painter.end()
    return image


def save_png(chart: PeriodChart, path: Path, size: QSize = DEFAULT_SIZE) -> None:
    """Write the chart as a PNG of `size` pixels; PlannerError when the file cannot be written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture(chart, size))
    _write(path, bytes(buffer.data().data()))


def save_svg(chart: PeriodChart, path: Path, size: QSize = DEFAULT_SIZE) -> None:
    """Write the chart as an SVG of `size` user units; PlannerError when the file cannot be written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setResolution(chart.logicalDpiX())
    generator.setTitle(chart.header.title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(chart.theme.base))
    _paint(chart, painter, size)
    painter.end()
    _write(path, bytes(buffer.data().data()))


def save_csv(chart: PeriodChart, path: Path) -> None:
    """Write the chart's numbers as UTF-8 CSV with decimal points; PlannerError when the file cannot be written."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(chart.csv_rows())
    _write(path, text.getvalue().encode("utf-8"))


def _paint(chart: PeriodChart, painter: QPainter, size: QSize) -> None:
    copy = chart.picture_copy()
    copy.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    copy.resize(size)
    copy.show()
    copy.view.render(painter, QRectF(0, 0, size.width(), size.height()), copy.view.viewport().rect())
    copy.close()
    copy.deleteLater()


def _write(path: Path, data: bytes) -> None:
    # QSaveFile writes beside the target and renames, so a failure leaves what was there.
    file = QSaveFile(str(path))
    if (
        not file.open(QIODevice.OpenModeFlag.WriteOnly)
        or file.write(QByteArray(data)) != len(data)
        or not file.commit()
    ):
        message = f"Cannot write {path.name} in {path.parent}: {file.errorString()}. Choose another folder."
        raise PlannerError(message)
