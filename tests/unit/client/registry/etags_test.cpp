#include "client/src/registry/etags.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using namespace iothub::client;

TEST_CASE("an etag is quoted for a header, and bare in a document") {
    CHECK(iothub::client::quoted("AAA=") == "\"AAA=\"");
    CHECK(iothub::client::quoted("*") == "\"*\"");
    CHECK(unquoted("\"AAA=\"") == "AAA=");
    CHECK(unquoted("AAA=").size() == 4);
    CHECK(unquoted("\"") == "\"");
    CHECK(unquoted("").empty());
}

TEST_CASE("no etag has what would end its field") {
    const auto etag = GENERATE(as<std::string>{}, "a\r\nX: y", "a\"b", "a b", "\x7f", "\xc3\xa9");
    CHECK_THROWS_AS(iothub::client::quoted(etag), iothub::argument_invalid); // not std::quoted
}

TEST_CASE("an identity without an etag is changed without a condition") {
    CHECK(condition("") == iothub::any_etag);
    CHECK(condition("*") == iothub::any_etag);
    CHECK(condition("Mg==") == "Mg==");
}
