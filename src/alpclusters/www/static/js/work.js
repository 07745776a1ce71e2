// Work that takes a while, and what is sent for it: shows how far the worker is, says of a file that
// it is too large, and hides what only a new source needs. Without this script the pages work as
// well: a link shows how far it is, the server says the rest, all fields are there.

const WAIT_MS = 1000;
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
      show(now);
      wait = WAIT_MS;
    } catch {
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    }
    window.setTimeout(look, wait);
  }

  function show(now) {
    if (now.total) {
      bar.max = now.total;
      bar.value = now.done;
    }
    if (told.textContent !== now.told) told.textContent = now.told;
  }

  section.querySelector("[data-reload]").hidden = true;
  window.setTimeout(look, wait);
}

function foldNewSource(form) {
  const source = form.querySelector("select[name=source]");
  const part = form.querySelector("#new-source");
  if (!source) return;
  const fold = () => {
    part.hidden = source.value !== "new";
  };
  source.addEventListener("change", fold);
  fold();
}

// A file above the limit is said to be so before it is sent; the server asks again.
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
document.querySelectorAll("form[data-too-large]").forEach(refuseLargeFiles);
document.querySelectorAll("#upload-form").forEach(foldNewSource);
