"""Charts as files: PNG, SVG, PDF, CSV, or the picture for the clipboard."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from planner.errors import PlannerError
from ui.charts.period_chart import PeriodChart

DEFAULT_SIZE = QSize(1600, 900)
POINTS_PER_INCH = 72


def picture(chart: PeriodChart, size: QSize = DEFAULT_SIZE) -> QImage:
    """Return the chart, laid out anew for `size` pixels."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(chart.theme.base))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint(chart, painter, size)
    painter.end()
    return image


def save_png(chart: PeriodChart, path: Path, size: QSize = DEFAULT_SIZE) -> None:
    """Write the chart as a PNG of `size` pixels; PlannerError when the file cannot be written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture(chart, size))
    write_whole(path, bytes(buffer.data().data()))


def save_svg(chart: PeriodChart, path: Path, size: QSize = DEFAULT_SIZE) -> None:
    """Write the chart as an SVG of `size` user units; PlannerError when the file cannot be written."""
    write_whole(path, svg_of(chart, size))


def svg_of(chart: PeriodChart, size: QSize = DEFAULT_SIZE) -> bytes:
    """Return the chart as an SVG of `size` user units."""
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
    paint(chart, painter, size)
    painter.end()
    return bytes(buffer.data().data())


def save_pdf(chart: PeriodChart, path: Path, size: QSize = DEFAULT_SIZE) -> None:
    """Write the chart as a PDF of one page, lines and words kept as such; PlannerError when it cannot be written.

    The page is as large as `size` pixels are on this screen.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(chart.header.title)
    writer.setCreator("Offtake")
    writer.setResolution(chart.logicalDpiX())
    points = QSizeF(size) * POINTS_PER_INCH / chart.logicalDpiX()
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(chart.theme.base))
    paint(chart, painter, size)
    painter.end()
    write_whole(path, bytes(buffer.data().data()))


def save_csv(chart: PeriodChart, path: Path) -> None:
    """Write the chart's numbers as UTF-8 CSV with decimal points; PlannerError when the file cannot be written."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(chart.csv_rows())
    write_whole(path, text.getvalue().encode("utf-8"))


def paint(chart: PeriodChart, painter: QPainter, size: QSize) -> None:
    """Draw the chart, laid out anew for `size`, at the origin of a painter."""
    copy = chart.picture_copy()
    copy.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    copy.resize(size)
    copy.show()
    copy.view.render(painter, QRectF(0, 0, size.width(), size.height()), copy.view.viewport().rect())
    copy.close()
    copy.deleteLater()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, or leave what is there; PlannerError when it cannot be written."""
    # QSaveFile writes beside the target and renames, so a failure leaves what was there.
    file = QSaveFile(str(path))
    if (
        not file.open(QIODevice.OpenModeFlag.WriteOnly)
        or file.write(QByteArray(data)) != len(data)
        or not file.commit()
    ):
        message = f"Cannot write {path.name} in {path.parent}: {file.errorString()}. Choose another folder."
        raise PlannerError(message)
