// Your table: number, host, languages, measure, topic, way, room plan.

import { find, show, speak, write } from "../dom.js";
import { drawPlan } from "../plan.js";
import { claimNumber } from "./number.js";

export const seating = {
  open(phone, root) {
    const draw = find("[data-drawing]", root);
    const { number } = find("#number", root).elements;
    number.value = phone.own.number ?? "";
    let drawn = "";
    let wasLost = false; // "not here" is what everybody is before they sit
    const mark = (here) => {
      const { seat } = phone.own;
      wasLost = !here;
      if (seat) phone.do("here", { round: seat.round, here });
    };
    return {
      actions: { here: () => mark(true), lost: () => mark(false) },
      submit: () => claimNumber(phone, number.value),
      patch() {
        const { state, data, words } = phone;
        const { seat } = phone.own;
        const isKnown = Boolean(seat && state && seat.round === state.round);
        show(find("[data-seat]", root), isKnown);
        show(find("[data-no-seat]", root), !isKnown);
        show(find("[data-numbers]", root), Boolean(phone.own.numbers));
        write(find("[data-round]", root), words.of("round", { n: state?.round || 1, total: data.rounds }));
        for (const name of ["here", "lost"]) show(find(`[data-do=${name}]`, phone.bar), isKnown);
        if (!isKnown) return;
        const table = data.tables[seat.number] || {};
        write(find("[data-number]", root), String(seat.number));
        fact(root, "host", seat.host || table.host);
        fact(root, "languages", (seat.languages || table.languages || []).map((code) => code.toUpperCase()).join(", "));
        fact(root, "measure", table.measure);
        fact(root, "topic", topicOf(seat, table, data.language));
        fact(root, "way", seat.way || table.way);
        find("[data-do=here]", phone.bar).setAttribute("aria-pressed", String(seat.here === true));
        show(find("[data-lost]", root), wasLost && seat.here === false);
        if (drawn !== String(seat.number)) {
          drawn = String(seat.number);
          show(find("[data-plan]", root), drawPlan(draw, data.tables, seat.number, words));
        }
      },
    };
  },
};

// A topic comes in one language or keyed by language.
function topicOf(seat, table, language) {
  const { topic } = seat;
  if (!topic || typeof topic === "string") return topic || table.topic;
  if (topic[language]) return topic[language];
  const [code, words] = Object.entries(topic).find(([, text]) => text) || ["", ""];
  return [words, code];
}

function fact(root, name, text) {
  const row = find(`[data-fact=${name}]`, root);
  speak(find("dd", row), text);
  show(row, Boolean(Array.isArray(text) ? text[0] : text));
}
