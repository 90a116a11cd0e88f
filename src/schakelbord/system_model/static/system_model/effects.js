// @ts-check
/** Computes the effect of a version story by story, with progress, until all are done or somebody stops it. */

const box = document.getElementById("progress");
const bar = box?.querySelector("progress");
const text = box?.querySelector("[data-text]");
const stopButton = box?.querySelector("[data-stop]");
const run = new AbortController();

/** @param {string} sentence */
function say(sentence) {
  if (text) text.textContent = sentence;
}

async function compute() {
  if (!box || !bar) return;
  box.hidden = false;
  const rows = Array.from(document.querySelectorAll("[data-effect]"));
  for (const [place, row] of rows.entries()) {
    say((box.dataset.busy ?? "").replace("{n}", String(place)).replace("{m}", String(rows.length)));
    try {
      const answer = await fetch(row.getAttribute("data-effect") ?? "", { signal: run.signal });
      if (answer.ok) row.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch {
      if (run.signal.aborted) return;
    }
    bar.value = place + 1;
  }
  say(box.dataset.done ?? "");
  stopButton?.remove();
}

stopButton?.addEventListener("click", () => {
  run.abort();
  say(box?.dataset.stopped ?? "");
  stopButton?.remove();
});
compute();
