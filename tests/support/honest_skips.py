"""A run with a skipped test is not a passed run, but for the one reason that is allowed.

A test may be skipped only because a folder of reference papers is not beside the checkout, and says so: its
reason starts with `ALLOWED`. Any other skip, and any expected failure, makes the run fail and is named at its
end.
"""

from __future__ import annotations

import pytest

ALLOWED = "needs the shared papers"


class HonestSkips:
    """Collects what was skipped, wherever it ran (xdist hands its workers' reports to this process)."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Keep the name and reason of a skip that is not allowed."""
        if not report.skipped:
            return
        reason = reason_of(report)
        if not reason.startswith(ALLOWED):
            self.refused.append(f"{report.nodeid or 'a module'}: {reason}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.refused and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.refused:
            return
        terminalreporter.section("skipped, and not allowed to be", red=True)
        for line in self.refused:
            terminalreporter.line(line)
        terminalreporter.line(
            f'Only a skip whose reason starts with "{ALLOWED}" is allowed, and no expected failure.'
        )


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why it was skipped, without pytest's own prefix."""
    if hasattr(report, "wasxfail"):
        return f"expected to fail ({report.wasxfail or 'no reason given'})"
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return why.removeprefix("Skipped: ")
