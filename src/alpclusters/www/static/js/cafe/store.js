// Keeps unsent answers on the device: IndexedDB, else localStorage, else memory (and says so).
// An item is {id, event, n, k, t, b, rejected}; `event` is the drawer of one person in one AlpCafé.

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

async function openIndexed(event) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(TABLE, { keyPath: "id" }).createIndex("event", "event");
  };
  const database = await done(opening);
  const table = (mode) => database.transaction(TABLE, mode).objectStore(TABLE);
  await done(table("readonly").count());
  return {
    keeps: true,
    all: () => done(table("readonly").index("event").getAll(event)),
    put: (item) => done(table("readwrite").put(item)),
    remove: (id) => done(table("readwrite").delete(id)),
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
