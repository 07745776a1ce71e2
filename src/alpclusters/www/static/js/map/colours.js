// The colours of the page's theme, read from the tokens of its style sheet.
const NAMES = ["surface", "sunken", "ink", "line-strong", "hatch", "larch", "focus",
  "seq-1", "seq-2", "seq-3", "seq-4", "seq-5", "seq-6"];

export function paint() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

export function whenThemeChanges(change) {
  new MutationObserver(() => change(paint())).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme"],
  });
}
