#include "emulator/core/messaging/event_block.hpp"

#include <cstdint>
#include <string_view>

#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

void put_number(std::string& bytes, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
        bytes += static_cast<char>((value >> (8 * i)) & 0xff);
    }
}

void put_text(std::string& bytes, std::string_view text) {
    put_number(bytes, text.size(), 4);
    bytes += text;
}

void put_bag(std::string& bytes, const property_bag& bag) {
    put_number(bytes, bag.size(), 4);
    for (const property& p : bag) {
        put_text(bytes, p.key);
        put_number(bytes, p.value ? 1 : 0, 1);
        put_text(bytes, p.value.value_or(""));
    }
}

// Takes values from the front of a block.
class record_reader {
public:
    explicit record_reader(std::string_view bytes)
        : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    std::uint64_t number(std::size_t size) {
        const std::string_view digits = take(size);
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(digits[i])} << (8 * i);
        }
        return value;
    }

    std::string text() { return std::string(take(number(4))); }

    property_bag bag() {
        property_bag read;
        for (std::uint64_t left = number(4); left > 0; --left) {
            property p{text(), std::nullopt};
            const bool has_value = number(1) != 0;
            std::string value = text();
            if (has_value) {
                p.value = std::move(value);
            }
            read.push_back(std::move(p));
        }
        return read;
    }

private:
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            throw store_fault("a block of events is damaged");
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::string_view rest_;
};

event read_record(record_reader& reader) {
    event e;
    e.offset = reader.number(8);
    e.enqueued = timestamp(ticks(static_cast<std::int64_t>(reader.number(8))));
    e.source.device_id = reader.text();
    e.source.module_id = reader.text();
    e.generation_id = reader.text();
    e.auth_method = reader.text();
    e.system_properties = reader.bag();
    e.application_properties = reader.bag();
    e.body = reader.text();
    return e;
}

} // namespace

void append_record(std::string& bytes, const event& e) {
    put_number(bytes, e.offset, 8);
    put_number(bytes, static_cast<std::uint64_t>(e.enqueued.time_since_epoch().count()), 8);
    put_text(bytes, e.source.device_id);
    put_text(bytes, e.source.module_id);
    put_text(bytes, e.generation_id);
    put_text(bytes, e.auth_method);
    put_bag(bytes, e.system_properties);
    put_bag(bytes, e.application_properties);
    put_text(bytes, e.body);
}

std::vector<event> read_records(const event_block& block) {
    record_reader reader(block.bytes);
    std::vector<event> events;
    while (!reader.at_end()) {
        events.push_back(read_record(reader));
        events.back().sequence_number = block.first_sequence_number + events.size() - 1;
    }
    return events;
}

} // namespace iothub::core
