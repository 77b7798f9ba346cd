// Fixed lists of choices, written into the questions that use them. The engine looks a list up anew for every question, which
// costs a long form of ratings a third of its time; written out, the same choices stand with the same words.
const FIXED = /^instance\('([^']+)'\)\/root\/item$/;
const XFORMS = "http://www.w3.org/2002/xforms";
const MOST = 30; // longer lists are looked up: writing them out many times costs more than it saves

const childOf = (element, name) => [...element.children].find((one) => one.localName === name);

/** [value, label, itext identifier] of every choice of a list that lies in the form; null where it holds anything else. */
function choicesOf(list) {
  const items = [...(list.firstElementChild?.children ?? [])];
  if (!items.length || items.length > MOST) return null;
  const rows = items.map((item) => ["name", "label", "itextId"].map((name) => childOf(item, name)));
  if (rows.some(([value, ...words]) => !value || words.some((one) => one?.children.length))) return null;
  return rows.map((row) => row.map((one) => one?.textContent ?? null));
}

/** The words of a choice as the list gives them: its own label, or that of the language in use. */
function labelOf(form, way, [, label, itextId]) {
  const element = form.createElementNS(XFORMS, "label");
  if (way === "label" && label !== null) element.textContent = label;
  else if (way === "jr:itext(itextId)" && itextId !== null && !itextId.includes("'")) element.setAttribute("ref", `jr:itext('${itextId}')`);
  else return null;
  return element;
}

function itemsFor(form, itemset, choices) {
  if (childOf(itemset, "value")?.getAttribute("ref") !== "name") return null;
  const way = childOf(itemset, "label")?.getAttribute("ref");
  const items = choices.map((choice) => {
    const label = labelOf(form, way, choice);
    if (!label) return null;
    const [item, value] = ["item", "value"].map((name) => form.createElementNS(XFORMS, name));
    value.textContent = choice[0];
    item.append(label, value);
    return item;
  });
  return items.includes(null) ? null : items;
}

/** An XForm whose fixed lists stand in their questions; filtered, shuffled and outside lists stay as they are. */
export function withFixedChoices(xml) {
  const form = new DOMParser().parseFromString(xml, "text/xml");
  if (form.querySelector("parsererror")) return xml;
  const lists = new Map();
  for (const list of form.getElementsByTagNameNS(XFORMS, "instance"))
    if (list.id && !list.hasAttribute("src")) lists.set(list.id, choicesOf(list));
  for (const itemset of [...form.getElementsByTagNameNS(XFORMS, "itemset")]) {
    const choices = lists.get(FIXED.exec(itemset.getAttribute("nodeset") ?? "")?.[1]);
    const items = choices && itemsFor(form, itemset, choices);
    if (items) itemset.replaceWith(...items);
  }
  return new XMLSerializer().serializeToString(form);
}
