// Tells the server that this phone is here and how much it still has to send.

const EVERY_MS = 20000;

export function beat(phone) {
  let told = -1;
  let at = 0;
  const send = () => {
    const unsent = phone.queue.waiting.length;
    told = unsent;
    at = Date.now();
    fetch(`/live/${phone.event}/beat`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ unsent }),
      keepalive: true,
    }).catch(() => undefined);
  };
  setInterval(() => {
    if (!document.hidden) send();
  }, EVERY_MS);
  send();
  let waiting = 0;
  // At each change, but not for what is sent within the second.
  return () => {
    if (phone.queue.waiting.length === told) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (phone.queue.waiting.length !== told) send();
    }, Math.max(1000, at + 2000 - Date.now()));
  };
}
