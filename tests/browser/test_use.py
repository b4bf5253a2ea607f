"""The book in a reader's hands: searching, unfolding, switching, copying, printing."""

import re

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


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("KL", "4. Kullback–Leibler divergence"),
        ("entropy", "Glossary: entropy"),
        ("交叉熵", "Glossary"),
        ("Gibbs", "4. Kullback–Leibler divergence"),
        ("Huffman", "3. Codes: where the extra cost comes from"),
        ("cross entropy", "9. Cross-entropy"),
    ],
)
def test_search_begins_with(tab, words, first):
    results(tab, address("search.html"), words)
    titles = tab.locator("ul.search > li > a").all_text_contents()
    assert titles[0] == first
    functions = [i for i, title in enumerate(titles) if title.startswith("entropybook.")]
    chapters = [i for i, title in enumerate(titles) if title[0].isdigit() and ">" not in title]
    assert not functions or max(chapters) < min(functions)


def test_search_quotes_the_text_and_leads_to_it(browser, host):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = watched(context)
    results(tab, host[0] + "search.html", "Kullback")
    tab.wait_for_load_state("networkidle")
    quotes = tab.locator("ul.search p.context").all_text_contents()
    assert quotes and not [text for text in quotes if "Contents" in text or ".ipynb" in text]
    results(tab, host[0] + "search.html", "Gibbs")
    tab.wait_for_load_state("networkidle")
    tab.locator("ul.search > li > a", has_text="5. Continuous laws").first.click()
    tab.wait_for_function("scrollY > 1000", timeout=5_000)
    word = tab.locator("article .highlighted").first.bounding_box()
    assert 60 < word["y"] < 800
    results(tab, host[0] + "search.html", "log")
    tab.wait_for_load_state("networkidle")
    tab.locator("ul.search > li > a", has_text="4. Kullback").first.click()
    tab.wait_for_load_state("load")
    tab.locator("article .highlighted").first.wait_for()
    assert tab.locator(".katex .highlighted").count() == 0  # formulas stay whole
    results(tab, host[0] + "search.html", "log")
    tab.wait_for_load_state("networkidle")
    tab.goto(host[0] + CHAPTER)  # by no result's link
    tab.wait_for_timeout(300)
    assert tab.evaluate("scrollY") == tab.locator(".highlighted").count() == 0
    assert tab.complaints == []
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
    solution.locator(".admonition-title").click()  # in the middle
    assert inside.is_visible() and "#" not in tab.url
    assert re.match(r"Solution to Exercise \d+ ", solution.locator(".toggle-button").get_attribute("aria-label"))
    solution.locator(".toggle-button").focus()
    tab.keyboard.press("Enter")
    assert not inside.is_visible()
    assert tab.complaints == []


def test_a_link_into_a_solution_unfolds_it(tab):
    tab.goto(address(CHAPTER))
    inside = tab.locator(".solution.dropdown section[id]").last
    tab.goto(f"{address(CHAPTER)}#{inside.get_attribute('id')}")
    assert inside.is_visible() and inside.bounding_box()["y"] < 800


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
    drawer, contents = tab.locator("#pst-primary-sidebar-modal"), tab.locator("#pst-secondary-sidebar-modal")
    drawer.wait_for(state="visible")
    wait_until_in_sight(tab, "#pst-primary-sidebar-modal > .close-sidebar")  # although it has scrolled
    drawer.locator(".close-sidebar").click()
    drawer.wait_for(state="hidden")
    tab.locator(".secondary-toggle").first.click()
    contents.wait_for(state="visible")
    tab.keyboard.press("Escape")
    contents.wait_for(state="hidden")
    tab.locator(".secondary-toggle").first.click()
    contents.locator("a[href^='#']").nth(3).click()
    contents.wait_for(state="hidden")
    assert "#" in tab.url and tab.complaints == []


def wait_until_in_sight(tab, entry):
    tab.wait_for_function(
        """(entry) => {
            const e = [...document.querySelectorAll(entry)].at(-1), at = e.getBoundingClientRect();
            const box = e.closest(".bd-sidebar-primary, .bd-sidebar-secondary").getBoundingClientRect();
            return at.top >= box.top && at.bottom <= box.bottom;
        }""",
        arg=entry,
        timeout=5_000,
    )


@pytest.mark.parametrize("size", [(1280, 500), (360, 500)], ids=["wide", "360"])
def test_the_sidebar_shows_where_one_is(tab, size):
    tab.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    for page in ("notation.html", "chapters/13_variational.html", "bibliography.html", "notation.html"):
        tab.goto(address(page))
        if size[0] < 900:
            tab.locator(".primary-toggle").first.click()
        wait_until_in_sight(tab, ".bd-docs-nav a[aria-current=page]")
        wait_until_in_sight(tab, ".search-button-field")


