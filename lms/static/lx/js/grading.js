// Keys of the grading page, and the sum as it is chosen. The server adds up again; nothing here decides anything.

const form = document.querySelector("[data-grading]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("textarea, select, input:not([type=radio])") || document.querySelector("dialog[open]")) return;
  const go = { j: "[data-after]", k: "[data-before]" }[event.key.toLowerCase()];
  if (go) document.querySelector(go)?.click();
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (form && /^[1-9]$/.test(event.key)) choose(event.key);
});

function choose(points) {
  const open = [...form.querySelectorAll("fieldset[data-weight]")];
  const here = document.activeElement?.closest("fieldset[data-weight]")
    ?? open.find((one) => !one.querySelector(":checked"));
  const radio = here?.querySelector(`input[value="${points}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const next = open[open.indexOf(here) + 1];
  (next?.querySelector(":checked") ?? next?.querySelector("input") ?? radio).focus();
}

form?.addEventListener("change", sum);

function sum() {
  let full = 0, total = 0, reachable = 0, left = 0, vetoed = false;
  for (const one of form.querySelectorAll("fieldset[data-weight]")) {
    const weight = Number(one.dataset.weight);
    const chosen = one.querySelector(":checked");
    const best = Math.max(...[...one.querySelectorAll("input[type=radio]")].map((radio) => Number(radio.value)));
    full += weight;
    if (!chosen) { left += 1; continue; }
    const mark = (weight * Number(chosen.value)) / best;
    one.querySelector("[data-mark]").textContent = short(mark);
    total += mark;
    reachable += weight;
    vetoed ||= "vetoes" in one.dataset && chosen.value === "1";
  }
  const line = form.querySelector("[data-sum]");
  if (!line) return;
  line.querySelector("[data-total]").textContent = short((100 * total) / full);
  line.querySelector("[data-reachable]").textContent = short((100 * reachable) / full);
  line.querySelector("[data-left-words]").textContent = left ? ` · ${line.dataset.left.replace("{n}", left)}` : "";
  form.querySelector("[data-veto]").hidden = !vetoed;
}

function short(number) {
  return String(Math.round(number * 100) / 100);
}
