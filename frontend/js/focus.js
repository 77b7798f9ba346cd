// The summary of errors takes focus, so that a keyboard or a screen reader starts there.
const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();
