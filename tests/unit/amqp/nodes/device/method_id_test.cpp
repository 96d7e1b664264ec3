#include "emulator/amqp/nodes/device/method_id.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;

TEST_CASE("a request id is a UUID of the random form, and back") {
    for (const char* id : {"1", "255", "4294967296", "4611686018427387903"}) {
        const uuid made = method_uuid(id);
        CHECK(method_request_id(value(made)) == std::optional<std::string>(id));
        CHECK(method_request_id(value(*plain_text(value(made)))) == std::optional<std::string>(id));
    }
    CHECK(plain_text(value(method_uuid("26"))) == "696f7468-7562-4000-8000-00000000001a");
}

TEST_CASE("a UUID in capital letters is the same") {
    CHECK(method_request_id(value("696F7468-7562-4000-8000-00000000001A")) == "26");
}

TEST_CASE("what is no request id is none") {
    for (const char* wrong :
         {"", "1", "696f7468-7562-4000-8000-00000000001", "696f7468-7562-4001-8000-00000000001a",
          "696f7468-7562-4000-8000+00000000001a", "696f7468-7562-4000-8000-00000000001g",
          "696f7468-7562-4000-0000-00000000001a", "696f7468-7562-4000-c000-00000000001a"}) {
        CHECK_FALSE(method_request_id(value(wrong)));
    }
    CHECK_FALSE(method_request_id(value()));
    CHECK_FALSE(method_request_id(value(uuid{})));
}
