"""Where Chromium is, and the flags under which it stays off the network and runs as root."""

from __future__ import annotations

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = [
    "--no-sandbox",  # Chromium refuses root otherwise, and it only ever opens our own pages here
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def path() -> str | None:
    """The Chromium to drive: `PUTRIGHT_CHROMIUM` if set, else the first one installed, else None."""
    named = os.environ.get("PUTRIGHT_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    found = path()
    print(found or "No Chromium was found. Install it (Debian: chromium) or set PUTRIGHT_CHROMIUM.")
    sys.exit(0 if found else 2)
