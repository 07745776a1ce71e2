// Says whether answers were left on this device that the closed AlpCafé does not take any more.

import { openStore } from "./store.js";

const place = document.getElementById("unsent");
const store = await openStore(place.dataset.event);
const items = await store.all();
place.hidden = items.every((item) => item.done);
