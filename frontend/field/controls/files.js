// Photos, sounds, files, and a signature or drawing made with the finger.
import { h, onBeforeUnmount, onMounted, ref, watch } from "vue";
import { has, isSignature } from "../engine.js";
import { button, icon } from "../parts.js";
import { smaller } from "../photos.js";
import { shown } from "../thai.js";

const LARGEST = 50 * 1024 * 1024;
const SORTS = {
  image: { accept: "image/*", words: "ถ่ายภาพ / เลือกภาพ", icon: "camera" },
  audio: { accept: "audio/*", words: "อัดเสียง / เลือกไฟล์เสียง", icon: "file" },
  video: { accept: "video/*", words: "ถ่ายวิดีโอ / เลือกไฟล์", icon: "camera" },
};
const OTHER = { accept: undefined, words: "เลือกไฟล์", icon: "file" };

/** The address of a file for as long as the part that shows it stands. */
function useAddress(value) {
  const address = ref("");
  const forget = () => address.value && URL.revokeObjectURL(address.value);
  watch(value, (file) => {
    forget();
    address.value = file ? URL.createObjectURL(file) : "";
  }, { immediate: true });
  onBeforeUnmount(forget);
  return address;
}

export const Upload = {
  props: ["node", "common", "fault"],
  setup({ node, common, fault }) {
    const type = node.nodeOptions.media.type;
    const sort = SORTS[type] ?? OTHER;
    const address = useAddress(() => node.currentState.value);
    const take = async (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      if (!file) return;
      fault.value = file.size > LARGEST ? "ไฟล์ใหญ่กว่า 50 MB เลือกไฟล์ที่เล็กกว่า" : "";
      if (fault.value) return;
      try {
        node.setValue(type === "image" ? await smaller(file, node.maxPixels) : file);
      } catch {
        fault.value = "เปิดภาพนี้ไม่ได้ เลือกภาพอื่นหรือถ่ายใหม่";
      }
    };
    return () => {
      const { value, readonly: shut } = node.currentState;
      const size = value && shown(value.size > 1e6 ? `${(value.size / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(value.size / 1e3))} KB`);
      return h("div", { class: "upload" }, [
        value && type === "image" && address.value && h("img", { src: address.value, alt: "ภาพที่แนบ" }),
        value && type === "audio" && h("audio", { src: address.value, controls: true }),
        value && h("p", { class: "echo" }, type === "image" ? `ย่อและเก็บไว้ในเครื่องแล้ว ${size}` : `${value.name} · ${size}`),
        !shut && h("div", { class: "actions" }, [
          h("label", { class: "button plain" }, [icon(sort.icon), value ? "เปลี่ยน" : sort.words,
            h("input", { ...common(), type: "file", accept: sort.accept, class: "unseen", onChange: take,
              capture: has(node, "new") ? "environment" : has(node, "new-front") ? "user" : undefined })]),
          value && button("เอาออก", () => node.setValue(null), { kind: "quiet", icon: "trash" }),
        ]),
      ]);
    };
  },
};

/** A sheet to draw on; kept as a picture when the finger is lifted. */
export const Drawing = {
  props: ["node", "common"],
  setup({ node, common }) {
    const sheet = ref(null);
    let pen = null;
    let drawn = false;
    const address = useAddress(() => (drawn ? null : node.currentState.value));
    const fit = () => {
      const canvas = sheet.value;
      if (!canvas || drawn) return;
      const { width, height } = canvas.getBoundingClientRect();
      const scale = Math.min(3, window.devicePixelRatio || 1);
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.scale(scale, scale);
      Object.assign(pen, { lineWidth: 2.5, lineCap: "round", lineJoin: "round", strokeStyle: "#12264a" });
    };
    const at = (event) => {
      const box = sheet.value.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let down = false;
    const start = (event) => {
      if (node.currentState.readonly) return;
      event.preventDefault();
      try { sheet.value.setPointerCapture(event.pointerId); } catch { /* a pointer without a capture still draws */ }
      if (!pen) fit();
      down = true;
      pen.beginPath();
      pen.moveTo(...at(event));
      pen.lineTo(...at(event));
      pen.stroke();
    };
    const go = (event) => {
      if (!down) return;
      pen.lineTo(...at(event));
      pen.stroke();
    };
    const stop = () => {
      if (!down) return;
      down = false;
      drawn = true;
      sheet.value.toBlob((blob) => node.setValue(new File([blob], "drawing.png", { type: "image/png" })), "image/png");
    };
    const clear = () => {
      drawn = false;
      pen = null;
      node.setValue(null);
      fit();
    };
    onMounted(fit);
    return () => {
      const { id, ...described } = common();
      const kept = node.currentState.value;
      return h("div", { class: "drawing" }, [
        kept && address.value
          ? h("img", { src: address.value, alt: isSignature(node) ? "ลายมือชื่อ" : "ภาพวาด" })
          : h("canvas", { ref: sheet, id, ...described, tabindex: 0, role: "img",
              onPointerdown: start, onPointermove: go, onPointerup: stop, onPointercancel: stop }),
        h("div", { class: "actions" }, [
          h("p", { class: "echo" }, kept ? "เก็บไว้ในเครื่องแล้ว" : isSignature(node) ? "ลงชื่อด้วยนิ้วหรือปากกาในช่องด้านบน" : "วาดในช่องด้านบน"),
          kept && !node.currentState.readonly && button("ลบแล้วลงใหม่", clear, { kind: "quiet" }),
        ]),
      ]);
    };
  },
};
