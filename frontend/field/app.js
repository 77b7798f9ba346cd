// The frame of the app: which page, the bar above, and what is said on every page.
import { defineAsyncComponent, h, onBeforeUnmount, ref, watch } from "vue";
import { loadRecordPage, whenIdle } from "./idle.js";
import { Home } from "./pages/home.js";
import { More } from "./pages/more.js";
import { OutboxPage, SentPage } from "./pages/outbox.js";
import { SchoolPage } from "./pages/school.js";
import { link, state } from "./parts.js";
import { session, unsent } from "./session.js";
import { shown } from "./thai.js";

// The form engine is the larger half of the app: it comes when a form is opened, or when there is nothing else to do. Then it
// also reads the forms that are likely next, so that "เริ่มบันทึก" does not keep anybody waiting.
const RecordPage = defineAsyncComponent(() => loadRecordPage().then((page) => page.RecordPage));
const AHEAD = 3;

async function getReady() {
  const { getReadyFor } = await loadRecordPage();
  const forms = session.taken?.forms ?? [];
  const likely = [...forms].sort((one, other) => Number(other.purpose === "supervision.visit") - Number(one.purpose === "supervision.visit"));
  for (const { id } of likely.slice(0, AHEAD)) {
    await new Promise((done) => whenIdle(done));
    await getReadyFor(id).catch(() => {});
  }
}
watch(() => session.ready && session.taken?.at, (at) => at && whenIdle(getReady), { immediate: true });

const SIGN_IN = "/account/login/?next=/field/";
const PAGES = { "": Home, school: SchoolPage, record: RecordPage, outbox: OutboxPage, sent: SentPage, more: More };

const where = () => {
  const [page = "", id = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { page, id };
};

const Bar = () =>
  h("header", { class: "bar" }, [
    h("a", { href: "#/", class: "brand" }, [h("img", { src: "/static/dist/favicon.svg", alt: "", width: 28, height: 28 }), "นิเทศ"]),
    h("div", { class: "bar-end" }, [
      !session.online && state("ไม่มีเครือข่าย", "rest", "cloud"),
      session.person && h("a", { href: "#/more", class: "me", "aria-label": "เมนูของฉัน" }, session.person.name),
    ]),
  ]);

/** Always there while something has not been sent: how much is kept here, and where it is. */
const Kept = () => {
  const count = unsent().length;
  if (!count) return null;
  const sending = session.outbox?.state.sending;
  return h("a", { href: "#/outbox", class: "kept", role: "status" },
    sending ? `กำลังส่งข้อมูล เหลือ ${shown(count)}` : `บันทึกไว้ในเครื่องแล้ว ยังไม่ได้ส่ง ${shown(count)}`);
};

const Welcome = () =>
  h("main", { class: "narrow" }, [
    h("h1", "บันทึกการนิเทศในโรงเรียน"),
    h("p", "เข้าสู่ระบบหนึ่งครั้งตอนที่มีเครือข่าย แล้วใช้ในโรงเรียนได้ทั้งวันโดยไม่ต้องมีสัญญาณ"),
    session.online ? link(SIGN_IN, "เข้าสู่ระบบ", { kind: "primary" })
      : h("p", { class: "notice" }, "เครื่องนี้ยังไม่เคยเข้าสู่ระบบ ต่อเครือข่ายก่อนหนึ่งครั้ง"),
  ]);

const Locked = () =>
  h("main", { class: "narrow" }, [
    h("h1", "เข้าสู่ระบบอีกครั้ง"),
    h("p", `เครื่องนี้เก็บงานของ ${session.person.name} ไว้ครบ เข้าสู่ระบบด้วยชื่อเดิมเพื่อทำต่อและส่งข้อมูล`),
    unsent().length > 0 && h("p", { class: "notice" }, `บันทึกไว้ในเครื่องแล้ว ยังไม่ได้ส่ง ${shown(unsent().length)}`),
    link(SIGN_IN, "เข้าสู่ระบบ", { kind: "primary" }),
  ]);

const takeUpdate = () => {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  session.update.postMessage("take over");
};

export const App = {
  setup() {
    const at = ref(where());
    let turns = 0;
    const turn = () => {
      turns += 1;
      at.value = where();
      scrollTo(0, 0);
    };
    addEventListener("hashchange", turn);
    onBeforeUnmount(() => removeEventListener("hashchange", turn));
    return () => {
      if (!session.ready) return [h(Bar), h("main", { class: "narrow" }, [h("p", { class: "echo" }, "กำลังเปิด…")])];
      if (!session.person) return [h(Bar), h(Welcome)];
      if (session.locked && at.value.page !== "record") return [h(Bar), h(Locked)];
      const { page, id } = at.value;
      return [
        h(Bar),
        session.signedOut && h("p", { class: "notice line" }, ["หมดเวลาเข้าสู่ระบบแล้ว งานยังอยู่ครบในเครื่อง ", h("a", { href: SIGN_IN }, "เข้าสู่ระบบเพื่อส่ง")]),
        session.update && page !== "record" && h("p", { class: "notice line" }, ["มีรุ่นใหม่ของหน้านี้ ", h("button", { type: "button", class: "linkish", onClick: takeUpdate }, "เปิดรุ่นใหม่")]),
        page !== "outbox" && page !== "record" && h(Kept),
        h(PAGES[page] ?? Home, { id, key: turns }),
      ];
    };
  },
};
