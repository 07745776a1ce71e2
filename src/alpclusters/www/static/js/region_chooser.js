// The region field: finds regions while one types, takes a tile, offers what the postcode says.
// Nothing is filled in by itself: a proposal is a button.
const PAUSE_MS = 250;
const SHORTEST = 2;

function later(act) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, PAUSE_MS);
  };
}

async function ask(box, values) {
  const answer = await fetch(`${box.dataset.regionChooser}?${new URLSearchParams(values)}`);
  return answer.ok ? answer.json() : { regions: [], source: "" };
}

function chooser(box) {
  const input = box.querySelector("input:not([type=radio])");
  const written = box.querySelector("input[type=radio][value=written]");
  const list = box.querySelector("[data-found-list]");
  const status = box.querySelector("[data-found-status]");
  let asked = 0;

  function take(label) {
    input.value = label;
    written.checked = true;
    list.hidden = true;
    input.focus();
  }

  function button(region, words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "ac-region-option";
    made.textContent = words ? `${words}: ${region.label}` : region.label;
    made.addEventListener("click", () => take(region.label));
    return made;
  }

  const search = later(async () => {
    const number = ++asked;
    const text = input.value.trim();
    const found = text.length < SHORTEST ? null : await ask(box, { q: text });
    if (number !== asked) return;
    list.replaceChildren(...(found?.regions ?? []).map((region) => {
      const item = document.createElement("li");
      item.append(button(region));
      return item;
    }));
    list.hidden = !found?.regions.length;
    if (found) {
      const n = found.regions.length;
      status.textContent = n ? `${box.dataset.found}: ${n}` : box.dataset.nothing;
    }
  });
  input.setAttribute("autocomplete", "off");
  input.addEventListener("input", search);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    list.hidden = true;
    input.focus();
  });
  for (const tile of box.querySelectorAll("[data-label]")) {
    tile.addEventListener("change", () => {
      input.value = tile.dataset.label;
      list.hidden = true;
    });
  }
  input.addEventListener("input", () => { written.checked = true; });
  offer(box, input, button);
}

function offer(box, input, button) {
  const [country, postcode, town] = ["country", "postcode", "town"].map(
    (name) => input.form?.elements[box.dataset.prefix + name],
  );
  if (!postcode) return;
  const frame = box.querySelector("[data-proposals]");
  const propose = later(async () => {
    const values = {
      country: country ? country.value : box.dataset.country,
      postcode: postcode.value,
      town: town?.value ?? "",
    };
    if (!values.postcode && !values.town) return;
    const found = await ask(box, values);
    frame.hidden = found.regions.length === 0;
    frame.querySelector("[data-source]").textContent = found.source;
    frame.querySelector("[data-proposed]").replaceChildren(
      ...found.regions.map((region) => button(region, box.dataset.take)),
    );
    box.querySelector("[data-found-status]").textContent = found.source;
  });
  for (const field of [country, postcode, town]) field?.addEventListener("change", propose);
}

document.querySelectorAll("[data-region-chooser]").forEach((box) => {
  if (box.dataset.ready) return;
  box.dataset.ready = "yes";
  chooser(box);
});
