#pragma once
// Who reads which partition for which consumer group, over all connections: owner levels ("epochs")
// and how many may read beside one another (service API §7.5; row E05). A reader with a level is
// alone: it takes the place of those with none, with a lower one or with the same, and keeps out
// those with none or a lower one. Used by amqp/nodes/event_hub/partition_reader.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/result.hpp"

namespace iothub::core {

class partition_readers {
public:
    static constexpr std::size_t max_without_level = 5;

    // What is read, and for whom; the case of the group's letters does not count.
    struct place {
        std::string consumer_group;
        std::uint32_t partition = 0;
    };

    class reader {
    public:
        virtual ~reader() = default;

        // Another has taken its place: it has left already. Must not call back.
        virtual void displaced(const std::string& why) = 0;
    };

    struct arrival {
        reader* who = nullptr;
        std::string name; // may be empty
        std::optional<std::int64_t> level;
    };

    // precondition_failed: a reader with a level keeps it out; quota_exceeded: too many read.
    result<> enter(const place& where, arrival one);

    // Nothing happens where it has left already.
    void leave(const place& where, const reader& who);

private:
    using seat = std::pair<std::string, std::uint32_t>;

    std::map<seat, std::vector<arrival>> there_;
};

} // namespace iothub::core
