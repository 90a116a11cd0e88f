// @ts-check
/**
 * A screen of a meeting: it follows the room, puts the parts that changed in place, and turns every form into a command that is sent once. Without this
 * script every form still works.
 */

import { newKey } from "../live/command.js";
import { follow } from "../live/stream.js";
import { startClocks } from "../showing/clock.js";
import { keepDrafts } from "./fields.js";
import { startHost } from "./host.js";
import { startSaying } from "./say.js";
import { announce, refresh, sendForm, shownSeq, wantSeq } from "./screen.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-meeting]"));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("live" in form.dataset)) return;
  event.preventDefault();
  const submitter = event instanceof SubmitEvent ? event.submitter : null;
  if (form.getAttribute("aria-busy") === "true") return;
  const answer = await sendForm(form, submitter);
  if (!answer) return;
  wantSeq(Number(answer.seq ?? 0));
  const key = form.dataset.new;
  if (key) {
    form.reset();
    const field = form.elements.namedItem(key);
    if (field instanceof HTMLInputElement) field.value = field.value[0] + newKey().slice(0, 12);
  }
  document.dispatchEvent(new CustomEvent("meeting:done", { detail: { form, answer } }));
  refresh(true);
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && "go" in field.dataset) field.form?.requestSubmit();
});

document.querySelectorAll("[data-timer]").forEach((button) => {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => {
    const place = button.parentElement?.querySelector("[data-timer-shows]");
    place?.setAttribute("data-until", String(Date.now() + Number(button.getAttribute("data-timer")) * 60_000));
    place?.setAttribute("data-words", "0");
    place?.setAttribute("data-over", button.getAttribute("data-over") ?? "0.00");
  });
});

follow({
  room: root.dataset.room ?? "",
  seq: shownSeq(),
  onFrame: (frame) => {
    if (frame.seq <= shownSeq()) return;
    wantSeq(frame.seq);
    if (frame.verb === "meeting.message" && frame.data.text) announce(String(frame.data.text));
    if (frame.verb === "meeting.closed") location.reload();
    else refresh();
  },
  onResync: () => refresh(true),
  onStatus: (status) => {
    root.dataset.status = status;
    document.dispatchEvent(new CustomEvent("meeting:status", { detail: status }));
    if (status !== "live") refresh();
  },
});
keepDrafts(root);
startClocks();
startSaying(root);
if ("host" in root.dataset) startHost(root);
