// One school: telephone, what was agreed before, what was seen last, and the beginning of a record.
import { h } from "vue";
import { icon, link, state } from "../parts.js";
import { drafts, session } from "../session.js";
import { date, moment, shown, today } from "../thai.js";

const Agreement = ({ one }) =>
  h("li", [
    h("p", one.text),
    h("p", { class: "small" }, [one.owner, one.due_on && ` · ภายใน ${date(one.due_on)}`,
      one.due_on && one.due_on < today() && [" ", state("เลยกำหนด", "needs", "clock")]]),
  ]);
Agreement.props = ["one"];

export const SchoolPage = {
  props: ["id"],
  setup: ({ id }) => () => {
    const school = session.taken?.schools.find((one) => String(one.id) === id);
    if (!school) return h("main", [h("h1", "ไม่มีโรงเรียนนี้ในเครื่อง"), link("#/", "กลับหน้าแรก", { icon: "back" })]);
    const next = (session.taken.plan ?? []).find((one) => one.school_id === school.id && one.planned_for >= today());
    const begun = drafts().filter((one) => one.schoolId === school.id);
    const forms = session.taken.forms;
    const start = (form, kind) =>
      link(`#/record/${form.id}.${school.id}`, kind === "primary" ? "เริ่มบันทึก" : form.title, { kind, icon: kind === "primary" ? "pen" : "file" });
    const main = forms.find((one) => one.purpose === "supervision.visit") ?? (forms.length === 1 ? forms[0] : null);
    return h("main", [
      h("a", { href: "#/", class: "back" }, [icon("back"), "หน้าแรก"]),
      h("h1", school.name),
      h("p", { class: "echo" }, [school.network, school.district,
        next && `นัด${next.planned_for === today() ? "วันนี้" : ` ${date(next.planned_for)}`}`].filter(Boolean).join(" · ")),
      school.is_example && h("p", { class: "small" }, "ข้อมูลตัวอย่าง"),
      school.telephone && link(`tel:${school.telephone.replace(/[^\d+]/g, "")}`, `โทร ${school.telephone}`, { icon: "phone" }),
      h("section", { class: "card" }, [
        h("h2", school.agreements.length ? `ครั้งก่อนตกลงไว้ ${shown(school.agreements.length)} เรื่อง` : "ครั้งก่อนไม่มีข้อตกลงค้าง"),
        school.agreements.length > 0 && h("ul", { class: "plain" }, school.agreements.map((one) => h(Agreement, { one, key: one.id }))),
      ]),
      school.findings.length > 0 && h("section", { class: "card" }, [
        h("h2", `ข้อค้นพบครั้งก่อน${school.last_visit ? ` ${date(school.last_visit)}` : ""}`),
        h("ul", { class: "plain" }, school.findings.map((one, at) => h("li", { key: at }, [h("p", one.text), one.kind && h("p", { class: "small" }, one.kind)]))),
      ]),
      begun.length > 0 && h("section", { class: "card" }, [
        h("h2", "ทำค้างไว้ที่โรงเรียนนี้"),
        h("ul", { class: "rows" }, begun.map((one) => h("li", { class: "row", key: one.id }, [
          h("a", { href: `#/record/${encodeURIComponent(one.id)}`, class: "row-main" }, [h("strong", one.formTitle), h("span", { class: "small" }, `บันทึกไว้ ${moment(one.savedAt)}`)])]))),
      ]),
      forms.length === 0 && h("p", { class: "notice" }, "ยังไม่มีแบบที่เผยแพร่ให้ใช้ในโรงเรียน"),
      (main ? forms.filter((one) => one !== main) : forms).length > 0 && h("section", { class: "card" }, [
        h("h2", main ? "แบบอื่นที่ใช้ได้" : "เลือกแบบที่จะบันทึก"),
        h("div", { class: "stack" }, (main ? forms.filter((one) => one !== main) : forms).map((form) => start(form, "plain"))),
      ]),
      main && h("div", { class: "foot" }, [start(main, "primary")]),
    ]);
  },
};
