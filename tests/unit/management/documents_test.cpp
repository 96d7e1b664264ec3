#include "emulator/management/documents.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

using namespace iothub;
using management::bag_document;

TEST_CASE("documents: properties in their order, of one name the last in the first one's place") {
    CHECK(bag_document({{"b", "1"}, {"a", std::nullopt}, {"b", "2"}}).dump() ==
          R"({"b":"2","a":null})");
    CHECK(bag_document({}).dump() == "{}");
}

TEST_CASE("documents: a great many properties are all there") {
    property_bag bag;
    for (int i = 0; i < 50'000; ++i) {
        bag.push_back({std::to_string(i), "v"});
    }
    CHECK(bag_document(bag).size() == bag.size());
}

TEST_CASE("documents: bytes that are not UTF-8 are null") {
    CHECK(management::text_document("plain") == "plain");
    CHECK(management::text_document("\xff").is_null());
}
