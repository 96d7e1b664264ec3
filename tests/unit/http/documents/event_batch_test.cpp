#include "emulator/http/documents/event_batch.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::http {

namespace {

std::string refusal(const char* text) {
    const auto read = read_event_batch(json::parse(text));
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::argument_invalid);
    return read.error().message;
}

} // namespace

TEST_CASE("a batch as Node sends it", "[batch]") {
    const auto batch = read_event_batch(json::parse(
        R"([{"body":"aGVsbG8=","properties":{"iothub-app-k":"v","iothub-messageid":"1"}}])"));
    REQUIRE(batch);
    REQUIRE(batch->size() == 1);
    CHECK(batch->front().body == "hello");
    CHECK(batch->front().message.application_properties == property_bag{{"k", "v"}});
    CHECK(batch->front().message.system_properties == property_bag{{"message-id", "1"}});
}

TEST_CASE("a batch of text as the C SDK sends it", "[batch]") {
    const auto batch = read_event_batch(
        json::parse(R"([{"body":"hello","base64Encoded":false},{"body":"","base64Encoded":true,)"
                    R"("properties":{"own":"x"}}])"));
    REQUIRE(batch);
    REQUIRE(batch->size() == 2);
    CHECK(batch->at(0).body == "hello");
    CHECK(batch->at(0).message.application_properties.empty());
    CHECK(batch->at(1).body.empty());
    CHECK(batch->at(1).message.application_properties == property_bag{{"own", "x"}});
}

TEST_CASE("a batch that is none says which message is wrong", "[batch]") {
    CHECK(refusal("{}").find("array of 1 to 500") != std::string::npos);
    CHECK(refusal("[]").find("array of 1 to 500") != std::string::npos);
    CHECK(refusal("[1]").find("Message 0 of the batch: must be an object") != std::string::npos);
    CHECK(refusal(R"([{"body":""},{}])").find("Message 1 of the batch: body") != std::string::npos);
    CHECK(refusal(R"([{"body":"no base64!"}])").find("base64Encoded is false") !=
          std::string::npos);
    CHECK(refusal(R"([{"body":"","properties":[]}])").find("must be an object") !=
          std::string::npos);
    CHECK(refusal(R"([{"body":"","properties":{"k":1}}])").find("must be strings") !=
          std::string::npos);
}

TEST_CASE("a batch of too many messages is refused", "[batch]") {
    json many = json::array();
    for (std::size_t i = 0; i <= max_batch_messages; ++i) {
        many.push_back({{"body", ""}});
    }
    CHECK_FALSE(read_event_batch(many));
    many.erase(0);
    CHECK(read_event_batch(many));
}

} // namespace iothub::http
