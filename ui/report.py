"""The report as files: one page to print with its charts, a web page, a workbook."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from planner.analysis import Book, Period, Scope, Subject
from planner.analysis.gaps.stack import StackBy, stacked
from planner.errors import PlannerError
from planner.exchange.reports.values import Report, Section
from planner.exchange.reports.web import page_of, write_page
from planner.exchange.reports.workbook import write_workbook
from planner.plan import Plan
from ui.charts.cover_chart import CoverChart
from ui.charts.export import paint, svg_of, write_whole
from ui.charts.period_chart import PeriodChart
from ui.charts.small import SupportedChart
from ui.theme import LIGHT

SUFFIXES: Final = (".pdf", ".xlsx", ".html")
# Millimetres and points of the page.
MARGIN_MM: Final = 10
DPI: Final = 96
LARGEST_PT, SMALLEST_PT, STEP_PT = 8.0, 5.0, 0.25
MOST_ACROSS: Final = 12
# So many findings and dates are printed; the workbook has all.
MOST_PRINTED: Final = 9
PRINTED: Final = {"Findings": ("severity", "place", "text"), "Dates": ("day", "what", "of")}
# The shares of the page: the charts' of its height, the left part's of its width.
CHARTS_SHARE, LEFT_SHARE = 0.36, 0.6
GAP: Final = 16
# Charts are laid out larger than they are drawn, so that their words are as small as those of the tables.
CHART_SCALE: Final = 0.6
PICTURE: Final = QSize(1200, 520)


def printable(scope: Scope, target: Path, plan: Plan) -> Scope:
    """Return the scope as it fits into a file: a page has room for so many periods, else it goes by years.

    PlannerError when the file is of no kind that a report is written as.
    """
    if target.suffix.lower() not in SUFFIXES:
        raise PlannerError(f"{target.name} does not end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}; name it so.")
    periods = plan.ask(Book.periods, scope).labels
    on_a_page = target.suffix.lower() == ".pdf" and len(periods) > MOST_ACROSS
    return replace(scope, by=Period.YEAR) if on_a_page else scope


def write_report(plan: Plan, report: Report, scope: Scope, target: Path) -> None:
    """Write the report of a scope as .pdf, .xlsx or .html, by the ending; PlannerError when it cannot be written."""
    suffix = target.suffix.lower()
    if suffix == ".xlsx":
        write_workbook(report, target)
        return
    charts = report_charts(plan, scope)
    if suffix == ".html":
        write_page(report, target, [svg_of(chart, PICTURE).decode("utf-8") for chart in charts])
    else:
        write_whole(target, pdf_of(report, charts))
    for chart in charts:
        chart.deleteLater()


def report_charts(plan: Plan, scope: Scope) -> tuple[PeriodChart, ...]:
    """Return the charts of a report: the cover of its subject, or of the element that is covered least, and the GWh."""
    supported = SupportedChart(LIGHT, readout=False)
    supported.show_table(plan.supported(by=scope.by, stages=scope.stages, start=scope.start, end=scope.end))
    subject = scope.subject or least_covered(plan, scope)
    if subject is None:
        return (supported,)
    cover = CoverChart(LIGHT, readout=False)
    cover.show_stack(plan.ask(stacked, replace(scope, subject=subject), StackBy.FIRMNESS))
    return cover, supported


def least_covered(plan: Plan, scope: Scope) -> Subject | None:
    """Return the element that something comes of and that is covered least in some period; None without demand."""
    found = []
    for element in plan.cube.inputs.elements:
        subject = Subject("element", element)
        rows = plan.cover(subject, by=scope.by, stages=scope.stages, start=scope.start, end=scope.end).rows
        known = [row.cover_pct for row in rows if row.cover_pct is not None]
        if known and any(row.supply for row in rows):
            found.append((min(known), element))
    return Subject("element", min(found)[1]) if found else None


def pdf_of(report: Report, charts: Sequence[PeriodChart]) -> bytes:
    """Return the report as a PDF of one page, A4 across: charts above, the summary and what is to do below."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setCreator("Offtake")
    writer.setResolution(DPI)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size, across, mm = (
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Landscape,
        QPageLayout.Unit.Millimeter,
    )
    writer.setPageLayout(QPageLayout(size, across, margins, mm))
    painter = QPainter(writer)
    _draw(painter, QRectF(0, 0, writer.width(), writer.height()), report, charts)
    painter.end()
    return bytes(buffer.data().data())


def _draw(painter: QPainter, page: QRectF, report: Report, charts: Sequence[PeriodChart]) -> None:
    head = _document(_heading(report), LARGEST_PT, page.width())
    _place(painter, head, page)
    left, top = page.width() * LEFT_SHARE, head.size().height()
    high = page.height() * CHARTS_SHARE
    widths = (left - GAP / 2, page.width() - left - GAP / 2)
    at = 0.0
    for chart, wide in zip(charts, widths if len(charts) > 1 else (page.width(),), strict=True):
        painter.save()
        painter.translate(at, top)
        painter.scale(CHART_SCALE, CHART_SCALE)
        paint(chart, painter, (QSizeF(wide, high) / CHART_SCALE).toSize())
        painter.restore()
        at += wide + GAP
    below = QRectF(0, top + high, page.width(), page.height() - top - high)
    summary, *others = (section for section in report.sections if section.name in {"Summary", *PRINTED})
    figures = replace(report, sections=(replace(summary, note=""),))
    _fit(painter, figures, below.adjusted(0, 0, widths[0] - below.width(), 0))
    printed = tuple(_shortened(section) for section in others)
    _fit(painter, replace(report, sections=printed), below.adjusted(left + GAP / 2, 0, 0, 0))


def _heading(report: Report) -> str:
    said = " &nbsp;·&nbsp; ".join(f"{escape(word)}: {escape(text)}" for word, text in report.about)
    return (
        f"<div style='font-size: 14pt; font-weight: 600'>{escape(report.title)}</div>"
        f"<div style='color: {LIGHT.muted}'>As of {report.day.isoformat()} &nbsp;·&nbsp; {said}</div>"
    )


def _shortened(section: Section) -> Section:
    """Return the part of a section that is printed, and how much is not."""
    kept = [at for at, column in enumerate(section.columns) if column.key in PRINTED[section.name]]
    rows = tuple(tuple(row[at] for at in kept) for row in section.rows[:MOST_PRINTED])
    more = len(section.rows) - len(rows)
    note = f"and {more:,} more, which the workbook lists" if more else "" if rows else section.note
    return replace(section, columns=tuple(section.columns[at] for at in kept), rows=rows, note=note)


def _fit(painter: QPainter, report: Report, area: QRectF) -> None:
    """Draw sections into an area, in the largest letters in which they fit."""
    html = page_of(report, template="print.html")
    points = LARGEST_PT
    document = _document(html, points, area.width())
    while document.size().height() > area.height() and points > SMALLEST_PT:
        points -= STEP_PT
        document = _document(html, points, area.width())
    _place(painter, document, area)


def _document(html: str, points: float, width: float) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = QFont(QApplication.font())
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setHtml(html)
    document.setTextWidth(width)
    return document


def _place(painter: QPainter, document: QTextDocument, area: QRectF) -> None:
    painter.save()
    painter.translate(area.topLeft())
    document.drawContents(painter, QRectF(0, 0, area.width(), area.height()))
    painter.restore()
