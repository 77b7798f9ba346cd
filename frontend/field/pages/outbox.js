// What is still here and what has arrived, each with the server's receipt.
import { h, ref } from "vue";
import { button, icon, state } from "../parts.js";
import { isUnsent } from "../outbox.js";
import { copyAddress } from "../records.js";
import { rescueFile, takeIn } from "../rescue.js";
import { refresh, session } from "../session.js";
import { moment, shown, today } from "../thai.js";

const STATES = {
  ready: ["ยังไม่ได้ส่ง", "needs", "tray"], received: ["สำนักงานได้รับแล้ว", "good", "check"], held: ["ส่งแล้ว รอตรวจสอบ", "needs", "clock"],
  conflict: ["มีสองฉบับ รอท่านดู", "bad", "alert"], refused: ["สำนักงานยังรับไม่ได้", "bad", "alert"],
};

const receiptLine = ({ receipt }) =>
  receipt && h("p", { class: "small receipt" }, [`ใบรับ ${moment(Date.parse(receipt.received_at))}`, receipt.number && ` · เลขที่ ${shown(receipt.number)}`,
    h("span", { class: "digest" }, ` · ลายนิ้วมือ ${receipt.sha256.slice(0, 12)}`)]);

/** A record that no server has seen yet may still be changed. */
const change = async (record) => {
  await session.store.change(record.id, { state: "draft" });
  await refresh();
  location.hash = `#/record/${encodeURIComponent(record.id)}`;
};

/** Two records with one number: both are kept at the office; here is what the person can do about it. */
const Conflict = {
  props: ["record"],
  setup: ({ record }) => {
    const sendAsNew = async () => {
      const id = `uuid:${crypto.randomUUID()}`;
      const files = await session.store.files(record.id);
      const xml = record.xml.split(record.id).join(id);
      await session.store.save({ ...record, id, xml, state: "ready", tries: 0, nextAt: 0, reason: "", receipt: null, lost: [], uploads: {}, filesSent: false, savedAt: Date.now() }, files);
      await session.store.change(record.id, { state: "settled" });
      await refresh();
      session.outbox.run({ now: true });
    };
    const settle = async () => {
      await session.store.change(record.id, { state: "settled" });
      await refresh();
    };
    return () =>
      h("div", { class: "conflict" }, [
        h("p", "สำนักงานมีบันทึกเลขเดียวกันที่เนื้อหาต่างจากในเครื่องนี้ และเก็บไว้ให้แล้วทั้งสองฉบับ ไม่มีอะไรหาย"),
        h("dl", [h("dt", "ในเครื่องนี้"), h("dd", `บันทึกเมื่อ ${moment(record.savedAt)}`),
          h("dt", "ที่สำนักงาน"), h("dd", record.theirs?.received_at ? `ได้รับเมื่อ ${moment(Date.parse(record.theirs.received_at))}` : "ได้รับก่อนหน้านี้")]),
        h("div", { class: "actions" }, [button("ส่งฉบับในเครื่องเป็นบันทึกใหม่", sendAsNew), button("ให้สำนักงานเป็นผู้ตัดสิน", settle, { kind: "quiet" })]),
      ]);
  },
};

const again = async (record) => {
  await session.store.change(record.id, { state: "ready", tries: 0, nextAt: 0, reason: "" });
  await refresh();
  session.outbox.run({ now: true });
};

const Row = {
  props: ["record"],
  setup: (props) => () => {
    const { record } = props;
    const sending = session.outbox.state.sending === record.id;
    const [words, tone, sign] = sending ? ["กำลังส่ง…", "rest", "cloud"] : STATES[record.state];
    return h("li", { class: "item", "data-record": record.id, "data-state": record.state }, [
      h("div", { class: "item-head" }, [h("strong", record.schoolName || record.formTitle), state(words, tone, sign)]),
      h("p", { class: "small" }, [`${record.formTitle} · ลงมือเสร็จ ${moment(record.readyAt ?? record.savedAt)}`, record.broughtFrom && ` · จากไฟล์สำรองของ ${record.broughtFrom}`]),
      record.reason && h("p", { class: "mistake" }, record.reason),
      record.lost?.length > 0 && h("p", { class: "mistake" }, `ไม่พบไฟล์แนบในเครื่อง ${shown(record.lost.length)} ไฟล์`),
      record.state === "ready" && record.tries > 0 && !sending && h("p", { class: "small" }, `ลองส่งแล้ว ${shown(record.tries)} ครั้ง จะลองอีก ${moment(record.nextAt)}`),
      record.state === "ready" && !record.tries && !sending && !session.online && button("กลับไปแก้ไข", () => change(record), { kind: "quiet", icon: "pen" }),
      receiptLine(record),
      record.state === "conflict" && h(Conflict, { record }),
      record.state === "refused" && button("ลองส่งอีกครั้ง", () => again(record)),
      ["received", "held"].includes(record.state) && record.receipt && h("p", [h("a", { href: copyAddress(record.id) }, "สำเนาของโรงเรียน")]),
    ]);
  },
};

