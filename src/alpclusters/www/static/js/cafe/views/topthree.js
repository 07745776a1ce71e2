// Up to three measures, best first. Kept until it is saved; saved with one button.

import { roundOf } from "../course.js";
import { all, find, plain, show, snippet, write } from "../dom.js";
import { measuresOf } from "./sheet.js";

const PLACES = 3;

export const topthree = {
  open(phone, root) {
    const { words, drafts } = phone;
    const round = roundOf(phone.state?.phase);
    const saved = () => phone.own.top3[round] || [];
    const list = find("[data-places]", root);
    const error = find("[data-error]", root);
    list.replaceChildren(...Array.from({ length: PLACES }, (_, at) => placeRow(phone, at)));
    const fields = all("select", list);
    const read = () => fields.map((field) => Number(field.value) || 0);
    const put = (chosen) => fields.forEach((field, at) => (field.value = chosen[at] ? String(chosen[at]) : ""));
    put(drafts.get("top3") || saved());
    const change = () => {
      drafts.set("top3", read());
      show(error, false);
      write(find("[data-told]", root), "");
    };
    return {
      change,
      click(event) {
        const button = event.target.closest("[data-move]");
        if (!button) return;
        const at = all("li", list).indexOf(button.closest("li"));
        const to = at + Number(button.dataset.move);
        if (to < 0 || to >= PLACES) return;
        const chosen = read();
        [chosen[at], chosen[to]] = [chosen[to], chosen[at]];
        put(chosen);
        change();
        // the focus stays with what was moved, not with where it was
        find(`[data-move="${button.dataset.move}"]`, all("li", list)[to]).focus();
        const measure = phone.data.measures.find((one) => one.id === chosen[to]);
        if (measure) phone.notices.say(words.of("place", { name: plain(measure.name), place: to + 1 }));
      },
      async submit() {
        const chosen = read().filter(Boolean);
        if (new Set(chosen).size !== chosen.length) {
          error.textContent = words.of("sameTwice");
          show(error, true);
          return;
        }
        put(chosen);
        await phone.do("top3", { r: round, measures: chosen }, { id: `top3-${round}` });
        drafts.drop("top3");
        write(find("[data-told]", root), words.of("choiceSaved"));
      },
      patch() {
        // another phone of this person chose: it comes in unless something is half-chosen here
        if (drafts.get("top3") === undefined && !list.contains(document.activeElement)) put(saved());
      },
    };
  },
};

function placeRow(phone, at) {
  const row = snippet("place").firstElementChild;
  const field = find("select", row);
  const label = find("label", row);
  field.id = `place-${at + 1}`;
  label.htmlFor = field.id;
  const points = phone.data.points[at];
  label.textContent = phone.words.of("placeLabel", { place: at + 1, points });
  for (const measure of measuresOf(phone)) field.append(new Option(plain(measure.name), String(measure.id)));
  for (const button of all("[data-move]", row)) {
    const isUp = button.dataset.move === "-1";
    button.setAttribute("aria-label", `${button.textContent.trim()}: ${label.textContent}`);
    if ((isUp && at === 0) || (!isUp && at === PLACES - 1)) button.setAttribute("aria-disabled", "true");
  }
  return row;
}
