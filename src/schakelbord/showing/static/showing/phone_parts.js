// @ts-check
/** Put another state of the list in place, and say it to who listens; who typed or stood somewhere keeps that place. */

/**
 * Put the parts of a page or a fragment in place.
 * @param {string | Document} html
 */
export function put(html) {
  const page = typeof html === "string" ? new DOMParser().parseFromString(html, "text/html") : html;
  const before = stepOf(document);
  const wasDark = darkness();
  const place = /** @type {HTMLElement | null} */ (document.activeElement);
  const [id, href] = [place?.id, place?.getAttribute("href")];
  const open = Array.from(document.querySelectorAll("details[data-ring][open]"), (ring) => ring.getAttribute("data-ring"));
  document.querySelectorAll("[data-phone] [data-part]").forEach((part) => {
    const next = page.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    if (!next || next.outerHTML === part.outerHTML) return;
    for (const { name, value } of Array.from(next.attributes)) part.setAttribute(name, value);
    part.replaceChildren(...document.adoptNode(next).childNodes);
  });
  for (const ring of open) document.querySelector(`details[data-ring="${ring}"]`)?.setAttribute("open", "");
  if (place && !place.isConnected) again(id, href)?.focus({ preventScroll: true });
  tell(before);
  if (darkness() && darkness() !== wasDark) say(darkness());
}

/** What the list says while the big screen is black; empty when it is not. */
function darkness() {
  return (document.querySelector("[data-part='black']")?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @param {string} sentence for who listens */
function say(sentence) {
  const region = document.getElementById("announce");
  if (region) region.textContent = sentence;
}

/**
 * The element that stands where another one stood.
 * @param {string | undefined} id
 * @param {string | null | undefined} href
 * @returns {HTMLElement | null}
 */
function again(id, href) {
  const found = id ? document.getElementById(id) : href ? document.querySelector(`[data-phone] a[href="${CSS.escape(href)}"]`) : null;
  return /** @type {HTMLElement | null} */ (found) ?? document.getElementById("inhoud");
}

/** @param {ParentNode} page */
function stepOf(page) {
  const scene = page.querySelector("[data-part='scene']");
  return { scene: scene?.getAttribute("data-scene") ?? "", beat: scene?.getAttribute("data-beat") ?? "" };
}

/**
 * Say a step to who listens, as far as they want to hear it.
 * @param {{ scene: string, beat: string }} before
 */
function tell(before) {
  const now = stepOf(document);
  if (now.scene === before.scene && now.beat === before.beat) return;
  const wish = document.documentElement.dataset.spoken;
  const isNew = now.scene !== before.scene;
  if (wish === "none" || (wish === "scenes" && !isNew)) return;
  const scene = document.querySelector("[data-part='scene']");
  const told = Array.from(scene?.querySelectorAll(".told") ?? []).at(-1)?.textContent ?? "";
  say(`${isNew ? (scene?.querySelector("h1")?.textContent ?? "") : ""} ${told}`.trim());
}
