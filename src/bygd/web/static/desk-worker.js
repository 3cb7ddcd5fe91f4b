/* Keeps the facilitator's page of one meeting, and the files it is made of, so that it opens again without a network.

   FILES and LONGEST stand above: what to keep, and how long in milliseconds. The scope is that one page; nothing else is answered from here. What was kept is
   given up when the server sends somebody elsewhere (signed out, no longer allowed), when it is older than a sign-in
   may be, and by forget.js on every page that somebody sees who is not signed in. */

const SCOPE = new URL(self.registration.scope);
const STORE = `bygd-desk ${SCOPE.pathname}`;
const PATIENCE = 8000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await caches.delete(STORE);
    await (await caches.open(STORE)).addAll(FILES);
    await keep(await fetch(SCOPE.href, { redirect: "manual" }));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = new URL(request.url);
  if (request.method !== "GET" || asked.origin !== SCOPE.origin) return;
  if (request.mode === "navigate" && asked.pathname === SCOPE.pathname) event.respondWith(page(request));
  else if (FILES.includes(asked.pathname + asked.search)) event.respondWith(file(request));
});

async function keep(answer) {
  const store = await caches.open(STORE);
  if (answer.ok) await store.put(SCOPE.pathname, answer);
  else if (answer.status < 500) await store.delete(SCOPE.pathname);
}

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    await keep(answer.clone());
    return answer;
  } catch {
    const store = await caches.open(STORE);
    const kept = await store.match(SCOPE.pathname);
    if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < LONGEST) return kept;
    await store.delete(SCOPE.pathname);
    return Response.error();
  }
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: STORE });
  return kept || fetch(request);
}
