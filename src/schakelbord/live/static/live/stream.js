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
 * @property {number} [now] the clock of the server when it made the page, in milliseconds
 */

const SILENCE = 20_000;
const POLL = 3_000;
const AGAIN = 1_000;
const HERE = 20_000;
const STREAM_AGAIN = 30_000;
const FAILURES = 2;

const ANSWER = 8_000;

/** What to add to the running time of this page for the time of the server; unknown until the server said it. @type {number | undefined} */
let offset;

/** The clock of the server, in milliseconds, whatever the clock of this device says or becomes. */
export function serverNow() {
  return offset === undefined ? Date.now() : performance.now() + offset;
}

/** @param {number} now the clock of the server at this moment */
function setClock(now) {
  offset = now - performance.now();
}

/**
 * Follow a room until `stop` is called.
 * @param {Following} wish
 */
export function follow(wish) {
  if (wish.now && offset === undefined) setClock(wish.now);
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
    this.leads = false;
    /** Whether the stream at hand let anything through. */
    this.worked = false;
    /** The newest event of the journal as far as the stream told. */
    this.last = wish.seq;
    /** The question that is under way, and what other tabs told meanwhile: it comes after the answer. @type {Promise<boolean> | undefined} */
    this.asking = undefined;
    /** @type {AbortController | undefined} */
    this.question = undefined;
    /** @type {Frame[]} */
    this.held = [];
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
      this.lead();
      return;
    }
    this.ask();
    this.channel.postMessage({ kind: "who" });
    navigator.locks.request(`schakelbord-${this.wish.room}`, () => this.lead()).catch(() => this.lead());
  }

  /** Be the one tab that holds the stream, until it closes. @returns {Promise<void>} */
  lead() {
    if (this.ended) return Promise.resolve();
    this.leads = true;
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
    this.worked = false;
    this.watch();
    source.addEventListener("hello", (event) => this.hello(JSON.parse(event.data)));
    source.addEventListener("beat", () => this.watch());
    source.addEventListener("frame", (event) => {
      /** @type {Frame} */
      const frame = JSON.parse(event.data);
      this.last = Math.max(this.last, frame.seq);
      this.heard({ kind: "frame", frame });
    });
    source.addEventListener("resync", () => this.heard({ kind: "resync", seq: Math.min(this.seq, this.last) }));
    source.addEventListener("presence", (event) => this.heard({ kind: "presence", count: JSON.parse(event.data).count }));
    source.addEventListener("error", () => this.failed(false));
  }

  /** @param {{ seq: number, now: number }} said the stream gets through */
  hello(said) {
    this.failures = 0;
    this.worked = true;
    this.last = said.seq;
    this.clear("poll");
    this.clear("here");
    this.clear("stream");
    setClock(said.now);
    this.heard({ kind: "status", status: "live" });
  }

  /** @param {Message} message */
  heard(message) {
    this.watch();
    this.tell(message);
  }

  /** Silence means that something in between keeps the stream to itself, or that the connection died without a word. */
  watch() {
    this.later("silence", () => this.failed(true), SILENCE);
  }

  shut() {
    this.source?.close();
    this.source = null;
    this.clear("silence");
  }

  /** @param {boolean} isSilent */
  failed(isSilent) {
    this.shut();
    if (this.ended) return;
    this.failures = isSilent ? FAILURES : this.failures + 1;
    if (this.failures >= FAILURES) {
      this.poll();
      this.later("stream", () => this.open(), (isSilent && this.worked ? AGAIN : STREAM_AGAIN) * (0.75 + Math.random() / 2));
      return;
    }
    if (navigator.onLine === false) this.tell({ kind: "status", status: "offline" });
    this.later("stream", () => this.open(), 200 + Math.random() * 1200);
  }

  /** The network is back: do not wait for a timer, and do not trust a connection of before. */
  hurry() {
    this.question?.abort();
    Promise.resolve(this.asking).then(() => this.ask());
    if (!this.leads || this.ended) return;
    this.shut();
    this.later("stream", () => this.open(), Math.random() * 800);
  }

  poll() {
    if (this.ended || this.timers["poll"]) return;
    const again = async () => {
      const wasOffline = this.status === "offline";
      const answers = await this.ask();
      if (!this.timers["poll"]) return;
      this.tell({ kind: "status", status: answers ? "polling" : "offline" });
      // A server that was away and is back most likely streams again; one that answered all the time most likely sits behind a proxy.
      if (answers && wasOffline) this.later("stream", () => this.open(), Math.random() * 500);
      this.later("poll", again, answers ? POLL : AGAIN);
    };
    this.later("poll", again, 0);
    const here = async () => {
      await fetch(`${this.address}/hier`, { method: "POST" }).catch(() => null);
      if (this.timers["here"]) this.later("here", here, HERE);
    };
    this.later("here", here, HERE);
  }

  /** Ask once what was missed. Gives whether the server answered. @returns {Promise<boolean>} */
  ask() {
    this.asking ??= this.askNow().then((answered) => {
      this.asking = undefined;
      const held = this.held.splice(0);
      for (const frame of held) this.apply(frame);
      // What other tabs told meanwhile may leave a hole when the answer did not come.
      if (held.length && !answered && !this.ended) this.wish.onResync();
      return answered;
    });
    return this.asking;
  }

  async askNow() {
    if (this.ended) return false;
    try {
      const question = new AbortController();
      this.question = question;
      this.later("answer", () => question.abort(), ANSWER);
      const answer = await fetch(`${this.address}/sinds/${this.seq}`, { cache: "no-cache", signal: question.signal });
      if (answer.status === 403 || answer.status === 404) this.take({ kind: "resync", seq: this.seq });
      if (!answer.ok) return false;
      this.answered(await answer.json());
      return true;
    } catch {
      return false;
    }
  }

  /** @param {{ seq: number, frames: Frame[] | null, now: number, count?: number }} found */
  answered(found) {
    setClock(found.now);
    if (found.frames === null) this.pass({ kind: "resync", seq: found.seq });
    for (const frame of found.frames ?? []) {
      if (this.leads) this.channel?.postMessage({ kind: "frame", frame });
      this.apply(frame);
    }
    this.seq = Math.max(this.seq, found.seq);
    if (typeof found.count === "number") this.pass({ kind: "presence", count: found.count });
  }

  /** @param {Message} message for this tab, and for the others when this one leads */
  pass(message) {
    if (this.leads) this.tell(message);
    else this.take(message);
  }

  /**
   * @typedef {{ kind: "frame", frame: Frame } | { kind: "resync", seq: number } | { kind: "presence", count: number }
   *   | { kind: "status", status: Status } | { kind: "who" }} Message
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
    if (message.kind === "frame") this.apply(message.frame, this.asking !== undefined);
    else if (message.kind === "status") this.say(message.status);
    else if (message.kind === "presence") this.wish.onPresence?.(message.count);
    else if (message.kind === "resync") this.anew(message.seq);
    else if (this.leads && this.status) this.channel?.postMessage({ kind: "status", status: this.status });
  }

  /**
   * @param {Frame} frame
   * @param {boolean} [mustWait] an older one may be on its way
   */
  apply(frame, mustWait = false) {
    if (mustWait) this.held.push(frame);
    else if (frame.seq > this.seq && !this.ended) {
      this.seq = frame.seq;
      this.wish.onFrame(frame);
    }
  }

  /** @param {number} seq the newest event of the journal; lower than ours when the journal is another one, put back from a copy */
  anew(seq) {
    this.seq = seq;
    this.wish.onResync();
  }

  /** @param {Status} status */
  say(status) {
    if (status === this.status) return;
    this.status = status;
    this.wish.onStatus?.(status);
  }
}
