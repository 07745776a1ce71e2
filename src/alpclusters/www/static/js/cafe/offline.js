// Registers the service worker where the browser allows one, and tells it what this page uses.

export async function keepForOffline({ worker, join }) {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(worker, { scope: join });
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((entry) => entry.name);
  const ours = files.filter((name) => new URL(name).pathname.startsWith("/static/"));
  active.postMessage({ kind: "keep", page: location.pathname, files: [...new Set(ours)] });
}
