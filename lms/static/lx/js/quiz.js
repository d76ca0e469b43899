// Answering a quiz: every answer goes to the server as it is given. Without this file the page's form saves them all.
// "Saved" is said only when the server has said so. What could not be sent stays on the device, is sent when the
// network is back, and survives a reload. Another window's newer answer is never overwritten without asking.

const form = document.querySelector("[data-quiz]");
const words = form.dataset;
const token = form.querySelector("[name=csrfmiddlewaretoken]");         // its value changes when one signs in again
const signedOut = document.querySelector("[data-signed-out]");
const storage = `quiz:${words.quiz}`;
const pause = { input: 1200, change: 150 };                             // ms after the last key, after a choice
const stateLine = document.querySelector("[data-saved-state]");
let retry = 0;
let attempts = 0;                                                       // failed ones in a row
let sent = false;                                                       // the paper itself is on its way

const questions = [...form.querySelectorAll("[data-question]")].map((element) => ({
  element,
  number: element.dataset.question,
  revision: element.querySelector("[data-revision]"),
  edits: 0, kept: 0, busy: null, timer: 0, held: false,                 // held: waits for the reader to decide
}));
const unsaved = () => questions.filter((question) => question.edits !== question.kept);

// --- what a question holds -------------------------------------------------------------------------------------------
function controls(question) {
  return [...question.element.elements].filter((one) => one.name);
}

function pairs(question) {
  const chosen = (one) => !["radio", "checkbox"].includes(one.type) || one.checked;
  return controls(question).filter(chosen).map((one) => [one.name, one.value]);
}

function fill(question, values) {
  for (const one of controls(question)) {
    const mine = values.filter(([name]) => name === one.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(one.type)) one.checked = mine.includes(one.value);
    else one.value = mine[0] ?? "";
  }
  const list = question.element.querySelector(".order");
  const place = (row) => Number(row.querySelector("[data-place]").value) || Infinity;
  if (list) [...list.children].sort((a, b) => place(a) - place(b)).forEach((row) => list.append(row));
}

function isAnswered(question) {
  return controls(question).some((one) => one !== question.revision
    && (["radio", "checkbox"].includes(one.type) ? one.checked : one.value.trim() !== ""));
}

// --- the device's copy -----------------------------------------------------------------------------------------------
function remember() {
  const waiting = unsaved().map((question) => [question.number, pairs(question)]);
  try {
    if (waiting.length) sessionStorage.setItem(storage, JSON.stringify(waiting));
    else sessionStorage.removeItem(storage);
  } catch { /* storage is full or forbidden: memory still holds it */ }
}

function recall() {
  let waiting = [];
  try { waiting = JSON.parse(sessionStorage.getItem(storage) || "[]"); } catch { /* as above */ }
  for (const [number, values] of waiting) {
    const question = questions.find((one) => one.number === number);
    if (!question) continue;
    fill(question, values);
    question.edits += 1;
    send(question);
  }
}

// --- saving ----------------------------------------------------------------------------------------------------------
function body(question) {
  dispatchEvent(new Event("lx:sending"));
  const data = new FormData();
  for (const [name, value] of pairs(question)) data.append(name, value);
  data.append("csrfmiddlewaretoken", token.value);
  return data;
}

function send(question) {
  clearTimeout(question.timer);
  if (question.held || question.edits === question.kept) return Promise.resolve();
  question.busy = (question.busy || post(question)).finally(() => { question.busy = null; });
  return question.busy.then(() => (question.again ? send(question) : undefined));
}

async function post(question) {
  const edits = question.edits;
  question.again = false;
  show("saving", words.saving);
  let reply, told;
  try {
    const signal = AbortSignal.timeout?.(15000);
    reply = await fetch(question.element.dataset.save, { method: "POST", body: body(question), redirect: "manual", signal });
    signedOut.hidden = reply.type !== "opaqueredirect";
    if (!signedOut.hidden) return failed(signedOut.dataset.signedOut);
    told = await reply.json();
  } catch {
    return failed(words.waiting);
  }
  if (reply.ok) return kept(question, edits, told);
  if (told.url) return leave(told.url);
  if (reply.status === 409) return elsewhere(question, told);
  return failed(told.message || words.waiting);
}

function kept(question, edits, told) {
  attempts = 0;
  question.revision.value = told.revision;
  question.kept = edits;
  question.again = question.edits !== edits;
  remember();
  if (told.remaining !== null) setTime(told.remaining);
  if (!unsaved().length) show("saved", words.saved.replace("{time}", told.saved_at));
}

function failed(message) {
  attempts += 1;
  show("waiting", message);
  clearTimeout(retry);
  retry = setTimeout(() => unsaved().forEach(send), Math.min(30, 2 ** attempts) * 1000);
}

function elsewhere(question, told) {
  question.held = true;
  const notice = question.element.querySelector("[data-notice]");
  const [inner, text, row] = ["div", "p", "div"].map((name) => document.createElement(name));
  notice.className = "callout callout--warn";
  inner.className = "stack stack--s";
  row.className = "row";
  text.textContent = words.elsewhere.replace("{stored}", told.stored);
  inner.append(text, row);
  const settle = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet btn--s";
    button.textContent = label;
    button.addEventListener("click", act);
    row.append(button);
  };
  settle(words.keep, () => {
    question.revision.value = told.revision;
    question.held = false;
    notice.className = notice.textContent = "";
    send(question);
  });
  settle(words.take, () => {
    question.kept = question.edits;
    remember();
    location.reload();
  });
  notice.replaceChildren(inner);
  show("waiting", told.message);
}

