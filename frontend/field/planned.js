// Which planned visit a record is of: a visit that was planned for tomorrow and made today is that visit, and no second one.
import { session } from "./session.js";
import { today } from "./thai.js";

const NEAR = 7; // days before and after
/** What a record says that was opened for none of the planned visits. */
export const NO_VISIT = "supervision.visit:0";

const daysBetween = (one, other) => Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000;
const away = (visit) => daysBetween(visit.planned_for, today());

/** My planned visits to a school about today, the nearest first. */
export const visitsNear = (schoolId) =>
  (session.taken?.plan ?? []).filter((one) => one.school_id === schoolId && away(one) <= NEAR).sort((one, other) => away(one) - away(other));

/** The one that a record is of where nobody says so: today's, else the only one; null where a person has to choose. */
export const likeliest = (near) => near.find((one) => one.planned_for === today()) ?? (near.length === 1 ? near[0] : null);
