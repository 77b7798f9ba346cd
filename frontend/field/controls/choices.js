// Choosing: one, several, along a scale, in an order.
import { h, inject, ref } from "vue";
import { has } from "../engine.js";
import { button } from "../parts.js";
import { said } from "../words.js";

const SHORT_LIST = 12;
const IN_A_ROW = 30; // letters of all choices together that stand beside one another on a phone

/** Plain words stand by themselves: a long form has hundreds of choices, and every element costs time. */
const plainly = (words) => (typeof words === "string" ? words : h("span", words));

const choose = (node, value) => {
  if (node.selectType === "select") {
    const now = node.currentState.value;
    node.selectValues(now.includes(value) ? now.filter((one) => one !== value) : [...now, value]);
  } else node.selectValue(value);
};

const fitsInRow = (items) =>
  items.length > 1 && items.length < 6 && items.reduce((sum, item) => sum + item.label.asString.length, 0) <= IN_A_ROW;

/** Cards to touch, in a row where the form asks for a scale. A long list gets a field that narrows it. */
export const Select = {
  props: ["node", "common"],
  setup({ node, common }) {
    const looking = ref("");
    const several = node.selectType === "select";
    const form = inject("form");
    // What was filled in beforehand is a fact to read, not a list to go through.
    const asked = ref(!form.known?.has(node.nodeId));
    const inRow = has(node, "likert") || has(node, "horizontal") || has(node, "horizontal-compact") || has(node, "columns-pack");
    const option = (item, shut) => {
      const checked = node.currentState.value.includes(item.value);
      return h("label", { class: ["option", checked && "chosen"], key: item.value }, [
        h("input", {
          type: several ? "checkbox" : "radio", name: node.nodeId, value: item.value, checked, disabled: shut,
          onChange: () => choose(node, item.value),
        }),
        plainly(said(item.label)),
      ]);
    };
    return () => {
      const shut = node.currentState.readonly;
      const items = node.currentState.valueOptions;
      const { value } = node.currentState;
      if (!asked.value && value.length === 1)
        return h("p", { class: "known" }, [h("span", said(node.getValueOption(value[0])?.label)),
          !shut && h("button", { type: "button", class: "linkish", onClick: () => { asked.value = true; } }, "เปลี่ยน")]);
      if (!several && has(node, "minimal") && items.length <= SHORT_LIST * 4 && !has(node, "autocomplete"))
        return h("select", { ...common(), disabled: shut, value: value[0] ?? "", onChange: (event) => node.selectValue(event.target.value || null) },
          [h("option", { value: "" }, "เลือก"), items.map((item) => h("option", { value: item.value }, item.label.asString))]);
      const long = items.length > SHORT_LIST || has(node, "autocomplete");
      const words = looking.value.trim();
      const found = long ? items.filter((item) => value.includes(item.value) || (words && item.label.asString.includes(words))) : items;
      const { id, ...described } = common();
      return [
        long && h("input", { ...described, id, type: "search", placeholder: "พิมพ์เพื่อค้นหา", autocomplete: "off", value: looking.value,
          onInput: (event) => { looking.value = event.target.value; } }),
        h("div", { ...(long ? {} : { ...described, id }), role: several ? "group" : "radiogroup",
          class: ["options", (inRow || fitsInRow(items)) && "row", (inRow || fitsInRow(items)) && items.length > 2 && (items.length > 3 ? "scale many" : "scale")] },
        found.slice(0, long ? 40 : undefined).map((item) => option(item, shut))),
        long && words && found.length === 0 && h("p", { class: "echo" }, "ไม่พบรายการที่มีคำนี้"),
        !several && value.length > 0 && !shut && h("button", { type: "button", class: "clear", onClick: () => node.selectValue(null) }, "ล้างคำตอบ"),
      ];
    };
  },
};

/** A number along a line; nothing is recorded before it is touched. */
export const Range = {
  props: ["node", "common"],
  setup({ node, common }) {
    const { start, end, step } = node.definition.bounds;
    const whole = node.valueType === "int";
    const [low, high, width] = [start, end, step].map(Number);
    const set = (text) => node.setValue(text === "" ? null : whole ? BigInt(text) : Number(text));
    const steps = Array.from({ length: Math.min(101, Math.floor(Math.abs(high - low) / Math.abs(width)) + 1) }, (_, at) =>
      String(Number((low + at * Math.abs(width) * Math.sign(high - low || 1)).toFixed(6))));
    return () => {
      const value = node.currentState.value;
      const shut = node.currentState.readonly;
      if (has(node, "picker"))
        return h("select", { ...common(), disabled: shut, value: value == null ? "" : String(value), onChange: (event) => set(event.target.value) },
          [h("option", { value: "" }, "เลือก"), steps.map((one) => h("option", { value: one }, one))]);
      if (has(node, "rating") || steps.length <= 6) {
        const { id, ...described } = common();
        return [h("div", { id, ...described, class: "options row scale many", role: "radiogroup" }, steps.map((one) =>
          h("label", { class: ["option", String(value) === one && "chosen"], key: one }, [
            h("input", { type: "radio", name: node.nodeId, value: one, checked: String(value) === one, disabled: shut, onChange: () => set(one) }),
            h("span", one)]))),
        value != null && !shut && h("button", { type: "button", class: "clear", onClick: () => set("") }, "ล้างคำตอบ")];
      }
      return h("div", { class: "range" }, [
        h("input", { ...common(), type: "range", min: Math.min(low, high), max: Math.max(low, high), step: Math.abs(width), disabled: shut,
          class: value == null && "unset", value: value == null ? String((low + high) / 2) : String(value),
          onInput: (event) => set(event.target.value), onClick: (event) => set(event.target.value) }),
        h("div", { class: "ends" }, [h("span", String(low)), h("output", value == null ? "ยังไม่ได้เลือก" : String(value)), h("span", String(high))]),
        value != null && !shut && h("button", { type: "button", class: "clear", onClick: () => set("") }, "ล้างคำตอบ"),
      ]);
    };
  },
};

/** Things put in an order by moving them up and down. */
export const Rank = {
  props: ["node"],
  setup: ({ node }) => () => {
    const { value, valueOptions: items, readonly: shut } = node.currentState;
    const order = value.length ? [...value, ...items.map((one) => one.value).filter((one) => !value.includes(one))] : items.map((one) => one.value);
    const move = (at, to) => {
      const next = [...order];
      next.splice(to, 0, ...next.splice(at, 1));
      node.setValues(next);
    };
    return h("div", { class: ["rank", !value.length && "unset"] }, [
      h("ol", order.map((one, at) => h("li", { key: one }, [
        h("span", node.getValueLabel(one)?.asString ?? one),
        !shut && button("", () => move(at, at - 1), { kind: "square", icon: "up", disabled: at === 0, "aria-label": "เลื่อนขึ้น" }),
        !shut && button("", () => move(at, at + 1), { kind: "square", icon: "down", disabled: at === order.length - 1, "aria-label": "เลื่อนลง" }),
      ]))),
      !value.length && !shut && button("ใช้ลำดับนี้", () => node.setValues(order), { kind: "quiet" }),
    ]);
  },
};
