"""What every test stands on: no display, no preferences or folders of the person who runs it."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Read by Qt when the first application is made, which no import does.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings

# A busy machine makes no example wrong: time is measured in benchmarks/, never here.
settings.register_profile(
    "offtake",
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("offtake")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home for preferences, caches and recent plans; returns it."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("OFFTAKE_HOME", str(home))
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(home / "config"))
    return home
