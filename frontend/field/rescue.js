// A file with everything that has not reached the office, for the day on which this device can send no more.
import { isOwing, isUnsent } from "./outbox.js";
import { instanceIdOf } from "./records.js";

const KIND = "nithet-field-rescue";

const asText = (blob) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });

const asBlob = (text, type) => new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type });

/** Everything unsent, every draft, and what is settled but still has files to send, of one person as one JSON file. */
export async function rescueFile(store, person) {
  const records = [];
  for (const record of await store.records()) {
    if (!isUnsent(record) && !isOwing(record) && record.state !== "draft") continue;
    const files = [];
    for (const [name, blob] of await store.files(record.id)) {
      try {
        files.push({ name, type: blob.type, data: await asText(blob) });
      } catch (error) {
        // One file that cannot be read any more must not keep all the others on a device that fails.
        console.warn("a file could not be saved", name, error);
      }
    }
    records.push({ ...record, files });
  }
  const rescue = { kind: KIND, version: 1, written_at: new Date().toISOString(), by: { name: person.name, office: person.office.name }, records };
  return new Blob([JSON.stringify(rescue)], { type: "application/json" });
}

/** Takes a rescue file in: {taken, already}. What is here already stays as it is. Raises where the file is none of ours. */
export async function takeIn(store, file) {
  const rescue = JSON.parse(await file.text());
  if (rescue?.kind !== KIND || !Array.isArray(rescue.records)) throw new Error("not a rescue file");
  const told = { taken: 0, already: 0 };
  for (const { files = [], ...record } of rescue.records) {
    if (!record.xml || instanceIdOf(record.xml) !== record.id) continue;
    if (await store.record(record.id)) {
      told.already += 1;
      continue;
    }
    const state = record.state === "draft" ? "draft" : "ready";
    await store.save({ ...record, state, tries: 0, nextAt: 0, broughtFrom: rescue.by?.name ?? "" },
      new Map(files.map(({ name, type, data }) => [name, asBlob(data, type)])));
    told.taken += 1;
  }
  return told;
}
