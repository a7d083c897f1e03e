"""For every test. Imports no Django: `tests/rules` runs where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from honest_skips import ALLOWED, HonestSkips
from hypothesis import HealthCheck, settings

settings.register_profile("usual", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=int(os.environ.get("SOAK_EXAMPLES", "20000")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "usual"))


def pytest_configure(config: pytest.Config) -> None:
    """Refuse skips once, in the process that prints the summary."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(HonestSkips(), "honest-skips")


@pytest.fixture(scope="session")
def shared_papers() -> Path:
    """The folder of reference papers beside the checkout, to compare with. Skips where it is not."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "deadlines.csv").exists():
        pytest.skip(f"{ALLOWED}, and they are not beside this checkout")
    return folder
