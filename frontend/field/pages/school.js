// One school: telephone, what was agreed before, what was seen last, and the beginning of a record.
import { h, onMounted, ref } from "vue";
import { beginSoon } from "../idle.js";
import { icon, link, state } from "../parts.js";
import { likeliest, visitsNear } from "../planned.js";
import { drafts, session } from "../session.js";
import { date, moment, shown, today, weekday } from "../thai.js";

const Agreement = ({ one }) =>
  h("li", [
    h("p", one.text),
    h("p", { class: "small" }, [one.owner, one.due_on && ` · ภายใน ${date(one.due_on)}`,
      one.due_on && one.due_on < today() && [" ", state("เลยกำหนด", "needs", "clock")]]),
  ]);
Agreement.props = ["one"];

const when = (visit) => (visit.planned_for === today() ? "วันนี้" : `วัน${weekday(visit.planned_for)} ${date(visit.planned_for)}`);

/** Which of the planned visits the record will be of; a visit that was not planned is one too. */
const Planned = ({ visits, chosen, onChoose }) => {
  const option = (id, words, more) =>
    h("label", { class: ["option", chosen === id && "chosen"], key: id }, [
      h("input", { type: "radio", name: "planned", value: id, checked: chosen === id, onChange: () => onChoose(id) }),
      h("span", [words, more && h("span", { class: "small" }, ` ${more}`)])]);
  return h("fieldset", { class: "card planned" }, [
    h("legend", { class: "unseen" }, "บันทึกนี้เป็นของนัดใด"),
    h("h2", { "aria-hidden": "true" }, "บันทึกนี้เป็นของนัดใด"),
    h("div", { class: "options", role: "radiogroup" }, [
      visits.map((one) => option(one.id, `นัด${when(one)}`, [one.starts_at && `${shown(one.starts_at)} น.`, one.purpose].filter(Boolean).join(" · "))),
      option(0, "ไม่ใช่นัดในแผน", "นิเทศเพิ่ม")])]);
};
Planned.props = ["visits", "chosen", "onChoose"];

const mainOf = (forms) => forms.find((one) => one.purpose === "supervision.visit") ?? (forms.length === 1 ? forms[0] : null);

export const SchoolPage = {
  props: ["id"],
  setup: ({ id }) => {
    const [schoolId, visitId] = id.split(".").map(Number);
    const near = visitsNear(schoolId);
    const opened = near.find((one) => one.id === visitId);
    // Where several are planned, the nearest is offered first and stands there to be seen and changed.
    const chosen = ref((opened ?? likeliest(near) ?? near[0])?.id ?? 0);
    const recordOf = (form) => `${form.id}.${schoolId}${near.length ? `.${chosen.value}` : ""}`;
    const ready = () => {
      const forms = session.taken?.forms ?? [];
      const main = mainOf(forms);
      beginSoon([...(main ? [main] : []), ...forms.filter((one) => one !== main)].map(recordOf));
    };
    const choose = (visit) => {
      chosen.value = visit;
      ready();
    };
    onMounted(ready);
    return () => {
      const school = session.taken?.schools.find((one) => one.id === schoolId);
      if (!school) return h("main", [h("h1", "ไม่มีโรงเรียนนี้ในเครื่อง"), link("#/", "กลับหน้าแรก", { icon: "back" })]);
      const next = (session.taken.plan ?? []).find((one) => one.school_id === school.id && one.planned_for >= today());
      const begun = drafts().filter((one) => one.schoolId === school.id);
      const forms = session.taken.forms;
      const start = (form, kind) =>
        link(`#/record/${recordOf(form)}`, kind === "primary" ? "เริ่มบันทึก" : form.title, { kind, icon: kind === "primary" ? "pen" : "file" });
      const main = mainOf(forms);
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
        near.length > 0 && forms.length > 0 && h(Planned, { visits: near, chosen: chosen.value, onChoose: choose }),
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
    };
  },
};
