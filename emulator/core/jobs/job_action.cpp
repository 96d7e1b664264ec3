#include "emulator/core/jobs/job_action.hpp"

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/methods/method_document.hpp"
#include "emulator/core/twins/twin_document.hpp"

namespace iothub::core {

namespace {

class update_action final : public job_action {
public:
    update_action(twin_change change, twin_service& twins)
        : change_(std::move(change))
        , twins_(twins) {}

    void run(const identity_key& whose, std::function<void(outcome)> done) override {
        const auto patched = twins_.patch(whose, change_, precondition::anything());
        done(patched ? outcome(std::string()) : outcome(patched.error()));
    }

private:
    twin_change change_;
    twin_service& twins_;
};

class call_action final : public job_action {
public:
    call_action(method_request request, method_service& methods)
        : request_(std::move(request))
        , methods_(methods) {}

    void run(const identity_key& whose, std::function<void(outcome)> done) override {
        methods_.invoke(whose, request_, [done = std::move(done)](const result<method_answer>& a) {
            done(a ? outcome(to_text(method_result_document(*a))) : outcome(a.error()));
        });
    }

private:
    method_request request_;
    method_service& methods_;
};

} // namespace

std::unique_ptr<job_action> make_twin_update(const std::string& update, twin_service& twins) {
    const auto document = parse_json(update);
    auto change = document ? read_twin_change(*document) : document.error();
    return change ? std::make_unique<update_action>(*std::move(change), twins) : nullptr;
}

std::unique_ptr<job_action> make_method_call(const std::string& method, method_service& methods) {
    const auto document = parse_json(method);
    auto request = document ? read_method_document(*document) : document.error();
    return request ? std::make_unique<call_action>(*std::move(request), methods) : nullptr;
}

} // namespace iothub::core
