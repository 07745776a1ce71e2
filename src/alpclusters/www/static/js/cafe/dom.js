// Small helpers around the templates of the page. Nothing here writes HTML.

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// A copy of a small piece (data-text).
export function snippet(name) {
  return find(`template[data-text="${name}"]`).content.cloneNode(true);
}

// A copy of a view: its page and the buttons below.
export function viewOf(name) {
  const [page, bar] = find(`template[data-view="${name}"]`).content.cloneNode(true).children;
  return { page, bar };
}

// Writes only what differs, so that nothing flickers and nothing is read aloud twice.
export function write(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

// A text of the event: a string in the reader's language, or [text, language].
export function speak(node, text) {
  const [words, language] = Array.isArray(text) ? text : [text || "", ""];
  write(node, words);
  if (language) node.lang = language;
  else node.removeAttribute("lang");
}

export const plain = (text) => (Array.isArray(text) ? text[0] : text || "");

export function show(node, isShown) {
  if (node && node.hidden === isShown) node.hidden = !isShown;
}
