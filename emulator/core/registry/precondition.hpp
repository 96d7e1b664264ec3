#pragma once
// What a request demands of the current etag (If-Match, or a member of a bulk operation's item;
// service API §1.2).

#include <string>
#include <string_view>

namespace iothub::core {

struct precondition {
    enum class kind {
        none, // no header, or an empty one: a PUT creates, a DELETE is refused
        any,  // *: the entity must exist
        etag, // the entity must exist and have this etag
    };

    kind demand = kind::none;
    std::string etag;

    static precondition anything() { return {kind::any, {}}; }
    static precondition exactly(std::string etag) { return {kind::etag, std::move(etag)}; }

    // As SDKs write it: `*` and `"*"` demand that the entity exists; an empty text and `""` demand
    // nothing; anything else is an etag, with or without quotes and a leading W/.
    static precondition parse(std::string_view text);

    // For an entity that exists.
    bool admits(std::string_view current_etag) const {
        return demand != kind::etag || etag == current_etag;
    }
};

} // namespace iothub::core
