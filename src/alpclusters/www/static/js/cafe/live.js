// Refreshes the counts of an open AlpCafé every three seconds; 304 while nothing has changed.

const PAUSE_MS = 3000;
const place = document.querySelector("[data-live-url]");
let tag = "";

async function refresh() {
  const headers = tag ? { "If-None-Match": tag } : {};
  const response = await fetch(place.dataset.liveUrl, { headers, cache: "no-store" });
  if (response.status !== 200) return;
  tag = response.headers.get("ETag") || "";
  const fresh = await response.json();
  if (fresh.state !== place.dataset.state) {
    location.reload();
    return;
  }
  for (const cell of document.querySelectorAll("[data-live]")) {
    const text = fresh.counts[cell.dataset.live];
    if (text !== undefined && cell.textContent !== text) cell.textContent = text;
  }
}

async function run() {
  if (!document.hidden) await refresh().catch(() => undefined);
  setTimeout(run, PAUSE_MS);
}

run();
