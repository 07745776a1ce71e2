// Copies the text of an element; the button says so for a moment.
const MOMENT_MS = 2000;

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const words = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    // Without permission, or on a page without TLS: mark it, so that the keyboard copies it.
    window.getSelection().selectAllChildren(source);
    return;
  }
  const before = words.textContent;
  words.textContent = button.dataset.done;
  const status = button.closest(".ac-cite").querySelector("[data-copied]");
  status.textContent = button.dataset.done;
  setTimeout(() => {
    words.textContent = before;
    status.textContent = "";
  }, MOMENT_MS);
}

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.addEventListener("click", () => copy(button));
});
