#pragma once
// A piece of work that another thread wants done on the hub's thread, answered when its turn was
// kept.

#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>

#include "emulator/core/hub.hpp"

namespace iothub::app {

class hub_call final : public core::turn::participant,
                       public std::enable_shared_from_this<hub_call> {
public:
    explicit hub_call(std::function<void(core::hub&)> work)
        : work_(std::move(work)) {}

    std::future<void> outcome() { return done_.get_future(); }

    // On the hub's thread.
    void run(core::hub& hub) {
        try {
            work_(hub);
        } catch (...) {
            done_.set_exception(std::current_exception());
            return;
        }
        self_ = shared_from_this(); // until the turn has ended
        hub.current_turn().join(weak_from_this());
    }

    void turn_committed() override {
        done_.set_value();
        self_.reset();
    }

    void turn_failed(const error& reason) override {
        done_.set_exception(std::make_exception_ptr(std::runtime_error(reason.message)));
        self_.reset();
    }

private:
    std::function<void(core::hub&)> work_;
    std::promise<void> done_;
    std::shared_ptr<hub_call> self_;
};

} // namespace iothub::app
