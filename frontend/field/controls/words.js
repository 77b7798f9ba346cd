// Words and numbers that are typed.
import { h, ref } from "vue";
import { has } from "../engine.js";
import { arabic } from "../thai.js";

const CAN_HEAR = Boolean(window.SpeechRecognition ?? window.webkitSpeechRecognition);

/** Where the browser can: speaking instead of typing. What the parts do stands in js/dictation.js, which office pages share. */
const Dictate = {
  props: ["field"],
  setup: ({ field }) => () =>
    h("div", { class: "dictate" }, [
      h("button", { type: "button", class: "button quiet", "data-dictate": field, "aria-pressed": "false" }, "พูดแทนการพิมพ์"),
      h("p", { class: "small", role: "status", "data-dictate-says": "" })]),
};

/** Free text: one line, or as many as the form asks for. */
export const Text = {
  props: ["node", "common"],
  setup: ({ node, common }) => () => {
    const rows = node.nodeOptions?.rows ?? (has(node, "multiline") ? 3 : 0);
    const own = {
      ...common(), value: node.currentState.value ?? "", readonly: node.currentState.readonly,
      onInput: (event) => node.setValue(event.target.value),
    };
    if (rows) return [h("textarea", { ...own, rows: Math.max(2, rows) }), !own.readonly && CAN_HEAR && h(Dictate, { field: own.id })];
    return h("input", {
      ...own, type: has(node, "masked") ? "password" : "text", autocomplete: "off",
      inputmode: has(node, "numbers") ? "numeric" : has(node, "url") ? "url" : undefined,
    });
  },
};

const READ = {
  int: (text) => (/^-?\d+$/.test(text) ? BigInt(text) : undefined),
  decimal: (text) => (/^-?\d*\.?\d+$/.test(text) ? Number(text) : undefined),
};

/** Whole and decimal numbers; Thai digits are understood. What is no number is kept on the screen and not in the record. */
export const Amount = {
  props: ["node", "common", "fault"],
  setup({ node, common, fault }) {
    const typed = ref(null);
    const take = (event) => {
      typed.value = event.target.value;
      const text = arabic(typed.value).replace(/[\s,]/g, "");
      const value = text === "" ? null : READ[node.valueType](text);
      fault.value = value === undefined ? (node.valueType === "int" ? "กรอกเป็นจำนวนเต็ม" : "กรอกเป็นตัวเลข") : "";
      node.setValue(value ?? null);
    };
    return () =>
      h("input", {
        ...common(), type: "text", class: "short", autocomplete: "off",
        inputmode: node.valueType === "int" ? "numeric" : "decimal", readonly: node.currentState.readonly,
        value: fault.value ? typed.value : String(node.currentState.value ?? ""), onInput: take,
        onBlur: () => { if (!fault.value) typed.value = null; },
      });
  },
};
