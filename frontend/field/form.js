// A form on the screen: sections, repeats, and one field for each question.
import { computed, h, inject, nextTick, onBeforeUnmount, onMounted, ref } from "vue";
import { Acknowledge, Elsewhere, Place } from "./controls/others.js";
import { Amount, Text } from "./controls/words.js";
import { Day, DayAndTime, Time } from "./controls/days.js";
import { Drawing, Upload } from "./controls/files.js";
import { Range, Rank, Select } from "./controls/choices.js";
import { has, isForSigning, isRepeat, isShown, isSilent, nameOf, wordsOf } from "./engine.js";
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
  props: { node: Object, signing: Boolean },
  setup({ node, signing }) {
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
      if (!isShown(node) || (!signing && isForSigning(node))) return null;
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
    if (!isShown(props.node)) return null;
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
      if (!isShown(props.node)) return null;
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
            partsOf(one.currentState.children),
          ])),
        mayChange && button("เพิ่มรายการ", add, { icon: "plus" }),
      ]);
    };
  },
};

const Group = {
  props: ["node"],
  setup: (props) => () =>
    isShown(props.node) ? h("div", { class: "group" }, [
      props.node.currentState.label && h("h3", said(props.node.currentState.label)),
      partsOf(props.node.currentState.children),
    ]) : null,
};

/** The part that draws a node, whatever it is; each says itself whether there is something to show just now. */
function partOf(node) {
  if (node.nodeType === "note") return Note;
  if (node.nodeType === "group") return Group;
  return isRepeat(node) ? Repeat : Field;
}

const partsOf = (nodes) => nodes.filter((node) => !isSilent(node)).map((node) => h(partOf(node), { node, key: node.nodeId }));

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

const FIRST = 12; // questions that are drawn before the first picture: more than a tablet shows at once
const NEXT = 24; // and as many again in each of the next moments

/** What a card shows one below the other. */
const partsIn = ({ nodes: [first, ...others] }) => (first.nodeType === "group" ? first.currentState.children : [first, ...others]);

/** The whole form. A long one appears piece by piece, so that its first screen stands, and can be answered, at once. */
export const Form = {
  props: ["filling"],
  setup(props) {
    const drawn = ref(FIRST);
    const cards = cardsOf(props.filling.sections);
    const sizes = cards.map((card) => partsIn(card).length);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    let frame = 0;
    let waiting = 0;
    // Told when the picture is on the glass, not when it is worked out.
    const afterPicture = (work) => { frame = requestAnimationFrame(() => { waiting = setTimeout(work); }); };
    const more = () => {
      drawn.value += NEXT;
      if (drawn.value < whole) waiting = setTimeout(more);
      else afterPicture(() => performance.mark("nithet-form-drawn"));
    };
    onMounted(() => afterPicture(() => {
      performance.mark("nithet-form-first");
      more();
    }));
    onBeforeUnmount(() => {
      cancelAnimationFrame(frame);
      clearTimeout(waiting);
    });
    return () => {
      let left = drawn.value;
      const shown = cards.map((card, at) => {
        const most = Math.min(left, sizes[at]);
        left -= most;
        return most > 0 ? h(Card, { card, most, key: card.nodes[0].nodeId }) : null;
      });
      return h("div", { class: "form", "data-drawn": drawn.value >= whole ? "all" : "part" }, shown);
    };
  },
};

/** `most` of the questions of a card; a group says its title above them. */
const Card = {
  props: ["card", "most"],
  setup: (props) => () => {
    const { card, most } = props;
    const [first] = card.nodes;
    const showing = card.nodes.filter(isShown);
    if (showing.length === 0 || onlyForSigning(showing)) return null;
    const label = first.nodeType === "group" && first.currentState.label;
    return h("section", { class: "card" }, [label && h("h2", said(label)), partsOf(partsIn(card).slice(0, most))]);
  },
};
