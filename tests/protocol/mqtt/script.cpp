#include "script.hpp"

#include <algorithm>
#include <utility>

#include "support/catch.hpp"

namespace iothub::test {

namespace {

// Scripts that send much are not split everywhere.
constexpr std::size_t max_splits_of_a_step = 400;

struct variation {
    std::size_t step = 0;  // the one that is sent in two pieces …
    std::size_t split = 0; // … of which the first has this size
    bool byte_by_byte = false;
};

class run {
public:
    explicit run(const variation& how)
        : how_(how) {}

    void play_until(const script& what, std::size_t end) {
        for (std::size_t i = 0; i < end; ++i) {
            INFO("step " << i << ", step " << how_.step << " split at " << how_.split);
            play_step(what[i], i);
            world_.hub.end_turn();
        }
    }

    // The stream breaks: whatever was going on, the hub forgets the session.
    void cut() {
        machine_.stream_ended("cut by the test");
        CHECK(machine_.ended());
        CHECK(world_.hub.sessions().size() == 0);
    }

private:
    void play_step(const step& one, std::size_t index) {
        switch (one.what) {
        case step::kind::sends:
            send(one.text, index);
            break;
        case step::kind::gets:
            REQUIRE(machine_.end_reason() == "");
            REQUIRE(machine_.take_output() == one.text);
            break;
        case step::kind::does:
            one.action({world_, machine_});
            break;
        case step::kind::ends:
            CHECK(machine_.ended());
            CHECK_THAT(machine_.end_reason(), Catch::Contains(one.text));
            CHECK(world_.log.mentions(machine_.end_reason()));
            CHECK(world_.hub.sessions().size() == 0);
            break;
        }
    }

    void send(std::string_view bytes, std::size_t index) {
        if (how_.byte_by_byte) {
            for (const char& byte : bytes) {
                machine_.receive({&byte, 1});
            }
        } else if (index == how_.step && how_.split > 0) {
            machine_.receive(bytes.substr(0, how_.split));
            machine_.receive(bytes.substr(how_.split));
        } else {
            machine_.receive(bytes);
        }
    }

    variation how_;
    world world_;
    mqtt::connection machine_{world_.hub, {"192.0.2.1:5000", {}}, "mqtt", [] {}};
};

void play_splits_of_step(const script& what, std::size_t index) {
    const std::size_t size = what[index].text.size();
    const std::size_t stride = size / max_splits_of_a_step + 1;
    for (std::size_t split = 1; split < size; split += stride) {
        run({index, split, false}).play_until(what, what.size());
    }
}

} // namespace

step sends(std::string bytes) {
    return {step::kind::sends, std::move(bytes), {}};
}

step gets(std::string bytes) {
    return {step::kind::gets, std::move(bytes), {}};
}

step does(std::function<void(stage)> action) {
    return {step::kind::does, {}, std::move(action)};
}

script ends(std::string reason, std::string bytes) {
    return {{step::kind::ends, std::move(reason), {}},
            does([bytes = std::move(bytes)](stage s) { CHECK(s.machine.take_output() == bytes); })};
}

script closes_on(std::string bytes, std::string reason) {
    return script{sends(std::move(bytes))} + ends(std::move(reason));
}

script connects(const identity_key& key) {
    return {sends(packet::connect(good_connect(key))), gets(packet::connack(0))};
}

script operator+(script first, const script& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

void play(const script& what) {
    run({}).play_until(what, what.size());
    run({0, 0, true}).play_until(what, what.size());
    for (std::size_t i = 0; i < what.size(); ++i) {
        if (what[i].what == step::kind::sends) {
            play_splits_of_step(what, i);
        }
        run cut_off({});
        cut_off.play_until(what, i + 1);
        cut_off.cut();
    }
}

} // namespace iothub::test
