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
    skip: all(".skip-link a").map((link) => link.getAttribute("href")),
    "raw TeX": words.textContent.match(/\$[^$\s][^$]*\$|\\(?:frac|sum|log|text|mathrm|left|begin|le|ge)\b|\\\(|\\\[/g) || [],
    headings: all("main h1, main h2, main h3, main h4, main h5, main h6").filter(visible).map((h) => +h.tagName[1]),
    pictures: all("main img").map((image) => [image.alt, image.getAttribute("src"), image.naturalWidth]),
    "repeated ids": ids.filter((id, i) => ids.indexOf(id) < i),
    ids,
    links: all("a[href]").map((link) => link.getAttribute("href")),
    loads: all("script[src], link[rel~=stylesheet], link[rel~=preload], img[src], iframe[src]")
      .map((element) => element.getAttribute("src") || element.getAttribute("href")),
    formulas: all(".katex").length,
    "formulas to hear": all(".katex-mathml math").length,
    "formulas as TeX": all('.katex-mathml annotation[encoding="application/x-tex"]').length,
    "fonts missing": [...document.fonts].filter((font) => font.status === "error").map((font) => font.family),
  };
}
