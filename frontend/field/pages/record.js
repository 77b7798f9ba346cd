// Filling a form: kept on this device with every answer, summed up before leaving the school, signed, and handed to the outbox.
import { computed, h, nextTick, onBeforeUnmount, provide, reactive, ref, shallowRef, watch } from "vue";
import { Field, Form } from "../form.js";
import { answerOf, isForSigning, isRepeat, isShown, nameOf } from "../engine.js";
import * as engine from "../engine.js";
import { button, icon, link } from "../parts.js";
import { pathOf } from "../qr.js";
import { copyAddress } from "../records.js";
import { likeliest, NO_VISIT, visitsNear } from "../planned.js";
import { formInfo, refresh, session, unsent } from "../session.js";
import { deviceName } from "../store.js";
import * as thai from "../thai.js";
import { said } from "../words.js";

const AFTER = 400; // milliseconds of quiet before a draft is saved
const WATCH_AFTER = 600;
const UNDO = 12_000;

/** What is known before the first question: where, when, who. Questions that a form does not have are passed over. */
function factsOf(school, visit) {
  const day = [thai.today()];
  const me = [session.person.name];
  const facts = { visited_on: day, visit_date: day, date: day, supervisor: me, visitor: me };
  if (school) {
    const ways = [school.name, school.ref, school.code, String(school.id)];
    Object.assign(facts, { school: ways, school_name: ways, school_id: [school.ref, ...ways], school_ref: [school.ref], school_code: [school.code] });
  }
  if (visit) Object.assign(facts, { about: [visit.ref], visit_ref: [visit.ref] });
  return facts;
}

/** Whether quality assurance is part of the school's normal work (ยัง / บางส่วน / แล้ว), as the standard form names it. */
const QA_IN_WORK = "in_work";
/** Questions that were answered from what is known when the record was begun: they stand as facts in a draft too. */
const FACTS = new Set(["school", "school_name", "school_id", "school_ref", "school_code", "agreement"]);
const NEW_RECORD = /^(\d+)\.(\d+)(?:\.(\d+))?$/; // version of the form, school, planned visit; 0: none

/** Reads a form that lies on this device, so that it stands at once when it is wanted; null where it is not here. */
export async function readAhead(versionId) {
  const kept = await session.store.form(versionId);
  if (!kept) return null;
  const media = new Map(kept.media.map(({ name, blob }) => [name, blob]));
  // Lists of the office (schools, open agreements) are as fresh as the last taking along.
  for (const [name, text] of Object.entries(session.taken?.lists ?? {})) media.set(name, new Blob([text], { type: "text/csv" }));
  return { form: await engine.readKeptForm(kept, media, session.taken?.at ?? 0), media };
}

/** Makes everything ready that beginning a record of a form needs. */
export async function getReadyFor(versionId) {
  const read = await readAhead(versionId);
  if (read) engine.warmUp(read.form);
}

/** A draft as it was left: what was filled in for the school stands as a fact again. */
async function resumed(form, record, draft, options) {
  const filling = await engine.resume(form, draft, options);
  if (record.schoolId) filling.standAsFacts(FACTS);
  return filling;
}

async function opened(id) {
  const { store, person } = session;
  const options = { person: { username: person.username, device: await deviceName() } };
  let record;
  let school = null;
  let visit = null;
  const asked = NEW_RECORD.exec(id);
  if (asked) {
    const [versionId, schoolId] = asked.slice(1, 3).map(Number);
    school = session.taken?.schools.find((one) => one.id === schoolId) ?? null;
    const near = visitsNear(schoolId);
    visit = asked[3] ? (near.find((one) => one.id === Number(asked[3])) ?? null) : likeliest(near);
    const info = formInfo(versionId);
    record = { id: "", officeId: person.office.id, visit: visit?.ref ?? (asked[3] === "0" ? NO_VISIT : ""), versionId, formTitle: info?.title ?? "", schoolId: school?.id ?? null, schoolName: school?.name ?? "", state: "draft", startedAt: Date.now() };
  } else record = await store.record(id);
  if (!record) return { trouble: "ไม่มีบันทึกนี้ในเครื่อง" };
  const read = await readAhead(record.versionId);
  if (!read) return { trouble: "ยังไม่มีแบบนี้ในเครื่อง ต่อเครือข่ายแล้วรับข้อมูลล่าสุด" };
  const { form, media } = read;
  if (record.id) return { record, form, media, options, filling: await resumed(form, record, { xml: record.xml, files: await store.files(record.id) }, options) };
  const filling = engine.begin(form, options);
  filling.prefill(factsOf(school, visit));
  // What was agreed last time comes first, each line already there: only its state is to be answered.
  if (school) filling.prefillEntries("old", school.agreements.map((one) => ({ agreement: [one.ref, String(one.id)] })));
  return { record, form, media, options, filling };
}

