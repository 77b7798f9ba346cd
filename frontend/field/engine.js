// The only module that knows the form engine. The engine is young: its version is pinned exactly, and whatever changes in it
// is mended here, where the golden forms of tests/journey notice it.
import { loadForm } from "@getodk/xforms-engine";
import { shallowReactive } from "vue";
import { withFixedChoices } from "./choicelists.js";
import { instanceIdOf } from "./records.js";
import { today } from "./thai.js";

/** A form that the engine could not read; `words` say what to tell the person. */
export class UnreadableForm extends Error {
  constructor(cause) {
    super(String(cause?.message ?? cause));
    this.words = "เปิดแบบฟอร์มนี้ไม่ได้ โปรดแจ้งผู้ดูแลแบบของสำนักงาน";
  }
}

const REMEMBERED = 6;
const remembered = new Map();

/** Reads a kept form once for as long as the page stands: {id, xml}, `media`, and a word that changes with the media. */
export function readKeptForm({ id, xml }, media, stamp) {
  const key = `${id} ${stamp}`;
  const known = remembered.get(key);
  remembered.delete(key);
  const reading = known ?? readForm(xml, media);
  remembered.set(key, reading);
  reading.catch(() => remembered.delete(key));
  for (const old of [...remembered.keys()].slice(0, -REMEMBERED)) remembered.delete(old);
  return reading;
}

