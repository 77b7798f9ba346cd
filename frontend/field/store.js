// What is kept on this device. Every person has a database of their own, so that people who share a tablet never see one
// another's drafts; a small one beside them remembers who was here last.
import { openDB } from "idb";

let device;
const onDevice = () =>
  (device ??= openDB("nithet-field", 1, {
    upgrade(base) {
      base.createObjectStore("people", { keyPath: "key" });
      base.createObjectStore("device");
    },
  }));

export const keyOf = ({ office, id }) => `${office.id}-${id}`;

/** Remembers a person who has signed in here, and that they are at work. */
export async function remember(person) {
  const base = await onDevice();
  const all = base.transaction(["people", "device"], "readwrite");
  all.objectStore("people").put({ ...person, key: keyOf(person) });
  all.objectStore("device").put(keyOf(person), "at work");
  await all.done;
}

/** The person at work on this device; null where nobody is. */
export async function personAtWork() {
  const base = await onDevice();
  const key = await base.get("device", "at work");
  return key ? ((await base.get("people", key)) ?? null) : null;
}

export const nobodyAtWork = async () => (await onDevice()).delete("device", "at work");

/** A name of this device that stays; it says nothing about whose it is. */
export async function deviceName() {
  const base = await onDevice();
  let name = await base.get("device", "name");
  if (!name) await base.put("device", (name = `field:${crypto.randomUUID()}`), "name");
  return name;
}

/** Opens what one person keeps here. */
export async function storeOf(person) {
  const base = await openDB(`nithet-field-${keyOf(person)}`, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("kept");
      fresh.createObjectStore("forms", { keyPath: "id" });
      fresh.createObjectStore("records", { keyPath: "id" });
      fresh.createObjectStore("files", { keyPath: ["record", "name"] });
    },
    // A newer page in another tab wants to change the database: give way, drafts are saved already.
    blocking: () => base.close(),
  });
  return new Store(base);
}

const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };
/** The XML with its five named signs as they are read: the names of files stand in it escaped. */
const asRead = (xml) => xml.replace(/&(?:lt|gt|quot|apos|amp);/g, (sign) => SIGNS[sign]);

const ofRecord = (id) => IDBKeyRange.bound([id, ""], [id, "\uffff"]);

class Store {
  constructor(base) {
    this.base = base;
  }

  close() {
    this.base.close();
  }

  kept(name) {
    return this.base.get("kept", name);
  }

  keep(name, value) {
    return this.base.put("kept", value, name);
  }

  form(id) {
    return this.base.get("forms", id);
  }

  formIds() {
    return this.base.getAllKeys("forms");
  }

  putForm(form) {
    return this.base.put("forms", form);
  }

  /** Forgets forms that are neither published any more nor needed by a record. */
  async dropForms(published) {
    const needed = new Set([...published, ...(await this.records()).map((one) => one.versionId)]);
    for (const id of await this.formIds()) if (!needed.has(id)) await this.base.delete("forms", id);
  }

  async records() {
    const all = await this.base.getAll("records");
    return all.sort((one, other) => other.savedAt - one.savedAt);
  }

  record(id) {
    return this.base.get("records", id);
  }

  /** Saves a record, and those of its files that are not here yet, in one transaction; files that its XML names no more go. */
  async save(record, files = null) {
    const all = this.base.transaction(["records", "files"], "readwrite");
    all.objectStore("records").put(record);
    if (files) {
      const here = new Set((await all.objectStore("files").getAllKeys(ofRecord(record.id))).map(([, name]) => name));
      for (const [name, blob] of files) if (!here.has(name)) all.objectStore("files").put({ record: record.id, name, blob });
      const words = asRead(record.xml);
      for (const name of here) if (!files.has(name) && !words.includes(name)) all.objectStore("files").delete([record.id, name]);
    }
    await all.done;
    return record;
  }

  /** Changes fields of a record that is still here; the record as it is now, or undefined. */
  async change(id, fields) {
    const all = this.base.transaction("records", "readwrite");
    const found = await all.store.get(id);
    if (found) await all.store.put(Object.assign(found, fields));
    await all.done;
    return found;
  }

  /** The files of a record by name. */
  async files(id) {
    const rows = await this.base.getAll("files", ofRecord(id));
    return new Map(rows.map(({ name, blob }) => [name, blob]));
  }

  async remove(id) {
    const all = this.base.transaction(["records", "files"], "readwrite");
    all.objectStore("records").delete(id);
    all.objectStore("files").delete(ofRecord(id));
    await all.done;
  }

  /** Gives back the room of photos that the server holds completely. */
  async dropFiles(id) {
    await this.base.delete("files", ofRecord(id));
  }
}
