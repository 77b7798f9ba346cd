// A form on the screen: sections, repeats, and one field for each question.
import { computed, h, inject, nextTick, onBeforeUnmount, onMounted, ref, shallowRef } from "vue";
import { Acknowledge, Elsewhere, Place } from "./controls/others.js";
import { Amount, Text } from "./controls/words.js";
import { Day, DayAndTime, Time } from "./controls/days.js";
import { Drawing, Upload } from "./controls/files.js";
import { Range, Rank, Select } from "./controls/choices.js";
import { has, isForSigning, isRepeat, isShown, nameOf, wordsOf } from "./engine.js";
import { button } from "./parts.js";
import { shown } from "./thai.js";
import { said } from "./words.js";

const INPUTS = { int: Amount, decimal: Amount, date: Day, time: Time, dateTime: DayAndTime, geopoint: Place, geotrace: Elsewhere, geoshape: Elsewhere };

/** The control that a question is answered with. */
function controlOf(node) {
  switch (node.nodeType) {
    case "input":
      return INPUTS[node.valueType] ?? Text;
    case "select":
      return Select;
    case "range":
      return Range;
    case "rank":
      return Rank;
    case "trigger":
      return Acknowledge;
    case "upload":
      return ["signature", "draw", "annotate"].some((word) => has(node, word)) ? Drawing : Upload;
    default:
      return null;
  }
}

/** What needs a fieldset and a legend, because several things inside it can take the focus. */
const isMany = (node) =>
  (node.nodeType === "select" && !has(node, "minimal")) || node.nodeType === "rank" || ["date", "time", "dateTime"].includes(node.valueType);

export const Field = {
  props: { node: Object, eager: Boolean },
  setup({ node }) {
    const form = inject("form");
    const fault = ref("");
    const touched = ref(false);
    const id = node.nodeId.replace(/\W/g, "-");
    const control = controlOf(node);
    if (!control) return () => h("p", { class: "echo" }, "ข้อนี้กรอกในหน้านี้ไม่ได้");
    const wrong = computed(() => {
      if (fault.value) return fault.value;
      const { violation } = node.validationState;
      if (!violation) return "";
      // A question that has not been answered yet is not a mistake before somebody wants to leave.
      if (violation.condition === "required" && !form.strict) return "";
      return touched.value || form.strict ? wordsOf(violation) : "";
    });
    const common = () => ({
      id, "aria-describedby": `${id}-hint ${id}-wrong`, "aria-invalid": wrong.value ? "true" : undefined,
      "aria-required": node.currentState.required ? "true" : undefined,
    });
    // A sentence that appears the moment a field is left would push away what the finger is about to touch.
    let leaving = 0;
    const leave = () => { leaving = setTimeout(() => { touched.value = true; }, 250); };
    onBeforeUnmount(() => clearTimeout(leaving));
    form.faults.set(node.nodeId, fault);
    onBeforeUnmount(() => form.faults.delete(node.nodeId));
    return () => {
      const { label, hint, required } = node.currentState;
      const many = isMany(node);
      const title = [label && said(label), required && h("span", { class: "needed" }, " (ต้องตอบ)")];
      return h(many ? "fieldset" : "div", {
        class: ["field", wrong.value && "wrong"], "data-name": nameOf(node), "data-node": node.nodeId,
        onFocusout: leave,
      }, [
        many ? h("legend", title) : h("label", { class: "label", for: id }, title),
        hint && h("p", { class: "hint", id: `${id}-hint` }, said(hint)),
        h(control, { node, common, fault }),
        wrong.value && h("p", { class: "mistake", id: `${id}-wrong` }, wrong.value),
      ]);
    };
  },
};

const Note = {
  props: ["node"],
  setup: (props) => () => {
    const { label, hint, value } = props.node.currentState;
    return h("div", { class: "note", "data-name": nameOf(props.node) }, [
      label && h("p", said(label)), hint && h("p", { class: "hint" }, said(hint)),
      value != null && value !== "" && h("p", [h("strong", shown(String(value)))]),
    ]);
  },
};