/** Reads an XForm; `media` is a map from file name to Blob (lists of choices, pictures). Read forms can be filled many times. */
async function readForm(xml, media = new Map()) {
  const result = await loadForm(withFixedChoices(xml), {
    fetchFormAttachment: async (address) => {
      const blob = media.get(decodeURIComponent(address.href.split("/").pop()));
      return blob ? new Response(blob) : new Response(null, { status: 404 });
    },
    missingResourceBehavior: "BLANK",
  });
  if (result.status === "failure") throw new UnreadableForm(result.error);
  // What asks for the hour when a record begins cannot be begun before somebody does so.
  result.asksForNow = /\bnow\(/.test(xml);
  return result;
}

function settings({ person, place }) {
  return {
    // The engine replaces what changes as a whole; deep proxies would only cost time.
    stateFactory: shallowReactive,
    preloadProperties: { username: person?.username ?? "", deviceID: person?.device ?? "" },
    // Place is recorded only when the visitor has turned it on.
    geolocationProvider: { getLocation: async () => (place ? await place() : "") },
    instanceAttachments: { fileNameFactory: ({ extension }) => `${crypto.randomUUID()}${extension ?? ""}` },
  };
}

const asInstanceData = (xml, files) => {
  const data = new FormData();
  data.set("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }));
  for (const [name, blob] of files) data.set(name, new File([blob], name, { type: blob.type }));
  return { data: [data] };
};

/** Goes once through what beginning a record takes, for nobody: the first real one then finds the machine warm. */
export const warmUp = (form) => void begin(form).violations();

/** Begins a new record of a form that has been read. */
export const begin = (form, options = {}) => new Filling(form.createInstance(settings(options)));

/** Says whether a record that was begun ahead on a day may still be taken: what its form works out from the clock must hold. */
export const isFresh = (form, day) => !form.asksForNow && day === today();

/** Goes on with a draft: the same instanceID, the same answers, the same files. */
export const resume = async (form, { xml, files }, options = {}) =>
  new Filling(await form.restoreInstance(asInstanceData(xml, files), settings(options)));

export const nameOf = (node) => node.currentState.reference.replace(/\[\d+\]/g, "").split("/").pop();
export const has = (node, word) => Boolean(node.appearances?.[word]);
export const isRepeat = (node) => node.nodeType.startsWith("repeat-range");
/** Questions that are answered last, when the record has been read out: the signature and who signs. */
export const isForSigning = (node) => isSignature(node) || (node.nodeType === "input" && nameOf(node) === "signer");
export const isSignature = (node) => node.nodeType === "upload" && has(node, "signature");

const SILENT = new Set(["model-value", "attribute"]);
/** Says whether a node is never shown: what the form works out or writes down by itself. */
export const isSilent = (node) => SILENT.has(node.nodeType);

/** Says whether a node has something to show just now. */
export function isShown(node) {
  if (isSilent(node) || !node.currentState.relevant) return false;
  if (node.nodeType === "group" || isRepeat(node)) return node.currentState.hasRelevantBodyNodes !== false;
  return true;
}

/** Every leaf below a node that a person can see or answer just now, in the order of the form. */
function* leavesOf(node) {
  for (const child of node.currentState.children ?? []) {
    if (!isShown(child)) continue;
    if (child.currentState.children) yield* leavesOf(child);
    else yield child;
  }
}

function* everyNode(node) {
  for (const child of node.currentState.children ?? []) {
    yield child;
    yield* everyNode(child);
  }
}

/** One record while it is being filled. */
export class Filling {
  constructor(instance) {
    this.root = instance.root;
    this.known = new Set(); // questions that were answered beforehand; they are shown as facts
  }

  get sections() {
    return this.root.currentState.children;
  }

  get languages() {
    return this.root.languages.filter((one) => !one.isSyntheticDefault);
  }

  get language() {
    return this.root.currentState.activeLanguage.language;
  }

  set language(name) {
    const found = this.languages.find((one) => one.language === name);
    if (found) this.root.setLanguage(found);
  }

  /** A record that was begun ahead is begun now: its `start` and its like are of this moment. */
  beginNow() {
    for (const node of everyNode(this.root)) {
      const preload = node.definition.bind?.preload;
      if (preload?.type === "timestamp" && preload.event === "odk-instance-first-load") node.setValueState(node.decodeInstanceValue(preload.getValue(node)));
    }
  }

  /** What still stands against sending: [{node, words}], in the order of the form. */
  violations() {
    const byId = new Map([...everyNode(this.root)].map((node) => [node.nodeId, node]));
    return this.root.validationState.violations.map(({ nodeId, violation }) => ({
      node: byId.get(nodeId),
      words: wordsOf(violation),
    }));
  }

  /** What is signed before leaving; empty where the form asks for no signature. */
  signing() {
    return [...leavesOf(this.root)].filter(isForSigning);
  }

  /** Puts known facts ({name of the question: [ways to say it]}) where the question is there and has no answer yet. */
  prefill(facts, within = this.root) {
    for (const node of everyNode(within)) {
      const ways = facts[nameOf(node)]?.filter(Boolean) ?? [];
      if (!ways.length || node.currentState.readonly) continue;
      if (node.nodeType === "select") {
        const known = ways.find((one) => node.getValueOption(one));
        if (known && node.currentState.value.length === 0) {
          node.selectValue(known);
          this.known.add(node.nodeId);
        }
      } else if (node.nodeType === "input" && (node.currentState.value ?? "") === "" && ["string", "date"].includes(node.valueType)) {
        node.setValue(ways[0]);
      }
    }
  }

  /** Lets what has one answer already stand as a fact: choices with these names. */
  standAsFacts(names) {
    for (const node of everyNode(this.root))
      if (node.nodeType === "select" && names.has(nameOf(node)) && node.currentState.value.length === 1) this.known.add(node.nodeId);
  }

  /** Opens an entry of a repeat for each row ({name of the question: [ways to say it]}), so that it need not be looked up. */
  prefillEntries(name, rows) {
    const range = [...everyNode(this.root)].find((node) => node.nodeType === "repeat-range:uncontrolled" && nameOf(node) === name);
    if (!range || !rows.length) return;
    const more = rows.length - range.currentState.children.length;
    if (more > 0) range.addInstances(undefined, more);
    rows.forEach((row, at) => this.prefill(row, range.currentState.children[at]));
  }

  /** The record as it is sent: its XML and its files by name. */
  async serialise() {
    const { data } = await this.root.prepareInstancePayload({ payloadType: "monolithic" });
    const xml = await data[0].get("xml_submission_file").text();
    // The engine's payload leaves out files that came with a draft, as if the office had them already: they are read off
    // the questions themselves.
    const files = new Map();
    for (const node of everyNode(this.root)) {
      if (node.nodeType !== "upload" || !node.currentState.relevant) continue;
      const { instanceValue: name, value: file } = node.currentState;
      if (name && file) files.set(name, file);
    }
    return { id: instanceIdOf(xml), xml, files };
  }
}

/** The words of a violation: the form's own, else ours. */
export function wordsOf(violation) {
  const own = violation.message?.asString?.trim();
  if (own) return own;
  return violation.condition === "required" ? "ยังไม่ได้ตอบข้อนี้" : "คำตอบนี้ไม่อยู่ในช่วงที่แบบกำหนด";
}

/** An answer in words, "" where there is none. `spell` turns dates and numbers into the words of the page. */
export function answerOf(node, spell) {
  const { value } = node.currentState;
  switch (node.nodeType) {
    case "select":
      return value.map((one) => node.getValueOption(one)?.label.asString ?? one).join(", ");
    case "rank":
      return value.map((one, at) => `${spell.number(at + 1)}. ${node.getValueLabel(one)?.asString ?? one}`).join("  ");
    case "trigger":
      return value ? "รับทราบแล้ว" : "";
    case "upload":
      return value ? "แนบแล้ว" : "";
    case "note":
      return "";
    default:
      if (value == null || value === "") return "";
      if (node.valueType === "date") return spell.date(String(value));
      if (node.valueType === "dateTime") return spell.dateTime(String(value));
      if (node.valueType === "time") return `${String(value).slice(0, 5)} น.`;
      if (node.valueType === "geopoint") return `${value.latitude.toFixed(5)}, ${value.longitude.toFixed(5)}`;
      return typeof value === "string" ? value : spell.number(value);
  }
}
