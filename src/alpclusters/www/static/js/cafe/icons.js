// Brings the icons into the page: a browser asks for the file of icons anew when a new icon is
// shown, and without a network the new ones (no connection, saved on this device) would be empty.

export async function embedIcons() {
  const used = document.querySelector("use[href*='#']");
  if (!used) return;
  const file = used.getAttribute("href").split("#")[0];
  if (!file) return;
  const response = await fetch(file);
  const sprite = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  const svg = document.importNode(sprite.documentElement, true);
  svg.setAttribute("class", "vh");
  svg.setAttribute("aria-hidden", "true");
  document.body.append(svg);
  for (const root of [document, ...[...document.querySelectorAll("template")].map((t) => t.content)]) {
    pointInside(root, file);
  }
}

function pointInside(root, file) {
  for (const use of root.querySelectorAll(`use[href^="${file}#"]`)) {
    use.setAttribute("href", use.getAttribute("href").slice(file.length));
  }
}
