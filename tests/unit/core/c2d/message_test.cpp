// Which messages may be sent.
#include "emulator/core/c2d/message.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::core;

namespace {

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

errc code_of(const identity_key& target, const c2d_message& message) {
    const auto checked = check_message(target, message);
    return checked ? errc{} : checked.error().code;
}

} // namespace

TEST_CASE("body and properties have 64 KiB together", "[c2d]") {
    c2d_message m;
    m.body = std::string(max_c2d_message_bytes, 'x');
    CHECK(code_of(device, m) == errc{});
    m.application_properties = {{"k", std::nullopt}};
    CHECK(code_of(device, m) == errc::message_too_large);
    m.body.pop_back();
    CHECK(code_of(device, m) == errc{});
    m.system_properties = {{"", "v"}};
    CHECK(code_of(device, m) == errc::message_too_large);
}

TEST_CASE("properties fit into a topic when they are percent-encoded", "[c2d]") {
    c2d_message m;
    m.application_properties = {{"k", std::string(max_c2d_topic_bytes - 2, 'v')}};
    CHECK(code_of(device, m) == errc{});
    m.application_properties[0].value->push_back('v');
    CHECK(code_of(device, m) == errc::message_too_large);
    m.application_properties = {{"k", std::string(max_c2d_topic_bytes / 3, '&')}};
    CHECK(code_of(device, m) == errc::message_too_large);
}

TEST_CASE("no property of the sender's passes for one of the hub's", "[c2d]") {
    for (const char* key :
         {"$.mid", "$.", "iothub-ack", "iothub-operation", "iothub-MessageType"}) {
        CAPTURE(key);
        c2d_message m;
        m.application_properties = {{"fine", "1"}, {key, "x"}};
        const auto checked = check_message({"d", ""}, m);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == errc::argument_invalid);
    }
    c2d_message m;
    m.application_properties = {{"$mid", "x"}, {"iothub-app-k", "x"}, {"mid", "x"}};
    CHECK(check_message({"d", ""}, m));
}

TEST_CASE("inputs are a module's", "[c2d]") {
    c2d_message m;
    m.input = std::string(128, 'i');
    CHECK(code_of(module, m) == errc{});
    CHECK(code_of(device, m) == errc::argument_invalid);
    m.input += 'i';
    CHECK(code_of(module, m) == errc::argument_invalid);
}

TEST_CASE("acks are read without regard to case and written small", "[c2d]") {
    CHECK(parse_ack("none") == feedback_wanted::none);
    CHECK(parse_ack("Positive") == feedback_wanted::positive);
    CHECK(parse_ack("NEGATIVE") == feedback_wanted::negative);
    CHECK(parse_ack("full") == feedback_wanted::full);
    CHECK_FALSE(parse_ack(""));
    CHECK_FALSE(parse_ack("ful"));
    CHECK(ack_text(feedback_wanted::negative) == "negative");
}

TEST_CASE("addresses as the service writes them", "[c2d]") {
    CHECK(address_of(device) == "/devices/d/messages/deviceBound");
    CHECK(address_of(module) == "/devices/d/modules/m/messages/deviceBound");
}
