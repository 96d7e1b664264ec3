#include "client/src/amqp/amqp_message.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using namespace iothub::client;
using iothub::hub_time;

TEST_CASE("a message is decoded as it was encoded") {
    const hub_time time(std::chrono::milliseconds(1'595'974'643'785));
    const amqp_message sent{.message_id = "m",
                            .correlation_id = "c",
                            .user_id = "u",
                            .to = "/t",
                            .reply_to = "r",
                            .content_type = "text/plain",
                            .content_encoding = "utf-8",
                            .expiry = time,
                            .annotations = {{"x-opt-a", std::int64_t(-3)}, {"x-opt-b", "b"}},
                            .application_properties = {{"k", "v"},
                                                       {"empty", ""},
                                                       {"truth", true},
                                                       {"number", 0.5},
                                                       {"time", time}},
                            .body = std::string("a\0\xFF", 3)};
    const amqp_message got = decode(encode(sent));
    CHECK(got.message_id == "m");
    CHECK(got.correlation_id == "c");
    CHECK(got.user_id == "u");
    CHECK(got.to == "/t");
    CHECK(got.reply_to == "r");
    CHECK(got.content_type == "text/plain");
    CHECK(got.content_encoding == "utf-8");
    CHECK(got.expiry == time);
    CHECK(got.annotations == sent.annotations);
    CHECK(got.application_properties == sent.application_properties);
    CHECK(got.body == sent.body);
    CHECK(got.value.empty());
}

TEST_CASE("what a message lacks is empty") {
    const amqp_message got = decode(encode({}));
    CHECK(got.message_id.empty());
    CHECK(got.to.empty());
    CHECK(got.content_type.empty());
    CHECK_FALSE(got.expiry);
    CHECK(got.annotations.empty());
    CHECK(got.body.empty());
}

TEST_CASE("a text goes as a value, not as data") {
    const std::string as_value = encode({.text = "token"});
    CHECK(as_value.find(std::string("\0\x53\x77\xa1\x05token", 10)) != std::string::npos);
    CHECK(decode(as_value).body == "token");
    CHECK(encode({.body = "token"}).find(std::string("\0\x53\x75\xa0\x05token", 10)) !=
          std::string::npos);
}

TEST_CASE("maps, lists and ids of other types are read") {
    // amqp-value {"n": int 5, "ids": array ["0", "1"], "list": [[null]], null: int 1}
    const std::string body("\0\x53\x77\xc1\x23\x08"
                           "\xa1\x01n\x54\x05"
                           "\xa1\x03ids\xe0\x06\x02\xa1\x01\x30\x01\x31"
                           "\xa1\x04list\xc0\x05\x01\xc0\x02\x01\x40"
                           "\x40\x54\x01",
                           40);
    const amqp_message got = decode(body);
    CHECK(integer_in(got.value, "n") == 5);
    REQUIRE(find(got.value, "ids") != nullptr);
    CHECK(*find(got.value, "ids") == amqp_value(std::vector<std::string>{"0", "1"}));
    CHECK(*find(got.value, "list") == amqp_value(std::vector<std::string>{}));
    CHECK(got.value.size() == 3);

    const std::string numbered("\0\x53\x73\xc0\x03\x01\x53\x07", 8); // properties [ulong 7]
    CHECK(decode(numbered).message_id == "7");
}

TEST_CASE("of a message that ends too early, what is there is read") {
    const std::string whole =
        encode({.message_id = "m", .application_properties = {{"a", "1"}}, .body = "body"});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        try {
            const amqp_message part = decode(std::string_view(whole).substr(0, size));
            CHECK(part.body != "body");
        } catch (const iothub::protocol_error&) {
            SUCCEED("refused");
        }
    }
}
