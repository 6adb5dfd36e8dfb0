"""The public figures in a real browser, at the width of a phone and of a laptop, in both languages."""

import pytest
from playwright.sync_api import Browser

from banyan.doors.figures.tests.test_pages import Public, public, row
from banyan.folders.published import quarters_from
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser
__all__ = ["public"]


def test_every_page_can_be_read_and_used(public: Public, browser: Browser):
    with served() as address:
        wrong = visit(browser, address, "door-figures", {"none": "/{locale}/figures/"})
    public.publish(
        *(row(40 + 7 * i, quarters=(one,)) for i, one in enumerate(quarters_from("2023-Q1", "2025-Q3"))),
        *(row(10 + i, measure="arrived", quarters=(one,)) for i, one in enumerate(quarters_from("2024-Q1", "2025-Q3"))),
    )  # fmt: skip
    public.publish(
        row(23, quarters=("2025-Q2", "2025-Q3")),
        row(131), row(24, bands=("nco", "warrant")), row(12, bands=("junior", "senior", "general")),
        row(48, forces=("police", "militia", "bgf", "civil"), bands=("enlisted", "nco", "unsaid")),
        row(14, measure="arrived", forces=("army", "police")),
    )  # fmt: skip
    with served() as address:
        paths = {"newest": "/{locale}/figures/", "earlier": "/{locale}/figures/1/"}
        wrong += visit(browser, address, "door-figures", paths)
    assert wrong == []
