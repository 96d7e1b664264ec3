// Where a text stops being JSON. Browsers say it in words of their own, and not always.

const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const space = /[ \t\r\n]*/y;

// The place of the first character that JSON cannot have there, from 0; the length of the text where
// it ends too early; null where it is JSON. The text was refused by JSON.parse: it is short enough.
export function placeOfMistake(text) {
    let at = 0;
    const match = (pattern) => {
        pattern.lastIndex = at;
        const found = pattern.test(text);
        at = found ? pattern.lastIndex : at;
        return found;
    };
    const take = (character) => {
        match(space);
        const found = text[at] === character;
        at += found ? 1 : 0;
        return found;
    };
    // Members between commas, up to `end`.
    const list = (end, member) => {
        if (take(end)) {
            return true;
        }
        do {
            match(space);
            if (!member()) {
                return false;
            }
        } while (take(','));
        return take(end);
    };
    const value = () => {
        match(space);
        if (take('{')) {
            return list('}', () => match(string) && take(':') && value());
        }
        return take('[') ? list(']', value) : match(string) || match(literal);
    };
    const whole = value();
    match(space);
    return whole && at === text.length ? null : at;
}
