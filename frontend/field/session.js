// Who is at work here, what they took along, and whether the server knows them just now.
import { markRaw, reactive, shallowReactive } from "vue";
import { isUnsent, Outbox } from "./outbox.js";
import { ask, SignedOut } from "./server.js";
import * as store from "./store.js";
import { showDigits } from "./thai.js";

const TAKE = "/field/api/take/";

export const session = shallowReactive({
  ready: false,
  person: null, // {id, username, name, office: {id, name}}
  store: null,
  outbox: null,
  taken: null, // what the server gave along, and when
  records: [],
  online: navigator.onLine,
  signedOut: false, // the server says so; nothing is lost
  locked: false, // signed out when the app was opened: drafts stay closed until the person is back
  taking: false,
  trouble: "",
  update: null, // a newer app that waits
});

export const unsent = () => session.records.filter(isUnsent);
export const drafts = () => session.records.filter((one) => one.state === "draft");

export const removed = () => session.records.filter((one) => one.state === "removed");
const KEPT_FOR = 24 * 3600_000;

/** Takes a draft back that was put away. */
export async function takeBack(id) {
  await session.store.change(id, { state: "draft" });
  await refresh();
}

export async function refresh() {
  session.records = session.store ? await session.store.records() : [];
}

async function enter(person) {
  session.outbox?.close();
  session.store?.close();
  session.person = person;
  session.store = markRaw(await store.storeOf(person));
  session.taken = (await session.store.kept("taken")) ?? null;
  showDigits(session.taken?.digits);
  session.outbox = markRaw(new Outbox(session.store, {
    office: person.office.id,
    onChange: refresh,
    onSignedOut: () => { session.signedOut = true; },
  }));
  for (const one of await session.store.records())
    if (one.state === "removed" && one.removedAt < Date.now() - KEPT_FOR) await session.store.remove(one.id);
  await refresh();
}

/** Opens the app: whoever was here last, then whoever the server says is signed in. */
export async function open() {
  const last = await store.personAtWork();
  if (last) await enter(last);
  if (!navigator.onLine) {
    session.ready = true;
    return;
  }
  // The device answers at once; the server may take its time.
  const asked = takeAlong().then(() => { session.ready = true; });
  if (!last) await asked;
  else {
    await Promise.race([asked, new Promise((done) => setTimeout(done, 400))]);
    session.ready = true;
  }
  asked.then(() => { if (session.signedOut) session.locked = true; });
}

/** Fetches what there is to take along: schools, plan, agreements, forms. Drafts are not touched. */
export async function takeAlong() {
  if (session.taking) return;
  session.taking = true;
  session.trouble = "";
  try {
    const taken = await ask(TAKE);
    session.signedOut = session.locked = false;
    session.online = true;
    if (!session.person || store.keyOf(session.person) !== store.keyOf(taken.person)) await enter(taken.person);
    session.person = taken.person;
    await store.remember(taken.person);
    const here = new Set(await session.store.formIds());
    for (const form of taken.forms) if (!here.has(form.id)) await takeForm(form);
    taken.at = Date.now();
    await session.store.keep("taken", taken);
    session.taken = taken;
    showDigits(taken.digits);
    await session.store.dropForms(taken.forms.map((one) => one.id));
    await noteStanding(taken.standing);
    navigator.storage?.persist?.().then((kept) => session.store.keep("persistent", kept), () => {});
    session.outbox.run({ now: true });
  } catch (error) {
    if (error instanceof SignedOut) session.signedOut = true;
    else session.trouble = navigator.onLine ? "ยังรับข้อมูลใหม่จากสำนักงานไม่ได้ ใช้ข้อมูลที่มีในเครื่องไปก่อน" : "";
  } finally {
    session.taking = false;
  }
}

/** Notes what became of what was sent: a record that waits for a person, or that counts by now. */
async function noteStanding(standing) {
  const said = new Map(standing.map((one) => [one.instance_id, one]));
  for (const record of await session.store.records()) {
    const told = said.get(record.id);
    if (!told || !["received", "held"].includes(record.state)) continue;
    const state = told.state === "accepted" ? "received" : "held";
    if (state !== record.state || told.reason !== record.reason) await session.store.change(record.id, { state, reason: told.reason });
  }
  await refresh();
}

async function takeForm({ id, address, media }) {
  const xml = await ask(address, { as: "text" });
  const files = [];
  for (const one of media) files.push({ name: one.name, blob: await ask(one.address, { as: "blob" }) });
  await session.store.putForm({ id, xml, media: files });
}

/** A form that was taken along, as the server described it. */
export const formInfo = (versionId) => session.taken?.forms.find((one) => one.id === versionId) ?? null;

export async function leave() {
  await store.nobodyAtWork();
  session.outbox?.close();
  location.assign("/account/logout/");
}

export function watchNetwork() {
  addEventListener("online", () => {
    session.online = true;
    takeAlong();
  });
  addEventListener("offline", () => { session.online = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && navigator.onLine && session.outbox) session.outbox.run({ now: true });
  });
}
