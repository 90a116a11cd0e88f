// @ts-check
/** The fields of a form as a command wants them, and drafts: what somebody types stays on the device until it is kept. */

const NOT_SENT = new Set(["csrfmiddlewaretoken", "next", "key"]);

/**
 * The body of a command.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 * @returns {Record<string, unknown>}
 */
export function bodyOfForm(form, submitter) {
  /** @type {Record<string, unknown>} */
  const body = {};
  for (const field of Array.from(form.elements)) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) continue;
    if (!field.name || NOT_SENT.has(field.name)) continue;
    const kind = field.dataset.as ?? "";
    const box = field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);
    const chosen = !box || /** @type {HTMLInputElement} */ (field).checked;
    if (kind === "list" || kind === "numbers") {
      const list = /** @type {unknown[]} */ (body[field.name] ?? []);
      body[field.name] = chosen ? [...list, kind === "numbers" ? Number(field.value) : field.value] : list;
    } else if (kind === "bool") body[field.name] = chosen && field.value !== "0";
    else if (!chosen) continue;
    else if (kind === "number") body[field.name] = Number(field.value);
    else if (kind === "date") {
      if (field.value) body[field.name] = field.value;
    } else body[field.name] = field.value;
  }
  if (submitter instanceof HTMLButtonElement && submitter.name) {
    const kind = submitter.dataset.as ?? "";
    body[submitter.name] = kind === "number" ? Number(submitter.value) : kind === "bool" ? submitter.value !== "0" : submitter.value;
  }
  return body;
}

/** Where drafts stand on this device. @param {HTMLFormElement} form */
function placeOf(form) {
  return `schakelbord-draft:${location.pathname}:${form.dataset.draft}`;
}

/** Keep what is typed in forms with a draft, and put it back after a reload. @param {HTMLElement} root */
export function keepDrafts(root) {
  root.querySelectorAll("form[data-draft]").forEach((form) => {
    if (!(form instanceof HTMLFormElement)) return;
    restore(form);
    form.addEventListener("input", () => keep(form));
  });
}

/** @param {HTMLFormElement} form */
function keep(form) {
  /** @type {Record<string, string>} */
  const texts = {};
  form.querySelectorAll("textarea, input:not([type])").forEach((field) => {
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) texts[field.name] = field.value;
  });
  try {
    localStorage.setItem(placeOf(form), JSON.stringify(texts));
  } catch {
    // A private window keeps nothing; the page itself still does.
  }
}

/** @param {HTMLFormElement} form */
function restore(form) {
  try {
    const texts = JSON.parse(localStorage.getItem(placeOf(form)) ?? "{}");
    for (const [name, text] of Object.entries(texts)) {
      const field = form.elements.namedItem(name);
      if ((field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && text && !field.value) field.value = String(text);
    }
  } catch {
    // What cannot be read is no draft.
  }
}

/** The text was kept by the server. @param {HTMLFormElement} form */
export function forgetDraft(form) {
  if (!form.dataset.draft) return;
  try {
    localStorage.removeItem(placeOf(form));
  } catch {
    // Nothing was kept.
  }
}
