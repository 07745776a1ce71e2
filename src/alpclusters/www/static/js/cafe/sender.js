// One sender for all tabs of a phone: a lock where the browser has one, else a lease in storage.

const LEASE_MS = 20000;

export function oneSender(drawer) {
  const name = `alpclusters-sender-${drawer}`;
  if (navigator.locks) return (work) => navigator.locks.request(name, work);
  const tab = String(Math.random());
  return async (work) => {
    if (!take(name, tab)) return;
    const renewing = setInterval(() => take(name, tab), LEASE_MS / 4);
    try {
      await work();
    } finally {
      clearInterval(renewing);
      leave(name, tab);
    }
  };
}

function take(name, tab) {
  try {
    const [owner, until] = (localStorage.getItem(name) || "").split(" ");
    if (owner && owner !== tab && Number(until) > Date.now()) return false;
    localStorage.setItem(name, `${tab} ${Date.now() + LEASE_MS}`);
  } catch (error) {
    // no storage: tabs cannot see each other, and the key of a command counts it once
  }
  return true;
}

function leave(name, tab) {
  try {
    if ((localStorage.getItem(name) || "").startsWith(tab)) localStorage.removeItem(name);
  } catch (error) {
    // as above
  }
}
