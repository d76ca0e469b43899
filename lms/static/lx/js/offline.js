// The page for "no network" lists the lessons that this device has kept, while their reader is signed in (see sw.js).
const list = document.querySelector("[data-kept]");
const cache = list && "caches" in self && (await kept());
for (const request of cache ? await cache.keys() : []) {
  const page = await cache.match(request);
  if (!page.headers.get("content-type")?.startsWith("text/html")) continue;
  const title = (await page.text()).match(/<h1[^>]*>([^<]*)<\/h1>/)?.[1];
  if (title) list.append(line(request.url, title));
}
if (list?.children.length) list.closest("section").hidden = false;

async function kept() {
  if (!(await caches.has("lessons"))) return null;
  const cache = await caches.open("lessons");
  const [, until] = ((await (await cache.match("/reader"))?.text()) || "").split(" ");
  return Number(until) * 1000 > Date.now() ? cache : null;
}

function line(url, title) {
  const link = Object.assign(document.createElement("a"), { href: url });
  link.innerHTML = title;                                              // from our own page, entities and all
  const li = document.createElement("li");
  li.append(link);
  return li;
}
