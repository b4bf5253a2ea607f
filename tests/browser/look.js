// What there is to see on a page, as plain facts.
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const visible = (element) => element.checkVisibility();
  const words = document.querySelector("main").cloneNode(true);
  words.querySelectorAll("pre, code, .katex, script, style, #jb-print-docs-body").forEach((element) => element.remove());
  const ids = all("[id]").map((element) => element.id);
  return {
    language: document.documentElement.lang,
    title: document.title,
    description: document.querySelector("meta[name=description]")?.content,
    unnamed: all("dialog, nav, [role=navigation]").filter((e) => !e.ariaLabel && !e.hasAttribute("aria-labelledby")).map((e) => e.outerHTML.slice(0, 100)),
    skip: all(".skip-link a").map((link) => link.getAttribute("href")),
    "raw TeX": words.textContent.match(/\$[^$\s][^$]*\$|\\[A-Za-z]{2,}|\\\(|\\\[/g) || [],
    headings: all("main h1, main h2, main h3, main h4, main h5, main h6").filter(visible).map((h) => +h.tagName[1]),
    pictures: all("article img").map((image) => [image.alt, image.getAttribute("src"), image.naturalWidth]),
    "repeated ids": ids.filter((id, i) => ids.indexOf(id) < i),
    ids,
    links: all("a[href]").map((link) => link.getAttribute("href")),
    loads: all("script[src], link[href]:not([rel=next], [rel=prev], [rel=search], [rel=author]), img[src], iframe[src]")
      .map((element) => element.getAttribute("src") || element.getAttribute("href")),
    formulas: all(".katex").length,
    "formulas to hear": all(".katex-mathml math").length,
    "formulas as TeX": all('.katex-mathml annotation[encoding="application/x-tex"]').length,
    equations: all("div.math[id^=equation-]").length,
    "equations with numbers": all("div.math[id^=equation-] > .eqno").length,
    fonts: [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family),
    "fonts missing": [...document.fonts].filter((font) => font.status === "error").map((font) => font.family),
  };
}
