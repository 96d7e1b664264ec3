#include "emulator/amqp/engine/frame_padding.hpp"

#include "support/amqp_bytes.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;
using test::amqp_bytes::hex;

namespace {

std::string padded(const std::string& frames, std::size_t max_frame = 65536) {
    std::string into = "before";
    append_padded(frames, max_frame, into);
    return into.substr(6);
}

// A transfer of four fields with a payload.
const std::string transfer = hex("00 00 00 15 02 00 00 01 00 53 14 c0 05 04 43 43 40 43") + "abc";
const std::string full_transfer =
    hex("00 00 00 1c 02 00 00 01 00 53 14 c0 0c 0b 43 43 40 43 40 40 40 40 40 40 40") + "abc";

} // namespace

TEST_CASE("begin is filled up, with the default of handle-max", "[frame_padding]") {
    CHECK(
        padded(hex("00 00 00 14 02 00 00 00 00 53 11 c0 07 04 60 00 00 43 43 43")) ==
        hex("00 00 00 1c 02 00 00 00 00 53 11 c0 0f 08 60 00 00 43 43 43 70 ff ff ff ff 40 40 40"));
}

TEST_CASE("a transfer is filled up before its payload", "[frame_padding]") {
    CHECK(padded(transfer) == full_transfer);
    CHECK(padded(hex("00 00 00 18 02 00 00 01 00 53 14 d0 00 00 00 08 00 00 00 04 43 43 40 43")) ==
          hex("00 00 00 1f 02 00 00 01 00 53 14 d0 00 00 00 0f 00 00 00 0b 43 43 40 43 40 40 40 40 "
              "40 40 40"));
}

TEST_CASE("frames stay in their order, headers and others as they are", "[frame_padding]") {
    const std::string header = "AMQP" + hex("00 01 00 00");
    const std::string heartbeat = hex("00 00 00 08 02 00 00 00");
    const std::string sasl = hex("00 00 00 10 02 01 00 00 00 53 44 c0 03 01 50 00");
    const std::string flow = hex("00 00 00 0f 02 00 00 00 00 53 13 c0 02 01 43");
    CHECK(padded(header + sasl + transfer + heartbeat + flow + transfer) ==
          header + sasl + full_transfer + heartbeat + flow + full_transfer);
}

TEST_CASE("a frame does not grow beyond what the peer takes", "[frame_padding]") {
    CHECK(padded(transfer, full_transfer.size()) == full_transfer);
    CHECK(padded(transfer, full_transfer.size() - 1) == transfer);
}

TEST_CASE("what is no whole frame is passed on", "[frame_padding]") {
    const std::string bytes = GENERATE(hex("00 00"), hex("00 00 00 07 02 00 00 00"),
                                       hex("00 00 00 15 02 00 00 01 00 53 14 c0 05 04 43"),
                                       hex("00 00 00 0e 02 00 00 01 00 53 14 c0 7f 04"));
    CHECK(padded(bytes) == bytes);
}
