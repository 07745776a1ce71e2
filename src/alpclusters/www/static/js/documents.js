// Documents: shows how far the worker is with a file, and says of a file that it is too large
// before it is sent. Without this script a link shows how far it is, and the server says the rest.

const WAIT_MS = 700;
const LONGEST_WAIT_MS = 15000;

function watch(section) {
  const bar = section.querySelector("[data-bar]");
  const told = section.querySelector("[data-told]");
  let wait = WAIT_MS;

  async function look() {
    try {
      const answer = await fetch(section.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const now = await answer.json();
      if (now.is_over) {
        window.location.reload();
        return;
      }
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
      }
      if (told.textContent !== now.told) told.textContent = now.told;
      wait = WAIT_MS;
    } catch {
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    }
    window.setTimeout(look, wait);
  }

  section.querySelector("[data-reload]").hidden = true;
  window.setTimeout(look, wait);
}

function refuseLargeFiles(form) {
  const file = form.querySelector("input[type=file]");
  file.addEventListener("change", () => {
    const isLarge = [...file.files].some((one) => one.size > Number(form.dataset.most));
    file.setCustomValidity(isLarge ? form.dataset.tooLarge : "");
    file.reportValidity();
  });
  form.addEventListener("submit", (event) => {
    if (file.validity.customError) {
      event.preventDefault();
      file.reportValidity();
    }
  });
}

document.querySelectorAll("[data-progress]").forEach(watch);
document.querySelectorAll("#document-form").forEach(refuseLargeFiles);
