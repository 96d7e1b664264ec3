#include "client/src/session/desired_state.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

using iothub::json;
using iothub::client::desired_state;

namespace {

std::string text(const std::vector<json>& delivered) {
    return json(delivered).dump();
}

json patch(const char* written) {
    return json::parse(written);
}

} // namespace

TEST_CASE("notifications are delivered as they are, each version once") {
    desired_state state;
    CHECK(state.read_again(patch(R"({"a":1,"$version":3})")).empty());
    CHECK(state.notified(patch(R"({"a":2,"$version":3})")).empty());
    CHECK(text(state.notified(patch(R"({"a":null,"b":{},"$version":4})"))) ==
          R"([{"a":null,"b":{},"$version":4}])");
    CHECK(state.notified(patch(R"({"a":2,"$version":4})")).empty());
}

TEST_CASE("a notification before the first reading is delivered, not by the reading once more") {
    desired_state state;
    CHECK(state.notified(patch(R"({"a":1,"$version":2})")).size() == 1);
    CHECK(state.read_again(patch(R"({"a":1,"$version":2})")).empty());
    CHECK(state.notified(patch(R"({"a":3,"$version":3})")).size() == 1);
}

TEST_CASE("a change made while offline is delivered as the difference") {
    desired_state state;
    state.read_again(patch(R"({"a":1,"gone":1,"$version":1})"));
    state.notified(patch(R"({"b":2,"$version":2})"));
    state.reconnected();
    CHECK(text(state.read_again(patch(R"({"a":5,"b":2,"$version":4})"))) ==
          R"([{"a":5,"gone":null,"$version":4}])");
}

TEST_CASE("without a change while offline nothing is delivered") {
    desired_state state;
    state.read_again(patch(R"({"a":1,"$version":2})"));
    state.reconnected();
    CHECK(state.read_again(patch(R"({"a":1,"$version":2})")).empty());
}

TEST_CASE("notifications during the reading wait for it and count once") {
    desired_state state;
    state.read_again(patch(R"({"a":1,"$version":1})"));
    state.reconnected();
    CHECK(state.notified(patch(R"({"a":3,"$version":3})")).empty());
    CHECK(state.notified(patch(R"({"a":4,"$version":4})")).empty());
    CHECK(text(state.read_again(patch(R"({"a":3,"x":2,"$version":3})"))) ==
          R"([{"a":3,"x":2,"$version":3},{"a":4,"$version":4}])");
}

TEST_CASE("a twin that was created anew begins with a lower version and is a change too") {
    desired_state state;
    state.read_again(patch(R"({"a":1,"$version":9})"));
    state.reconnected();
    CHECK(text(state.read_again(patch(R"({"$version":1})"))) == R"([{"a":null,"$version":1}])");
    CHECK(state.notified(patch(R"({"b":1,"$version":2})")).size() == 1);
}
