#include "emulator/core/methods/method_document.hpp"

#include <algorithm>
#include <optional>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/member_reader.hpp"

namespace iothub::core {

namespace {

// Beyond a day, every number of seconds is equally out of range.
std::chrono::seconds seconds_of(std::optional<std::int64_t> number,
                                std::chrono::seconds otherwise) {
    return number ? std::chrono::seconds(std::clamp<std::int64_t>(*number, -1, 86'400)) : otherwise;
}

} // namespace

result<method_request> read_method_document(const json& document) {
    std::optional<error> fault;
    const member_reader members(document, fault);
    method_request read;
    read.name = members.text("methodName").value_or("");
    read.response_timeout =
        seconds_of(members.integer("responseTimeoutInSeconds"), read.response_timeout);
    read.connect_timeout =
        seconds_of(members.integer("connectTimeoutInSeconds"), read.connect_timeout);
    const auto payload = document.find("payload");
    read.payload = payload == document.end() ? "null" : to_text(*payload);
    if (fault) {
        return *fault;
    }
    return read;
}

json method_result_document(const method_answer& answer) {
    json document{{"status", answer.status}, {"payload", nullptr}};
    if (auto payload = parse_json(answer.payload)) {
        document["payload"] = *std::move(payload);
    }
    return document;
}

} // namespace iothub::core
