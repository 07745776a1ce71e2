// Which view belongs to which phase, and whether a view is a form that belongs to the person.

export const VIEW_OF = {
  draft: "lobby",
  lobby: "lobby",
  presentation: "presentation",
  seating: "seating",
  talk: "talk",
  harvest: "talk",
  rating: "sheet",
  topthree: "topthree",
  results: "results",
  rating2: "sheet",
  results2: "results",
  feedback: "feedback",
  closed: "closed",
  sealed: "closed",
};

// Until the person leaves them by a button these stay, whatever the phase.
export const FORMS = new Set(["about", "code", "talk", "sheet", "overview", "topthree", "feedback", "leave", "other"]);

const RATED = new Set(["rating", "topthree"]);

export const roundOf = (phase) => (phase === "rating2" ? 2 : 1);
export const isRated = (phase) => RATED.has(phase) || phase === "rating2";
export const isOver = (phase) => phase === "closed" || phase === "sealed";

// One word for "the same task": a new round of talks is another one.
export const taskOf = (state) => (state ? `${VIEW_OF[state.phase]}-${state.round || 0}-${roundOf(state.phase)}` : "");
