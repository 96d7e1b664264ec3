#include "emulator/http/documents/device_message_fields.hpp"

#include "support/catch.hpp"

namespace iothub::http {

TEST_CASE("telemetry in header fields, whatever their case", "[fields]") {
    const auto message = message_of({{"Host", "localhost"},
                                     {"IoTHub-MessageId", "1"},
                                     {"iothub-correlationid", "2"},
                                     {"iothub-contenttype", "application/json"},
                                     {"iothub-app-Temperature", "21"},
                                     {"iothub-name", "127"},
                                     {"dt-subject", "thermostat"}});
    CHECK(message.system_properties == property_bag{{"message-id", "1"},
                                                    {"correlation-id", "2"},
                                                    {"content-type", "application/json"},
                                                    {"dt-subject", "thermostat"}});
    CHECK(message.application_properties == property_bag{{"Temperature", "21"}});
}

namespace {

std::string value_of(const http_codec::fields& fields, std::string_view exact_name) {
    for (const auto& field : fields) {
        if (field.name == exact_name) {
            return field.value;
        }
    }
    return "(none)";
}

} // namespace

TEST_CASE("a delivery in header fields, spelled as the C SDK compares them", "[fields]") {
    core::c2d_delivery delivery;
    delivery.lock_token = "f9b4";
    delivery.message.sequence_number = 7;
    delivery.message.delivery_count = 2;
    delivery.message.ack = core::feedback_wanted::full;
    delivery.message.system_properties = {{"message-id", "m1"},
                                          {"correlation-id", "c1"},
                                          {"absolute-expiry-time", "2030-01-01T00:00:00.0000000Z"},
                                          {"content-type", "application/json"}};
    delivery.message.application_properties = {{"k", "v"}};
    const auto fields = fields_of(delivery);
    CHECK(value_of(fields, "ETag") == "\"f9b4\"");
    CHECK(value_of(fields, "iothub-messageid") == "m1");
    CHECK(value_of(fields, "iothub-correlationid") == "c1");
    CHECK(value_of(fields, "ContentType") == "application/json");
    CHECK(value_of(fields, "iothub-contenttype") == "application/json");
    CHECK(value_of(fields, "iothub-sequencenumber") == "7");
    CHECK(value_of(fields, "iothub-deliverycount") == "2");
    CHECK(value_of(fields, "iothub-ack") == "full");
    CHECK(value_of(fields, "iothub-expiry") == "2030-01-01T00:00:00.0000000Z");
    CHECK(value_of(fields, "iothub-app-k") == "v");
}

TEST_CASE("what cannot stand in a header field is encoded", "[fields]") {
    core::c2d_delivery delivery;
    delivery.message.application_properties = {
        {"a b", "v"}, {"split", "x\r\nSet-Cookie: y"}, {"edges", " v "}, {"none", std::nullopt}};
    const auto fields = fields_of(delivery);
    CHECK(value_of(fields, "iothub-app-a%20b") == "v");
    CHECK(value_of(fields, "iothub-app-split") == "x%0D%0ASet-Cookie%3A%20y");
    CHECK(value_of(fields, "iothub-app-edges") == "%20v%20");
    CHECK(value_of(fields, "iothub-app-none").empty());
}

} // namespace iothub::http
