// Three-field date of the Buddhist era: "today", and an echo of what was understood.
const parts = (box) => ({
  day: box.querySelector("[data-date-day]"),
  month: box.querySelector("[data-date-month]"),
  year: box.querySelector("[data-date-year]"),
});

const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));

function chosenDate(box) {
  const { day, month, year } = parts(box);
  const [d, m, y] = [day, month, year].map((control) => Number.parseInt(arabic(control.value), 10));
  if (!d || !m || !y) return null;
  const date = new Date(Date.UTC(y - 543, m - 1, d));
  return date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? date : undefined;
}

function echo(box) {
  const line = document.getElementById(box.dataset.echo);
  if (!line) return;
  const date = chosenDate(box);
  if (date === null) line.textContent = "";
  else if (date === undefined) line.textContent = box.dataset.noSuchDay;
  else {
    const digits = box.dataset.numerals === "thai" ? "thai" : "latn";
    line.textContent = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-ca-buddhist-nu-${digits}`, {
      weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    }).format(date);
  }
}

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-be-date]");
  if (box) echo(box);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-date-today]");
  if (!button) return;
  const box = button.closest("[data-be-date]");
  const { day, month, year } = parts(box);
  const [y, m, d] = box.dataset.today.split("-").map(Number);
  day.value = String(d);
  month.value = String(m);
  year.value = String(y + 543);
  echo(box);
});

// What the server already said about a wrong date is not said twice.
for (const box of document.querySelectorAll("[data-be-date]")) if (chosenDate(box)) echo(box);
