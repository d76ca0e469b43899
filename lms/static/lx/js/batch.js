// Work that goes on in the background: the part of the page that shows it, #batch, is fetched again until it no
// longer asks for that (data-again: seconds). Without this file a link does the same.

const part = (root) => root.getElementById("batch");

async function again() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) part(document).replaceWith(part(new DOMParser().parseFromString(await answer.text(), "text/html")));
  later();
}

function later() {
  const seconds = Number(part(document)?.dataset.again);
  if (seconds) setTimeout(again, seconds * 1000);
}

later();
