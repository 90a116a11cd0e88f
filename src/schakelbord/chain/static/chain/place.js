// @ts-check
/** Counts under the list of bodies as one chooses, and what the button does. Without this the page counts when it comes back. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-place]"));

/**
 * @param {HTMLFormElement} form
 * @param {string} value
 */
const picked = (form, value) => form.querySelectorAll(`.cand input[value="${value}"]:checked`).length;

/** @param {HTMLFormElement} form */
function count(form) {
  const offered = picked(form, "offer");
  const refused = picked(form, "unsuitable");
  const undecided = [...form.querySelectorAll(".cand:has(.still)")].filter((one) => one.querySelector(":checked")).length;
  const change = { refused, chosen: offered, waiting: -undecided };
  for (const [name, more] of Object.entries(change)) {
    const place = /** @type {HTMLElement | null} */ (form.querySelector(`[data-count="${name}"]`));
    if (!place) continue;
    const now = Math.max(0, Number(place.dataset.now) + more);
    place.textContent = ((now === 1 ? place.dataset.one : place.dataset.more) ?? "").replace("{n}", String(now));
  }
  const label = /** @type {HTMLElement | null} */ (form.querySelector("[data-keep]"));
  if (label) label.textContent = (offered || !refused ? label.dataset.offer : label.dataset.keep) ?? "";
}

if (form) {
  form.addEventListener("change", () => count(form));
  count(form);
}
