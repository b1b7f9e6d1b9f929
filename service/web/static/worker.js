// Stands by while a page of ours is installed: a page for when there is no network, and nudges that were asked for.
// It keeps the files of that page alone, never anything a member reads or writes. SHELF stands above, from the server.
const NAME = `goldseam-${SHELF.version}`;

self.addEventListener("install", (event) => {
  // Without cookies, so that the page that is kept is the one anybody gets.
  const files = SHELF.files.map((file) => new Request(file, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const page = request.method === "GET" && request.mode === "navigate";
  if (!page && !SHELF.files.includes(new URL(request.url).pathname)) return;
  event.respondWith(fetch(request).catch(() => caches.match(page ? SHELF.page : request.url)));
});

self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
  event.waitUntil(
    self.registration.showNotification(said.title ?? "Goldseam", {
      body: said.body ?? "",
      tag: said.tag,
      icon: SHELF.icon,
      lang: said.language,
      data: said.path ?? "/inbox",
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data, self.location.origin);
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((open) => {
      const ours = open.find((page) => page.url === to.href);
      return ours ? ours.focus() : self.clients.openWindow(to.href);
    }),
  );
});
