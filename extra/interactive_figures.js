// Makes the interactive figures live.  A figure keeps its still picture until the reader comes near it; then Vega is loaded,
// once for the page, and draws the chart whose specification stands in the figure.
(() => {
  const source = new URL("vega/vega.min.js", document.currentScript.src);
  let vega;

  function load() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => resolve(window.vega);
      script.onerror = reject;
      document.head.append(script);
    });
    return vega;
  }

  function element(tag, name, parent) {
    const made = document.createElement(tag);
    made.className = name;
    parent.append(made);
    return made;
  }

  async function start(figure) {
    const spec = JSON.parse(figure.querySelector("script.explorable").textContent);
    const { View, parse } = await load();
    const still = figure.querySelector("img");
    const live = document.createElement("div");
    live.className = "explorable-live";
    live.hidden = true;
    const sliders = element("div", "explorable-sliders", live);
    const chart = element("div", "explorable-chart", live);
    const numbers = element("output", "explorable-numbers", live); // for those who listen: what the chart says
    still.before(live);

    const view = new View(parse(spec), { renderer: "svg" });
    await view.initialize(chart, sliders).runAsync();
    chart.setAttribute("role", "img"); // one description; Vega's own, of every mark, would be long
    chart.setAttribute("aria-label", still.alt);
    chart.removeAttribute("aria-roledescription");
    chart.querySelector("svg").setAttribute("aria-hidden", "true");
    for (const slider of sliders.querySelectorAll("input")) {
      slider.setAttribute("aria-label", slider.closest("label, div").querySelector(".vega-bind-name").textContent);
      let before; // a touch that turns out to scroll the page moves nothing
      slider.addEventListener("pointerdown", () => { before = slider.value; });
      slider.addEventListener("pointercancel", () => {
        slider.value = before;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    live.hidden = false;
    figure.classList.add("is-live"); // the still picture gives way, except in print

    const widest = view.width();
    const around = chart.querySelector("svg").width.baseVal.value - widest; // axes and margins
    const fit = () => {
      const width = Math.min(widest, Math.floor(chart.clientWidth - around));
      if (width > 0 && width !== view.width()) view.width(width).runAsync();
    };
    fit();
    new ResizeObserver(fit).observe(chart);

    const say = async () => {
      await view.runAsync();
      const lines = [...chart.querySelectorAll("[class*=readout] text")];
      numbers.textContent = lines.map((line) => line.textContent).join("; ");
    };
    await say();
    numbers.setAttribute("aria-live", "polite");
    sliders.addEventListener("change", say);
    sliders.addEventListener("change", () => chart.setAttribute("aria-label", `At the start: ${still.alt}`), { once: true });
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((seen) => seen.isIntersecting)) {
        near.unobserve(entry.target);
        start(entry.target);
      }
    },
    { rootMargin: "200px" },
  );
  for (const figure of document.querySelectorAll("figure.explorable")) near.observe(figure);
})();
