// @ts-check
/**
 * One polite live region for the whole page. Messages wait their turn: at most one in three seconds, and what comes in between is said
 * together, so that a listener is never talked over.
 */

const PAUSE = 3000;
const LONGEST = 4;

/** @type {string[]} */
let waiting = [];
let lastSaid = -PAUSE;
/** @type {number | undefined} */
let timer;

/**
 * Say something to people who listen to the page.
 * @param {string} text one sentence; the same sentence twice in a row is said once
 */
export function announce(text) {
  const clean = text.trim();
  if (!clean || waiting.at(-1) === clean) return;
  waiting.push(clean);
  waiting = waiting.slice(-LONGEST);
  if (timer === undefined) {
    timer = window.setTimeout(speak, Math.max(0, lastSaid + PAUSE - performance.now()));
  }
}

/** Put all waiting sentences into the live region. */
function speak() {
  timer = undefined;
  lastSaid = performance.now();
  const region = document.getElementById("announce");
  if (region) region.textContent = waiting.join(" ");
  waiting = [];
}
