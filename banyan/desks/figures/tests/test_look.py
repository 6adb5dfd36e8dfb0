"""The desk of figures in a real browser, at the width of a phone and of a laptop, in both languages."""

import re

import pytest
from playwright.sync_api import Browser

from banyan.desks.figures.tests.conftest import Counting
from banyan.desks.figures.tests.test_pages import publish
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


def pages(browser: Browser, **paths: str) -> list[str]:
    with served() as address:
        return visit(browser, f"{address}/", "figures", paths)


def test_every_page_can_be_read_and_used(counting: Counting, browser: Browser):
    wrong = pages(browser, empty="figures/", nothing="figures/prepare", help="figures/help")
    counting.people(14, "2025-08", out="2025-11")
    counting.people(12, "2025-11", force="navy", rank_band="general")
    counting.people(7, "2025-11", force="police", rank_band="")
    counting.people(3, "2026-02")
    numbers = counting.people(6, "2025-12", out="2025-12")
    counting.drop("Kyi", numbers[0], "withdrawn", "2026-01")
    counting.drop("Kyi", b"sixteen letters.", "arrived", "2026-01")
    counting.programme.carry()
    wrong += pages(browser, today="figures/", prepare="figures/prepare")
    publish(counting)
    counting.sync()
    counting.sit("Chit")
    (path,) = re.findall(r'"/office/(sign/[0-9a-f]{64})"', counting.get(at="office"))
    wrong += pages(browser, office="office/", sign=f"office/{path}")
    counting.sit("Thi")
    wrong += pages(browser, waits="figures/published", waiting="figures/prepare")
    counting.sign("Chit")
    wrong += pages(browser, published="figures/published", publication="figures/published/1")
    assert wrong == []
