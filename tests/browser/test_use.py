"""The book in a reader's hands: searching, unfolding, switching, copying, printing."""

import pytest

from conftest import CHAPTERS, address, watched

CHAPTER = "chapters/09_cross_entropy.html"


def results(tab, url, words):
    tab.goto(f"{url}?q={words}")
    tab.wait_for_function("document.querySelector('.search-summary')?.textContent.includes('found')", timeout=10_000)
    return tab.locator("ul.search > li > a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("KL", "chapters/04_kl_divergence.html"),
        ("relative entropy", "chapters/04_kl_divergence.html"),
        ("交叉熵", "glossary.html"),
        ("熵", "glossary.html"),
        ("Huffman", "chapters/03_codes.html"),
    ],
)
def test_search_finds(tab, host, browser, words, page):
    from_disk = results(tab, address("search.html"), words)
    assert page in [link.partition("#")[0].partition("?")[0] for link in from_disk]
    assert tab.complaints == []
    context = browser.new_context()
    served = watched(context)
    assert results(served, host[0] + "search.html", words) == from_disk
    served.wait_for_load_state("networkidle")
    assert served.complaints == []
    assert len(served.locator("ul.search p.context").all()) > 0
    context.close()


def test_search_does_not_find_everything(tab):
    tab.goto(address("search.html") + "?q=熵叉")
    tab.wait_for_function("document.querySelector('.search-summary')?.textContent.includes('did not match')")


def test_the_search_field_leads_to_the_results(tab):
    tab.goto(address(CHAPTER))
    tab.keyboard.press("Control+k")
    tab.keyboard.type("Gibbs")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=Gibbs")
    tab.locator("ul.search > li > a").first.wait_for()


def test_a_solution_unfolds_by_mouse_and_keyboard(tab):
    tab.goto(address(CHAPTER))
    solution = tab.locator(".solution.dropdown").first
    inside = solution.locator("section").first
    assert not inside.is_visible()
    solution.locator(".admonition-title").click(position={"x": 5, "y": 5})
    assert inside.is_visible()
    solution.locator(".toggle-button").focus()
    tab.keyboard.press("Enter")
    assert not inside.is_visible()
    assert tab.complaints == []


def test_the_theme_switches_and_stays(tab):
    tab.goto(address(CHAPTER))
    theme = lambda: tab.evaluate("document.documentElement.dataset.theme")  # noqa: E731
    seen = []
    for _ in range(3):
        tab.locator(".theme-switch-button").first.click()
        seen.append((tab.evaluate("document.documentElement.dataset.mode"), theme()))
    assert dict(seen) == {"light": "light", "dark": "dark", "auto": "light"}
    while theme() != "dark":
        tab.locator(".theme-switch-button").first.click()
    tab.reload()
    assert theme() == "dark" and tab.complaints == []


def test_the_sidebars_open_and_close(tab):
    tab.goto(address(CHAPTER))
    sidebar = tab.locator("#pst-primary-sidebar")
    assert sidebar.is_visible()
    tab.locator(".primary-toggle").first.click()
    sidebar.wait_for(state="hidden")
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.reload()
    tab.locator(".primary-toggle").first.click()
    tab.locator("#pst-primary-sidebar-modal").wait_for(state="visible")
    tab.keyboard.press("Escape")
    tab.locator(".secondary-toggle").first.click()
    tab.locator("#pst-secondary-sidebar-modal").wait_for(state="visible")
    assert tab.complaints == []


def test_icons_are_drawn(tab):
    tab.goto(address(CHAPTER))
    tab.evaluate("document.fonts.ready")
    drawn = tab.evaluate(
        """[...document.querySelectorAll('i[class*="fa-"], span[class*="fa-"]')].filter((e) => e.checkVisibility())
        .map((e) => [e.className, getComputedStyle(e, "::before").content, e.getBoundingClientRect().width])"""
    )
    assert len(drawn) >= 5
    assert [icon for icon in drawn if icon[1] in ("none", "normal") or icon[2] < 6] == []
    loaded = "[...document.fonts].some((font) => font.family.includes('Font Awesome') && font.status === 'loaded')"
    assert tab.evaluate(loaded)


