// What is known of a record without the form engine.

/** The instanceID in a record's XML; "" where it has none. The element may or may not wear the prefix of OpenRosa. */
export const instanceIdOf = (xml) => /<(?:[\w-]+:)?instanceID[^>]*>\s*([^<\s]+)\s*</.exec(xml)?.[1] ?? "";

/** The address under which the school finds its copy once the office has the record. */
export const copyAddress = (id) => `${location.origin}/field/copy/${id.replace(/^uuid:/, "")}/`;
