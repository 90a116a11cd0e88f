// @ts-check
/**
 * Follow a room. One browser holds one stream, however many tabs are open: the tabs choose a leader, the others listen to it. When streams do
 * not get through (a proxy that buffers, two failures in a row), the room is asked every three seconds instead.
 */

/**
 * An event of the room.
 * @typedef {{ seq: number, verb: string, node: string, data: Record<string, unknown>, key: string, at: number, html?: Record<string, string> }} Frame
 *
 * @typedef {"live" | "polling" | "offline"} Status
 *
 * @typedef {object} Following
 * @property {string} room
 * @property {number} seq the newest event that the page shows
 * @property {(frame: Frame) => void} onFrame each event once, in order
 * @property {() => void} onResync the state must be fetched anew
 * @property {(count: number) => void} [onPresence]
 * @property {(status: Status) => void} [onStatus]
 */

const SILENCE = 20_000;
const POLL = 3_000;
const AGAIN = 1_000;
const HERE = 20_000;
const STREAM_AGAIN = 30_000;
const FAILURES = 2;

let offset = 0;

/** The clock of the server, in milliseconds, whatever the clock of this device says. */
export function serverNow() {
  return Date.now() + offset;
}

/**
 * Follow a room until `stop` is called.
 * @param {Following} wish
 */
export function follow(wish) {
  const room = new Room(wish);
  room.begin();
  return { stop: () => room.stop() };
}

class Room {
  /** @param {Following} wish */
  constructor(wish) {
    this.wish = wish;
    this.seq = wish.seq;
    this.address = `/live/${wish.room}`;
    this.failures = 0;
    /** @type {EventSource | null} */
    this.source = null;
    /** @type {Record<string, number | undefined>} */
    this.timers = {};
    this.ended = false;
    /** @type {Status | ""} */
    this.status = "";
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(`schakelbord-${wish.room}`) : null;
    this.letGo = () => {};
  }

  begin() {
    this.channel?.addEventListener("message", (event) => this.take(event.data));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.ask());
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("offline", () => this.say("offline"));
    if (!this.channel || !navigator.locks) {
      this.open();
      return;
    }
    this.ask();
    navigator.locks.request(`schakelbord-${this.wish.room}`, () => this.lead()).catch(() => this.open());
  }

  /** Be the one tab that holds the stream, until it closes. @returns {Promise<void>} */
  lead() {
    if (this.ended) return Promise.resolve();
    this.open();
    return new Promise((done) => (this.letGo = done));
  }

  stop() {
    this.ended = true;
    this.close();
    this.channel?.close();
    this.letGo();
  }

  close() {
    this.source?.close();
    this.source = null;
    for (const name of Object.keys(this.timers)) this.clear(name);
  }

  /**
   * @param {string} name
   * @param {() => void} act
   * @param {number} wait
   */
  later(name, act, wait) {
    this.clear(name);
    this.timers[name] = window.setTimeout(act, wait);
  }

  /** @param {string} name */
  clear(name) {
    window.clearTimeout(this.timers[name]);
    this.timers[name] = undefined;
  }

  open() {
    if (this.ended || this.source) return;
    const source = new EventSource(`${this.address}/stroom?na=${this.wish.room}:${this.seq}`);
    this.source = source;
    this.watch();
    source.addEventListener("hello", (event) => {
      this.failures = 0;
      this.clear("poll");
      this.clear("here");
      offset = JSON.parse(event.data).now - Date.now();
      this.tell({ kind: "status", status: "live" });
      this.watch();
    });
    source.addEventListener("beat", () => this.watch());
    source.addEventListener("frame", (event) => this.heard({ kind: "frame", frame: JSON.parse(event.data) }));
    source.addEventListener("resync", () => this.heard({ kind: "resync" }));
    source.addEventListener("presence", (event) => this.heard({ kind: "presence", count: JSON.parse(event.data).count }));
    source.addEventListener("error", () => this.failed());
  }

  /** @param {Message} message */
  heard(message) {
    this.watch();
    this.tell(message);
  }

  /** Silence means that something in between keeps the stream to itself. */
  watch() {
    this.later("silence", () => this.failed(), SILENCE);
  }

  failed() {
    this.source?.close();
    this.source = null;
    this.clear("silence");
    if (this.ended) return;
    this.failures += 1;
    if (this.failures >= FAILURES) {
      this.poll();
      this.later("stream", () => this.open(), STREAM_AGAIN * (0.75 + Math.random() / 2));
      return;
    }
    if (navigator.onLine === false) this.tell({ kind: "status", status: "offline" });
    this.later("stream", () => this.open(), 200 + Math.random() * 1200);
  }

  /** The network is back: do not wait for a timer. */
  hurry() {
    this.ask();
    if (!this.source && (this.timers["stream"] || this.timers["poll"])) this.later("stream", () => this.open(), Math.random() * 800);
  }

  poll() {
    if (this.ended || this.timers["poll"]) return;
    const again = async () => {
      const wasOffline = this.status === "offline";
      const answers = await this.ask();
      this.tell({ kind: "status", status: answers ? "polling" : "offline" });
      // A server that was away and is back most likely streams again; one that answered all the time most likely sits behind a proxy.
      if (answers && wasOffline) this.later("stream", () => this.open(), Math.random() * 500);
      if (this.timers["poll"]) this.later("poll", again, answers ? POLL : AGAIN);
    };
    this.later("poll", again, 0);
    const here = async () => {
      await fetch(`${this.address}/hier`, { method: "POST" }).catch(() => null);
      if (this.timers["here"]) this.later("here", here, HERE);
    };
    this.later("here", here, HERE);
  }

  /** Ask once what was missed. Gives whether the server answered. */
  async ask() {
    try {
      const answer = await fetch(`${this.address}/sinds/${this.seq}`, { cache: "no-cache" });
      if (answer.status === 403 || answer.status === 404) this.take({ kind: "resync" });
      if (!answer.ok) return false;
      const found = await answer.json();
      offset = found.now - Date.now();
      if (found.frames === null) this.take({ kind: "resync" });
      else for (const frame of found.frames) this.take({ kind: "frame", frame });
      if (typeof found.count === "number") this.take({ kind: "presence", count: found.count });
      this.seq = Math.max(this.seq, found.frames === null ? 0 : found.seq);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * @typedef {{ kind: "frame", frame: Frame } | { kind: "resync" } | { kind: "presence", count: number } | { kind: "status", status: Status }} Message
   * @param {Message} message for this tab and the others
   */
  tell(message) {
    if (this.ended) return;
    this.channel?.postMessage(message);
    this.take(message);
  }

  /** @param {Message} message */
  take(message) {
    if (this.ended) return;
    if (message.kind === "status") this.say(message.status);
    else if (message.kind === "presence") this.wish.onPresence?.(message.count);
    else if (message.kind === "resync") this.wish.onResync();
    else if (message.frame.seq > this.seq) {
      this.seq = message.frame.seq;
      this.wish.onFrame(message.frame);
    }
  }

  /** @param {Status} status */
  say(status) {
    if (status === this.status) return;
    this.status = status;
    this.wish.onStatus?.(status);
  }
}
