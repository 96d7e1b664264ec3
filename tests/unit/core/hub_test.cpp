#include "emulator/core/hub.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"
#include "support/faulty_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

struct outcome final : turn::participant {
    void turn_committed() override { said += "kept "; }
    void turn_failed(const error& reason) override { said += "failed: " + reason.detail + " "; }
    std::string said;
};

event message(const std::string& body) {
    event e;
    e.source = {"d", ""};
    e.body = body;
    return e;
}

struct world : test::faulty_hub {
    std::shared_ptr<outcome> session = std::make_shared<outcome>();

    void write(const std::string& device, const std::string& body) {
        REQUIRE(h.identities().put({.key = {device, ""}}, {}));
        h.events().append(message(body));
        h.current_turn().join(session);
    }
};

} // namespace

TEST_CASE("the end of a turn keeps what was written and then lets the replies leave", "[hub]") {
    world w;
    w.write("d", "a");
    CHECK(w.session->said.empty());
    w.h.end_turn();
    CHECK(w.session->said == "kept ");
    CHECK(w.h.count().commits == 1);
    CHECK(w.h.count().failed_commits == 0);
    w.memory.rollback(); // nothing is left to take back
    CHECK(w.h.identities().get({"d", ""}));
    CHECK(w.h.events().read(w.h.events().partition_of("d"), 0, 10).size() == 1);
}

TEST_CASE("the log tells of what is written to twins, and by whom", "[hub]") {
    world w;
    REQUIRE(w.h.identities().put({.key = {"d", ""}}, {}));
    const auto told = [&w](auto write) {
        w.log.clear();
        REQUIRE(write());
        std::string lines;
        for (const auto& line : w.log.lines()) {
            lines += line.component == "twin" ? line.text + "\n" : "";
        }
        return lines;
    };
    const json some{{"a", 1}};
    CHECK(told([&] { return w.h.twins().patch({"d", ""}, {.tags = some}, {}); }) ==
          "d: tags were changed by a back end\n");
    CHECK(told([&] { return w.h.twins().patch({"d", ""}, {.desired = some}, {}); }) ==
          "d: desired properties were changed by a back end, now version 2\n");
    CHECK(told([&] { return w.h.twins().replace({"d", ""}, {.tags = some}, {}); }) ==
          "d: tags and desired properties were replaced by a back end, now version 3\n");
    CHECK(told([&] { return w.h.twins().report({"d", ""}, some, {}); }) ==
          "d: reported properties were changed by itself, now version 2\n");
}

TEST_CASE("a turn that cannot be kept leaves nothing and acknowledges nothing", "[hub]") {
    world w;
    w.store.commits_fail = true;
    w.write("d", "a");
    w.h.end_turn();
    CHECK(w.session->said == "failed: the disk is full ");
    CHECK(w.h.count().failed_commits == 1);
    CHECK(w.h.count().commits == 0);
    CHECK(w.log.mentions("the disk is full"));
    CHECK_FALSE(w.h.identities().get({"d", ""}));
    CHECK_FALSE(w.memory.find_twin({"d", ""}));
    const std::uint32_t partition = w.h.events().partition_of("d");
    CHECK(w.h.events().read(partition, 0, 10).empty());
    CHECK(w.h.events().describe(partition) == partition_state{});
}

TEST_CASE("the hub serves on after a turn that could not be kept", "[hub]") {
    world w;
    w.store.commits_fail = true;
    w.write("d", "lost");
    w.h.end_turn();
    w.store.commits_fail = false;
    w.write("d", "kept");
    w.h.end_turn();
    CHECK(w.session->said == "failed: the disk is full kept ");
    const auto events = w.h.events().read(w.h.events().partition_of("d"), 0, 10);
    REQUIRE(events.size() == 1);
    CHECK(events[0].body == "kept");
    CHECK(events[0].sequence_number == 0);
}

TEST_CASE("a turn in which nothing was written is kept as well", "[hub]") {
    world w;
    w.h.current_turn().join(w.session);
    w.h.end_turn();
    CHECK(w.session->said == "kept ");
}

TEST_CASE("a hub that starts on a used store finds what was kept", "[hub]") {
    world w;
    w.write("d", "a");
    w.h.end_turn();
    hub again(w.store, w.clock, w.ids, w.log);
    CHECK(again.identities().get({"d", ""}).value() == w.h.identities().get({"d", ""}).value());
    CHECK(again.events().describe(again.events().partition_of("d")).next_sequence_number == 1);
}

TEST_CASE("a hub that was cleared is as good as new", "[hub]") {
    world w;
    for (int i = 0; i < 600; ++i) {
        w.write("d" + std::to_string(i), "a");
    }
    REQUIRE(w.h.identities().put({.key = {"d1", "m"}}, {}));
    test::recording_link link;
    w.h.sessions().connect({"d1", "m"}, link);
    w.h.sessions().keep_subscriptions({"d1", "m"}, "1", 3);
    REQUIRE(w.h.c2d().enqueue({"d2", ""}, {.ack = feedback_wanted::full}));
    w.h.c2d().purge({"d2", ""});
    REQUIRE(w.h.c2d().enqueue({"d3", ""}, {}));
    w.h.end_turn();
    REQUIRE(w.h.c2d().feedback(10).size() == 1);

    w.h.clear();
    w.h.end_turn();
    CHECK(w.store.count_identities() == identity_counts{});
    CHECK(link.disconnects.size() == 1);
    CHECK(w.h.sessions().journal().records().empty());
    CHECK(w.memory.list_records("").empty());
    CHECK(w.h.c2d().feedback(10).empty());
    CHECK(w.memory.list_queues().empty());
    CHECK(w.h.events().read(w.h.events().partition_of("d"), 0, 10).empty());
    w.write("d3", "b");
    CHECK(w.h.c2d().list({"d3", ""}).empty());
}

} // namespace iothub::core
