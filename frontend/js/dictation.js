// Speaking instead of typing, where the browser can turn Thai speech into words. Nothing listens before a person has touched
// the button and has read who hears the speech; without a network, or without such a browser, there is no button.
//
// A page of the office: <form data-dictation> gives each of its long fields a button. The page that works without a network
// draws the same parts itself: <div class="dictate"><button data-dictate="id of the field"></button><p data-dictate-says></p></div>.
(() => {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return;

  const WORDS = {
    begin: "พูดแทนการพิมพ์", stop: "หยุดฟัง", hears: "กำลังฟัง… แตะ “หยุดฟัง” เมื่อพูดจบ",
    warning: "ผู้ผลิตเบราว์เซอร์จะได้ยินเสียงที่พูด เพื่อแปลงเป็นข้อความ ไม่ควรเอ่ยชื่อนักเรียน แตะอีกครั้งเพื่อเริ่มพูด",
    denied: "เครื่องไม่อนุญาตให้ใช้ไมโครโฟน เปิดสิทธิ์แล้วลองใหม่ หรือพิมพ์แทน",
    failed: "ยังฟังไม่ได้ในตอนนี้ ลองอีกครั้งหรือพิมพ์แทน",
  };
  const root = document.documentElement;
  let told = false; // who hears the speech, once a page
  let now = null; // {ear, button, field}

  const show = () => { root.dataset.dictation = navigator.onLine ? "on" : "off"; };
  const say = (button, words) => {
    const line = button.closest(".dictate").querySelector("[data-dictate-says]");
    if (line) line.textContent = words;
  };
  const stop = () => now?.ear.stop();

  /** Adds what was said behind what stands in the field, as if it had been typed. */
  function add(field, words) {
    const before = field.value;
    const gap = before && !/\s$/.test(before) ? " " : "";
    field.value = `${before}${gap}${words.trim()}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function listen(button, field) {
    const ear = new Recognition();
    Object.assign(ear, { lang: "th-TH", continuous: true, interimResults: false });
    now = { ear, button, field };
    button.textContent = WORDS.stop;
    button.setAttribute("aria-pressed", "true");
    say(button, WORDS.hears);
    let trouble = "";
    ear.onresult = ({ results, resultIndex }) => {
      for (const result of [...results].slice(resultIndex)) if (result.isFinal && field.isConnected) add(field, result[0].transcript);
    };
    ear.onerror = ({ error }) => {
      if (error !== "no-speech" && error !== "aborted") trouble = error === "not-allowed" || error === "service-not-allowed" ? WORDS.denied : WORDS.failed;
    };
    ear.onend = () => {
      now = null;
      button.textContent = WORDS.begin;
      button.setAttribute("aria-pressed", "false");
      say(button, trouble);
    };
    try {
      ear.start();
    } catch {
      trouble = WORDS.failed;
      ear.onend();
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-dictate]");
    if (!button) return;
    const mine = now?.button === button;
    stop();
    const field = document.getElementById(button.dataset.dictate);
    if (mine || !field) return;
    if (!told) {
      told = true;
      say(button, WORDS.warning);
      return;
    }
    if (now) now.ear.abort();
    listen(button, field);
  });

  for (const field of document.querySelectorAll("[data-dictation] textarea[id]")) {
    const part = document.createElement("div");
    part.className = "dictate";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet", textContent: WORDS.begin });
    button.dataset.dictate = field.id;
    button.setAttribute("aria-pressed", "false");
    const line = Object.assign(document.createElement("p"), { className: "muted" });
    line.setAttribute("role", "status");
    line.dataset.dictateSays = "";
    part.append(button, line);
    field.after(part);
  }

  addEventListener("online", show);
  addEventListener("offline", () => { show(); stop(); });
  addEventListener("pagehide", stop);
  document.addEventListener("submit", stop);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") stop(); });
  show();
})();
