"""Interactive figures in the built page, dragged by keyboard, mouse and touch, show what the package says."""

import expected_numbers
import pytest

from conftest import address, outside, violations, watched


class Shown:
    """An interactive figure in its page, from the file, without a network."""

    def __init__(self, browser, name, **context):
        self.context = browser.new_context(offline=True, **{"viewport": {"width": 1000, "height": 900}} | context)
        self.page = watched(self.context)
        self.page.goto(address(f"chapters/{expected_numbers.FIGURES[name].chapter}.html"))
        self.id = expected_numbers.FIGURES[name].name
        self.figure = self.page.locator(f"figure#{self.id}")
        self.sliders = self.figure.locator("input[type=range]")
        self.numbers = expected_numbers.FIGURES[name].numbers

    def start(self):
        self.figure.scroll_into_view_if_needed()
        self.page.wait_for_selector(f"#{self.id}.is-live")
        return self

    def complaints(self):
        """What is wrong with the numbers in the chart, and with those for a screen reader."""
        self.page.wait_for_timeout(40)
        settings = {slider.get_attribute("name"): float(slider.input_value()) for slider in self.sliders.all()}
        lines = self.figure.locator(".explorable-chart [class*=readout] text").all_text_contents()
        said = self.figure.locator("output").text_content().split("; ")
        return [*expected_numbers.complaints(lines, settings, self.numbers), *([said] if said != lines else [])]


@pytest.fixture(scope="module")
def open_page(browser):
    """Pages stay open for the tests that ask for the same again; the sliders stand where the last one left them."""
    opened = {}

    def make(name, **context):
        key = name, repr(context)
        if key not in opened:
            opened[key] = Shown(browser, name, **context)
        return opened[key]

    yield make
    for shown in opened.values():
        shown.context.close()


every_figure = pytest.mark.parametrize("name", expected_numbers.FIGURES)


@every_figure
def test_by_keyboard(open_page, name):
    shown = open_page(name).start()
    assert shown.complaints() == []
    for slider in shown.sliders.all():
        first = slider.input_value()
        slider.focus()
        for keys in (["ArrowRight"] * 3, ["Home"], ["ArrowRight"], ["End"], ["ArrowLeft"] * 2, ["PageDown"]):
            for key in keys:
                slider.press(key)
            assert shown.complaints() == []
        assert slider.input_value() != first


@every_figure
@pytest.mark.parametrize(
    "context", [{}, {"viewport": {"width": 360, "height": 800}, "has_touch": True}], ids=["wide", "360"]
)
def test_by_mouse(open_page, name, context):
    shown = open_page(name, **context).start()
    for slider in shown.sliders.all():
        slider.scroll_into_view_if_needed()
        values = {slider.input_value()}
        box = slider.bounding_box()
        y = box["y"] + box["height"] / 2
        shown.page.mouse.move(box["x"] + box["width"] / 2, y)
        shown.page.mouse.down()
        for part in (0.6, 0.27, 0.81):
            shown.page.mouse.move(box["x"] + part * box["width"], y, steps=4)
            values.add(slider.input_value())
        shown.page.mouse.up()
        assert len(values) >= 3
        assert shown.complaints() == []
        assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.figure.evaluate("figure => figure.querySelector('svg').scrollWidth <= figure.clientWidth")


@every_figure
def test_by_touch(open_page, name):
    shown = open_page(name, viewport={"width": 360, "height": 800}, has_touch=True).start()
    slider = shown.sliders.first
    slider.scroll_into_view_if_needed()
    before = slider.input_value()
    box = slider.bounding_box()
    assert box["height"] >= 24  # a target for a finger
    shown.page.touchscreen.tap(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2)
    assert slider.input_value() != before and shown.complaints() == []


