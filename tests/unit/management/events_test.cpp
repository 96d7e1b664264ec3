#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;
using test::managed_hub;
using texts = std::vector<std::string>;

namespace {

texts bodies(const test::answer& a) {
    REQUIRE(a.status == 200);
    texts all;
    const json document = a.document();
    for (const json& e : document.at("events")) {
        all.push_back(e.at("body"));
    }
    return all;
}

std::string next(const test::answer& a) {
    return a.document().at("next");
}

// Devices a to h, which fall into several partitions, one after the other; and a module.
void send_some(managed_hub& h) {
    for (const char* device : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
        h.send({device, ""}, std::string("of ") + device);
        h.clock.advance(std::chrono::seconds(1));
    }
    h.send({"a", "m"}, "of a's m");
}

} // namespace

TEST_CASE("events: each as the reference shows it") {
    managed_hub h;
    h.send({"d", "m"}, R"({"temperature":21})", {{"alert", "true"}, {"bare", std::nullopt}});
    const auto page = h.get("/api/events").document();
    REQUIRE(page.at("events").size() == 1);
    json e = page.at("events")[0];
    CHECK(e.at("partition") == h.hub.events().partition_of("d"));
    e.erase("partition");
    CHECK(e.dump() ==
          R"({"sequenceNumber":0,"offset":"0","enqueuedTime":"2026-01-02T03:04:05Z",)"
          R"("deviceId":"d","moduleId":"m","generationId":"638","authMethod":{"scope":"device"},)"
          R"("systemProperties":{"message-id":"1"},"properties":{"alert":"true","bare":null},)"
          R"("body":"{\"temperature\":21}","bodyBase64":"eyJ0ZW1wZXJhdHVyZSI6MjF9"})");
}

TEST_CASE("events: bytes that are no text come in base64 only, and a device has no moduleId") {
    managed_hub h;
    h.send({"d", ""}, "\xff\xfe");
    const json e = h.get("/api/events").document().at("events")[0];
    CHECK(e.at("body").is_null());
    CHECK(e.at("bodyBase64") == "//4=");
    CHECK_FALSE(e.contains("moduleId"));
}

TEST_CASE("events: over all partitions, the oldest first, in pages") {
    managed_hub h;
    CHECK(bodies(h.get("/api/events")).empty());
    send_some(h);
    const texts all{"of a", "of b", "of c", "of d", "of e", "of f", "of g", "of h", "of a's m"};
    CHECK(bodies(h.get("/api/events")) == all);

    texts read;
    std::string after;
    for (int i = 0; i < 5; ++i) {
        const auto page = h.get("/api/events?limit=2" + after);
        for (const std::string& body : bodies(page)) {
            read.push_back(body);
        }
        after = "&after=" + next(page);
    }
    CHECK(read == all);
    CHECK(bodies(h.get("/api/events?limit=2" + after)).empty());
}

TEST_CASE("events: of one device, of one module, of the device itself") {
    managed_hub h;
    send_some(h);
    CHECK(bodies(h.get("/api/events?device=a")) == texts{"of a", "of a's m"});
    CHECK(bodies(h.get("/api/events?device=a&module=m")) == texts{"of a's m"});
    CHECK(bodies(h.get("/api/events?device=a&module=")) == texts{"of a"});
    CHECK(bodies(h.get("/api/events?module=m")) == texts{"of a's m"});
    CHECK(bodies(h.get("/api/events?device=nobody")).empty());
}

TEST_CASE("events: from now on, and where an earlier answer ended") {
    managed_hub h;
    send_some(h);
    const std::string here = next(h.get("/api/events?after=now"));
    CHECK(bodies(h.get("/api/events?after=now")).empty());
    CHECK(here == next(h.get("/api/events")));
    h.send({"b", ""}, "later");
    CHECK(bodies(h.get("/api/events?after=" + here)) == texts{"later"});
}

TEST_CASE("events: from the oldest one on, by name") {
    managed_hub h;
    send_some(h);
    CHECK(bodies(h.get("/api/events?after=oldest")) == bodies(h.get("/api/events")));
    const auto wrong = h.get("/api/events?after=older");
    CHECK(wrong.status == 400);
    CHECK_THAT(wrong.body, Contains(R"(after: must be \"oldest\", \"now\" or)"));
}

TEST_CASE("events: what a filter passes over is not read again") {
    managed_hub h;
    send_some(h);
    const auto page = h.get("/api/events?device=a&module=none");
    CHECK(bodies(page).empty());
    CHECK(next(page) != "0.0.0.0");
}

TEST_CASE("events: an answer is no larger than 4 MiB, and the next one goes on") {
    managed_hub h;
    const std::string large(200'000, 'x');
    for (int i = 0; i < 12; ++i) {
        h.send({"d", ""}, std::to_string(i) + large);
    }
    const auto first = h.get("/api/events");
    CHECK(first.body.size() <= (4 << 20) + 100);
    const std::size_t count = bodies(first).size();
    CHECK(count > 1);
    CHECK(count < 12);
    const texts rest = bodies(h.get("/api/events?after=" + next(first)));
    CHECK(rest.front().starts_with(std::to_string(count) + "x"));
    CHECK(count + rest.size() == 12);
}

TEST_CASE("events: a parameter that is wrong is refused by its name") {
    managed_hub h;
    const std::string query = GENERATE(
        "limit=0", "limit=1001", "limit=x", "limit=", "limit=-1", "limit=1x", "count=0",
        "count=1001", "wait=301", "wait=-1", "wait=x", "wait=", "wait=nan", "wait=1e2", "after=x",
        "after=", "after=1", "after=0.0.0", "after=0.0.0.0.0", "after=0.0.0.0x", "after=0.0.0.1",
        "after=0..0.0", "after=99999999999999999999.0.0.0", "count=5&limit=4");
    INFO(query);
    const auto page = h.get("/api/events?" + query);
    CHECK(page.status == 400);
    CHECK(page.error().starts_with(query.substr(0, query.find('='))));
}

TEST_CASE("events: a store that cannot be read is answered with 500") {
    managed_hub h;
    send_some(h);
    h.store.reads_fail = true;
    CHECK(h.get("/api/events").status == 500);
    CHECK(h.journal.mentions("the disk is broken"));
}
