/* On pages that somebody sees who is not signed in: gives up what was kept of pages for those who are. */

if ("caches" in window) {
  for (const name of await caches.keys()) if (name.startsWith("bygd-desk ")) await caches.delete(name);
}
if ("serviceWorker" in navigator) {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}
