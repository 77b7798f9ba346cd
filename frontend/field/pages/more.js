// My own page: who I am here, whether this device may clear what it keeps, and leaving.
import { h, onMounted, ref } from "vue";
import { button, icon, link } from "../parts.js";
import { drafts, leave, session, unsent } from "../session.js";
import { shown } from "../thai.js";

export const More = {
  setup() {
    const persistent = ref(null);
    const asking = ref(false);
    onMounted(async () => {
      persistent.value = (await navigator.storage?.persisted?.()) ?? null;
    });
    const ask = async () => {
      persistent.value = await navigator.storage.persist();
    };
    const go = () => {
      if (unsent().length + drafts().length && !asking.value) asking.value = true;
      else leave();
    };
    return () => {
      const [count, begun] = [unsent().length, drafts().length];
      return h("main", [
        h("a", { href: "#/", class: "back" }, [icon("back"), "หน้าแรก"]),
        h("h1", session.person.name),
        h("p", { class: "echo" }, session.person.office.name),
        h("section", { class: "card" }, [
          h("h2", "งานในเครื่องนี้"),
          h("p", count ? `ยังไม่ได้ส่ง ${shown(count)} · ทำค้างไว้ ${shown(begun)}` : begun ? `ส่งครบแล้ว · ทำค้างไว้ ${shown(begun)}` : "ส่งครบแล้ว ไม่มีงานค้าง"),
          persistent.value === true && h("p", { class: "small" }, "เครื่องนี้จะไม่ล้างงานทิ้งเอง"),
          persistent.value === false && [h("p", { class: "small" }, "เครื่องนี้อาจล้างข้อมูลเมื่อที่เก็บเต็ม"), button("ขอให้เครื่องเก็บงานไว้", ask)],
          h("div", { class: "actions" }, [link("#/outbox", "งานที่ยังไม่ได้ส่งและการสำรอง"), link("#/sent", "ที่ส่งแล้ว"), link("/", "หน้าเว็บของสำนักงาน")]),
        ]),
        h("section", { class: "card" }, [
          h("h2", "ออกจากระบบ"),
          asking.value && h("p", { class: "notice" }, `ยังมีงานที่ไม่ได้ส่ง ${shown(count)} และทำค้าง ${shown(begun)} งานจะอยู่ในเครื่องนี้และเปิดได้เมื่อท่านเข้าสู่ระบบใหม่เท่านั้น คนอื่นที่ใช้เครื่องนี้จะไม่เห็น`),
          h("div", { class: "actions" }, [button(asking.value ? "ออกจากระบบ ทิ้งงานไว้ในเครื่อง" : "ออกจากระบบ", go, { kind: asking.value ? "danger" : "plain" })]),
        ]),
      ]);
    };
  },
};
