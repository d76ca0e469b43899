// A form that saves as one types (data-draft), counts what is still missing, and adds and removes rows. "Saved" is said
// only when the server has said so. What could not be sent is sent again when the network is back, or when one has signed
// in again in another window. A newer value from another window is never overwritten: the button that then appears shows
// both. Without this file the buttons save.

const form = document.querySelector("[data-draft]");
const words = form.dataset;
const line = form.querySelector("[data-state] .saved");
const compare = form.querySelector("[data-compare]");
const signedOut = document.querySelector("[data-signed-out]");
let timer, busy = null, edits = 0, kept = 0, failures = 0, stopped = false;

form.addEventListener("input", (event) => { count(event.target); changed(1500); });
form.addEventListener("change", () => changed(200));
form.addEventListener("click", (event) => {
  const add = event.target.closest("[name=add_row]");
  const gone = event.target.closest("[name=remove_row]");
  if (!add && !gone) return;
  event.preventDefault();
  add ? addRow(add) : removeRow(gone);
  changed(200);
});
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!busy) { stopped = true; return; }
  event.preventDefault();                                               // or the page would race with its own autosave
  await busy;
  form.requestSubmit(event.submitter);
});
addEventListener("pageshow", () => { stopped = false; });
addEventListener("online", () => changed(0));
addEventListener("focus", () => changed(0));
document.addEventListener("visibilitychange", () => { if (document.hidden && edits !== kept) save(); });
addEventListener("beforeunload", (event) => { if (edits !== kept && !stopped) event.preventDefault(); });
for (const area of form.querySelectorAll("[data-least]")) count(area);

function changed(wait) {
  if (!wait && edits === kept) return;
  if (wait) edits += 1;
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

function save() {
  if (busy || stopped) return;
  busy = send().finally(() => { busy = null; });
}

async function send() {
  const sending = edits;
  dispatchEvent(new Event("lx:sending"));
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  let answer = null;
  try {
    answer = await fetch(words.to || location.href, {
      method: "POST", body: data, keepalive: document.hidden, redirect: "manual", headers: { Accept: "application/json" },
    });
  } catch { /* no network: below */ }
  const told = answer && answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (answer?.ok && told.revision !== undefined) saved(told, sending);
  else if (answer?.status === 409) refused(told);
  else again(answer?.type === "opaqueredirect");                        // to where one signs in
}

function saved(told, sending) {
  form.elements.base_revision.value = told.revision;
  kept = sending;
  failures = 0;
  if (signedOut) signedOut.hidden = true;
  say(words.saved.replace("{time}", told.saved));
  form.dispatchEvent(new CustomEvent("lx:saved", { bubbles: true, detail: told }));
  if (edits !== kept) timer = setTimeout(save, 500);
}

function refused(told) {
  stopped = Boolean(told.stale);                                        // until both were compared
  compare.hidden = !told.stale;
  say(told.refused || words.stale, true);
}

function again(out) {
  failures += 1;
  if (signedOut) signedOut.hidden = !out;
  say((out && signedOut?.dataset.signedOut) || words.waiting, true);
  timer = setTimeout(save, Math.min(60, 2 ** failures) * 1000);
}

function say(text, warning = false) {
  line.classList.toggle("saved--waiting", warning);
  line.querySelector("span").textContent = text;
}

// --- characters ------------------------------------------------------------------------------------------------------
function count(area) {
  if (!area.dataset.least) return;
  const told = area.parentElement.querySelector("[data-short]");
  const length = [...area.value.matchAll(/\P{White_Space}/gu)].length;    // as the server counts
  const short = Number(area.dataset.least) - length;
  told.hidden = length === 0;
  told.textContent = short > 0 ? told.dataset.short.replace("{n}", short) : told.dataset.enough.replace("{n}", length);
}

// --- rows ------------------------------------------------------------------------------------------------------------
function addRow(button) {
  const table = button.closest("[data-table]");
  const rows = table.querySelector("[data-rows-of]");
  const used = [...rows.querySelectorAll("[name=remove_row]")].map((other) => Number(other.value.split("-").pop()));
  const number = Math.max(-1, ...used) + 1;
  const fresh = table.querySelector("template").content.firstElementChild.cloneNode(true);
  fresh.innerHTML = fresh.innerHTML.replaceAll("__n__", number).replaceAll("__shown__", rows.children.length + 1);
  rows.append(fresh);
  fresh.querySelector("input, textarea, select").focus();
}

function removeRow(button) {
  const rows = button.closest("[data-rows-of]");
  button.closest("[data-row]").remove();
  [...rows.children].forEach((row, index) => { row.querySelector("[data-shown]").textContent = index + 1; });
}
