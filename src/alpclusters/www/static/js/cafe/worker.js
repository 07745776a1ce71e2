// Keeps the phone's page where there is no network: page, styles, scripts, fonts, icons.
// It never reloads a page, and an open page keeps the version it began with.

const CACHE = "alpclusters-cafe-1";
const PAGE = /^\/cafe\/here\/\d+\/$/;
const FILES = /^\/static\//;
const WAIT_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("alpclusters-cafe-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The open page tells which files it uses: they were loaded before this worker was there.
self.addEventListener("message", (event) => {
  if (event.data?.kind !== "keep") return;
  event.waitUntil(keepAll(event.data.page, event.data.files));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (PAGE.test(url.pathname)) event.respondWith(page(request, url));
  else if (FILES.test(url.pathname)) event.respondWith(file(request));
});

async function keepAll(address, files) {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const name of files) if (!(await cache.match(name))) missing.push(name);
  await Promise.allSettled([...missing.map((name) => cache.add(name)), keepPage(cache, address)]);
}

async function keepPage(cache, address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (isOurs(response)) await cache.put(address, response);
}

const isOurs = (response) => response.ok && response.headers.get("X-AlpClusters") === "live";

// From the network while it answers, so that texts and language are the newest; else as kept.
async function page(request, url) {
  const cache = await caches.open(CACHE);
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), WAIT_MS);
  try {
    const response = await fetch(request, { signal: control.signal });
    if (isOurs(response)) await cache.put(url.pathname, response.clone());
    if (isOurs(response) || response.status === 404) return response;
    return (await cache.match(url.pathname)) || response;
  } catch (error) {
    return (await cache.match(url.pathname)) || Response.error();
  } finally {
    clearTimeout(timer);
  }
}

// A file is the same for ever where its name says so; else the network is asked first.
async function file(request) {
  const cache = await caches.open(CACHE);
  const isFixed = /\.[0-9a-f]{8,}\./.test(request.url);
  const kept = await cache.match(request.url);
  if (kept && isFixed) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    return kept || Response.error();
  }
}
