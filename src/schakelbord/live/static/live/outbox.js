// @ts-check
/**
 * The outbox: what somebody typed is kept on the device first and sent after that, once, in order, as soon as there is a network. It survives a
 * reload, a closed tab and a dead network. One tab at a time sends.
 */

import { headersOf, newKey } from "./command.js";

/**
 * @typedef {"keeping" | "kept" | "failed" | "refused"} State
 *
 * @typedef {object} Item
 * @property {string} key
 * @property {string} url
 * @property {Record<string, unknown>} body
 * @property {string} order items with the same word are sent one after another
 * @property {string} room which session it belongs to
 * @property {number} at by the clock of the device: for nothing but throwing away what is old
 * @property {number} number which of all it was to be typed: the order, whatever the clock says
 * @property {State} state
 * @property {string} sentence why it was refused
 * @property {Record<string, unknown>} answer
 * @property {number} tries
 */

const STORE = "outbox";
const KEEP = 12 * 60 * 60 * 1000;
const LONGEST_WAIT = 20_000;
const PATIENCE = 15_000;
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("schakelbord-outbox") : null;

/** @type {Set<(items: Item[]) => void>} */
const listeners = new Set();
/** @type {Promise<IDBDatabase> | undefined} */
let opened;
/** Without IndexedDB (a private window) the tab itself remembers. @type {Map<string, Item>} */
const memory = new Map();
/** @type {number | undefined} */
let timer;
let busy = false;
let unsent = 0;
let adding = Promise.resolve();

/**
 * Keep something and send it.
 * @param {{ url: string, body: Record<string, unknown>, order?: string, room?: string }} wish
 * @returns {Promise<string>} its key, after it is kept on this device
 */
export async function send({ url, body, order = "", room = "" }) {
  /** @type {Item} */
  const item = { key: newKey(), url, body, order, room, at: Date.now(), number: 0, state: "keeping", sentence: "", answer: {}, tries: 0 };
  unsent += 1;
  await add(item);
  await changed();
  work();
  return item.key;
}

/**
 * Throw an item away, for instance after its text was corrected.
 * @param {string} key
 */
export async function forget(key) {
  await remove(key);
  await changed();
}

/**
 * Hear of all items, now and after every change, in this tab or another.
 * @param {(items: Item[]) => void} listener
 */
export function watch(listener) {
  listeners.add(listener);
  all().then(listener);
  work();
}

/** All items, oldest first. */
export async function all() {
  const items = await readAll();
  return items.sort((one, other) => one.number - other.number);
}

/** There is reason to think that the server can be reached: do not wait for the next try. */
export function hurry() {
  if (timer !== undefined) work();
}

async function changed() {
  channel?.postMessage("changed");
  await tellHere();
}

async function tellHere() {
  const items = await all();
  unsent = items.filter((item) => item.state === "keeping" || item.state === "failed").length;
  for (const listener of listeners) listener(items);
}

/** Send what waits, unless another tab does. */
function work() {
  window.clearTimeout(timer);
  timer = undefined;
  if (busy) return;
  busy = true;
  const run = async () => {
    const wait = await sendAll();
    busy = false;
    if (wait !== null) timer = window.setTimeout(work, wait);
  };
  if (!navigator.locks) {
    run();
    return;
  }
  navigator.locks
    .request("schakelbord-outbox", { ifAvailable: true }, async (lock) => {
      if (lock) await run();
      else {
        busy = false;
        timer = window.setTimeout(work, 2000 + Math.random() * 1000);
      }
    })
    .catch(() => (busy = false));
}

/** Send everything that waits, in order. Gives how long to wait before the next try, or null when nothing waits. */
async function sendAll() {
  /** @type {Set<string>} */
  const stuck = new Set();
  let tries = 0;
  for (const item of await all()) {
    if (item.state === "kept" && Date.now() - item.at > KEEP) await remove(item.key);
    if (item.state !== "keeping" && item.state !== "failed") continue;
    if (stuck.has(item.order)) continue;
    const sent = await sendOne(item);
    await put(sent);
    await changed();
    if (sent.state === "failed") {
      stuck.add(item.order);
      tries = Math.max(tries, sent.tries);
    }
  }
  if (stuck.size) return Math.min(LONGEST_WAIT, 500 * 2 ** tries) * (0.5 + Math.random() / 2);
  return (await all()).some((item) => item.state === "keeping") ? 0 : null;
}

/**
 * @param {Item} item
 * @returns {Promise<Item>} the item as it is now
 */
async function sendOne(item) {
  try {
    const answer = await fetch(item.url, {
      method: "POST",
      headers: headersOf(item.key),
      body: JSON.stringify(item.body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isJson = /json/.test(answer.headers.get("Content-Type") ?? "");
    const content = isJson ? await answer.json() : {};
    if (answer.ok && isJson) return { ...item, state: "kept", answer: content };
    const final = isJson && ![408, 425, 429, 502, 503, 504].includes(answer.status) && answer.status < 500;
    if (final) return { ...item, state: "refused", sentence: content.sentence ?? "" };
    return { ...item, state: "failed", sentence: content.sentence ?? "", tries: Math.min(item.tries + 1, 8) };
  } catch {
    return { ...item, state: "failed", sentence: "", tries: Math.min(item.tries + 1, 8) };
  }
}

/** @returns {Promise<IDBDatabase>} */
function database() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open("schakelbord", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opened;
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function inStore(mode, act) {
  const transaction = (await database()).transaction(STORE, mode);
  const request = act(transaction.objectStore(STORE));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

/**
 * Keep something new, after all that is there. One at a time, so that two quick taps keep their order.
 * @param {Item} item
 */
function add(item) {
  adding = adding.then(async () => {
    const items = await readAll();
    item.number = 1 + items.reduce((most, one) => Math.max(most, one.number), 0);
    await put(item);
  });
  return adding;
}

/** @param {Item} item */
async function put(item) {
  memory.set(item.key, item);
  await inStore("readwrite", (store) => store.put(item)).catch(() => undefined);
}

/** @param {string} key */
async function remove(key) {
  memory.delete(key);
  await inStore("readwrite", (store) => store.delete(key)).catch(() => undefined);
}

/** @returns {Promise<Item[]>} */
async function readAll() {
  /** @type {Item[] | null} */
  const found = await inStore("readonly", (store) => store.getAll()).catch(() => null);
  return found ?? [...memory.values()];
}

channel?.addEventListener("message", () => tellHere());
window.addEventListener("online", () => work());
window.addEventListener("beforeunload", (event) => {
  if (unsent) event.preventDefault();
});
