// Runs before the first paint, and before any other script.
for (const name of ["localStorage", "sessionStorage"]) {  // forbidden: the page itself remembers
  try { window[name].length; } catch {
    const kept = new Map();
    const [getItem, setItem] = [(k) => kept.get(k) ?? null, (k, v) => kept.set(k, `${v}`)];
    Object.defineProperty(window, name, { value: { getItem, setItem, removeItem: (k) => kept.delete(k) } });
  }
}
{  // light or dark
  const mode = localStorage.getItem("mode") || "auto", dark = matchMedia("(prefers-color-scheme: dark)").matches;
  Object.assign(document.documentElement.dataset, { mode, theme: mode != "auto" ? mode : dark ? "dark" : "light" });
}