def test_the_contents_follow(tab):
    tab.goto(address("chapters/a1_notes_audited.html"))
    for part in (0.5, 0.9, 0.1):
        tab.evaluate("(part) => scrollTo(0, part * document.documentElement.scrollHeight)", part)
        tab.wait_for_timeout(300)
        wait_until_in_sight(tab, ".page-toc a[aria-current]")


def test_a_button_pressed_by_a_key_keeps_the_focus_and_says_its_state(tab):
    tab.goto(address(CHAPTER))
    button = tab.locator(".theme-switch-button").first
    button.focus()
    names = []
    for _ in range(3):
        tab.keyboard.press("Enter")
        names.append(button.get_attribute("aria-label"))
    assert set(names) == {"Colors: light", "Colors: dark", "Colors: as the system"}
    assert button.evaluate("(button) => button === document.activeElement")


def test_where_storage_is_forbidden_the_page_works(browser):
    context = browser.new_context(offline=True, color_scheme="dark")
    forbidden = (
        "Object.defineProperty(window, '{}', {{ configurable: true, get() {{ throw new DOMException('no') }} }})"
    )
    context.add_init_script("; ".join(map(forbidden.format, ("localStorage", "sessionStorage"))))
    tab = watched(context)
    tab.goto(address(CHAPTER))
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.locator(".theme-switch-button").first.click()
    assert tab.locator("button.copybtn").count() > 10 and tab.locator(".toggle-button").count() > 3
    assert tab.complaints == []
    context.close()


def test_without_scripts_there_are_no_dead_buttons(browser):
    context = browser.new_context(offline=True, java_script_enabled=False, viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(address(CHAPTER))
    assert [button.inner_html() for button in tab.locator("button").all() if button.is_visible()] == []
    assert all(section.is_visible() for section in tab.locator(".solution > section").all())
    context.close()


def test_where_the_system_chooses_colours_no_sign_is_covered(tab):
    tab.emulate_media(forced_colors="active")
    tab.goto(address("chapters/10_losses.html"))
    adjust = "[...document.querySelectorAll('.katex-html .mrel')].map((e) => getComputedStyle(e).forcedColorAdjust)"
    assert set(tab.evaluate(adjust)) == {"preserve-parent-color"}


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


def test_three_clicks_take_the_whole_paragraph(tab):
    tab.goto(address(CHAPTER))
    paragraph = tab.locator("article p", has=tab.locator(".katex")).first
    paragraph.click(click_count=3, position={"x": 5, "y": 8})
    selected = tab.evaluate("getSelection().toString()")
    assert selected.strip()[-20:] == paragraph.inner_text().strip()[-20:]


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


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_formula_is_cut_on_paper(tab, page):
    """A4 with margins of 1 cm."""
    tab.goto(address(page))
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 718, "height": 1000})
    wide = ".filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 80))"
    assert tab.evaluate(f"[...document.querySelectorAll('.katex-display')]{wide}") == []


@pytest.mark.parametrize(
    ("page", "kind"),
    [("04_kl_divergence", ".katex-display"), ("04_kl_divergence", "pre"), ("formula_sheet", "main table")],
)
def test_what_goes_on_fades_until_its_end(tab, page, kind):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(address(f"chapters/{page}.html"))
    tab.wait_for_timeout(300)
    wide = tab.locator(f"{kind}.goes-on").first.element_handle()
    cue = "(e) => getComputedStyle(e).boxShadow.includes('inset') || getComputedStyle(e).maskImage !== 'none'"
    assert wide.evaluate(cue)
    wide.evaluate("(e) => { e.scrollLeft = e.scrollWidth; }")
    tab.wait_for_function(f"(e) => !({cue})(e)", arg=wide, timeout=5_000)


def test_letters_of_twice_the_size_fit_a_phone(browser):
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740})
    tab = watched(context)
    context.new_cdp_session(tab).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for page in ("index.html", "chapters/01_surprise.html", "chapters/13_variational.html"):
        tab.goto(address(page))
        assert tab.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        assert tab.evaluate("document.documentElement.scrollWidth") == 360, page
    context.close()


def test_most_formulas_break_rather_than_scroll(tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(address("chapters/a4_families.html"))
    tab.locator(".goes-on").first.wait_for(state="attached")
    formulas = tab.locator(".katex-display").count()
    assert tab.locator(".katex-display.goes-on").count() < formulas / 20


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
