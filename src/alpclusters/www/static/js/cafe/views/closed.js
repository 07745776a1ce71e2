// Thank you. What became of the cards is found by ids that only this phone knows.

import { all, find, show } from "../dom.js";

export const closed = {
  open(phone, root) {
    const { outcome } = phone.data.urls;
    const ids = phone.pocket.cards;
    const hasAny = ids.length > 0 || (phone.pocket.get("rated") || []).length > 0;
    for (const node of all("[data-outcome]", root)) show(node, hasAny);
    // behind "#", so that no server writes them down
    find("[data-outcome] a", root).href = `${outcome}#${ids.join(".")}`;
    return {
      patch: () => show(find("[data-do=results]", root), (phone.state?.released || []).length > 0),
    };
  },
};
