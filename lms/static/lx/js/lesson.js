// A lesson with comfort: it opens where it was left, answers are told in place, and it stays readable offline.
// Everything works without this file; the words come from the server.

const worker = document.querySelector("[data-worker]")?.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {}); // private window, old browser: no matter
}

const lesson = document.querySelector("[data-lesson]");
if (lesson) rememberPlace(lesson);
markChosen(document);
document.addEventListener("submit", tellInPlace);

// --- the place reached ----------------------------------------------------------------------------------------------
function rememberPlace(lesson) {
  let sent = Number(lesson.dataset.position);
  const room = () => document.documentElement.scrollHeight - innerHeight;
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (arrived && !location.hash && sent > 0.02 && sent < 0.98) scrollTo(0, sent * room());

  const send = () => {
    const share = room() > 0 ? Math.min(1, Math.max(0, scrollY / room())) : 1;
    if (Math.abs(share - sent) < 0.01) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("position", share.toFixed(4));
    if (navigator.sendBeacon(lesson.dataset.lesson, body)) sent = share;
  };
  setInterval(send, 20_000);                                            // a last word on a bad line is often lost
  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
}

// --- check-yourself items -------------------------------------------------------------------------------------------
async function tellInPlace(event) {
  const form = event.target;
  if (!form.matches("[data-check]")) return;
  event.preventDefault();
  const slot = form.querySelector(`[data-slot="check:${form.dataset.check}"]`);
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const headers = { "X-Requested-With": "fetch" };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    if (answer.redirected || (!answer.ok && answer.status !== 409)) return form.submit(); // signed out meanwhile
    slot.innerHTML = await answer.text();
    showMissing(slot.querySelector("[data-missing-text]"));
  } catch {
    slot.textContent = lesson?.dataset.offline ?? "";
  } finally {
    button.disabled = false;
  }
}

function showMissing(template) {
  const line = document.querySelector("[data-missing]");
  if (!line || !template) return;
  const words = template.innerHTML.trim();
  line.querySelector("span").innerHTML = words;
  line.hidden = !words;
}

// What was chosen before stands in the feedback, because the questions are the same page for everybody.
function markChosen(root) {
  for (const told of root.querySelectorAll("[data-chosen]")) {
    for (const place of told.dataset.chosen.split(" ")) {
      const input = told.closest("form")?.querySelector(`[name=answer][value="${place}"]`);
      if (input) input.checked = true;
    }
  }
}