const Repeat = {
  props: ["node"],
  setup(props) {
    const form = inject("form");
    const box = ref(null);
    const mayChange = props.node.nodeType === "repeat-range:uncontrolled";
    const add = async () => {
      props.node.addInstances();
      await nextTick();
      const fields = box.value.querySelectorAll(":scope > .entry");
      fields[fields.length - 1]?.querySelector("input, textarea, select")?.focus();
    };
    return () => {
      const { label, children } = props.node.currentState;
      return h("div", { class: "repeat", ref: box, "data-name": nameOf(props.node) }, [
        label && h("h3", said(label)),
        children.map((one, at) =>
          h("div", { class: "entry", key: one.nodeId }, [
            h("div", { class: "entry-head" }, [
              h("h4", one.currentState.label?.asString && one.currentState.label.asString !== label?.asString
                ? said(one.currentState.label) : `รายการที่ ${shown(at + 1)}`),
              mayChange && button("ลบ", () => form.takeAway(props.node, at), { kind: "quiet", icon: "trash", "aria-label": `ลบรายการที่ ${at + 1}` }),
            ]),
            h(Nodes, { nodes: one.currentState.children }),
          ])),
        mayChange && button("เพิ่มรายการ", add, { icon: "plus" }),
      ]);
    };
  },
};

const Group = {
  props: ["node"],
  setup: (props) => () =>
    h("div", { class: "group" }, [
      props.node.currentState.label && h("h3", said(props.node.currentState.label)),
      h(Nodes, { nodes: props.node.currentState.children }),
    ]),
};

/** One node of the form, whatever it is. Signing waits for the last page. */
const Node = {
  props: ["node"],
  setup: ({ node }) => () => {
    if (!isShown(node) || isForSigning(node)) return null;
    if (node.nodeType === "note") return h(Note, { node });
    if (node.nodeType === "group") return h(Group, { node });
    if (isRepeat(node)) return h(Repeat, { node });
    return h(Field, { node });
  },
};

const Nodes = {
  props: ["nodes"],
  setup: (props) => () => props.nodes.map((node) => h(Node, { node, key: node.nodeId })),
};

/** A group that stands alone on the page makes a card of its own; questions beside each other share one. */
function cardsOf(nodes) {
  const cards = [];
  for (const node of nodes) {
    const alone = node.nodeType === "group" || isRepeat(node);
    const last = cards[cards.length - 1];
    if (!alone && last && !last.alone) last.nodes.push(node);
    else cards.push({ alone, nodes: [node] });
  }
  return cards;
}

const onlyForSigning = (nodes) => nodes.every((node) =>
  isForSigning(node) || !isShown(node) || (node.nodeType === "group" && onlyForSigning(node.currentState.children)));

const SOON = 2; // cards that are drawn before the first picture; the others follow in the next moments

/** The whole form. Long forms appear two cards at a time, so that the first questions can be answered at once. */
export const Form = {
  props: ["filling"],
  setup(props) {
    const drawn = ref(SOON);
    const cards = shallowRef(cardsOf(props.filling.sections));
    let waiting = 0;
    const more = () => {
      if (drawn.value >= cards.value.length) {
        performance.mark("nithet-form-drawn");
        return;
      }
      drawn.value += 2;
      waiting = setTimeout(more);
    };
    onMounted(() => { waiting = setTimeout(more); });
    onBeforeUnmount(() => clearTimeout(waiting));
    return () =>
      h("div", { class: "form", "data-drawn": drawn.value >= cards.value.length ? "all" : "part" },
        cards.value.slice(0, drawn.value).map((one) => h(Card, { card: one, key: one.nodes[0].nodeId })));
  },
};

const Card = {
  props: ["card"],
  setup: ({ card }) => () => {
    const [first] = card.nodes;
    const showing = card.nodes.filter(isShown);
    if (showing.length === 0 || onlyForSigning(showing)) return null;
    if (first.nodeType !== "group") return h("section", { class: "card" }, [h(Nodes, { nodes: card.nodes })]);
    const { label, children } = first.currentState;
    return h("section", { class: "card" }, [label && h("h2", said(label)), h(Nodes, { nodes: children })]);
  },
};
