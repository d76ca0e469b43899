// Comfort only: every page reads, answers and submits without this file. It writes no words of its own:
// what is said stands in data attributes, in the language of the page.

addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();                                            // without this file it is a plain link
    document.getElementById(opener.dataset.open).showModal();
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
  if (event.target.matches("dialog")) event.target.close();           // the backdrop

  if (event.target.closest("[data-print]")) print();
  if (event.target.closest("[data-reload]")) location.reload();

  const mover = event.target.closest("[data-move]");
  if (mover) move(mover);
});

// A list to be put in order: buttons data-move="up|down" in each <li>, and a status
// <p role="status" data-live data-moved="Moved to place {n}"> somewhere on the page.
function move(button) {
  const row = button.closest("li");
  const up = button.dataset.move === "up";
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  up ? other.before(row) : other.after(row);
  const rows = [...row.parentElement.children];
  rows.forEach((li, i) => {
    li.querySelector('[data-move="up"]').disabled = i === 0;
    li.querySelector('[data-move="down"]').disabled = i === rows.length - 1;
    const place = li.querySelector("[data-place]");                    // the number that is sent
    if (place) place.value = i + 1;
  });
  (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button).focus();
  row.dispatchEvent(new Event("change", { bubbles: true }));            // autosave hears it
  const live = document.querySelector("[data-live]");
  if (live) live.textContent = live.dataset.moved.replace("{n}", rows.indexOf(row) + 1);
}

// After a refused form the reader begins at the summary of what is to be corrected.
document.querySelector("[data-focus]")?.focus();

// A form marked data-once is sent once, however often its button is tapped on a slow line.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {                                     // back from the next page: allowed again
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});

// Signing in again in another window changes the proof of origin. Forms that stand open here take the new one along.
function renew() {
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];
  if (token) for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
}
for (const moment of ["focus", "lx:sending"]) addEventListener(moment, renew);  // the second: a script saves a draft
addEventListener("submit", renew, true);
document.addEventListener("visibilitychange", renew);
