#include "client/src/engine/method_handlers.hpp"

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::client {

namespace {

constexpr std::size_t max_payload = 128 * 1024;

method_answer failed(int status, const std::string& message, std::exception_ptr failure = {}) {
    return {status, to_text({{"message", message}}), std::move(failure)};
}

method_answer run(const method_handler& handler, const method_request& request) {
    try {
        const method_response response = handler(request);
        std::string payload = to_text(response.payload());
        if (payload.size() > max_payload) {
            return failed(500, "The answer of the method is larger than 128 KiB");
        }
        return {response.status(), std::move(payload)};
    } catch (const std::exception& thrown) {
        return failed(500, thrown.what(), std::current_exception());
    } catch (...) {
        return failed(500, "The method failed", std::current_exception());
    }
}

} // namespace

void method_handlers::set(const std::string& name, method_handler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[name] = std::move(handler);
}

method_answer method_handlers::call(const std::string& name, const std::string& payload) const {
    const method_handler handler = find(name);
    if (!handler) {
        return {501, "{}"};
    }
    const auto parsed = payload.empty() ? result<json>(nullptr) : parse_json(payload);
    if (!parsed) {
        return failed(400, "The payload is not JSON: " + parsed.error().message);
    }
    return run(handler, {name, *parsed});
}

method_handler method_handlers::find(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    for (const std::string& key : {name, std::string()}) {
        const auto found = handlers_.find(key);
        if (found != handlers_.end() && found->second) {
            return found->second;
        }
    }
    return {};
}

} // namespace iothub::client
