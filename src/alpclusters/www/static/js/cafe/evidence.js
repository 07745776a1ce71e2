// The way from a measure to what earlier initiatives teach about it.

import { find, show } from "./dom.js";

export function showEvidence(box, measure) {
  find("a", box).href = measure.url || "#";
  find("[data-n]", box).textContent = measure.nLessons ? `(${measure.nLessons})` : "";
  show(box, Boolean(measure.url));
}