COPIED = """([from, to]) => {
    const data = new DataTransfer(), start = document.querySelector(from);
    getSelection().setBaseAndExtent(start, 0, document.querySelector(to), document.querySelector(to).childNodes.length);
    start.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return [data.getData("text/plain"), data.getData("text/html")];
}"""


def test_formulas_are_copied_as_tex(tab):
    tab.goto(address(CHAPTER))
    formula = "#equation-eq-cross-entropy .katex"
    assert tab.evaluate(COPIED, [formula, formula])[0] == r"$$H(P, Q) = -\sum_{i=1}^n p_i \log q_i .$$"


def test_a_passage_is_copied_without_what_is_not_text(tab):
    tab.goto(address(CHAPTER))
    text, rich = tab.evaluate(COPIED, ["article h1", "article .prev-next-area, article section:last-of-type"])
    assert r"$$H(P, Q) = -\sum_{i=1}^n p_i \log q_i .$$" in text and "<h1>" in rich and "$schema" not in text
    assert not [word for word in ('"signals"', "Copy to clipboard", "Toggle") if word in text]


def test_code_is_copied_by_its_button(browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = watched(context)
    tab.goto(address(CHAPTER))
    cell = tab.locator("div.highlight", has=tab.locator("button.copybtn")).first
    cell.hover()
    cell.locator("button.copybtn").click()
    assert tab.evaluate("navigator.clipboard.readText()").strip() == cell.locator("pre").inner_text().strip()
    assert tab.complaints == []
    context.close()


def test_focus_is_seen(tab):
    """At every stop from the top of the page to its end."""
    tab.goto(address(CHAPTER))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.skip-link') !== null")
    stops, hidden = 0, []
    while tab.evaluate("document.activeElement !== document.body"):
        style = "(({outlineStyle, outlineWidth, boxShadow}) => [outlineStyle, outlineWidth, boxShadow])"
        outline, width, shadow = tab.evaluate(f"{style}(getComputedStyle(document.activeElement))")
        if (outline == "none" or width == "0px") and shadow == "none":
            hidden.append(tab.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
        tab.keyboard.press("Tab")
        stops += 1
    assert hidden == [] and stops > 60


def test_in_the_dark_figures_stand_on_white(tab):
    tab.emulate_media(color_scheme="dark")
    tab.goto(address(CHAPTER))
    colours = "[...document.querySelectorAll('main figure img')].map((e) => getComputedStyle(e).backgroundColor)"
    assert set(tab.evaluate(colours)) == {"rgb(255, 255, 255)"}


def test_paper_is_light(tab):
    tab.emulate_media(color_scheme="dark")
    tab.goto(address(CHAPTER))
    themes = """["beforeprint", "afterprint"].map((name) => {
        dispatchEvent(new Event(name));
        return document.documentElement.dataset.theme;
    })"""
    assert tab.evaluate(themes) == ["light", "dark"]


def test_on_paper_solutions_are_unfolded_and_buttons_gone(tab):
    tab.goto(address(CHAPTER))
    tab.emulate_media(media="print")
    assert all(section.is_visible() for section in tab.locator(".solution.dropdown > section").all())
    assert all(picture.is_visible() for picture in tab.locator("main figure img").all())
    overflow = "[...document.querySelectorAll('.katex-display')].map((e) => getComputedStyle(e).overflowX)"
    assert set(tab.evaluate(overflow)) == {"visible"}
    for selector in ("#pst-primary-sidebar", ".bd-header-article", ".prev-next-footer", ".copybtn"):
        assert not tab.locator(selector).first.is_visible()


def test_a_wide_formula_scrolls_within_itself_and_by_keyboard(tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    wide = 0
    for page in CHAPTERS[:2]:
        tab.goto(address(page))
        tab.wait_for_timeout(200)
        inside = ".filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)"
        reach = tab.evaluate(
            f"[...document.querySelectorAll('.katex-display, main table')]{inside}.map((e) => e.tabIndex)"
        )
        wide += len(reach)
        assert set(reach) <= {0}
    assert wide > 0
