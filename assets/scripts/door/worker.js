// Lets the page at the door load without a network: the page and its files are kept as they came
// last. Everything else goes its usual way. The page itself keeps the list and the entries.
import { patiently } from "./patience.js";

const KEPT = "door";
const PATIENCE = 4000; // ms, then the kept page is better than a blank one

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address.pathname));
  else if (address.pathname.startsWith("/assets/")) event.respondWith(file(request));
});

async function page(request, path) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await patiently(PATIENCE, (signal) => fetch(request, { signal }));
    if (answer.status >= 500) return (await kept.match(path)) ?? answer;
    if (answer.ok) await kept.put(path, answer.clone());
    else await kept.delete(path);
    return answer;
  } catch {
    return (await kept.match(path)) ?? Response.error();
  }
}

/** Names hold a hash of the content, so that a kept file is the right one. */
async function file(request) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
}
