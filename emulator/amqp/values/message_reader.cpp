#include <iterator>
#include <optional>

#include "emulator/amqp/values/data_cursor.hpp"
#include "emulator/amqp/values/malformed.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/amqp/values/properties_codec.hpp"
#include "emulator/amqp/values/section_reader.hpp"

namespace iothub::amqp {

namespace {

// Makes all keys a Key, which is std::string or symbol; false where one is neither.
template <class Key>
bool make_keys(map& pairs) {
    for (auto& pair : pairs) {
        value& key = pair.first;
        const std::string* text = key.text();
        if (!text) {
            return false;
        }
        if (!key.as<Key>()) {
            key = value(Key{*text});
        }
    }
    return true;
}

// Of an encoded binary.
std::string_view octets_of(std::string_view bytes) {
    return bytes.substr(static_cast<std::uint8_t>(bytes.front()) == 0xa0 ? 2 : 5);
}

class message_reader {
public:
    result<> take(const raw_section& section);
    message& done() { return message_; }

private:
    result<> take_value(const raw_section& section);
    result<> take_section(section kind, value what);
    result<> take_properties(list fields);
    void take_sequence(list items);

    std::optional<data_cursor> cursor_; // a message may have nothing but data
    message message_;
};

result<> message_reader::take(const raw_section& raw) {
    switch (raw.kind) {
    case section::header:
    case section::delivery_annotations:
    case section::footer:
        return {};
    case section::data:
        message_.data.emplace_back(octets_of(raw.bytes));
        return {};
    default:
        return take_value(raw);
    }
}

result<> message_reader::take_value(const raw_section& raw) {
    if (!cursor_) {
        cursor_.emplace();
    }
    auto what = cursor_->decode(raw.bytes);
    return what ? take_section(raw.kind, std::move(*what))
                : malformed("values that cannot be decoded");
}

result<> message_reader::take_section(section kind, value what) {
    switch (kind) {
    case section::message_annotations:
        message_.annotations = std::get<map>(std::move(what.of));
        if (!make_keys<symbol>(message_.annotations)) {
            return malformed("an annotation whose key is no symbol");
        }
        return {};
    case section::application_properties:
        message_.application_properties = std::get<map>(std::move(what.of));
        if (!make_keys<std::string>(message_.application_properties)) {
            return malformed("an application property whose key is no string");
        }
        return {};
    case section::properties:
        return take_properties(std::get<list>(std::move(what.of)));
    case section::sequence:
        take_sequence(std::get<list>(std::move(what.of)));
        return {};
    default:
        message_.body = std::move(what);
        return {};
    }
}

result<> message_reader::take_properties(list fields) {
    auto all = read_properties(std::move(fields));
    if (!all) {
        return all.error();
    }
    message_.properties = std::move(*all);
    return {};
}

// Several sequences are one list.
void message_reader::take_sequence(list items) {
    if (!message_.body) {
        message_.body = value(std::move(items));
        return;
    }
    auto& known = std::get<list>(message_.body->of);
    known.insert(known.end(), std::make_move_iterator(items.begin()),
                 std::make_move_iterator(items.end()));
}

} // namespace

result<message> decode_message(std::string_view bytes) {
    if (bytes.empty()) {
        return malformed("no sections");
    }
    section_reader sections(bytes);
    message_reader reader;
    while (!sections.at_end()) {
        const auto section = sections.next();
        if (!section) {
            return section.error();
        }
        if (const auto taken = reader.take(*section); !taken) {
            return taken.error();
        }
    }
    return std::move(reader.done());
}

} // namespace iothub::amqp
