#pragma once
// A turn is what runs between two waits of the loop. Everything written in it is committed once, at
// its end, and only then do the replies leave: a reply that was sent is a write that is kept.
// Sessions that have something to send join the turn; the application ends it.

#include <memory>
#include <vector>

#include "common/result.hpp"

namespace iothub::core {

class turn {
public:
    class participant {
    public:
        virtual ~participant() = default;

        // The turn is kept: send what was prepared.
        virtual void turn_committed() = 0;

        // Nothing of the turn was kept: acknowledge nothing that was prepared in it.
        virtual void turn_failed(const error& reason) = 0;
    };

    // Joining twice in a turn counts once if the participant keeps `joined` as its own flag.
    void join(std::weak_ptr<participant> one) { participants_.push_back(std::move(one)); }

    // True while somebody waits for the turn to end.
    bool pending() const { return !participants_.empty(); }

    // Tells everyone who had joined; those who join meanwhile belong to the next turn.
    void end(const result<>& outcome);

private:
    std::vector<std::weak_ptr<participant>> participants_;
};

} // namespace iothub::core