const AHEAD = 3;
const ahead = new Map();
const aheadOf = (id) => [session.person.office.id, session.person.id, session.taken?.at ?? 0, id].join(" ");

/** Begins a record that is likely wanted next (`id` as in its address), so that it stands the moment it is asked for. */
export async function beginAhead(id) {
  const [key, day] = [aheadOf(id), thai.today()];
  if (ahead.get(key)?.day === day) return;
  const found = await opened(id);
  if (found.trouble || !engine.isFresh(found.form, day)) return;
  ahead.set(key, { day, found });
  for (const old of [...ahead.keys()].slice(0, -AHEAD)) ahead.delete(old);
}

/** The record that was begun ahead, as begun now; null where there is none for this place and day. */
function takenUp(id) {
  const { day, found } = ahead.get(aheadOf(id)) ?? {};
  ahead.delete(aheadOf(id));
  if (!found || !engine.isFresh(found.form, day)) return null;
  found.filling.beginNow();
  found.record.startedAt = Date.now();
  return found;
}

/** A node's answers in words, for reading aloud before leaving. */
function* linesOf(nodes) {
  for (const node of nodes) {
    if (!isShown(node) || isForSigning(node) || node.nodeType === "note") continue;
    if (isRepeat(node)) {
      const many = node.currentState.children;
      for (const [at, one] of many.entries()) {
        const lines = [...linesOf(one.currentState.children)];
        if (lines.length) yield { title: `${node.currentState.label?.asString ?? "รายการ"} ${thai.shown(at + 1)}`, lines };
      }
    } else if (node.currentState.children) {
      const lines = [...linesOf(node.currentState.children)];
      if (lines.length) yield node.currentState.label ? { title: node.currentState.label.asString, lines } : { title: "", lines };
    } else {
      const answer = answerOf(node, thai);
      if (answer) yield { label: node.currentState.label, answer };
      // The one thing that every visit looks at is read out also where nobody has said anything of it.
      else if (nameOf(node) === QA_IN_WORK) yield { label: node.currentState.label, answer: "ยังไม่ได้ตอบ", open: node };
    }
  }
}

const Lines = {
  props: ["lines", "goTo"],
  setup: (props) => () =>
    h("dl", { class: "summary" }, props.lines.map((one) =>
      one.lines ? h("div", { class: "part" }, [one.title && h("h3", one.title), h(Lines, { lines: one.lines, goTo: props.goTo })])
        : h("div", [h("dt", said(one.label)), h("dd", [one.answer,
          one.open && [" ", h("button", { type: "button", class: "linkish", onClick: () => props.goTo(one.open) }, "ตอบข้อนี้")]])]))),
};

/** The school's copy: a code to photograph now, which opens once the office has the record. */
export const Copy = {
  props: ["id"],
  setup: ({ id }) => {
    const address = copyAddress(id);
    const drawn = pathOf(address);
    return () =>
      h("section", { class: "card copy" }, [
        h("h2", "สำเนาของโรงเรียน"),
        h("p", "ให้โรงเรียนถ่ายรูปรหัสนี้เก็บไว้ เปิดดูสำเนาได้เมื่อบันทึกถึงสำนักงานแล้ว"),
        drawn && h("svg", { class: "qr", viewBox: `0 0 ${drawn.width} ${drawn.width}`, role: "img", "aria-label": `รหัส QR ของ ${address}`, "shape-rendering": "crispEdges" },
          [h("path", { d: `M0 0h${drawn.width}v${drawn.width}H0z`, fill: "#fff" }), h("path", { d: drawn.path, fill: "#000" })]),
      ]);
  },
};

