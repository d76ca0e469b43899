{% load static %}{% url "offline" as offline %}// Keeps lessons that were opened readable without a network. Nothing else is ever kept: no work, cases, files, desk.
const PAGES = "lessons";                       // of one reader, while they are signed in
const PARTS = "parts-{{ release }}";           // style sheets, scripts, icons: the same for everybody
const OFFLINE = "{{ offline }}";
const START = [OFFLINE, "{% static "lx/core.css" %}", "{% static "lx/js/comfort.js" %}", "{% static "lx/js/offline.js" %}", "{% static "lx/logo.svg" %}"];
const STATIC = "{{ static_url }}", MEDIA = "{{ media_url }}", COURSES = "{% url "wagtail_serve" "" %}", SIGN_IN = "{% url "account_login" %}";
const SIGN_OUT = ["{% url "account_logout" %}", "{% url "wagtailadmin_logout" %}"];
const READER = "/reader";
const MOST = 300;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(PARTS).then((cache) => cache.addAll(START)));
});

addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("parts-") && name !== PARTS).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && SIGN_OUT.includes(url.pathname)) return event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(STATIC)) return event.respondWith(part(request));
  if (url.pathname.startsWith(MEDIA) && request.destination === "image") return event.respondWith(picture(request));
  if (request.mode !== "navigate" || url.pathname.startsWith("/admin/")) return;
  if (url.pathname === SIGN_IN) return event.respondWith(signIn(request));
  event.respondWith(url.pathname.startsWith(COURSES) ? lesson(request) : page(request));
});

async function page(request) {
  return fetch(request).catch(() => caches.match(OFFLINE, { cacheName: PARTS }));
}

// Who is signed in is never shown this page: they are led on. So nobody is, and nobody's lessons stay.
async function signIn(request) {
  const response = await page(request);
  if (response.ok && response.url.includes(SIGN_IN)) await caches.delete(PAGES);
  return response;
}

async function lesson(request) {
  try {
    const response = await fetch(request);
    const reader = response.headers.get("X-Reader");
    if (response.ok && reader) await keep(request.url, response.clone(), reader);
    return response;
  } catch {
    const kept = (await lessons())?.match(request.url, { ignoreVary: true });
    return (await kept) || caches.match(OFFLINE, { cacheName: PARTS });
  }
}

// What is kept, and whose it is: "mark until", the second in seconds. Past that time nobody is signed in any more.
async function lessons() {
  if (!(await caches.has(PAGES))) return null;
  const cache = await caches.open(PAGES);
  const [, until] = ((await (await cache.match(READER))?.text()) || "").split(" ");
  if (Number(until) * 1000 > Date.now()) return cache;
  await caches.delete(PAGES);
  return null;
}

async function keep(url, response, reader) {
  const owner = await (await (await lessons())?.match(READER))?.text();
  if (owner && owner.split(" ")[0] !== reader.split(" ")[0]) await caches.delete(PAGES);
  const cache = await caches.open(PAGES);
  await cache.put(READER, new Response(reader));
  await cache.put(url, response);
  const kept = await cache.keys();
  if (kept.length > MOST) await cache.delete(kept[1]);
}

// Pictures of a lesson are kept with it, and go with it.
async function picture(request) {
  try {
    const response = await fetch(request);
    if (response.ok && (await caches.has(PAGES))) (await caches.open(PAGES)).put(request, response.clone());
    return response;
  } catch {
    return (await (await lessons())?.match(request, { ignoreVary: true })) || Response.error();
  }
}

// What is kept answers at once and is renewed behind; names change with their content where the site is in production.
async function part(request) {
  const cache = await caches.open(PARTS);
  const kept = await cache.match(request, { ignoreVary: true });
  const fresh = fetch(request).then((response) => {
    if (response.ok) cache.put(request, response.clone());
    return response;
  });
  if (!kept) return fresh;
  fresh.catch(() => {});
  return kept;
}
