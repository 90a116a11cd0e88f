// @ts-check
/** The fields of a form as a command wants them: numbers, switches, keys, and whoever stands on the stage by their id. */

/** A field whose value cannot be sent as it is. */
export class Unclear extends Error {
  /**
   * @param {string} sentence
   * @param {string} field
   */
  constructor(sentence, field) {
    super(sentence);
    this.field = field;
  }
}

/**
 * The body of a command.
 * @param {HTMLFormElement} form
 * @returns {Record<string, unknown>}
 * @throws {Unclear}
 */
export function bodyOf(form) {
  /** @type {Record<string, unknown>} */
  const body = {};
  for (const field of form.elements) {
    if (!isField(field) || !field.name) continue;
    const value = valueOf(field);
    if (value === undefined) continue;
    const known = body[field.name];
    body[field.name] = Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : value;
  }
  return form.dataset.command === "open-branch" ? branchOf(body) : body;
}

/**
 * @param {Element} field
 * @returns {field is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
function isField(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement;
}

/**
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} field
 * @returns {unknown} undefined when there is nothing to send
 */
function valueOf(field) {
  const chosen = !(field instanceof HTMLInputElement) || !["checkbox", "radio"].includes(field.type) || field.checked;
  const kind = field.dataset.as ?? "";
  if (kind === "bool") return chosen;
  if (kind === "keys") return chosen ? field.value.split(",") : [];
  if (!chosen) return undefined;
  if (kind === "number") return field.value.trim() === "" ? undefined : Number(field.value);
  if (kind === "date") return field.value || undefined;
  if (kind === "who" || kind === "who-or-nobody") return whoIs(field, kind === "who-or-nobody");
  return field.value.trim();
}

/**
 * The id of whoever is meant by a name, or by its beginning when that fits one only.
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} field
 * @param {boolean} mayBeNobody
 */
function whoIs(field, mayBeNobody) {
  const typed = fold(field.value);
  if (!typed && mayBeNobody) return "";
  const options = Array.from(document.querySelectorAll("#op-toneel option"));
  const exact = options.filter((option) => fold(option.getAttribute("value")) === typed);
  const begins = options.filter((option) => typed && fold(option.getAttribute("value")).startsWith(typed));
  const found = exact[0] ?? (begins.length === 1 ? begins[0] : undefined);
  if (found) return found.getAttribute("data-id") ?? "";
  const words = document.querySelector("[data-who-unknown]")?.getAttribute("data-who-unknown") ?? "";
  const several = document.querySelector("[data-who-several]")?.getAttribute("data-who-several") ?? "";
  const names = begins.slice(0, 3).map((option) => option.getAttribute("value"));
  throw new Unclear(begins.length > 1 ? `${several} ${names.join(", ")}` : words, field.name);
}

/** @param {string | null | undefined} text */
function fold(text) {
  return (text ?? "").trim().toLowerCase().replace(/\s+/g, " ");
}

/**
 * Two ways on, as the server wants them.
 * @param {Record<string, unknown>} fields
 */
function branchOf(fields) {
  const options = [1, 2].map((number) => {
    const [kind, target = ""] = String(fields[`way-${number}`] ?? "").split(/:(.*)/s);
    const label = fields[`label-${number}`];
    if (kind === "scene") return { label, scene: Number(target), beat: 0 };
    return kind === "repairs" ? { label, repairs: target.split(",") } : { label };
  });
  return { question: fields.question, options };
}
