// Days of the Buddhist era in three boxes, and times of the day in two.
import { h, ref, watch } from "vue";
import { has } from "../engine.js";
import { arabic, isoOf, longDate, MONTHS, offset, partsOf, today } from "../thai.js";

const whole = (text) => (/^\d+$/.test(text) ? Number(text) : NaN);
const BLANK = { day: "", month: "", year: "" };

/** The three boxes. `iso` is the day shown, "" for none; `onDay` gets an ISO day, "" for none or null for an impossible one. */
const dayBoxes = ({ iso, onDay, common, readonly, precision }) => {
  const boxes = ref(BLANK);
  watch(iso, (day) => {
    const { day: d, month, year } = day ? partsOf(day) : {};
    const now = boxes.value;
    const same = day && whole(now.day) === d && Number(now.month) === month && whole(now.year) === year;
    if (day && !same) boxes.value = { day: String(d), month: String(month), year: String(year) };
  }, { immediate: true });
  const change = (part) => (event) => {
    const now = { ...boxes.value, [part]: arabic(event.target.value).trim() };
    boxes.value = now;
    const day = precision === "day" ? now.day : "1";
    const month = precision === "year" ? "1" : now.month;
    const asked = [precision === "day" && now.day, precision !== "year" && now.month, now.year].filter((one) => one !== false);
    if (asked.every((one) => one === "")) onDay("");
    // A year that is still being typed is no mistake yet.
    else onDay(asked.some((one) => one === "") || now.year.length < 4 ? undefined : isoOf(whole(day), whole(month), whole(now.year)));
  };
  const setToday = () => { boxes.value = BLANK; onDay(today()); };
  return () => {
    const shut = readonly();
    const { id, ...described } = common();
    const number = (part, words, size, first) =>
      h("label", { class: "part" }, [h("span", words), h("input", {
        ...described, id: first ? id : undefined, type: "text", inputmode: "numeric", maxlength: size, autocomplete: "off",
        "data-part": part, readonly: shut, value: boxes.value[part], onInput: change(part),
      })]);
    return h("div", { class: "day" }, [
      precision === "day" && number("day", "วันที่", 2, true),
      precision !== "year" && h("label", { class: "part wide" }, [h("span", "เดือน"),
        h("select", { ...described, "data-part": "month", disabled: shut, value: boxes.value.month, onChange: change("month") },
          [h("option", { value: "" }, "เลือก"), MONTHS.map((name, at) => h("option", { value: String(at + 1) }, name))])]),
      number("year", "พ.ศ.", 4, precision === "year"),
      !shut && precision === "day" && h("button", { type: "button", class: "button quiet", onClick: setToday }, "วันนี้"),
    ]);
  };
};

const clockBoxes = ({ clock, onClock, readonly }) => {
  const typed = ref({ hour: "", minute: "" });
  watch(clock, (now) => {
    if (now) typed.value = { hour: String(Number(now.slice(0, 2))), minute: now.slice(3, 5) };
  }, { immediate: true });
  const tell = () => {
    const { hour, minute } = typed.value;
    if (hour === "" && minute === "") return onClock("");
    if (hour === "" || minute === "") return onClock(undefined);
    const ok = whole(hour) < 24 && whole(minute) < 60;
    onClock(ok ? `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` : null);
  };
  const change = (part) => (event) => {
    typed.value = { ...typed.value, [part]: arabic(event.target.value).trim() };
    tell();
  };
  const now = () => {
    const moment = new Date();
    typed.value = { hour: String(moment.getHours()), minute: String(moment.getMinutes()).padStart(2, "0") };
    tell();
  };
  const box = (part, words) =>
    h("label", { class: "part" }, [h("span", words), h("input", {
      type: "text", inputmode: "numeric", maxlength: 2, autocomplete: "off", "data-part": part, readonly: readonly(),
      value: typed.value[part], onInput: change(part),
    })]);
  return () =>
    h("div", { class: "day" }, [box("hour", "นาฬิกา"), box("minute", "นาที"),
      !readonly() && h("button", { type: "button", class: "button quiet", onClick: now }, "เวลานี้")]);
};

const NO_SUCH_DAY = "ไม่มีวันที่นี้ในปฏิทิน ตรวจวัน เดือน และปี พ.ศ.";
const NO_SUCH_TIME = "เวลาอยู่ระหว่าง 0 นาฬิกา 00 นาที ถึง 23 นาฬิกา 59 นาที";

export const Day = {
  props: ["node", "common", "fault"],
  setup({ node, common, fault }) {
    const precision = has(node, "year") ? "year" : has(node, "month-year") ? "month" : "day";
    const iso = () => String(node.currentState.value ?? "");
    const boxes = dayBoxes({
      iso, common, precision, readonly: () => node.currentState.readonly,
      onDay: (day) => {
        fault.value = day === null ? NO_SUCH_DAY : "";
        node.setValue(day || null);
      },
    });
    return () => [boxes(), h("p", { class: "echo" }, iso() && precision === "day" ? longDate(iso()) : "")];
  },
};

export const Time = {
  props: ["node", "fault"],
  setup({ node, fault }) {
    return clockBoxes({
      clock: () => String(node.currentState.value ?? "").slice(0, 5), readonly: () => node.currentState.readonly,
      onClock: (clock) => {
        fault.value = clock === null ? NO_SUCH_TIME : "";
        node.setValue(clock ? `${clock}:00.000${offset()}` : null);
      },
    });
  },
};

export const DayAndTime = {
  props: ["node", "common", "fault"],
  setup({ node, common, fault }) {
    const value = () => String(node.currentState.value ?? "");
    const now = { day: value().slice(0, 10), clock: value().slice(11, 16) };
    const tell = () => node.setValue(now.day && now.clock ? `${now.day}T${now.clock}:00.000${offset()}` : null);
    const readonly = () => node.currentState.readonly;
    const set = (part, wrong) => (told) => {
      fault.value = told === null ? wrong : "";
      now[part] = told ?? "";
      tell();
    };
    const shownDay = ref(now.day);
    const boxes = dayBoxes({
      iso: () => shownDay.value, common, readonly, precision: "day",
      onDay: (day) => { shownDay.value = day ?? ""; set("day", NO_SUCH_DAY)(day); },
    });
    const clock = clockBoxes({ clock: () => value().slice(11, 16), readonly, onClock: set("clock", NO_SUCH_TIME) });
    return () => [boxes(), clock(), h("p", { class: "echo" }, shownDay.value ? longDate(shownDay.value) : "")];
  },
};
