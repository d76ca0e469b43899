// Sends chosen files at once and in pieces (tus), shows how far each is, and goes on after the line broke. Without this
// file the form carries the files. Words stand in the data attributes of templates/components/upload.html.

const PIECE = 1 << 20;
const ICONS = { going: "file-text", done: "circle-check", failed: "circle-alert" };
let loaded;

for (const field of document.querySelectorAll("[data-upload]")) prepare(field);

function prepare(field) {
  const input = field.querySelector("input[type=file]");
  for (const part of field.querySelectorAll("[data-choose], [data-scripted]")) part.hidden = false;
  input.classList.add("visually-hidden");
  for (const row of field.querySelectorAll("[data-paused]")) row.hidden = false;
  input.addEventListener("change", () => {
    for (const file of input.files) send(field, file);
    input.value = "";
  });
  field.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action], [data-give-up]");
    if (!button) return;
    event.preventDefault();
    button.dataset.action ? remove(button) : giveUp(button);
  });
}

function token(field) {
  return field.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
}

async function tus(field) {                                              // 87 KB: only for who sends a file
  if (!window.tus) await (loaded ??= import(field.dataset.tus));
  return window.tus;
}

async function send(field, file) {
  const row = newRow(field, file.name);
  const paused = [...field.querySelectorAll("[data-paused]")].find(
    (other) => other.dataset.name === file.name.normalize("NFC") && Number(other.dataset.length) === file.size);
  paused?.remove();
  const { Upload } = await tus(field);
  const began = Date.now();
  let first = null;
  const upload = new Upload(file, {
    endpoint: field.dataset.upload,
    uploadUrl: paused?.dataset.paused,
    chunkSize: PIECE,
    retryDelays: [0, 1000, 3000, 10000],
    storeFingerprintForResuming: false,                                  // names of files stay off shared phones
    headers: { "X-CSRFToken": token(field) },
    metadata: { filename: file.name, purpose: field.dataset.purpose, subject: field.dataset.subject },
    onProgress: (sent, size) => { first ??= sent; show(field, row, sent, size, began, first); },
    onSuccess: () => received(field, row, upload),
    onError: (error) => failed(field, row, upload, error),
  });
  button(row, field.dataset.cancel, file.name, () => { upload.abort(true).catch(() => {}); row.remove(); });
  upload.start();
}

function newRow(field, name) {
  const row = field.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector(".upload__name").textContent = name;
  row.querySelector("progress").setAttribute("aria-label", name);
  field.querySelector("[data-choose]").before(row);
  return row;
}

function button(row, word, name, act) {
  const control = row.querySelector("button");
  control.textContent = word;
  control.setAttribute("aria-label", `${word} ${name}`);
  control.onclick = act;
}

function state(row, name, meta) {
  row.className = `upload${name === "going" ? "" : ` upload--${name}`}`;
  const use = row.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[name]}`));
  row.querySelector(".upload__meta").textContent = meta;
  row.querySelector("progress").hidden = name !== "going";
}

function show(field, row, sent, size, began, first) {
  const percent = Math.floor((sent / size) * 100);
  const speed = (sent - first) / (Date.now() - began);                   // bytes a millisecond since this page began
  const words = field.dataset.going.replace("{percent}", percent)
    .replace("{sent}", megabytes(sent)).replace("{size}", megabytes(size));
  const left = speed > 0 ? Math.ceil((size - sent) / speed / 1000) : 0;
  row.querySelector("progress").value = percent;
  state(row, "going", sent === size ? field.dataset.checking
    : left > 1 ? `${words} · ${field.dataset.left.replace("{seconds}", left)}` : words);
}

function megabytes(bytes) {
  return (bytes / (1 << 20)).toFixed(1);
}

async function received(field, row, upload) {
  const answer = await fetch(upload.url, { headers: { Accept: "application/json" } });
  if (!answer.ok) return failed(field, row, upload, null);
  const file = await answer.json();
  const link = document.createElement("a");
  link.className = "upload__name";
  link.href = file.url;
  link.textContent = file.name;
  row.querySelector(".upload__name").replaceWith(link);
  state(row, "done", file.meta);
  button(row, field.dataset.remove, file.name, null);
  Object.assign(row.querySelector("button"), { name: "remove_file", value: file.uuid }).dataset.action = file.remove;
  field.querySelector("[data-said]").textContent = field.dataset.received.replace("{name}", file.name);
  field.dispatchEvent(new CustomEvent("lx:received", { bubbles: true, detail: file }));
}

function failed(field, row, upload, error) {
  const name = row.querySelector(".upload__name").textContent;
  const answer = error?.originalResponse;
  const status = answer?.getStatus();
  const refused = status >= 400 && status < 500 && status !== 403;      // 403: signed out; it goes on afterwards
  const percent = row.querySelector("progress").value;
  if (refused) {
    state(row, "failed", answer.getBody() || field.dataset.lost);
    button(row, field.dataset.dismiss, name, () => row.remove());
  } else {
    state(row, "failed", (status === 403 && answer.getBody()) || field.dataset.stopped.replace("{percent}", percent));
    button(row, field.dataset.resume, name, () => {
      upload.options.headers["X-CSRFToken"] = token(field);
      button(row, field.dataset.cancel, name, () => { upload.abort(true).catch(() => {}); row.remove(); });
      upload.start();
    });
  }
  field.querySelector("[data-said]").textContent = `${name}: ${row.querySelector(".upload__meta").textContent}`;
}

async function remove(control) {
  const field = control.closest("[data-upload]");
  const answer = await fetch(control.dataset.action, { method: "POST", headers: { "X-CSRFToken": token(field) } });
  if (answer.ok || answer.status === 404) control.closest(".upload").remove();
  else control.closest(".upload").querySelector(".upload__meta").textContent = await answer.text();
}

async function giveUp(control) {
  const field = control.closest("[data-upload]");
  const row = control.closest(".upload");
  await fetch(row.dataset.paused, { method: "DELETE", headers: { "X-CSRFToken": token(field) } });
  row.remove();
}
