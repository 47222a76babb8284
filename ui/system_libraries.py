"""Tells which system libraries Qt lacks on this machine, and how to install them, before Qt dies of it."""

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Load = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library and the package that brings it, by family of distribution."""

    file: str
    debian: str
    fedora: str
    arch: str


EVERYWHERE = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
)
X11 = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
)


def missing(environment: Mapping[str, str], platform: str, load: Load = ctypes.CDLL) -> tuple[Library, ...]:
    """Return the libraries that Qt needs here and `load` refuses with OSError; none outside Linux."""
    if not platform.startswith("linux"):
        return ()
    lacking = [_refused(group, load) for group in _ways_to_show(environment)]
    if not lacking or not all(lacking):
        return _refused(EVERYWHERE, load)
    return _refused(EVERYWHERE, load) + lacking[0]


def _ways_to_show(environment: Mapping[str, str]) -> list[tuple[Library, ...]]:
    """Return the libraries of each platform that Qt may choose; one of them that is complete is enough."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        by_platform = {"xcb": X11, "wayland": WAYLAND}
        names = [name.split(":")[0].split("-")[0] for name in chosen.split(";")]
        return [by_platform.get(name, ()) for name in names]
    by_display = {"WAYLAND_DISPLAY": WAYLAND, "DISPLAY": X11}
    return [group for name, group in by_display.items() if environment.get(name)]


def _refused(libraries: Iterable[Library], load: Load) -> tuple[Library, ...]:
    return tuple(library for library in libraries if not _loads(library.file, load))


def _loads(file: str, load: Load) -> bool:
    try:
        load(file)
    except OSError:
        return False
    return True


def debian_packages(libraries: Iterable[Library]) -> list[str]:
    """Return the Debian packages to install, each once, in order."""
    return list(dict.fromkeys(library.debian for library in libraries))


def advice(libraries: Sequence[Library]) -> str:
    """Say what is missing and which command installs it, ended by a line break."""
    debian = " ".join(debian_packages(libraries))
    fedora = " ".join(dict.fromkeys(library.fedora for library in libraries))
    arch = " ".join(dict.fromkeys(library.arch for library in libraries))
    return (
        f"Qt needs system libraries that this machine lacks: {', '.join(item.file for item in libraries)}\n"
        "Install them, then start again:\n"
        f"  Debian, Ubuntu:  sudo apt-get install {debian}\n"
        f"  Fedora:          sudo dnf install {fedora}\n"
        f"  Arch:            sudo pacman -S {arch}\n"
    )


def complaint(environment: Mapping[str, str], platform: str, load: Load = ctypes.CDLL) -> str | None:
    """Return the advice for this machine, or None where Qt has what it needs."""
    lacking = missing(environment, platform, load)
    return advice(lacking) if lacking else None


def x11_answers() -> bool:
    """Tell whether the X server that DISPLAY names answers: Qt ends the process where it does not."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if display is None:
        return False
    x11.XCloseDisplay(ctypes.c_void_p(display))
    return True


def main(arguments: Sequence[str]) -> int:
    """Print the advice and return 1, or 0 if all is there; `--debian-packages` prints the names alone."""
    lacking = missing(os.environ, sys.platform)
    if list(arguments) == ["--debian-packages"]:
        sys.stdout.write("".join(f"{name}\n" for name in debian_packages(lacking)))
        return 0
    if not lacking:
        return 0
    sys.stderr.write(advice(lacking))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
