// Thai dates and digits. Days are kept as ISO text in the common era and shown in the Buddhist era.
export const MONTHS = [
  "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
  "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
];
const SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
const DAYS = ["อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"];

let thaiDigits = false;
/** Which digits the office shows: "thai" or "arabic". */
export const showDigits = (kind) => { thaiDigits = kind === "thai"; };
export const shown = (text) =>
  thaiDigits ? String(text).replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit))) : String(text);
export const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
export const number = (value) => shown(value);

const two = (value) => String(value).padStart(2, "0");

/** The ISO day of a day, month and year of the Buddhist era; null where there is no such day. */
export function isoOf(day, month, year) {
  const date = new Date(Date.UTC(year - 543, month - 1, day));
  const real = date.getUTCFullYear() === year - 543 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year > 2300 && year < 2900 ? `${year - 543}-${two(month)}-${two(day)}` : null;
}

/** {day, month, year of the Buddhist era} of an ISO day. */
export function partsOf(iso) {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  return { day, month, year: year + 543 };
}

/** Today on this machine as an ISO day. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The offset of this machine as records write it: "+07:00". */
export function offset() {
  const minutes = -new Date().getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export function date(iso) {
  const { day, month, year } = partsOf(iso);
  return shown(`${day} ${SHORT[month - 1]} ${year}`);
}

export function longDate(iso) {
  const { day, month, year } = partsOf(iso);
  const weekday = new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return shown(`วัน${DAYS[weekday]}ที่ ${day} ${MONTHS[month - 1]} ${year}`);
}

export function weekday(iso) {
  return DAYS[new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay()];
}

export const dateTime = (iso) => `${date(iso)} ${shown(iso.slice(11, 16))} น.`;

/** A moment (milliseconds) on this machine: the clock alone when it is of today. */
export function moment(at) {
  const then = new Date(at);
  const clock = `${two(then.getHours())}:${two(then.getMinutes())} น.`;
  const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  return day === today() ? shown(clock) : `${date(day)} ${shown(clock)}`;
}

/** The ISO days of the week (Monday to Sunday) that a day lies in; on Saturday and Sunday of the week that comes, as the office's pages count. */
export function weekOf(iso) {
  const day = new Date(`${iso}T00:00:00Z`);
  const since = (day.getUTCDay() + 6) % 7;
  day.setUTCDate(day.getUTCDate() - since + (since > 4 ? 7 : 0));
  return Array.from({ length: 7 }, () => {
    const one = day.toISOString().slice(0, 10);
    day.setUTCDate(day.getUTCDate() + 1);
    return one;
  });
}
