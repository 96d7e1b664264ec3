#pragma once
// The work of one job, in slices: export_run and import_run. transfer_service has it work when it
// does not wait for the storage, and looks at its outcome.

#include <functional>
#include <optional>
#include <utility>

#include "common/result.hpp"
#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::core {

class transfer_run {
public:
    virtual ~transfer_run() = default;

    // A slice: some milliseconds. Only while it neither waits nor has ended. May throw store_fault.
    virtual void work() = 0;

    virtual int progress() const = 0; // percent

    bool waits() const { return waits_; }
    const std::optional<result<>>& outcome() const { return outcome_; }

protected:
    // For an operation of a container: until it is answered there is nothing to do. An error is the
    // outcome of the run; without one, `then` is next.
    blob_container::done answer(std::function<void()> then = [] {}) {
        waits_ = true;
        return [this, then = std::move(then)](const result<>& answer) {
            waits_ = false;
            if (answer) {
                then();
            } else {
                outcome_ = answer;
            }
        };
    }

    void end() { outcome_ = result<>(); }

private:
    bool waits_ = false;
    std::optional<result<>> outcome_;
};

} // namespace iothub::core
