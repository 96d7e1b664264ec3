#include <algorithm>
#include <cstdint>
#include <random>

#include "emulator/amqp/values/message.hpp"
#include "sample_messages.hpp"
#include "support/catch.hpp"

using namespace iothub::amqp;
namespace sample = iothub::test::sample;

namespace {

std::vector<std::string> samples() {
    using namespace iothub::test::amqp_bytes;
    return {sample::put_token_with(str("id-1")),
            sample::put_token_with(hex("98 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f")),
            sample::first_put_token(),
            sample::telemetry(),
            sample::batch(),
            sample::twin_reply(),
            value_section(list_8(3, sized_8("e0", 2, hex("71 00 00 00 01 00 00 00 02")) +
                                        hex("00 53 05 45") +
                                        map_8(2, sym("k") + hex("82 3f f0 00 00 00 00 00 00"))))};
}

// Where a message that was cut off is a shorter message: between two sections.
std::vector<std::size_t> ends_of_sections(std::string_view bytes) {
    std::vector<std::size_t> ends;
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        if (decode_message(bytes.substr(0, size)) && decode_message(bytes.substr(size))) {
            ends.push_back(size);
        }
    }
    return ends;
}

// What was decoded is the same when it was written and read again.
bool decodes(std::string_view bytes) {
    const auto decoded = decode_message(bytes);
    if (!decoded) {
        CHECK_FALSE(decoded.error().detail.empty());
        return false;
    }
    const std::string written = encode_message(*decoded);
    if (!written.empty()) {
        const auto again = decode_message(written);
        CHECK((again && encode_message(*again) == written));
    }
    return true;
}

} // namespace

TEST_CASE("a message that was cut off is refused, save between two sections") {
    const std::size_t sections[] = {3, 3, 3, 5, 3, 3, 1};
    std::size_t at = 0;
    for (const std::string& bytes : samples()) {
        const std::vector<std::size_t> ends = ends_of_sections(bytes);
        CHECK(ends.size() + 1 == sections[at++]);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const bool whole = std::find(ends.begin(), ends.end(), size) != ends.end();
            CHECK(decode_message(std::string(bytes, 0, size)).has_value() == whole);
        }
    }
}

TEST_CASE("each byte of a message can be any other") {
    std::size_t decoded = 0;
    std::size_t tried = 0;
    for (const std::string& bytes : samples()) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (int value = 0; value < 256; value += 5, ++tried) {
                std::string changed = bytes;
                changed[i] = static_cast<char>(value);
                decoded += decodes(changed) ? 1 : 0;
            }
        }
    }
    CHECK(tried > 30000);
    CHECK(decoded > 0);
    CHECK(decoded < tried);
}

TEST_CASE("several bytes of a message can be any other") {
    std::mt19937 random(1); // NOLINT(cert-msc51-cpp): the same bytes each time
    const std::vector<std::string> all = samples();
    std::size_t decoded = 0;
    for (int round = 0; round < 30000; ++round) {
        std::string bytes = all[random() % all.size()];
        for (std::uint32_t changes = 1 + random() % 4; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        decoded += decodes(bytes) ? 1 : 0;
    }
    CHECK(decoded > 0);
    CHECK(decoded < 30000);
}
