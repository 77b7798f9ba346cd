// What is done while nobody waits.
export const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 600));

/** The page of a record with the form engine, the larger half of the app: a file of its own. */
export const loadRecordPage = () => import("./pages/record.js");

const MOST = 3;

/** Begins the records that are likely next, the likeliest first; whoever leaves the page meanwhile has them for nothing. */
export async function beginSoon(ids) {
  const { beginAhead } = await loadRecordPage();
  for (const id of ids.slice(0, MOST)) {
    await new Promise((done) => whenIdle(done));
    await beginAhead(id).catch(() => {});
  }
}
