// What somebody typed into the search field, as a query.

const columns = 'deviceId, status, connectionState, authenticationType, lastActivityTime, capabilities';

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const looksLikeCondition = (text) =>
    /[=<>]|\b(?:IN|NIN)\s*\[|^\s*(?:NOT\s+)?(?:IS_\w+|STARTSWITH|ENDSWITH|CONTAINS|ARRAY_CONTAINS)\s*\(/i
        .test(text);

const beginsWith = (column, text) => `STARTSWITH(${column}, ${quoted(text)})`;

// A whole query stands for itself, a condition selects devices, anything else is how ids begin.
// `offset`: where in the query the typed text begins, so that a place in one is one in the other.
// But for a whole query: `counting` tells how many it finds as n, `ids` finds their ids only.
// `modules`: finds modules whose ids begin so, where that is what was typed.
export function queryOf(typed) {
    const text = typed.trim();
    if (/^select\b/i.test(text)) {
        return { query: text, offset: 0, whole: true };
    }
    const isCondition = looksLikeCondition(text);
    const where = isCondition ? ` WHERE ${text}` : text && ` WHERE ${beginsWith('deviceId', text)}`;
    const head = `SELECT ${columns} FROM devices`;
    return {
        query: head + where,
        offset: isCondition ? `${head} WHERE `.length : 0,
        counting: `SELECT COUNT() AS n FROM devices${where}`,
        ids: `SELECT deviceId FROM devices${where}`,
        modules: isCondition || !text ? null
            : `SELECT deviceId, moduleId, connectionState FROM devices.modules WHERE ${beginsWith('moduleId', text)}`,
    };
}

// The place that a refusal names ("… at character 10, near 'x'"), counted from 0 in what was typed;
// null where it names none.
export function placeOf(message, offset) {
    const found = /at character (\d+)/.exec(message);
    return found ? Math.max(0, Number(found[1]) - 1 - offset) : null;
}

// The refusal with its place counted in what was typed.
export function inTypedText(message, offset) {
    const place = placeOf(message, offset);
    return place === null ? message : message.replace(/at character \d+/, `at character ${place + 1}`);
}
