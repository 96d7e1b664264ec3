#pragma once
// How messages are kept as bytes: numbers with the lowest byte first, texts and bags behind their
// lengths. Written and read by messaging/event_block and by storage.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/property_bag.hpp"

namespace iothub::core {

void put_number(std::string& bytes, std::uint64_t value, int size);
void put_text(std::string& bytes, std::string_view text);
void put_bag(std::string& bytes, const property_bag& bag);

// Takes values from the front of `bytes`, which it borrows. Throws store_fault, naming `what`,
// where they end too early.
class record_reader {
public:
    record_reader(std::string_view bytes, std::string_view what)
        : rest_(bytes)
        , what_(what) {}

    bool at_end() const { return rest_.empty(); }

    std::uint64_t number(std::size_t size);
    std::string text();
    property_bag bag();
    void skip_text() { take(number(4)); }
    void skip_bag();

private:
    std::string_view take(std::size_t size);

    std::string_view rest_;
    std::string_view what_;
};

} // namespace iothub::core
