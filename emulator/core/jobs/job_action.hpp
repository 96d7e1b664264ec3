#pragma once
// What a job does with each of its devices (service API §1.5): the update of a twin, or a direct
// method. job_run has it done.

#include <functional>
#include <memory>
#include <string>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/jobs/job.hpp"

namespace iothub::core {

class method_service;
class twin_service;

class job_action {
public:
    // The answer to a method as a row shows it (device_job::method_answer), or empty.
    using outcome = result<std::string>;

    virtual ~job_action() = default;

    // `done` is called once: within the call, or later.
    virtual void run(const identity_key& whose, std::function<void(outcome)> done) = 0;
};

// Null where the text is no such action. The service outlives it.
std::unique_ptr<job_action> make_twin_update(const std::string& update, twin_service& twins);
std::unique_ptr<job_action> make_method_call(const std::string& method, method_service& methods);

} // namespace iothub::core
