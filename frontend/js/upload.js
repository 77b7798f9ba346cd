// Sending files in pieces: a broken line costs one piece, and the same file chosen again goes on where it stopped.
// The form works without this; with it, files go ahead of the form and the form sends their sealed values.
const SMALLEST = 64 * 1024;
const FIRST = 256 * 1024;
const GOOD_MS = 1500;
const MAX_WAIT_MS = 30000;
const PREFIX = "nithet-upload:";

const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: no memory, no harm */ } };
const forget = (key) => { try { localStorage.removeItem(key); } catch { /* as above */ } };
const pause = (ms) => new Promise((go) => {
  const timer = setTimeout(done, ms);
  function done() { clearTimeout(timer); removeEventListener("online", done); go(); }
  addEventListener("online", done);
});
const sizeOf = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

class Refusal extends Error {}
class Gone extends Error {}

class Sending {
  constructor(form, file, list) {
    Object.assign(this, { form, file, words: form.dataset, url: null, offset: 0, size: FIRST, done: false, left: false });
    this.key = `${PREFIX}${this.words.who}:${file.name}:${file.size}:${file.lastModified}`;
    this.line = document.createElement("li");
    this.line.innerHTML = '<div class="sending-head"><strong></strong><span class="muted"></span></div><progress max="100" value="0"></progress><p class="sending-said"></p><div class="button-row"></div>';
    this.line.querySelector("strong").textContent = file.name;
    this.line.querySelector("span").textContent = sizeOf(file.size);
    this.line.querySelector("progress").setAttribute("aria-label", file.name);
    this.button(this.words.saidRemove, () => { this.left = true; forget(this.key); this.line.remove(); });
    list.append(this.line);
    this.say(this.words.saidWaiting);
  }

  button(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = label;
    button.addEventListener("click", act);
    this.line.querySelector(".button-row").append(button);
    return button;
  }

  say(text, tone = "") {
    const said = this.line.querySelector(".sending-said");
    said.textContent = text;
    said.className = `sending-said ${tone}`;
  }

  progress() { this.line.querySelector("progress").value = this.file.size ? (100 * this.offset) / this.file.size : 0; }

  async ask(url, options) {
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", ...options, headers: { "X-CSRFToken": token, ...options.headers } });
    if (answer.status === 404) throw new Gone();
    if ([403, 410, 413, 422].includes(answer.status)) {
      const told = await answer.json().catch(() => ({}));
      throw new Refusal(told.message || this.words.saidFailed);
    }
    if (answer.type === "opaqueredirect" || answer.status === 302) throw new Refusal(this.words.saidFailed);
    return answer;
  }

