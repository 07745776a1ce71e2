// Whoever deletes the ratings deletes the unsent ones on this device too.

import { openStore } from "./store.js";

const form = document.getElementById("leave-form");

async function clear() {
  const store = await openStore(form.dataset.event);
  for (const item of await store.all()) await store.remove(item.id);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clear()
    .catch(() => undefined)
    .then(() => form.submit());
});
