package support;

import com.google.gson.JsonObject;

/** Short ways to JSON objects of texts. */
public final class Json {
    private Json() {}

    /** Names and values in turn. */
    public static JsonObject object(String... members) {
        var object = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            object.addProperty(members[i], members[i + 1]);
        }
        return object;
    }

    /** Null where there is no such member. */
    public static String text(JsonObject object, String member) {
        var value = object.get(member);
        return value == null || value.isJsonNull() ? null : value.getAsString();
    }
}