function show(kind, text) {
  const icon = document.querySelector(`[data-icon="${kind}"]`).content.cloneNode(true);
  stateLine.replaceChildren(icon, text);
  stateLine.classList.toggle("saved--waiting", kind === "waiting");
}

function leave(url) {
  sent = true;
  try { sessionStorage.removeItem(storage); } catch { /* nothing to remove */ }
  location.replace(url);
}

function edited(event) {
  const question = questions.find((one) => one.element.contains(event.target));
  if (!question || event.target === question.revision) return;
  question.edits += 1;
  remember();
  clearTimeout(question.timer);
  question.timer = setTimeout(() => send(question), pause[event.type]);
  if (question.busy) question.again = true;
  mark(question);
}
form.addEventListener("input", edited);
form.addEventListener("change", edited);

const flush = () => Promise.all(unsaved().map(send));
addEventListener("online", flush);
addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? parting() : wake()));
addEventListener("pagehide", parting);

function parting() {                                                    // no reply is heard: it stays unsaved here,
  if (sent) return;                                                     // and sending it again is only confirmed
  for (const question of unsaved().filter((one) => !one.held)) {
    navigator.sendBeacon?.(question.element.dataset.save, body(question));
  }
}

async function wake() {
  try {
    const told = await (await fetch(words.state, { redirect: "error" })).json();
    if (told.url) leave(told.url);
    else if (told.remaining !== null) setTime(told.remaining);
    flush();
  } catch { /* still without network */ }
}

// --- navigator -------------------------------------------------------------------------------------------------------
const isFlagged = (flag) => flag.getAttribute("aria-pressed") === "true";

function mark(question) {
  const answered = isAnswered(question);
  const flagged = isFlagged(question.element.querySelector("[data-flag]"));
  const name = (answered ? words.answered : words.blank).replace("{n}", question.number);
  for (const link of document.querySelectorAll(`[data-nav="${question.number}"]`)) {
    link.classList.toggle("is-answered", answered);
    link.classList.toggle("is-flagged", flagged);
    link.setAttribute("aria-label", flagged ? `${name}, ${words.flagged}` : name);
  }
  const count = questions.filter(isAnswered).length;
  form.querySelector("[data-progress]").value = count;
  document.querySelector("[data-count]").textContent = `${count} / ${document.querySelectorAll(".side [data-nav]").length}`;
}

for (const question of questions) {
  const flag = question.element.querySelector("[data-flag]");
  flag.hidden = false;
  flag.addEventListener("click", () => {
    flag.setAttribute("aria-pressed", String(!isFlagged(flag)));
    mark(question);
  });
}
document.querySelector("#nav").addEventListener("click", (event) => {
  if (event.target.closest("[data-nav]")) event.currentTarget.close();
});

// --- handing in ------------------------------------------------------------------------------------------------------
const dialog = document.querySelector("#send");
const problem = dialog.querySelector("[data-problem]");

document.querySelector("[data-check]").addEventListener("click", (event) => {
  event.preventDefault();
  flush();
  const open = questions.filter((question) => !isAnswered(question));
  dialog.querySelector("[data-unanswered]").textContent = open.length
    ? words.some.replace("{n}", open.length) : words.none;
  dialog.querySelector("[data-missing]").replaceChildren(...open.map((question) => {
    const row = document.createElement("li");
    row.append(document.querySelector(`.side [data-nav="${question.number}"]`).cloneNode(true));
    return row;
  }));
  problem.hidden = true;
  dialog.showModal();
});
dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-nav]")) dialog.close();
});
dialog.querySelector("[data-send]").addEventListener("click", async (event) => {
  event.target.disabled = true;
  await handIn();
  event.target.disabled = false;
});

async function handIn() {
  await flush();
  if (unsaved().some((question) => !question.held) || !navigator.onLine) {
    problem.hidden = false;
    return;
  }
  postPaper();
}

function postPaper() {
  sent = true;
  const action = document.createElement("input");
  Object.assign(action, { type: "hidden", name: "action", value: "submit" });
  form.append(action);
  form.submit();
}

// --- time: the server's, counted down here ---------------------------------------------------------------------------
const clock = document.querySelector("[data-timer]");
const announce = form.querySelector("[data-announce]");
const said = new Set();
let end = null;

function setTime(seconds) {
  end = Date.now() + seconds * 1000;
}

function tick() {
  const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const two = (number) => String(number).padStart(2, "0");
  clock.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  clock.parentElement.classList.toggle("timer--soon", left <= 300);
  if (left <= 300 && left > 240) say("soon");
  if (left <= 60 && left > 0) say("last");
  if (left === 0 && !sent && navigator.onLine) timeIsUp();
}

function say(name) {
  if (said.has(name)) return;
  said.add(name);
  announce.textContent = words[name];
}

function timeIsUp() {
  sent = true;                                                          // once; the server closes it in any case
  say("over");
  show("saving", words.over);
  postPaper();
}

if (words.remaining !== undefined) {
  setTime(Number(words.remaining));
  tick();
  setInterval(tick, 500);
}
recall();
questions.forEach(mark);
