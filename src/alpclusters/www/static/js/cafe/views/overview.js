// The end of the sheet: what is answered, what is not.

import { roundOf } from "../course.js";
import { find, show, snippet, speak, write } from "../dom.js";
import { measuresOf, stateOf } from "./sheet.js";

export const overview = {
  open(phone, root) {
    const measures = measuresOf(phone);
    const rows = measures.map((measure, index) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.className = "grow";
      link.href = `#sheet-${index + 1}`;
      link.dataset.go = String(index + 1);
      speak(link, measure.name);
      const state = document.createElement("span");
      row.append(link, state);
      return row;
    });
    find("[data-list]", root).replaceChildren(...rows);
    show(find("[data-do=first]", phone.bar), measures.length > 0);
    return {
      actions: { first: () => phone.go("sheet-1") },
      click(event) {
        const link = event.target.closest("[data-go]");
        if (!link) return;
        event.preventDefault();
        phone.go(`sheet-${link.dataset.go}`);
      },
      patch() {
        const round = roundOf(phone.state?.phase);
        const states = measures.map((measure) => stateOf(phone, measure, round));
        const open = states.filter((state) => state !== "all").length;
        const { words } = phone;
        write(find("[data-open-text]", root), open ? words.of("open", { n: open }) : words.of("openNone"));
        states.forEach((state, index) => {
          const place = rows[index].lastElementChild;
          if (place.dataset.state === state) return;
          place.dataset.state = state;
          place.replaceChildren(snippet(state));
        });
      },
    };
  },
};
