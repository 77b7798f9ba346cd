// The field client: opens from this device, with or without a network.
import { createApp } from "vue";
import { App } from "./app.js";
import { open, session, watchNetwork } from "./session.js";
import "../js/dictation.js";
import "./style.css";

async function keepOnDevice() {
  if (!("serviceWorker" in navigator)) return;
  const worker = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const offer = (found) => { if (found && navigator.serviceWorker.controller) session.update = found; };
  offer(worker.waiting);
  worker.addEventListener("updatefound", () => {
    const coming = worker.installing;
    coming?.addEventListener("statechange", () => { if (coming.state === "installed") offer(coming); });
  });
}

watchNetwork();
createApp(App).mount("#field");
open().then(() => {
  performance.mark("nithet-opened");
  document.documentElement.setAttribute("data-opened", "yes");
});
keepOnDevice().catch(() => { session.trouble = "เครื่องนี้ยังเปิดแบบไม่มีเครือข่ายไม่ได้ เปิดด้วยเบราว์เซอร์ที่ใหม่กว่า"; });
