// Place, acknowledgement, notes, and what this page cannot ask.
import { h, ref } from "vue";
import { button } from "../parts.js";
import { shown } from "../thai.js";

/** The place of the visit, only when the visitor asks for it. */
export const Place = {
  props: ["node", "fault"],
  setup({ node, fault }) {
    const busy = ref(false);
    const take = () => {
      busy.value = true;
      fault.value = "";
      const done = ({ coords }) => {
        busy.value = false;
        node.setValue({
          latitude: coords.latitude, longitude: coords.longitude, altitude: coords.altitude ?? 0, accuracy: coords.accuracy ?? 0,
        });
      };
      const failed = (error) => {
        busy.value = false;
        fault.value = error.code === 1 ? "เครื่องไม่อนุญาตให้อ่านพิกัด เปิดสิทธิ์ตำแหน่งแล้วลองใหม่" : "ยังอ่านพิกัดไม่ได้ ลองอีกครั้งในที่โล่ง";
      };
      navigator.geolocation.getCurrentPosition(done, failed, { enableHighAccuracy: true, timeout: 20000 });
    };
    return () => {
      const { value, readonly: shut } = node.currentState;
      return h("div", { class: "place" }, [
        value && h("p", { class: "echo" }, shown(`${value.latitude.toFixed(5)}, ${value.longitude.toFixed(5)} · คลาดเคลื่อนราว ${Math.round(value.accuracy ?? 0)} ม.`)),
        !shut && h("div", { class: "actions" }, [
          button(busy.value ? "กำลังอ่านพิกัด…" : value ? "อ่านพิกัดใหม่" : "บันทึกพิกัด", take, { icon: "pin", disabled: busy.value }),
          value && button("เอาออก", () => node.setValue(null), { kind: "quiet", icon: "trash" }),
        ]),
      ]);
    };
  },
};

export const Acknowledge = {
  props: ["node", "common"],
  setup: ({ node, common }) => () =>
    h("label", { class: ["option", node.currentState.value && "chosen"] }, [
      h("input", { ...common(), type: "checkbox", checked: Boolean(node.currentState.value), disabled: node.currentState.readonly,
        onChange: (event) => node.setValue(event.target.checked) }),
      h("span", "รับทราบ"),
    ]),
};

export const Elsewhere = {
  setup: () => () => h("p", { class: "echo" }, "ข้อนี้ต้องวาดบนแผนที่ กรอกด้วยแอป ODK Collect"),
};
