"""What the benchmarks of the window share: counting paintings, and forgetting what was measured."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject


class Paintings(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let every event through."""
        del watched
        self.count += event.type() == QEvent.Type.Paint
        return False


def forget(*measured: QObject) -> None:
    """Delete views and models, as a window does with those that it no longer shows, and what they held."""
    for each in measured:
        each.deleteLater()
    # Jobs that ended are told so, and forgotten, in an event of their own.
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
