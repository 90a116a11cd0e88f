// @ts-check
/** Send one command and wait for its answer; the same key again while the network fails, so that it is carried out once. */

const TRIES = 4;

/** A refusal of the server, in a sentence for people. */
export class Refused extends Error {
  /**
   * @param {string} sentence
   * @param {string} code
   * @param {string} where
   */
  constructor(sentence, code, where) {
    super(sentence);
    this.code = code;
    this.where = where;
  }
}

/** A key that no other command has. */
export function newKey() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The headers of a command.
 * @param {string} key
 */
export function headersOf(key) {
  const token = document.querySelector("[data-csrf]")?.getAttribute("data-csrf") ?? "";
  return { "Content-Type": "application/json", "X-CSRFToken": token, "Idempotency-Key": key };
}

/**
 * Carry out a command.
 * @param {string} url
 * @param {unknown} body
 * @returns {Promise<Record<string, unknown>>} the answer
 * @throws {Refused} when the server says no; {TypeError} when it cannot be reached
 */
export async function command(url, body) {
  const key = newKey();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url, { method: "POST", headers: headersOf(key), body: JSON.stringify(body) });
      if (answer.status < 500 || attempt === TRIES) return await read(answer);
    } catch (problem) {
      if (problem instanceof Refused || attempt === TRIES) throw problem;
    }
    await new Promise((done) => setTimeout(done, 250 * 2 ** attempt * (0.5 + Math.random())));
  }
}

/** @param {Response} answer */
async function read(answer) {
  const isJson = /json/.test(answer.headers.get("Content-Type") ?? "");
  const content = isJson ? await answer.json() : {};
  if (answer.ok) return content;
  throw new Refused(content.sentence ?? "", content.code ?? String(answer.status), content.where ?? "");
}
