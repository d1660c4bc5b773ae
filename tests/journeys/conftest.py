"""A real Chromium before a real ``taole serve`` on a copy of the demonstration.

A missing Chromium is a failure: the journeys are part of what is promised. Pictures of the pages
passed lie in a folder whose name is told only when a journey fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cast import copy_instance
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.served_site import Site, serving

PATIENCE = 15_000
"""Milliseconds for what a page is to say, on a machine that is busy with other tests too."""

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM.exists(), "no Chromium here: `make browser` installs it"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """What a module of journeys does to its instance before it is served: nothing, as a rule."""
    return lambda _instance: None


@pytest.fixture(scope="module")
def served(
    chromium: Browser,
    demo_instance: Path,
    prepare: Callable[[Path], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("served")
    instance = copy_instance(demo_instance, folder / "instance")
    prepare(instance)
    pictures = tmp_path_factory.mktemp("pictures")
    with serving(instance, folder / "serve.log") as url:
        yield Site(url, instance, chromium, pictures)


@pytest.fixture
def site(served: Site, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The site for one journey; whatever a console complained of fails the journey."""
    request.node.user_properties.append(("pictures", str(served.pictures)))
    served.errors.clear()
    yield served
    served.leave()
    assert not served.errors, "\n".join(served.errors)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.failed:
        report.sections += [each for each in item.user_properties if each[0] == "pictures"]
    return report
