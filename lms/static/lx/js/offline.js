// The page for "no network" lists the lessons that this device has kept.
const list = document.querySelector("[data-kept]");
const cache = list && "caches" in self && (await caches.has("lessons")) && (await caches.open("lessons"));
for (const request of cache ? await cache.keys() : []) {
  const page = await cache.match(request);
  if (!page.headers.get("content-type")?.startsWith("text/html")) continue;
  const title = (await page.text()).match(/<h1[^>]*>([^<]*)<\/h1>/)?.[1];
  if (title) list.append(line(request.url, title));
}
if (list?.children.length) list.closest("section").hidden = false;

function line(url, title) {
  const link = Object.assign(document.createElement("a"), { href: url });
  link.innerHTML = title;                                              // from our own page, entities and all
  const li = document.createElement("li");
  li.append(link);
  return li;
}
