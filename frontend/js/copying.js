// A button that copies the words of a field: <button data-copies="id of the field">. Without scripts the field is there to mark.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Old browsers, and pages that are not served safely: mark the words, so that one key copies them.
    field.focus();
    field.select();
    return;
  }
  button.classList.add("is-done");
  setTimeout(() => button.classList.remove("is-done"), 2000);
});
