"""The chain of a lot as a row of boxes, from the mine to the programme, each with its country and its evidence."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from planner.analysis.origins.evidence import Proofs, Standing
from planner.analysis.origins.trace import Link, Step, TracedLot
from ui.charts.countries import country_name
from ui.theme import GRID_PX, Theme

WIDEST_PX = 34 * GRID_PX
ARROW_PX = 4 * GRID_PX
LINES = 4
STEPS = {
    Step.MINE: "Mine",
    Step.REFINERY: "Refinery",
    Step.PLANT: "Plant",
    Step.SUPPLIER: "Supplier",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A box: what is done there, who does it, where, and what its evidence says; `sound` when nothing is missing."""

    heading: str
    name: str
    place: str
    evidence: str
    sound: bool
    tip: str = ""


class ChainStrip(QWidget):
    """Draws the boxes of one lot; a box in which something is missing has a dashed edge and says what."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.boxes: tuple[Box, ...] = ()
        self._bold = QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        line = QFontMetricsF(self._bold).height()
        self.setFixedHeight(round(LINES * line + 5 * GRID_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Chain of the lot")

    def show_lot(self, lot: TracedLot | None, programme: str) -> None:
        """Show the chain of a lot; `programme` is the name of the one that used it."""
        self.boxes = () if lot is None else boxes_of(lot, programme)
        self.setAccessibleDescription("; ".join(f"{box.heading} {box.name}, {box.evidence}" for box in self.boxes))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes and the arrows between them."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.base))
        places = self.places()
        for box, place in zip(self.boxes, places, strict=True):
            self._paint_box(painter, box, place)
        for place in places[1:]:
            self._paint_arrow(painter, place.left(), place.center().y())

    def places(self) -> list[QRectF]:
        """Return where each box stands: side by side, as wide as the room allows."""
        if not self.boxes:
            return []
        room = self.width() - 4 * GRID_PX - (len(self.boxes) - 1) * ARROW_PX
        width = min(WIDEST_PX, room / len(self.boxes))
        height = self.height() - 2 * GRID_PX
        return [
            QRectF(2 * GRID_PX + at * (width + ARROW_PX), GRID_PX, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
            for at in range(len(self.boxes))
        ]

    def _paint_box(self, painter: QPainter, box: Box, place: QRectF) -> None:
        theme = self._theme
        style = Qt.PenStyle.SolidLine if box.sound else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(theme.rule if box.sound else theme.muted), 1, style))
        painter.setBrush(QColor(theme.alternate))
        painter.drawRoundedRect(place, 3, 3)
        inside = place.adjusted(1.5 * GRID_PX, GRID_PX, -GRID_PX, -GRID_PX)
        line = inside.height() / LINES
        faint, strong = QColor(theme.muted), QColor(theme.text)
        texts = (
            (box.heading, self.font(), faint),
            (box.name, self._bold, strong if box.name else faint),
            (box.place, self.font(), strong),
            (box.evidence, self.font(), faint if box.sound else strong),
        )
        for at, (text, font, ink) in enumerate(texts):
            painter.setFont(font)
            painter.setPen(ink)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            where = QRectF(inside.left(), inside.top() + at * line, inside.width(), line)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_arrow(self, painter: QPainter, right: float, middle: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.muted), 1.5))
        tip = QPointF(right - 0.75 * GRID_PX, middle)
        painter.drawLine(QPointF(right - ARROW_PX + 0.75 * GRID_PX, middle), tip)
        for way in (-1, 1):
            painter.drawLine(tip, tip + QPointF(-0.625 * GRID_PX, way * 0.5 * GRID_PX))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def event(self, event: QEvent) -> bool:
        """Tell the evidence of the box that is pointed at."""
        if isinstance(event, QHelpEvent):
            found = (
                box.tip for box, place in zip(self.boxes, self.places(), strict=True) if place.contains(event.pos())
            )
            QToolTip.showText(event.globalPos(), next(found, ""), self)
            return True
        return super().event(event)


def boxes_of(lot: TracedLot, programme: str) -> tuple[Box, ...]:
    """Return the boxes of a lot: its sites, its supplier between plant and programme, and the programme."""
    links = (*lot.chain, lot.supplier)
    last = Box("Programme", programme or "not named", lot.programme if programme else "", "", bool(lot.programme))
    return (*(_box(link) for link in links), last)


def _box(link: Link) -> Box:
    heading = STEPS[link.step]
    if not link.is_named:
        return Box(heading, "not named", "", "", sound=False)
    place = country_name(link.country) or "country not known"
    sound = link.proofs.standing is Standing.HOLDS and bool(link.country)
    return Box(heading, link.name, f"{place} · {link.code}", told(link.proofs), sound, _tip(link.proofs))


def told(proofs: Proofs) -> str:
    """Return what the evidence says, in a few words: `RMI RMAP until 2027-05-05`."""
    like_it = [proof.evidence for proof in proofs.each if proof.standing is proofs.standing]
    match proofs.standing:
        case Standing.HOLDS:
            first = like_it[0]
            more = f" and {len(like_it) - 1} more" if len(like_it) > 1 else ""
            return f"✓ {first.scheme}{more}"
        case Standing.EXPIRED:
            return f"Evidence expired {max(str(each.expires) for each in like_it)}"
        case Standing.NOT_YET:
            return f"Evidence only from {min(str(each.issued) for each in like_it)}"
        case _:
            return "No evidence"


def _tip(proofs: Proofs) -> str:
    rows = (
        f"{proof.evidence.scheme} {proof.evidence.code}: {proof.standing}"
        + (f", until {proof.evidence.expires}" if proof.evidence.expires is not None else "")
        for proof in proofs.each
    )
    return "\n".join(rows)
