#include "client/src/amqp/amqp_value.hpp"

#include "support/catch.hpp"

using namespace iothub::client;

TEST_CASE("values are shown as properties are") {
    CHECK(to_text(amqp_value("a")) == "a");
    CHECK(to_text(amqp_value(true)) == "true");
    CHECK(to_text(amqp_value(false)) == "false");
    CHECK(to_text(amqp_value(std::int64_t(-5))) == "-5");
    CHECK(to_text(amqp_value(1.5)) == "1.5");
    CHECK(to_text(amqp_value(iothub::hub_time(std::chrono::milliseconds(1'595'974'643'785)))) ==
          "2020-07-28T22:17:23.785Z");
    CHECK_FALSE(to_text(amqp_value()));
    CHECK_FALSE(to_text(amqp_value(std::vector<std::string>{"a"})));
}

TEST_CASE("what is under a key is found, or a default") {
    const iothub::hub_time time(std::chrono::seconds(5));
    const amqp_map map{{"text", "t"}, {"number", std::int64_t(7)}, {"time", time}};
    CHECK(text_in(map, "text") == "t");
    CHECK(text_in(map, "number") == "7");
    CHECK(text_in(map, "none").empty());
    CHECK(integer_in(map, "number") == 7);
    CHECK(integer_in(map, "text") == 0);
    CHECK(integer_in(map, "none") == 0);
    CHECK(time_in(map, "time") == time);
    CHECK_FALSE(time_in(map, "number"));
    CHECK_FALSE(time_in(map, "none"));
}
