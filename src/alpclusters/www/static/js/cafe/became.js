// What became of the cards of this phone. Their public ids lie on the phone, or stand behind "#" of
// a link that was kept; they go into the body of a request and into no address.

import { find } from "./dom.js";
import { Pocket } from "./pocket.js";

const place = find("#became");
const state = find("#became-state");
const pocket = new Pocket(Number(place.dataset.event));

function ids() {
  const kept = decodeURIComponent(location.hash.slice(1)).split(".");
  return [...new Set([...kept.filter((id) => /^[\w-]{4,32}$/.test(id)), ...pocket.cards])];
}

// Measures this phone rated, from its own copy of its answers: "<measure>:<criterion>" by round.
function measures() {
  const rounds = Object.values(pocket.get("me")?.answers || {});
  const names = rounds.flatMap((answers) => Object.keys(answers || {}));
  const numbers = names.map((name) => Number.parseInt(name, 10));
  return [...new Set(numbers.filter((number) => number > 0))];
}

async function ask() {
  const body = JSON.stringify({ ids: ids(), measures: measures() });
  const token = find("#became-form [name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  try {
    const response = await fetch(location.pathname, { method: "POST", headers, body });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
  } catch (error) {
    state.textContent = place.dataset.failed;
  }
}

if (ids().length || measures().length) ask();
else state.textContent = place.dataset.none;
