// Keeps the field client on the device. __VERSION__ and __FILES__ are written by the server, so that a new build is a new worker.
const VERSION = "__VERSION__";
const FILES = __FILES__;
const NAME = `nithet-field-${VERSION}`;
const SHELL = "/field/";

self.addEventListener("install", (event) => {
  // "reload": a page half of yesterday and half of today must never be kept.
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([SHELL, ...FILES].map((address) => new Request(address, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  const clear = caches.keys().then((names) => Promise.all(names.filter((one) => one.startsWith("nithet-field-") && one !== NAME).map((one) => caches.delete(one))));
  event.waitUntil(clear.then(() => self.clients.claim()));
});

// The page asks for the change; nobody's form is pulled away while it is being filled.
self.addEventListener("message", (event) => { if (event.data === "take over") self.skipWaiting(); });

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const isShell = request.mode === "navigate" && address.pathname === SHELL;
  if (!isShell && !FILES.includes(address.pathname)) return;
  const wanted = isShell ? SHELL : address.pathname;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(wanted)).then((kept) => kept ?? fetch(request)));
});
