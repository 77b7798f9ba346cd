// "สัปดาห์นี้ n โรงเรียน": where to go this week, what was left half done, and every school of mine.
import { computed, h, ref } from "vue";
import { icon, link, state } from "../parts.js";
import { drafts, removed, session, takeAlong, takeBack } from "../session.js";
import { date, moment, shown, today, weekday, weekOf } from "../thai.js";

const telephone = (school) =>
  school.telephone && h("a", { class: "call", href: `tel:${school.telephone.replace(/[^\d+]/g, "")}`, "aria-label": `โทร ${school.name} ${school.telephone}` }, [icon("phone")]);

const openWords = (school) => {
  const open = school.agreements.length;
  return open ? `ข้อตกลงที่ยังค้าง ${shown(open)} เรื่อง` : "ไม่มีข้อตกลงค้าง";
};

const Visit = ({ visit, school }) =>
  h("li", { class: "row" }, [
    h("a", { href: `#/school/${school.id}.${visit.id}`, class: "row-main" }, [
      h("span", { class: "when" }, visit.planned_for === today() ? "วันนี้" : `${weekday(visit.planned_for)} ${date(visit.planned_for)}`),
      h("strong", school.name),
      h("span", { class: "small" }, [openWords(school), visit.starts_at && ` · ${shown(visit.starts_at)} น.`, visit.purpose && ` · ${visit.purpose}`]),
    ]),
    telephone(school),
  ]);
Visit.props = ["visit", "school"];

export const Home = {
  setup() {
    const looking = ref("");
    const schools = computed(() => session.taken?.schools ?? []);
    const byId = computed(() => new Map(schools.value.map((one) => [one.id, one])));
    const plan = computed(() => (session.taken?.plan ?? []).filter((one) => byId.value.has(one.school_id)));
    return () => {
      if (!session.taken)
        return h("main", [h("h1", "ยังไม่มีข้อมูลในเครื่อง"), h("p", session.taking ? "กำลังรับข้อมูลจากสำนักงาน…" : "ต่อเครือข่ายแล้วแตะปุ่มด้านล่าง"),
          session.trouble && h("p", { class: "notice" }, session.trouble),
          h("button", { type: "button", class: "button primary", disabled: session.taking, onClick: takeAlong }, "รับข้อมูลไปใช้ในโรงเรียน")]);
      const week = new Set(weekOf(today()));
      const thisWeek = plan.value.filter((one) => week.has(one.planned_for));
      const later = plan.value.filter((one) => !week.has(one.planned_for) && one.planned_for > today());
      const count = new Set(thisWeek.map((one) => one.school_id)).size;
      const words = looking.value.trim();
      // Without a word the list holds my own schools; where none are assigned to me, all of the office.
      const own = schools.value.filter((one) => one.mine);
      const mine = words ? schools.value.filter((one) => one.name.includes(words)) : own.length ? own : schools.value;
      const unfinished = drafts();
      return h("main", [
        h("h1", count ? `สัปดาห์นี้ ${shown(count)} โรงเรียน` : "สัปดาห์นี้ยังไม่มีนัดในแผน"),
        h("p", { class: "echo" }, [`ข้อมูล ณ ${moment(session.taken.at)} · เตรียมไว้ ${shown(schools.value.length)} โรงเรียน แบบ ${shown(session.taken.forms.length)} ฉบับ`,
          session.online && !session.signedOut && [" · ", h("button", { type: "button", class: "linkish", disabled: session.taking, onClick: takeAlong }, session.taking ? "กำลังรับ…" : "รับข้อมูลล่าสุด")]]),
        session.trouble && h("p", { class: "notice" }, session.trouble),
        unfinished.length > 0 && h("section", { class: "card" }, [
          h("h2", `ทำค้างไว้ ${shown(unfinished.length)}`),
          h("ul", { class: "rows" }, unfinished.map((one) => h("li", { class: "row", key: one.id }, [
            h("a", { href: `#/record/${encodeURIComponent(one.id)}`, class: "row-main" }, [
              h("strong", one.schoolName || one.formTitle), h("span", { class: "small" }, `${one.formTitle} · บันทึกไว้ในเครื่อง ${moment(one.savedAt)}`)]),
            state("ทำต่อ", "needs")]))),
        ]),
        removed().map((one) => h("p", { class: "echo", key: one.id }, [`ลบร่าง${one.schoolName ? `ของ${one.schoolName}` : ""}แล้ว `,
          h("button", { type: "button", class: "linkish", onClick: () => takeBack(one.id) }, "เรียกคืน")])),
        thisWeek.length > 0 && h("section", { class: "card" }, [
          h("h2", "นัดของสัปดาห์นี้"),
          h("ul", { class: "rows" }, thisWeek.map((visit) => h(Visit, { visit, school: byId.value.get(visit.school_id), key: visit.id }))),
        ]),
        later.length > 0 && h("details", { class: "card" }, [
          h("summary", `สัปดาห์ต่อ ๆ ไป ${shown(later.length)} ครั้ง`),
          h("ul", { class: "rows" }, later.map((visit) => h(Visit, { visit, school: byId.value.get(visit.school_id), key: visit.id }))),
        ]),
        h("section", { class: "card" }, [
          h("h2", own.length ? "โรงเรียนของฉัน" : "โรงเรียนในเขต"),
          schools.value.length > 8 && h("input", { type: "search", placeholder: "ค้นหาชื่อโรงเรียน", "aria-label": "ค้นหาชื่อโรงเรียน", value: looking.value,
            onInput: (event) => { looking.value = event.target.value; } }),
          h("ul", { class: "rows" }, mine.slice(0, words ? 60 : 30).map((one) => h("li", { class: "row", key: one.id }, [
            h("a", { href: `#/school/${one.id}`, class: "row-main" }, [h("strong", one.name), h("span", { class: "small" }, openWords(one))]), telephone(one)]))),
          mine.length > 30 && !words && h("p", { class: "echo" }, `แสดง 30 จาก ${mine.length} โรงเรียน พิมพ์ชื่อเพื่อหาโรงเรียนอื่น`),
          mine.length === 0 && h("p", { class: "echo" }, words ? "ไม่พบโรงเรียนชื่อนี้" : "ยังไม่มีโรงเรียนที่รับผิดชอบ"),
        ]),
        link("#/sent", "ที่ส่งแล้ว", { icon: "tray" }),
      ]);
    };
  },
};
