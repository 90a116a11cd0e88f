// Asks now and then whether a document is ready, and fetches it. Without this module the link does the same.

const EVERY = 1500;
const ACCEPTED = 202;
const head = /** @type {HTMLElement | null} */ (document.querySelector("[data-being-made]"));

/**
 * Say how it stands.
 * @param {HTMLElement} place
 * @param {string} which name of the data attribute that holds the sentence
 */
function say(place, which) {
  const state = place.querySelector("[data-state]");
  const sentence = place.querySelector(`[data-${which}]`);
  if (state && sentence) state.textContent = sentence.textContent;
}

/**
 * Look whether the document is ready; if not, look again later.
 * @param {HTMLElement} place
 * @param {string} address
 */
async function look(place, address) {
  try {
    const answer = await fetch(address, { method: "HEAD" });
    if (answer.status === ACCEPTED) {
      window.setTimeout(look, EVERY, place, address);
    } else if (answer.ok) {
      say(place, "ready");
      window.location.assign(address);
    } else {
      say(place, "failed");
    }
  } catch {
    window.setTimeout(look, 2 * EVERY, place, address);
  }
}

if (head?.dataset.beingMade) window.setTimeout(look, EVERY, head, head.dataset.beingMade);
