#include "emulator/http/api/digital_twins.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/percent_encoding.hpp"
#include "emulator/core/digital_twins/digital_twin_document.hpp"
#include "emulator/core/digital_twins/digital_twin_patch.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/api/methods.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

std::string quoted_etag(const core::twin& t) {
    return '"' + core::etag_text(t) + '"';
}

std::string location_of(const call& c) {
    const std::string* host = c.asked().headers.find("Host");
    const std::string* version = c.target.find("api-version");
    return fmt::format("https://{}/digitaltwins/{}?api-version={}",
                       host == nullptr ? "localhost" : *host, percent_encode(c.key().device_id),
                       version == nullptr ? "" : *version);
}

result<core::twin_change> read_patch(const call& c, const core::twin& current) {
    const auto operations = parse_json(c.asked().body);
    if (!operations) {
        return error{errc::invalid_digital_twin_json_patch, operations.error().message};
    }
    auto desired = core::digital_twins::desired_patch_of(*operations, current);
    if (!desired) {
        return desired.error();
    }
    return core::twin_change{std::nullopt, *std::move(desired)};
}

// "thermostat1*reboot": how a device knows the command of a component.
std::string method_of(const call& c) {
    const std::string component = c.value("component");
    return component.empty() ? c.value("command") : component + "*" + c.value("command");
}

result<> read_seconds(const target& t, std::string_view name, std::chrono::seconds& into) {
    const std::string* text = t.find(name);
    if (text == nullptr) {
        return {};
    }
    int number = 0; // the range is for the method to say
    const char* const end = text->data() + text->size();
    if (const auto [rest, failure] = std::from_chars(text->data(), end, number);
        rest != end || failure != std::errc()) {
        return error{errc::argument_invalid, fmt::format("{} must be a whole number.", name)};
    }
    into = std::chrono::seconds(number);
    return {};
}

result<core::method_request> read_command(const call& c) {
    core::method_request command{.name = method_of(c), .payload = "null"};
    if (!c.asked().body.empty()) {
        const auto payload = parse_json(c.asked().body);
        if (!payload) {
            return error{errc::invalid_digital_twin_payload, payload.error().message};
        }
        command.payload = to_text(*payload);
    }
    if (auto read = read_seconds(c.target, "connectTimeoutInSeconds", command.connect_timeout);
        !read) {
        return read.error();
    }
    if (auto read = read_seconds(c.target, "responseTimeoutInSeconds", command.response_timeout);
        !read) {
        return read.error();
    }
    return command;
}

http_codec::response describe(const core::method_answer& answer) {
    return {200, {{"x-ms-command-statuscode", std::to_string(answer.status)}}, answer.payload};
}

} // namespace

result<http_codec::response> get_digital_twin(call& c) {
    const auto twin = c.hub().twins().get(c.key());
    if (!twin) {
        return twin.error();
    }
    auto r = json_response(200, core::digital_twins::digital_twin_document(*twin));
    r.headers.add("ETag", quoted_etag(*twin));
    return r;
}

result<http_codec::response> patch_digital_twin(call& c) {
    const auto current = c.hub().twins().get(c.key());
    if (!current) {
        return current.error();
    }
    const auto change = read_patch(c, *current);
    if (!change) {
        return change.error();
    }
    const auto written = c.hub().twins().patch(c.key(), *change, c.demand());
    if (!written) {
        return written.error();
    }
    ++c.hub().count().twin_writes;
    return http_codec::response{
        202, {{"ETag", quoted_etag(*written)}, {"Location", location_of(c)}}, {}};
}

void invoke_command(std::shared_ptr<call> c) {
    auto command = read_command(*c);
    if (command) {
        call_device(std::move(c), *std::move(command), describe);
    } else {
        c->fail(command.error());
    }
}

} // namespace iothub::http::api
