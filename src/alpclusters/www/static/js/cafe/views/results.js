// What the facilitator has released, block by block, with one's own answer beside it.

import { find, show } from "../dom.js";
import { released } from "../released.js";
import { blockOf } from "../blocks.js";

const SPREAD_MS = 1500;

export const results = {
  open(phone, root) {
    let mark = "";
    let timer = 0;
    const draw = async () => {
      const found = await released(phone);
      const blocks = found?.blocks || {};
      const names = Object.keys(phone.words.say.blocks); // in the order of the blocks
      const nodes = names.filter((name) => name in blocks).map((name) => blockOf(name, blocks[name], phone, found));
      place.replaceChildren(...nodes.filter(Boolean));
      show(find("[data-none]", root), !nodes.length);
      if (phone.state?.released?.length && !found) timer = setTimeout(draw, 3000);
    };
    const place = find("[data-blocks]", root);
    return {
      patch() {
        const wanted = JSON.stringify(phone.state?.released || []);
        if (wanted === mark) return;
        const isFirst = mark === "";
        mark = wanted;
        // a release reaches all phones in one moment: they ask at different ones
        timer = setTimeout(draw, isFirst ? 0 : Math.random() * SPREAD_MS);
      },
      close: () => clearTimeout(timer),
    };
  },
};
