// One stream for all tabs of a browser: whoever holds the lock leads and tells the others.
// Without locks (a hall without https) or without channels every tab leads for itself.

export function shareAmongTabs(name, { lead, hear, snapshot }) {
  if (!navigator.locks || !("BroadcastChannel" in window)) {
    lead();
    return { tell: () => undefined, close: () => undefined };
  }
  const channel = new BroadcastChannel(name);
  let isLeading = false;
  let release = () => undefined;
  channel.onmessage = ({ data }) => {
    if (data.kind === "hello") {
      if (isLeading) channel.postMessage(snapshot());
    } else if (!isLeading) {
      hear(data);
    }
  };
  const leaving = new AbortController();
  navigator.locks
    .request(name, { signal: leaving.signal }, () => {
      isLeading = true;
      lead();
      return new Promise((resolve) => {
        release = resolve;
      });
    })
    .catch(() => undefined);
  channel.postMessage({ kind: "hello" });
  return {
    tell: (message) => {
      if (isLeading) channel.postMessage(message);
    },
    close: () => {
      leaving.abort();
      release();
      channel.close();
    },
  };
}
