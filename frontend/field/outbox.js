// Sending what was written. A record leaves this list only when the server's receipt says that it has it, word for word.
import { reactive } from "vue";
import { ask, Refused, sha256, SignedOut, Unreachable } from "./server.js";

const SUBMISSIONS = "/field/api/submissions/";
const FILES = "/field/api/files/";
const PIECE = 512 * 1024;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 10 * 60_000;

const UNREADABLE = "อ่านบันทึกหรือไฟล์แนบที่เก็บในเครื่องนี้ไม่ได้ บันทึกนี้จึงยังส่งไม่ครบ";

/** ready: to be sent · received: the server has it · held: the server keeps it until somebody has looked · conflict, refused. */
const UNSENT = new Set(["ready", "conflict", "refused"]);
export const isUnsent = (record) => UNSENT.has(record.state);
/** Settled by its writer, yet the office has not got all of its files: nothing but this device holds them. */
export const isOwing = (record) => record.state === "settled" && !record.filesSent;

const waitAfter = (tries) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, tries - 1));

export class Outbox {
  constructor(store, { office, onChange, onSignedOut }) {
    this.store = store;
    this.office = office;
    this.onChange = onChange;
    this.onSignedOut = onSignedOut;
    this.state = reactive({ sending: "" });
    this.timer = 0;
    this.closed = this.running = this.again = false;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Sends whatever is due; `now` also what waits for its next try. One tab at a time. */
  async run({ now = false } = {}) {
    if (this.closed || !navigator.onLine) return;
    if (this.running) {
      // What was finished meanwhile goes right behind, not with the next try.
      this.again = true;
      return;
    }
    this.running = true;
    try {
      do {
        this.again = false;
        await this.inTurn(now);
        now = true;
      } while (this.again && !this.closed && navigator.onLine);
    } finally {
      this.running = false;
    }
  }

  async inTurn(now) {
    const work = () => this.round(now);
    if (navigator.locks) await navigator.locks.request("nithet-field-send", { ifAvailable: true }, (lock) => lock && work());
    else await work();
  }

  async round(now) {
    clearTimeout(this.timer);
    const due = (await this.store.records()).filter((one) => one.state === "ready" && (now || (one.nextAt ?? 0) <= Date.now())).reverse();
    for (const record of due) {
      if (this.closed) return;
      this.state.sending = record.id;
      try {
        await this.send(record);
      } catch (error) {
        if (error instanceof SignedOut) {
          this.onSignedOut();
          break;
        }
        if (error instanceof Refused) await this.refuse(record, error);
        else if (error instanceof Unreachable) {
          const tries = (record.tries ?? 0) + 1;
          await this.store.change(record.id, { tries, nextAt: Date.now() + waitAfter(tries) * (0.75 + Math.random() / 2) });
        } else if (this.closed) return;
        else await this.spoiled(record, error);
      } finally {
        this.state.sending = "";
        await this.onChange();
      }
    }
    await this.later();
  }

  /** Comes back when the next record is due. */
  async later() {
    const waiting = (await this.store.records()).filter((one) => one.state === "ready");
    if (!waiting.length || this.closed) return;
    const next = Math.min(...waiting.map((one) => one.nextAt ?? 0)) - Date.now();
    this.timer = setTimeout(() => this.run(), Math.max(1_000, next));
  }

  async send(record) {
    const body = new Blob([record.xml], { type: "text/xml" });
    const mine = await sha256(body);
    const files = await this.store.files(record.id);
    let receipt;
    try {
      const visit = record.visit ? `&${new URLSearchParams({ visit: record.visit })}` : "";
      receipt = await ask(`${SUBMISSIONS}?${this.officeOf(record)}${visit}`, { method: "POST", body, headers: { "Content-Type": "text/xml" } });
    } catch (error) {
      const rival = error instanceof Refused && error.status === 409 ? error.answer.receipt : null;
      if (!rival || rival.instance_id !== record.id || rival.sha256 !== mine) throw error;
      await this.standBeside(record, mine, files, error.answer);
      return;
    }
    for (const name of receipt.missing) {
      const file = files.get(name);
      if (file) receipt = await this.sendFile(record, mine, name, file);
    }
    // What the server holds must be what is written here: a receipt for other words is no receipt.
    if (receipt.instance_id !== record.id || receipt.sha256 !== mine) throw new Unreachable("the receipt is for something else");
    const lost = receipt.missing.filter((name) => !files.has(name));
    if (receipt.missing.length > lost.length) throw new Unreachable("files are still missing");
    const state = receipt.state === "accepted" ? "received" : "held";
    await this.store.change(record.id, {
      state, receipt, lost, tries: 0, nextAt: 0, reason: receipt.reason ?? "", receivedAt: Date.now(), uploads: {},
    });
    await this.onChange();
    if (state === "received" && !lost.length) await this.store.dropFiles(record.id);
  }

  /** The office keeps this record beside another of its number: its files go there too before its writer is asked. */
  async standBeside(record, mine, files, { receipt: first, reason, theirs }) {
    let receipt = first;
    let trouble = "";
    for (const name of first.missing) {
      const file = files.get(name);
      if (!file) continue;
      try {
        receipt = await this.sendFile(record, mine, name, file);
      } catch (error) {
        // Without a network or a session the record stays to be sent; a file that can never go must not hide the conflict.
        if (error instanceof Unreachable || error instanceof SignedOut) throw error;
        trouble = error instanceof Refused ? error.message : UNREADABLE;
      }
    }
    const lost = receipt.missing.filter((name) => !files.has(name));
    const filesSent = receipt.missing.length === lost.length;
    if (!filesSent && !trouble) throw new Unreachable("files are still missing");
    await this.store.change(record.id, {
      state: "conflict", reason: trouble || reason || "", theirs: theirs ?? null, receipt, lost, filesSent, tries: 0, nextAt: 0, uploads: {},
    });
  }

  /** Sends a file piece by piece from where the server has it, also after the device was off; the receipt of the last piece. */
  async sendFile(record, mine, name, file) {
    let { token, have } = await this.uploadOf(record, name, file);
    const words = `${new URLSearchParams({ instance: record.id, sha256: mine })}&${this.officeOf(record)}`;
    for (;;) {
      const piece = file.slice(have, have + PIECE);
      const range = piece.size ? `bytes ${have}-${have + piece.size - 1}/${file.size}` : `bytes */${file.size}`;
      // Read before it is sent: a file that cannot be read any more is no trouble of the network.
      const bytes = await piece.arrayBuffer();
      const answer = await ask(`${FILES}${token}/?${words}`, {
        method: "PUT", body: bytes, headers: { "Content-Type": "application/octet-stream", "Content-Range": range },
      });
      if (answer.receipt) return answer.receipt;
      if (answer.have <= have) throw new Unreachable("the server took no piece");
      ({ have } = answer);
    }
  }

  /** A record belongs to the office in which it was written, whatever office its writer works in by now. */
  officeOf(record) {
    return new URLSearchParams({ office: record.officeId ?? this.office });
  }

  async uploadOf(record, name, file) {
    const begun = record.uploads?.[name];
    if (begun) {
      try {
        return { token: begun, ...(await ask(`${FILES}${begun}/?${this.officeOf(record)}`)) };
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 404) throw error;
      }
    }
    const fresh = await ask(`${FILES}?${this.officeOf(record)}`, { method: "POST", body: JSON.stringify({ name, size: file.size }), headers: { "Content-Type": "application/json" } });
    record.uploads = { ...record.uploads, [name]: fresh.token };
    await this.store.change(record.id, { uploads: record.uploads });
    return fresh;
  }

  /** What lies on this device of a record cannot be read: it says so, and those after it go on. */
  async spoiled(record, error) {
    console.warn("a record could not be sent", error);
    await this.store.change(record.id, { state: "refused", reason: UNREADABLE });
  }

  async refuse(record, { status, answer }) {
    const state = status === 409 ? "conflict" : "refused";
    await this.store.change(record.id, { state, reason: answer.reason ?? `สำนักงานตอบกลับว่า ${status}`, theirs: answer.theirs ?? null });
  }
}
