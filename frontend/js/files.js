// File picker: says in our own words what was chosen.
const sizeOf = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

document.addEventListener("change", (event) => {
  const box = event.target.closest?.("[data-file-pick]");
  if (!box || event.target.type !== "file") return;
  const chosen = [...box.querySelectorAll('input[type="file"]')].flatMap((input) => [...input.files]);
  const names = box.querySelector("[data-file-names]");
  if (chosen.length === 0) {
    names.textContent = box.dataset.nothing;
    return;
  }
  const list = document.createElement("ul");
  for (const file of chosen) {
    const line = document.createElement("li");
    line.textContent = `${file.name} (${sizeOf(file.size)})`;
    list.append(line);
  }
  names.replaceChildren(list);
});
