#include "emulator/core/turn.hpp"

#include "support/catch.hpp"

namespace iothub::core {

namespace {

struct waiting final : turn::participant {
    void turn_committed() override {
        ++committed;
        if (again != nullptr) {
            again->join(self);
        }
    }
    void turn_failed(const error& reason) override { failures.push_back(reason.detail); }

    int committed = 0;
    std::vector<std::string> failures;
    turn* again = nullptr;
    std::weak_ptr<participant> self;
};

} // namespace

TEST_CASE("everyone who joined is told once that the turn is kept", "[turn]") {
    turn t;
    const auto one = std::make_shared<waiting>();
    const auto other = std::make_shared<waiting>();
    t.join(one);
    t.join(other);
    CHECK(t.pending());
    t.end({});
    CHECK_FALSE(t.pending());
    t.end({});
    CHECK(one->committed == 1);
    CHECK(other->committed == 1);
    CHECK(one->failures.empty());
}

TEST_CASE("everyone who joined is told why the turn failed", "[turn]") {
    turn t;
    const auto one = std::make_shared<waiting>();
    t.join(one);
    t.end(error{errc::server_error, "no", "the disk is full"});
    CHECK(one->committed == 0);
    CHECK(one->failures == std::vector<std::string>{"the disk is full"});
    CHECK_FALSE(t.pending());
}

TEST_CASE("who joins while a turn ends belongs to the next", "[turn]") {
    turn t;
    const auto one = std::make_shared<waiting>();
    one->again = &t;
    one->self = one;
    t.join(one);
    t.end({});
    CHECK(one->committed == 1);
    CHECK(t.pending());
    t.end({});
    CHECK(one->committed == 2);
}

TEST_CASE("who has gone before the turn ends is passed over", "[turn]") {
    turn t;
    auto gone = std::make_shared<waiting>();
    const auto here = std::make_shared<waiting>();
    t.join(gone);
    t.join(here);
    gone.reset();
    t.end({});
    CHECK(here->committed == 1);
}

} // namespace iothub::core
