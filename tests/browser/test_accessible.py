"""Every page, read by axe-core in light and in dark; interactive figures, once they live, in test_live_figures.py."""

import pytest

from conftest import PAGES, address, violations, watched


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_accessible(browser, page):
    context = browser.new_context(offline=True, color_scheme="light", reduced_motion="reduce")
    tab = watched(context)
    tab.goto(address(page))
    assert violations(tab) == []
    tab.emulate_media(color_scheme="dark")
    tab.reload()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert violations(tab, runOnly=["color-contrast"]) == []  # the rest does not depend on colours
    context.close()
