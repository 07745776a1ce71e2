// What became of the cards of this phone. Their public ids lie on the phone, or stand behind "#" of
// a link that was kept; they go into the body of a request and into no address.

import { find, show } from "./dom.js";
import { showOwnPlace } from "./own_place.js";
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
  const rounds = Object.values(pocket.answers);
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

// The last way to delete what lies on the phone: after the seal no other page knows it.
function offerToForget() {
  const box = find("#forget");
  show(box, ids().length > 0 || measures().length > 0);
  find("button", box).addEventListener("click", () => {
    pocket.forgetPerson();
    pocket.clear("way");
    history.replaceState(null, "", location.pathname);
    show(box, false);
    place.replaceChildren();
    for (const node of document.querySelectorAll("#own-place, .opmap .own")) node.remove();
    find("#forgotten").textContent = find("#forgotten").dataset.done;
  });
}

offerToForget();
showOwnPlace(pocket.answers);
if (ids().length || measures().length) ask();
else state.textContent = place.dataset.none;
