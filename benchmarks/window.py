"""A window from the start of its process until it is painted: a bare one with an empty plot, or ours with a plan."""

import gc
import sys
from pathlib import Path


def bare() -> int:
    """Show a window with an empty pyqtgraph plot, as the least that a charting program does."""
    import pyqtgraph  # noqa: PLC0415 - what is imported is what is measured
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - the same

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    plot = pyqtgraph.PlotWidget()
    window.setCentralWidget(plot)
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    return 0


def ours(plan: Path) -> int:
    """Show a plan's Overview as the program does, without collecting garbage meanwhile."""
    gc.disable()
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - what is imported is what is measured

    from ui.app import Application  # noqa: PLC0415 - the same
    from ui.dialogs import crash  # noqa: PLC0415 - the same
    from ui.preferences import Preferences  # noqa: PLC0415 - the same

    app = QApplication(sys.argv[:1])
    crash.install(app)
    application = Application(app, Preferences())
    application.show_plan(plan)
    app.processEvents()
    application.close()
    return 0


if __name__ == "__main__":
    sys.exit(bare() if len(sys.argv) == 1 else ours(Path(sys.argv[1])))
