const whenRead = (start) => document.addEventListener("DOMContentLoaded", start);

// What is wider than its place can be reached by keyboard, and fades where more follows.
{
  const more = (e) => {
    const hidden = e.scrollWidth - e.clientWidth - e.scrollLeft;
    e.classList.toggle("goes-on", hidden > parseFloat(getComputedStyle(e).paddingRight) + 4);
  };
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
      more(target);
    }
  });
  const wide = ".katex-display, main table, main pre, .output";
  whenRead(() => document.querySelectorAll(wide).forEach((e) => reach.observe(e)));
  document.addEventListener("scroll", ({ target }) => target.matches?.(wide) && more(target), { capture: true, passive: true });
}

// Where am I: the sidebars show their entry of this page, and of this section.
{
  const show = (entry) => {
    const sidebar = entry?.closest(".bd-sidebar-primary, .bd-sidebar-secondary");
    if (!sidebar) return;
    const [at, box] = [entry, sidebar].map((e) => e.getBoundingClientRect());
    if (at.top < box.top + box.height / 8 || at.bottom > box.bottom) sidebar.scrollTop += at.top - box.top - box.height / 3;
  };
  const page = () => show(document.querySelector(".bd-docs-nav a.current"));
  whenRead(page);
  whenRead(() => document.querySelector(".primary-toggle")?.addEventListener("click", () => requestAnimationFrame(page)));
  const section = new MutationObserver(([{ target }]) => show(target.closest(".page-toc").querySelector("[aria-current]")));
  whenRead(() => document.querySelectorAll(".page-toc").forEach((toc) => section.observe(toc, { subtree: true, attributeFilter: ["aria-current"] })));
}

// Sidebars that lie over the page close by a button, and by a choice; a button pressed by a key keeps the focus.
whenRead(() => {
  document.querySelectorAll("dialog").forEach((dialog) =>
    dialog.addEventListener("click", ({ target }) => target.closest("a[href^='#'], .close-sidebar") && dialog.close()));
  document.querySelectorAll("#pst-primary-sidebar, #pst-secondary-sidebar").forEach((sidebar) =>
    sidebar.insertAdjacentHTML("afterbegin", '<button class="close-sidebar btn btn-sm" aria-label="Close">✕</button>'));
  document.querySelectorAll(".theme-switch-button, .search-button, .primary-toggle, .secondary-toggle").forEach((button) => {
    button.blur = () => event?.detail && HTMLElement.prototype.blur.call(button);
  });
});

// Buttons say what they are about: the theme's names its state, a solution's its exercise.
whenRead(() => {
  const { dataset } = document.documentElement;
  const names = { auto: "as the system", light: "light", dark: "dark" };
  const name = () => document.querySelectorAll(".theme-switch-button")
    .forEach((button) => button.setAttribute("aria-label", `Colors: ${names[dataset.mode]}`));
  new MutationObserver(name).observe(document.documentElement, { attributeFilter: ["data-mode"] });
  name();
  document.querySelectorAll(".admonition .toggle-button").forEach((button) =>
    button.setAttribute("aria-label", button.closest(".admonition").querySelector(".admonition-title").textContent.trim()));
});

// A link into a folded solution unfolds it; from the search, the page opens at the first word that was sought.
{
  const unfold = () => {
    const target = document.querySelector(":target");
    const folded = target?.closest(".toggle-hidden");
    if (!folded) return;
    folded.querySelector(".toggle-button").click();
    target.scrollIntoView();
  };
  whenRead(unfold);
  addEventListener("hashchange", unfold);
  addEventListener("load", () => setTimeout(() => {
    if (location.hash || scrollY) return;
    [...document.querySelectorAll("article .highlighted")].find((e) => e.checkVisibility())?.scrollIntoView({ block: "center" });
  }, 50));
}

// Three clicks take a paragraph, not the part of it before its first formula.
addEventListener("mouseup", ({ detail, target }) => {
  const paragraph = detail < 3 ? null : target.closest?.("p, li, dd, td");
  if (paragraph?.querySelector(".katex")) getSelection().selectAllChildren(paragraph);
});

// A formula is copied as its TeX.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || !event.clipboardData) return;
  const range = selection.getRangeAt(0).cloneRange();
  const formula = (node) => {
    const element = node.nodeType === 1 ? node : node.parentElement;
    return element?.closest(".katex-display") ?? element?.closest(".katex");
  };
  if (formula(range.startContainer)) range.setStartBefore(formula(range.startContainer));
  if (formula(range.endContainer)) range.setEndAfter(formula(range.endContainer));
  const copied = range.cloneContents();
  if (!copied.querySelector(".katex")) return;
  copied.querySelectorAll("script, style, .headerlink, .copybtn, .toggle-button").forEach((element) => element.remove());
  copied.querySelectorAll(".katex").forEach((element) => {
    const mark = element.closest(".katex-display") ? "$$" : "$";
    element.replaceWith(mark + element.querySelector("annotation").textContent.trim() + mark);
  });
  const holder = document.createElement("div");
  holder.append(copied);
  event.clipboardData.setData("text/plain", holder.textContent);
  event.clipboardData.setData("text/html", holder.innerHTML);
  event.preventDefault();
});

// On paper it is light.
{
  const { dataset } = document.documentElement;
  let before;
  addEventListener("beforeprint", () => { before = dataset.theme; dataset.theme = "light"; });
  addEventListener("afterprint", () => { dataset.theme = before; });
}
