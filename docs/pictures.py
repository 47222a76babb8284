"""Makes the pictures of the guide and the README from the sample plan: `make pictures`."""

import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QThreadPool
from PySide6.QtGui import QImage

from planner.analysis import Period, Subject
from planner.exchange.csv_export import export
from planner.exchange.profiles import Profiles
from planner.exchange.samples import create_sample
from planner.plan import SUFFIX, Plan
from ui.dialogs.import_effect import WORKING
from ui.dialogs.import_preview import ImportDialog
from ui.headless import application, draw_page
from ui.main_window import MainWindow
from ui.pages.overview import OverviewPage
from ui.preferences import Preferences
from ui.theme import LiveTheme

FOLDER = Path(__file__).parent
SIZE = (1440, 900)
SHOWN = (
    *("overview", "contracts", "deliveries", "timeline", "prices"),
    *("spend", "carbon", "recycled", "concentration", "lots", "targets", "history"),
)
EXPLAINED = Subject("element", "Co"), "2029"
PERSON = "A. Planner"
MOST_COLOURS = 256


def main() -> None:
    """Write a PNG for each page that the guide shows, the Overview in dark, a gap explained, an import."""
    with tempfile.TemporaryDirectory() as name:
        plan_file = Path(name) / f"sample{SUFFIX}"
        with create_sample(plan_file, PERSON) as plan:
            for page in SHOWN:
                draw_page(plan, page, FOLDER / f"{page}.png", SIZE, dark=False)
            draw_page(plan, "overview", FOLDER / "overview-dark.png", SIZE, dark=True)
            draw_why(plan, Path(name), FOLDER / "why.png")
            draw_import(plan, _erp_export(plan, Path(name)), FOLDER / "import.png")
    for picture in sorted(FOLDER.glob("*.png")):
        slim(picture)
        print(f"{picture.name}  {picture.stat().st_size // 1024} KB")


def draw_why(plan: Plan, folder: Path, target: Path) -> None:
    """Write a picture of the Overview by years, with a shortage explained beside it."""
    app = application()
    preferences = Preferences(QSettings(str(folder / "none.ini"), QSettings.Format.IniFormat))
    window = MainWindow(plan, preferences, LiveTheme(app, "light"))
    window.resize(*SIZE)
    window.view.choose(by=Period.YEAR)
    window.show()
    page = window.go("overview")
    if isinstance(page, OverviewPage):
        page.heat_map.choose(*EXPLAINED)
    page.explain_wanted.emit(*EXPLAINED)
    app.processEvents()
    window.grab().save(str(target))
    window.close()
    QThreadPool.globalInstance().waitForDone()
    window.signals.close()
    window.deleteLater()
    # Outside an event loop nothing is deleted before it is asked for.
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def slim(picture: Path) -> None:
    """Write a PNG anew with its most frequent colours alone: less than half as large, and nobody sees it."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    table = colours[np.argsort(-counts, kind="stable")[:MOST_COLOURS]].tolist()
    few = image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
    few.save(str(picture), quality=0)


def draw_import(plan: Plan, file: Path, target: Path) -> None:
    """Write a picture of the preview of a file's import into deliveries."""
    app = application()
    LiveTheme(app, "light")
    dialog = ImportDialog(plan, file, "deliveries", profiles=Profiles(file.parent / "profiles"))
    dialog.show()
    while not (dialog.apply_button.isEnabled() or dialog.rejects_button.isEnabled()):
        app.processEvents()
    while dialog.page.effect.line.text() in {"", WORKING}:
        app.processEvents()
    # The buttons take their new texts in one more turn.
    app.processEvents()
    dialog.grab().save(str(target))
    dialog.reject()
    # The draft is forgotten beside the window, and the plan must stay open for that.
    QThreadPool.globalInstance().waitForDone()


def _erp_export(plan: Plan, folder: Path) -> Path:
    """Return a file as an ERP writes it: semicolons, decimal commas, Windows-1252, some rows new, changed or wrong."""
    whole = folder / "whole.csv"
    export(plan, "deliveries", whole, locale="fr", people=True)
    lines = whole.read_text(encoding="utf-8-sig").splitlines()[1:]
    lines[0] = "Contrat;Ligne;Mois;Quantité;Statut"
    changed = [line.replace(";416,667;", ";420,5;") for line in lines[200:240]]
    fresh = [f"MNG-CO-2025;2;{month:02d}/2028;333,333;planned" for month in range(1, 13)]
    wrong = ["MNG-CO-2025;1;03/2028;0,0004;planned", "MNG-CO-2052;1;04/2028;400;planned"]
    file = folder / "appels 2028.csv"
    file.write_text("\n".join([lines[0], *changed, *fresh, *wrong]), encoding="cp1252")
    return file


if __name__ == "__main__":
    main()