  async begin() {
    const kept = remembered(this.key);
    if (kept) {
      try {
        const where = await this.ask(kept, { method: "HEAD" });
        if (where.ok) {
          this.url = kept;
          this.offset = Number(where.headers.get("Upload-Offset"));
          return;
        }
      } catch (error) {
        if (!(error instanceof Gone)) throw error;
        forget(this.key);
      }
    }
    const body = new URLSearchParams({ name: this.file.name, size: this.file.size, type: this.file.type });
    const answer = await this.ask(this.words.begin, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    Object.assign(this, { url: told.url, offset: told.offset, most: told.piece });
    remember(this.key, this.url);
  }

  async piece() {
    const started = performance.now();
    const part = this.file.slice(this.offset, this.offset + this.size);
    if (this.offset + part.size >= this.file.size) this.say(this.words.saidChecking);
    const answer = await this.ask(this.url, {
      method: "PATCH", body: part,
      headers: { "Upload-Offset": String(this.offset), "Content-Type": "application/offset+octet-stream" },
    });
    if (answer.status === 409) {
      const there = Number(answer.headers.get("Upload-Offset"));
      if (!Number.isFinite(there) || there === this.offset) throw new Gone();
      this.offset = there;
      return null;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    this.offset = told.offset;
    this.progress();
    // The piece grows while the line is good, so that a bad one loses little.
    if (performance.now() - started < GOOD_MS) this.size = Math.min(this.size * 2, this.most || 8 * FIRST);
    return told.sealed ? told : null;
  }

  async run() {
    let wait = 1000;
    while (!this.left) {
      try {
        if (!this.url) await this.begin();
        this.say(this.words.saidSending);
        this.progress();
        let told = null;
        while (!told && !this.left) {
          told = await this.piece();
          wait = 1000;
        }
        if (told) this.arrived(told);
        return;
      } catch (error) {
        if (error instanceof Refusal) { forget(this.key); this.failed = true; this.say(error.message, "ink-bad"); return; }
        if (error instanceof Gone) { forget(this.key); this.offset = 0; }
        this.url = null;
        this.size = Math.max(SMALLEST, this.size / 2);
        this.say(this.words.saidBroken, "ink-needs");
        await pause(wait);
        wait = Math.min(wait * 2, MAX_WAIT_MS);
      }
    }
  }

  arrived(told) {
    this.done = true;
    forget(this.key);
    this.line.classList.add("is-done");
    this.say(this.words.saidDone, "ink-good");
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "sealed", value: told.sealed });
    const label = document.createElement("label");
    label.className = "field";
    label.append(Object.assign(document.createElement("span"), { textContent: this.words.saidTitle }));
    const title = Object.assign(document.createElement("input"), { type: "text", name: "sealed_title", className: "control", maxLength: 500, defaultValue: told.name.replace(/\.[^.]+$/, "") });
    label.append(title);
    this.line.querySelector("progress").replaceWith(label);
    this.line.append(hidden);
    if (told.same.length) {
      const same = document.createElement("p");
      same.className = "ink-needs";
      same.textContent = `${this.words.saidSame} ${told.same.join(", ")}`;
      this.line.append(same);
    }
  }
}

for (const form of document.querySelectorAll("form[data-bring]")) {
  const list = form.querySelector("[data-sending]");
  const drop = form.querySelector("[data-drop]");
  const queue = [];
  let running = null;
  let wantsToSend = false;

  const work = async () => {
    for (;;) {
      const next = queue.find((one) => !one.done && !one.left && !one.failed);
      if (!next) break;
      await next.run();
    }
    running = null;
    if (wantsToSend && queue.every((one) => one.done || one.left)) form.requestSubmit(wantsToSend);
    wantsToSend = false;
  };
  const take = (files) => {
    for (const file of files) queue.push(new Sending(form, file, list));
    if (files.length) running ??= work();
  };

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    const files = [...event.target.files];
    event.target.value = "";
    event.stopPropagation();
    take(files);
  });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove("is-over"); });
  drop.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    const now = new Date().toISOString().slice(0, 19).replace(/[T:]/g, "-");
    take(files.map((file, n) => new File([file], file.name === "image.png" ? `ภาพ-${now}-${n + 1}.png` : file.name, { type: file.type, lastModified: Date.now() })));
  });
  form.addEventListener("submit", (event) => {
    if (running) {
      event.preventDefault();
      wantsToSend = event.submitter;
      return;
    }
    // The one title typed for all stands for every file whose own title nobody touched.
    const common = form.elements.namedItem("title")?.value.trim();
    const untouched = [...form.querySelectorAll("input[name='sealed_title'][type='text']")].filter((one) => one.value === one.defaultValue);
    if (common) untouched.forEach((one, n) => { one.value = untouched.length > 1 ? `${common} (${n + 1})` : common; });
  });

  // What was on its way when the page was left: the browser gives files only when they are chosen again.
  const mine = `${PREFIX}${form.dataset.who}:`;
  try {
    const waiting = Object.keys(localStorage).filter((key) => key.startsWith(mine));
    const names = waiting.map((key) => key.slice(mine.length).split(":").slice(0, -2).join(":"));
    if (names.length) {
      const line = document.createElement("li");
      line.className = "ink-needs";
      line.textContent = `${form.dataset.saidChooseAgain} ${names.join(", ")}`;
      list.append(line);
      form.addEventListener("change", () => line.remove(), { once: true });
    }
  } catch { /* no memory in this window */ }
}
