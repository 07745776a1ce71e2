// Keeps unsent answers and drafts on the device: IndexedDB, else localStorage, else memory (and
// says so). An item is {id, event, ...}; `event` is the drawer of one person in one AlpCafé.

const DATABASE = "alpclusters-cafe";
const TABLE = "items";
const PREFIX = "alpclusters-cafe:";

export async function openStore(event) {
  for (const open of [openIndexed, openLocal]) {
    try {
      return await open(event);
    } catch (error) {
      // forbidden or full: the next kind of storage is tried
    }
  }
  return openMemory();
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// A request that succeeded is written only when its transaction is complete: a page that goes
// away in between takes it along.
function complete({ transaction }) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

// IndexedDB writes in its own time; a page that goes away at this moment takes the answer along.
// So it stands here first, where writing is done when the call returns.
function openAhead(event) {
  const key = `${PREFIX}ahead:${event}`;
  const change = (work) => {
    try {
      const items = JSON.parse(localStorage.getItem(key) || "{}");
      work(items);
      if (Object.keys(items).length) localStorage.setItem(key, JSON.stringify(items));
      else localStorage.removeItem(key);
      return items;
    } catch (error) {
      return {}; // forbidden or full: IndexedDB alone has to do
    }
  };
  return {
    all: () => change(() => undefined),
    put: (item) => change((items) => void (items[item.id] = item)),
    remove: (id) => change((items) => void delete items[id]),
  };
}

async function openIndexed(event) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(TABLE, { keyPath: "id" }).createIndex("event", "event");
  };
  const database = await done(opening);
  const table = (mode) => database.transaction(TABLE, mode).objectStore(TABLE);
  await done(table("readonly").count());
  const ahead = openAhead(event);
  return {
    keeps: true,
    all: async () => {
      const kept = await done(table("readonly").index("event").getAll(event));
      const items = Object.fromEntries(kept.map((item) => [item.id, item]));
      return Object.values({ ...items, ...ahead.all() });
    },
    put: async (item) => {
      // a picture does not go into a text
      if (!item.blob) ahead.put(item);
      await complete(table("readwrite").put(item));
      ahead.remove(item.id);
    },
    remove: async (id) => {
      ahead.remove(id);
      await complete(table("readwrite").delete(id));
    },
  };
}

async function openLocal(event) {
  const key = PREFIX + event;
  const read = () => JSON.parse(localStorage.getItem(key) || "{}");
  const write = (items) => localStorage.setItem(key, JSON.stringify(items));
  write(read());
  return {
    keeps: true,
    all: async () => Object.values(read()),
    put: async (item) => write({ ...read(), [item.id]: item }),
    remove: async (id) => {
      const items = read();
      delete items[id];
      write(items);
    },
  };
}

function openMemory() {
  const items = new Map();
  return {
    keeps: false,
    all: async () => [...items.values()],
    put: async (item) => void items.set(item.id, item),
    remove: async (id) => void items.delete(id),
  };
}