const Rescue = {
  setup() {
    const told = ref("");
    const give = async () => {
      const blob = await rescueFile(session.store, session.person);
      const address = URL.createObjectURL(blob);
      const way = document.createElement("a");
      Object.assign(way, { href: address, download: `nithet-rescue-${today()}.json` });
      way.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      told.value = "ดาวน์โหลดแล้ว เก็บไฟล์ไว้ในที่ที่ไม่มีคนอื่นเปิดได้";
    };
    const take = async (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      if (!file) return;
      try {
        const { taken, already } = await takeIn(session.store, file);
        told.value = `รับเข้าเครื่องแล้ว ${shown(taken)} รายการ${already ? ` มีอยู่แล้ว ${shown(already)}` : ""}`;
        await refresh();
        session.outbox.run({ now: true });
      } catch {
        told.value = "ไฟล์นี้ไม่ใช่ไฟล์สำรองของหน้านี้ ไม่มีอะไรเปลี่ยน";
      }
    };
    return () =>
      h("details", { class: "card" }, [
        h("summary", "สำรองงานที่ยังไม่ได้ส่ง"),
        h("p", "ใช้เมื่อเครื่องนี้ส่งไม่ได้แล้ว ดาวน์โหลดเป็นไฟล์เดียว แล้วนำเข้าที่เครื่องอื่นเพื่อส่งแทน"),
        h("div", { class: "actions" }, [
          button("ดาวน์โหลดไฟล์สำรอง", give),
          h("label", { class: "button plain" }, ["นำเข้าจากไฟล์สำรอง", h("input", { type: "file", accept: ".json,application/json", class: "unseen", onChange: take })]),
        ]),
        h("p", { class: "echo", role: "status" }, told.value),
      ]);
  },
};

export const OutboxPage = {
  setup: () => () => {
    const rows = session.records.filter(isUnsent);
    const ready = rows.filter((one) => one.state === "ready").length;
    return h("main", [
      h("a", { href: "#/", class: "back" }, [icon("back"), "หน้าแรก"]),
      h("h1", rows.length ? `บันทึกไว้ในเครื่องแล้ว ยังไม่ได้ส่ง ${shown(rows.length)}` : "ส่งครบแล้ว"),
      h("p", { class: "echo" }, rows.length
        ? session.online ? "เปิดหน้านี้ไว้จนส่งครบ ถ้าสัญญาณหลุดจะส่งต่อเองจากจุดเดิม" : "ไม่มีเครือข่าย งานอยู่ครบในเครื่อง จะส่งเองเมื่อมีสัญญาณ"
        : "ไม่มีงานค้างส่งในเครื่องนี้"),
      rows.length > 0 && h("ul", { class: "items card" }, rows.map((record) => h(Row, { record, key: record.id }))),
      ready > 0 && session.online && !session.signedOut && h("div", { class: "actions" }, [
        button("ส่งข้อมูลเดี๋ยวนี้", () => session.outbox.run({ now: true }), { kind: "primary", icon: "up", disabled: Boolean(session.outbox.state.sending) })]),
      h(Rescue),
    ]);
  },
};

export const SentPage = {
  setup: () => () => {
    const rows = session.records.filter((one) => ["received", "held"].includes(one.state));
    return h("main", [
      h("a", { href: "#/", class: "back" }, [icon("back"), "หน้าแรก"]),
      h("h1", "ที่ส่งแล้ว"),
      rows.length ? h("ul", { class: "items card" }, rows.map((record) => h(Row, { record, key: record.id })))
        : h("p", { class: "echo" }, "ยังไม่มีบันทึกที่ส่งจากเครื่องนี้"),
    ]);
  },
};
