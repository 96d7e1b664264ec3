#pragma once
// Who reads feedback (service API §7.3; rows C03, C04): receivers compete for batches of records.
// What is kept is the store's (see feedback_log). Used by http/api/feedback and
// amqp/nodes/service/feedback.
//
// receive() reads the store and throws store_fault.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/core/c2d/message.hpp"
#include "emulator/core/locked_queue.hpp"

namespace iothub::core {

class store;

using feedback_batch = locked_batch<feedback_record>;

class feedback_queue final : public locked_queue<feedback_record> {
public:
    static constexpr std::size_t max_batch = 64;

    feedback_queue(core::store& store, const core::clock& clock, id_source& ids,
                   lock_settings settings = {})
        : locked_queue(clock, ids, settings)
        , store_(store) {}

    // The oldest records that nobody has locked, `most` at most and never more than max_batch;
    // nothing where none waits. Records whose time is over are dropped.
    std::optional<feedback_batch> receive(std::size_t most = max_batch);

private:
    std::vector<feedback_record> oldest(std::size_t limit) override;
    void remove(std::uint64_t number) override;

    core::store& store_;
};

} // namespace iothub::core
