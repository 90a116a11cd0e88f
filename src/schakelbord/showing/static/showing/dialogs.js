// @ts-check
/** Dialogs of the desk: opened by a button, filled from it, and what goes wrong is said at the field that is meant. */

/**
 * Open the dialog that a button names, with what it carries along.
 * @param {HTMLElement} button
 * @param {string} seen the newest event that the page shows: what is filled in goes by that, whatever happens behind the dialog
 */
export function openDialog(button, seen) {
  const box = document.getElementById(button.dataset.open ?? "");
  if (!(box instanceof HTMLDialogElement) || box.open) return;
  document.querySelectorAll("dialog[open]").forEach((other) => other instanceof HTMLDialogElement && other.close());
  const form = box.querySelector("form[data-command]");
  if (form instanceof HTMLFormElement && !form.hasAttribute("data-auto")) {
    form.reset();
    form.dataset.seen = seen;
    clearProblem(form);
    fill(form, button);
  }
  box.querySelectorAll("[data-about-text]").forEach((part) => (part.textContent = button.dataset.about ?? ""));
  box.showModal();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} button
 */
function fill(form, button) {
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill ?? "{}"))) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) field.value = value === "recognised" ? "visible" : value;
    else if (field instanceof HTMLInputElement) field.value = value;
  }
  const own = form.querySelector("[data-about-value]");
  if (own instanceof HTMLTextAreaElement) own.value = button.dataset.about ?? "";
}

/**
 * Say what is wrong at a field, or above the buttons, and go there.
 * @param {HTMLFormElement} form
 * @param {string} sentence
 * @param {string} where name of the field
 */
export function showProblem(form, sentence, where) {
  clearProblem(form);
  const named = where ? form.elements.namedItem(where.split("[")[0] ?? "") : null;
  const field = named instanceof RadioNodeList ? named[0] : named;
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.id = `${form.dataset.command}-probleem`;
  problem.setAttribute("role", "alert");
  problem.textContent = sentence;
  const place = field instanceof HTMLElement ? field.closest(".field, fieldset") : null;
  if (place && field instanceof HTMLElement && !field.hidden) {
    place.classList.add("has-problem");
    field.setAttribute("aria-invalid", "true");
    place.append(problem);
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  } else {
    form.querySelector(".buttons")?.before(problem);
  }
}

/** @param {HTMLFormElement} form */
export function clearProblem(form) {
  form.querySelectorAll(".problem").forEach((part) => part.remove());
  form.querySelectorAll(".has-problem").forEach((part) => part.classList.remove("has-problem"));
  form.querySelectorAll("[aria-invalid]").forEach((part) => part.removeAttribute("aria-invalid"));
}

/** @returns {boolean} true while a dialog lies over the desk */
export function isDialogOpen() {
  return document.querySelector("dialog:modal") !== null;
}

/**
 * Choosing a kind that we know fills in its ring and its picture.
 * @param {HTMLInputElement} field
 */
export function fillKind(field) {
  const form = field.form;
  const found = Array.from(document.querySelectorAll("#soorten option")).find((option) => option.getAttribute("value") === field.value);
  const [ring, icon] = [form?.elements.namedItem("ring"), form?.elements.namedItem("icon")];
  if (!found) return;
  if (ring instanceof HTMLSelectElement) ring.value = found.getAttribute("data-ring") ?? ring.value;
  if (icon instanceof HTMLInputElement) icon.value = found.getAttribute("data-icon") ?? icon.value;
}
