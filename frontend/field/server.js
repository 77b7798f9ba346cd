// Speaking with the office's server.
const TOKEN = /(?:^|;\s*)csrftoken=([^;]*)/;

/** The server could not be reached: nothing is wrong, it is tried again. */
export class Unreachable extends Error {}
/** The session has ended. */
export class SignedOut extends Error {}
/** The server answered no; `status` and `answer` say how. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer?.reason ?? `HTTP ${status}`);
    this.status = status;
    this.answer = answer ?? {};
  }
}

export async function ask(address, { method = "GET", body, headers = {}, as = "json" } = {}) {
  let answer;
  try {
    answer = await fetch(address, {
      method, body, credentials: "same-origin", redirect: "error", cache: "no-store",
      headers: {
        Accept: "application/json",
        ...(method === "GET" ? {} : { "X-CSRFToken": TOKEN.exec(document.cookie)?.[1] ?? "" }),
        ...headers,
      },
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (answer.status === 401) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Unreachable(`HTTP ${answer.status}`);
  if (!answer.ok) {
    const told = await answer.json().catch(() => null);
    // A 403 without a reason is about the token of the session, which the next taking along renews.
    if (answer.status === 403 && !told?.reason) throw new Unreachable("HTTP 403");
    throw new Refused(answer.status, told);
  }
  try {
    return await answer[as]();
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

export async function sha256(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
