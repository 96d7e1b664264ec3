#include "emulator/amqp/nodes/cbs.hpp"

#include <utility>

#include "common/letter_case.hpp"
#include "emulator/amqp/credentials.hpp"

namespace iothub::amqp {

namespace {

constexpr std::int32_t ok = 200;

// The hub's six-digit codes begin with the status; what cannot be read is 400.
std::int32_t status_of(const error& reason) {
    return static_cast<std::int32_t>(http_status(reason.code));
}

error bad_request(std::string why) {
    return {errc::argument_invalid, std::move(why)};
}

bool has_operation(const message& request, std::string_view name) {
    const auto operation = find_text(request.application_properties, "operation");
    return operation && equal_ignoring_case(*operation, name);
}

} // namespace

cbs::cbs(const context& lent, std::function<void(const core::device_principal&)> on_device)
    : lent_(lent)
    , on_device_(std::move(on_device))
    , channel_(lent,
               {"$cbs", max_links, [this](const message& request) { return answer_to(request); }}) {
}

message cbs::answer_to(const message& request) {
    const auto done = put(request);
    if (!done) {
        lent_.write_log(log_level::warning, lent_.peer.address,
                        "a token is refused: " + log_text(done.error()));
        return status_answer(status_of(done.error()), done.error().message);
    }
    return status_answer(ok, "OK");
}

result<> cbs::put(const message& request) {
    if (!has_operation(request, "put-token")) {
        return bad_request("The operation is not put-token.");
    }
    const std::string* token = request.body ? request.body->text() : nullptr;
    if (token == nullptr) {
        return bad_request("The body is no text: there is no token.");
    }
    const auto who = lent_.proved.put(*token);
    if (!who) {
        return who.error();
    }
    if (*who) {
        on_device_(**who);
    }
    return {};
}

} // namespace iothub::amqp
