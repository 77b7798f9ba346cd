// The words of a form: plain text, the few marks of Markdown that forms use, and pictures beside a label.
import { h, inject, ref, watchEffect } from "vue";

const ALLOWED = new Set(["h1", "h2", "h3", "h4", "h5", "h6", "a", "br", "em", "li", "ol", "p", "span", "strong", "u", "ul", "div"]);

const INLINE = { h1: "strong", h2: "strong", h3: "strong", h4: "strong", h5: "strong", h6: "strong", p: "span", div: "span" };

function marked(node) {
  if (node.role === "child") return node.value;
  if (node.role === "line-break") return h("br");
  // Markup written into a form is shown as it was written, never run.
  if (node.role === "html") return node.unsafeHtml;
  const tag = ALLOWED.has(node.elementName) ? (INLINE[node.elementName] ?? node.elementName) : "span";
  const safe = tag === "a" && /^https?:\/\//i.test(node.url ?? "") ? { href: node.url, rel: "noreferrer", target: "_blank" } : {};
  return h(tag, safe, node.children.map(marked));
}

const MARKS = /[*_#<>[\]`~\\]|\n|\d\.\s/;

export const Words = {
  props: ["text"],
  setup(props) {
    const media = inject("media", null);
    const picture = ref("");
    watchEffect((again) => {
      const name = props.text?.imageSource?.href?.split("/").pop();
      const blob = name && media?.get(decodeURIComponent(name));
      picture.value = blob ? URL.createObjectURL(blob) : "";
      const made = picture.value;
      again(() => made && URL.revokeObjectURL(made));
    });
    return () => {
      const plain = props.text?.asString ?? "";
      const words = MARKS.test(plain) ? props.text.formatted.map(marked) : plain;
      return picture.value ? [words, h("img", { src: picture.value, alt: "", class: "beside" })] : words;
    };
  },
};

/** Words as cheaply as they can be had: most are plain text and need no part of their own. */
export function said(text) {
  if (!text) return "";
  const plain = text.asString;
  return text.imageSource || MARKS.test(plain) ? h(Words, { text }) : plain;
}
