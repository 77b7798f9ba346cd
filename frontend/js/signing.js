// A signature drawn with a finger, a pen or the mouse: kept as a picture in a hidden box of its form, and sent with it.
for (const pad of document.querySelectorAll("[data-sign-pad]")) {
  const canvas = pad.querySelector("canvas");
  const box = pad.querySelector("input[name=drawn]");
  const ink = canvas.getContext("2d");
  const ratio = 2;
  let last = null;
  let ready = false;

  const fit = () => {
    const { width, height } = canvas.getBoundingClientRect();
    if (!width) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    ink.scale(ratio, ratio);
    ink.lineWidth = 2.2;
    ink.lineCap = ink.lineJoin = "round";
    ink.strokeStyle = ink.fillStyle = "#1b2a6b";
    ready = true;
    if (box.value) {
      // What was drawn before the page was shown again.
      const kept = new Image();
      kept.onload = () => ink.drawImage(kept, 0, 0, width, height);
      kept.src = box.value;
    }
  };
  const at = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!ready || (event.pointerType === "mouse" && event.button !== 0)) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    ink.beginPath();
    ink.arc(last.x, last.y, 1.1, 0, 2 * Math.PI);
    ink.fill();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const next = at(one);
      ink.beginPath();
      ink.moveTo(last.x, last.y);
      ink.lineTo(next.x, next.y);
      ink.stroke();
      last = next;
    }
  });
  const lift = () => {
    if (!last) return;
    last = null;
    box.value = canvas.toDataURL("image/png");
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  pad.querySelector("[data-sign-clear]").addEventListener("click", () => {
    ink.clearRect(0, 0, canvas.width, canvas.height);
    box.value = "";
  });
  fit();
}