@every_figure
def test_vega_is_loaded_when_it_is_near_and_nothing_comes_from_outside(open_page, name):
    shown = open_page(name, viewport={"width": 1000, "height": 500})
    shown.page.evaluate("(id) => scrollTo(0, document.getElementById(id).getBoundingClientRect().top - 1500)", shown.id)
    shown.page.wait_for_timeout(300)  # a thousand pixels below what is seen
    assert not any("vega" in url for url in shown.page.asked)
    assert shown.figure.locator("img").is_visible()
    shown.start()
    assert sum("vega.min.js" in url for url in shown.page.asked) == 1
    assert outside(shown.page.asked) == shown.page.complaints == []


@every_figure
def test_sliders_have_names_and_the_chart_is_described(open_page, name):
    shown = open_page(name).start()
    names = [slider.get_attribute("aria-label") for slider in shown.sliders.all()]
    assert names and all(len(text) > 8 for text in names) and len(set(names)) == len(names)
    assert not any(text.endswith(tuple("0123456789")) for text in names)  # the value is said after it
    chart, still = shown.figure.locator(".explorable-chart"), shown.figure.locator("img").get_attribute("alt")
    shown.sliders.first.press("ArrowRight")
    assert len(still) > 40 and chart.get_attribute("aria-label") == f"At the start: {still}"
    assert (
        chart.get_attribute("role") == "img" and shown.figure.locator("output").get_attribute("aria-live") == "polite"
    )


def test_before_anything_is_moved_the_chart_is_described_as_the_still_picture(browser):
    shown = Shown(browser, "temperature").start()
    still = shown.figure.locator("img").get_attribute("alt")
    assert shown.figure.get_by_role("img", name=still, exact=True).count() == 1
    shown.context.close()


def test_on_a_phone_sliders_stay_beside_the_chart_and_scrolling_does_not_move_them(browser):
    shown = Shown(browser, "temperature", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    slider = shown.start().sliders.last
    slider.scroll_into_view_if_needed()
    shown.page.wait_for_timeout(300)
    touch = shown.context.new_cdp_session(shown.page)

    def swipe(right, down):
        """Where the slider stands, and how far the page has scrolled."""
        box, before = slider.bounding_box(), shown.page.evaluate("scrollY")
        x, y = box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2
        for kind, part in [("touchStart", 0), *(("touchMove", i / 8) for i in range(1, 9)), ("touchEnd", 1)]:
            points = [] if kind == "touchEnd" else [{"x": x + right * part, "y": y + down * part}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            shown.page.wait_for_timeout(20)
        shown.page.wait_for_timeout(400)
        return slider.input_value(), shown.page.evaluate("scrollY") - before

    first = slider.input_value()
    value, scrolled = swipe(0, -150)
    assert value == first and scrolled > 50 and shown.complaints() == []
    value, scrolled = swipe(60, 3)
    assert value != first and scrolled == 0 and shown.complaints() == []
    chart = shown.figure.locator(".explorable-chart").bounding_box()
    shown.page.evaluate("scrollBy(0, -60)")
    shown.page.evaluate("(y) => scrollBy(0, y)", chart["y"] + 100)
    box = slider.bounding_box()
    assert box["y"] > 56 and box["y"] + box["height"] < 400
    shown.context.close()


def test_print_has_the_still_picture(open_page):
    shown = open_page("coin").start()
    still, live = shown.figure.locator("img"), shown.figure.locator(".explorable-live")
    assert live.is_visible() and not still.is_visible()
    shown.page.emulate_media(media="print")
    assert still.is_visible() and not live.is_visible()


def test_without_scripts_there_is_the_still_picture(open_page):
    shown = open_page("cross_entropy_of_coins", java_script_enabled=False)
    assert shown.figure.locator("img").is_visible() and shown.sliders.count() == 0


def test_in_the_dark_the_chart_stays_on_white(open_page):
    shown = open_page("cross_entropy_of_coins", color_scheme="dark").start()
    live = shown.figure.locator(".explorable-live")
    assert live.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert live.locator("label").first.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


@every_figure
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_live_figure_is_accessible(open_page, name, theme):
    shown = open_page(name, color_scheme=theme).start()
    assert violations(shown.page, include=[f"#{shown.id}"]) == []
