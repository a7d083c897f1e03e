"""A skipped test must not look like a passed one."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

SKIPS = {
    "test_mark": "@pytest.mark.skip(reason='too hard')\ndef test_it(): pass",
    "test_call": "def test_it(): pytest.skip('no server')",
    "test_fixture": "@pytest.fixture\ndef thing(): pytest.skip('no thing')\ndef test_it(thing): pass",
    "test_whole_module": "pytest.skip('not today', allow_module_level=True)",
    "test_missing_import": "pytest.importorskip('no_such_library')",
    "test_expected_failure": "@pytest.mark.xfail(reason='known')\ndef test_it(): assert False",
}
ALLOWED = "def test_it(): pytest.skip('needs the shared papers, and they are not here')"
PASSES = "def test_it(): pass"


@pytest.fixture(autouse=True)
def support_on_path(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath / "tests" / "support"))


def run(pytester: pytest.Pytester, modules: dict[str, str], *options: str) -> pytest.RunResult:
    """A test run of its own, over modules given by name and body."""
    pytester.makeconftest(
        "from honest_skips import HonestSkips\n"
        "def pytest_configure(config):\n"
        "    if not hasattr(config, 'workerinput'):\n"
        "        config.pluginmanager.register(HonestSkips())\n"
    )
    pytester.makepyfile(**{name: f"import pytest\n{body}\n" for name, body in modules.items()})
    return pytester.runpytest_subprocess("-p", "no:django", "-p", "no:cacheprovider", *options)


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_every_other_kind_of_skip_fails_the_run_and_is_named(
    pytester: pytest.Pytester, workers: list[str]
) -> None:
    result = run(pytester, SKIPS | {"test_passes": PASSES}, *workers)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    told = result.stdout.str().partition("skipped, and not allowed to be")[2]
    assert [name for name in SKIPS if f"{name}.py" not in told] == []
    assert "test_passes" not in told


def test_a_skip_for_want_of_the_shared_papers_is_allowed(pytester: pytest.Pytester) -> None:
    result = run(pytester, {"test_papers": ALLOWED, "test_passes": PASSES})
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=1, skipped=1)


def test_a_run_of_nothing_but_a_refused_skip_fails(pytester: pytest.Pytester) -> None:
    result = run(pytester, {"test_whole_module": SKIPS["test_whole_module"]})
    assert result.ret == pytest.ExitCode.TESTS_FAILED
