// The views by name. Each has open(phone, root, detail), which returns what it listens to:
// patch() after anything changed, click, input, change, submit, actions by data-do, cards() when the
// wall changed, leave() before the page goes away, close() before another view comes.

import { about } from "./about.js";
import { closed } from "./closed.js";
import { feedback } from "./feedback.js";
import { overview } from "./overview.js";
import { code, leave, lobby, other, presentation } from "./plain.js";
import { results } from "./results.js";
import { seating } from "./seating.js";
import { sheet } from "./sheet.js";
import { talk } from "./talk.js";
import { topthree } from "./topthree.js";

export const VIEWS = {
  about,
  closed,
  code,
  feedback,
  leave,
  lobby,
  other,
  overview,
  presentation,
  results,
  seating,
  sheet,
  talk,
  topthree,
};