export const RecordPage = {
  props: ["id"],
  setup(props) {
    const work = shallowRef(null);
    const trouble = ref("");
    const stage = ref("fill"); // fill → leave → done
    const savedAt = ref(0);
    const removed = shallowRef(null);
    const problems = shallowRef([]);
    const language = ref("");
    const form = reactive({ strict: false, faults: new Map(), known: null, takeAway });
    provide("form", form);
    const media = new Map();
    provide("media", media);
    let stopWatching = () => {};
    let watching = 0;
    let saving = Promise.resolve();
    let timer = 0;
    let first = true;

    const touch = (node) => {
      const { children, value } = node.currentState;
      if (children) for (const child of children) touch(child);
      else void value;
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(save, AFTER);
    };
    function watchAnswers() {
      clearTimeout(watching);
      watching = 0;
      stopWatching();
      const { filling } = work.value;
      stopWatching = watch(() => { touch(filling.root); return {}; }, soon);
    }
    const hear = ({ type, target }) => { if (watching && (type !== "click" || target.closest(".form button"))) soon(); };

    /** Saves the draft; saves never overtake one another. */
    function save(fields = {}) {
      clearTimeout(timer);
      timer = 0;
      saving = saving.then(async () => {
        const { record, filling } = work.value;
        const { id, xml, files } = await filling.serialise();
        Object.assign(record, { id, xml, savedAt: Date.now() }, fields);
        await session.store.save({ ...record }, files);
        savedAt.value = record.savedAt;
        if (first) {
          history.replaceState(null, "", `#/record/${encodeURIComponent(id)}`);
          first = false;
        }
        await refresh();
      }).catch(() => { trouble.value = "บันทึกลงเครื่องไม่ได้ ที่เก็บอาจเต็ม สำรองงานแล้วลบสิ่งที่ไม่ใช้"; });
      return saving;
    }

    async function takeAway(range, at) {
      const before = await work.value.filling.serialise();
      range.removeInstances(at);
      removed.value = before;
      setTimeout(() => { if (removed.value === before) removed.value = null; }, UNDO);
    }

    async function giveBack() {
      const { form: read, record, options } = work.value;
      const filling = await resumed(read, record, removed.value, options);
      form.known = filling.known;
      removed.value = null;
      work.value = { ...work.value, filling };
      watchAnswers();
      await save();
    }

    /** Puts a draft away; for a day it can be had back from the home page. */
    async function putAway() {
      stopWatching();
      clearTimeout(watching);
      clearTimeout(timer);
      watching = timer = 0;
      await saving;
      if (work.value.record.id) await session.store.change(work.value.record.id, { state: "removed", removedAt: Date.now() });
      await refresh();
      location.hash = "#/";
    }

    const flush = () => { if (timer) save(); };
    const hide = () => { if (document.visibilityState === "hidden") flush(); };
    document.addEventListener("visibilitychange", hide);
    addEventListener("pagehide", flush);
    onBeforeUnmount(() => {
      flush();
      clearTimeout(watching);
      stopWatching();
      document.removeEventListener("visibilitychange", hide);
      removeEventListener("pagehide", flush);
    });

    const show = (found) => {
      if (found.trouble) {
        trouble.value = found.trouble;
        return;
      }
      for (const [name, blob] of found.media) media.set(name, blob);
      first = !found.record.id;
      form.known = found.filling.known;
      savedAt.value = found.record.savedAt ?? 0;
      work.value = found;
      language.value = found.filling.language;
      if (found.record.state !== "draft") stage.value = "done";
      // Watching every answer of a long form takes a moment: the first screen comes before it, and answers given until then
      // are heard by the page itself.
      watching = setTimeout(watchAnswers, WATCH_AFTER);
    };
    const ready = takenUp(props.id);
    if (ready) show(ready);
    else opened(props.id).then(show).catch((error) => { trouble.value = error.words ?? "เปิดบันทึกนี้ไม่ได้ งานที่บันทึกไว้ยังอยู่ในเครื่อง"; });

    const goTo = async (node) => {
      stage.value = "fill";
      await nextTick();
      setTimeout(() => {
        const field = document.querySelector(`[data-node="${CSS.escape(node.nodeId)}"]`);
        field?.scrollIntoView({ block: "center" });
        field?.querySelector("input, textarea, select, button, canvas")?.focus({ preventScroll: true });
      }, 60);
    };

    const check = () => {
      form.strict = true;
      const found = work.value.filling.violations().filter((one) => one.node && !isForSigning(one.node));
      for (const [id, fault] of form.faults) if (fault.value) found.push({ node: { nodeId: id }, words: fault.value });
      problems.value = found;
      return found.length === 0;
    };

    const leave = async () => {
      if (!check()) {
        await nextTick();
        document.querySelector(".problems")?.focus();
        scrollTo(0, 0);
        return;
      }
      await save();
      stage.value = "leave";
      scrollTo(0, 0);
    };

    const finish = async () => {
      const open = work.value.filling.violations();
      if (open.length) {
        problems.value = open;
        return;
      }
      await save({ state: "ready", readyAt: Date.now(), tries: 0, nextAt: 0 });
      if (trouble.value) return;
      stage.value = "done";
      scrollTo(0, 0);
      session.outbox.run({ now: true });
    };

    const saved = computed(() => (savedAt.value ? `บันทึกไว้ในเครื่องแล้ว ${thai.moment(savedAt.value)}` : "ยังไม่มีคำตอบ"));

    const problemList = () =>
      problems.value.length > 0 && h("div", { class: "problems", tabindex: -1, role: "alert" }, [
        h("strong", `ก่อนออกจากโรงเรียน ดูอีก ${thai.shown(problems.value.length)} ข้อ`),
        h("ul", problems.value.map(({ node, words }) => h("li", { key: node.nodeId }, [
          h("button", { type: "button", class: "linkish", onClick: () => goTo(node) }, node.currentState?.label?.asString || "ข้อนี้"), ` ${words}`]))),
      ]);

    const heading = () => {
      const { record, filling } = work.value;
      return [
        h("a", { href: record.schoolId ? `#/school/${record.schoolId}` : "#/", class: "back" }, [icon("back"), record.schoolName || "หน้าแรก"]),
        h("h1", record.formTitle),
        filling.languages.length > 1 && stage.value === "fill" && h("label", { class: "language" }, ["ภาษาของแบบ ", h("select", {
          value: language.value, onChange: (event) => { filling.language = language.value = event.target.value; },
        }, filling.languages.map((one) => h("option", { value: one.language }, one.language.replace(/\s*\(.*\)$/, "") || one.language)))]),
      ];
    };

    const fillPage = () => [
      heading(), problemList(),
      h(Form, { filling: work.value.filling, key: work.value.filling.root.nodeId + String(removed.value?.id ?? "") }),
      button("ลบร่างนี้", putAway, { kind: "quiet put-away", icon: "trash" }),
      removed.value && h("div", { class: "undo", role: "status" }, ["ลบรายการแล้ว", h("button", { type: "button", class: "linkish", onClick: giveBack }, "เรียกคืน")]),
      h("div", { class: "foot" }, [h("span", { class: "echo saved", role: "status" }, saved.value), button("ก่อนกลับ", leave, { kind: "primary", icon: "next" })]),
    ];

    const leavePage = () => {
      const { filling } = work.value;
      const signing = filling.signing();
      return [
        button("กลับไปแก้ไข", () => { stage.value = "fill"; }, { kind: "back linkish", icon: "back" }),
        h("h1", "ก่อนกลับ"),
        h("p", { class: "echo" }, "อ่านทวนด้วยกันกับโรงเรียน แก้ได้จนกว่าจะเก็บเพื่อส่ง"),
        h("section", { class: "card" }, [h("h2", work.value.record.schoolName || work.value.record.formTitle), h(Lines, { lines: [...linesOf(filling.sections)], goTo })]),
        signing.length > 0 && h("section", { class: "card" }, [h("h2", "ลงนาม"), signing.map((node) => h(Field, { node, signing: true, key: node.nodeId }))]),
        problemList(),
        h("div", { class: "foot" }, [h("span", { class: "echo saved" }, saved.value), button("เก็บเพื่อส่ง", finish, { kind: "primary", icon: "check" })]),
      ];
    };

    const donePage = () => {
      const { record } = work.value;
      const now = session.records.find((one) => one.id === record.id);
      const sending = session.outbox.state.sending === record.id;
      const arrived = now && ["received", "held"].includes(now.state);
      return [
        h("h1", arrived ? (now.state === "held" ? "ส่งแล้ว รอตรวจสอบ" : "สำนักงานได้รับแล้ว") : "บันทึกไว้ในเครื่องแล้ว"),
        h("p", arrived ? [`ใบรับ ${thai.moment(Date.parse(now.receipt.received_at))}`, now.reason && ` · ${now.reason}`]
          : sending ? "กำลังส่งถึงสำนักงาน ไม่มีอะไรต้องเขียนอีก"
            : `ยังไม่ได้ส่ง ${thai.shown(unsent().length)} จะส่งเองเมื่อมีสัญญาณ ไม่มีอะไรต้องเขียนอีก`),
        h(Copy, { id: record.id }),
        h("div", { class: "foot" }, [link("#/", "กลับหน้าแรก", { kind: "primary" })]),
      ];
    };

    const PAGES = { fill: fillPage, leave: leavePage, done: donePage };
    return () => {
      if (!work.value)
        return h("main", [trouble.value ? [h("h1", "เปิดไม่ได้"), h("p", { class: "notice" }, trouble.value), link("#/", "กลับหน้าแรก")] : h("p", { class: "echo" }, "กำลังเปิดแบบ…")]);
      return h("main", { class: "record", "data-stage": stage.value, "data-record": work.value.record.id, onInput: hear, onChange: hear, onClick: hear }, [
        trouble.value && h("p", { class: "notice" }, trouble.value), PAGES[stage.value]()]);
    };
  },
};
