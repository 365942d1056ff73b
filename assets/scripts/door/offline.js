// Keeps the page and its files on the device, and takes them off again.
const KEPT = "door";
const possible = () => "serviceWorker" in navigator && "caches" in globalThis;

function filesOfThisPage() {
  const named = document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=preload], link[rel=icon]");
  return [...named].map((one) => new URL(one.src || one.href).pathname);
}

export async function keepPage({ worker, page }) {
  if (!possible()) return;
  await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
  const kept = await caches.open(KEPT);
  const wanted = [page, ...filesOfThisPage()];
  const there = (await kept.keys()).map((request) => new URL(request.url).pathname);
  await kept.addAll(wanted.filter((path) => !there.includes(path)));
  const old = there.filter((path) => path.startsWith("/assets/") && !wanted.includes(path) && !path.includes("/fonts/"));
  await Promise.all(old.map((path) => kept.delete(path)));
}

export async function dropPage({ page }) {
  if (!possible()) return;
  await (await caches.open(KEPT)).delete(page);
}
