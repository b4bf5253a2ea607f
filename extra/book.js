// What scrolls within itself can be reached by keyboard.
{
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const start = () => document.querySelectorAll(".katex-display, main table, main pre, .output").forEach((e) => reach.observe(e));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

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
