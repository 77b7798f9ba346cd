// Small parts of pages.
import { h } from "vue";

const ICONS = {
  back: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7", check: "M5 12.5l4.5 4.5L19 7.5", plus: "M12 5v14M5 12h14",
  phone: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  tray: "M4 14l3-9h10l3 9v5H4zM4 14h5a3 3 0 0 0 6 0h5", cloud: "M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.6-1A4.5 4.5 0 0 1 17 18z",
  alert: "M12 4l9 16H3zM12 10v4M12 17.2v.1", camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  pin: "M12 21c4-5 6-8 6-11a6 6 0 1 0-12 0c0 3 2 6 6 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  pen: "M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3", trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13", clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  up: "M12 19V6M6 11l6-6 6 6", down: "M12 5v13M6 13l6 6 6-6", file: "M6 3h8l4 4v14H6zM14 3v4h4", more: "M5 12h.1M12 12h.1M19 12h.1",
};

export const icon = (name) =>
  h("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", fill: "none", stroke: "currentColor",
    "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }, [h("path", { d: ICONS[name] })]);

export const button = (words, onClick, { kind = "plain", icon: name, ...rest } = {}) =>
  h("button", { type: "button", class: ["button", kind], onClick, ...rest }, [name && icon(name), words]);

export const link = (href, words, { kind = "plain", icon: name, ...rest } = {}) =>
  h("a", { href, class: ["button", kind], ...rest }, [name && icon(name), words]);

export const state = (words, tone, name) => h("span", { class: ["state", tone] }, [name && icon(name), words]);
