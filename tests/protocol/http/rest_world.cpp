#include "rest_world.hpp"

#include "common/json_text.hpp"
#include "common/sas_token.hpp"
#include "emulator/http/session.hpp"
#include "support/catch.hpp"

namespace iothub::test {

namespace {

// Takes a line from the front of `bytes`.
std::string take_line(std::string_view& bytes) {
    const std::size_t end = bytes.find("\r\n");
    REQUIRE(end != bytes.npos);
    const std::string line(bytes.substr(0, end));
    bytes.remove_prefix(end + 2);
    return line;
}

answer take_answer(std::string_view& bytes) {
    answer a;
    const std::string status_line = take_line(bytes);
    REQUIRE(status_line.starts_with("HTTP/1.1 "));
    a.status = std::stoi(status_line.substr(9, 3));
    for (std::string line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
        const std::size_t colon = line.find(": ");
        REQUIRE(colon != line.npos);
        a.headers.add(line.substr(0, colon), line.substr(colon + 2));
    }
    if (a.status != 100) {
        const std::size_t length = std::stoul(a.header("Content-Length"));
        REQUIRE(bytes.size() >= length);
        a.body = bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return a;
}

} // namespace

json answer::document() const {
    const auto parsed = parse_json(body);
    INFO(body);
    REQUIRE(parsed);
    return *parsed;
}

std::string answer::header(std::string_view name) const {
    const std::string* value = headers.find(name);
    return value == nullptr ? std::string() : *value;
}

std::vector<answer> read_answers(std::string_view bytes) {
    std::vector<answer> answers;
    while (!bytes.empty()) {
        answers.push_back(take_answer(bytes));
    }
    return answers;
}

std::string token_of(std::string_view policy, std::string_view resource) {
    for (const core::access_policy& known : core::published_policies()) {
        if (known.name == policy) {
            const timestamp expiry = manual_clock().now() + std::chrono::hours(1);
            return make_sas_token(resource, known.primary_key, expiry, policy).value();
        }
    }
    FAIL("no such policy");
    return {};
}

rest_world::rest_world(http_codec::session_limits limits, core::hub_settings settings)
    : hub(store, clock, ids, log, std::move(settings)) {
    connect(limits);
}

rest_world::~rest_world() {
    stream->finish();
}

void rest_world::connect(http_codec::session_limits limits) {
    if (stream) {
        stream->finish();
    }
    stream = std::make_shared<fake_stream>();
    std::make_shared<http::session>(hub, loop.get_executor(), stream, limits, protocols, page)
        ->start();
}

void rest_world::settle() {
    do {
        if (hub.current_turn().pending()) {
            hub.end_turn();
        }
        loop.restart();
        loop.poll();
    } while (hub.current_turn().pending());
}

std::string rest_world::exchange(std::string_view bytes) {
    stream->deliver(bytes);
    settle();
    return stream->take_sent();
}

std::string rest_world::request(std::string_view method, std::string_view path,
                                std::string_view body, std::string_view more) {
    std::string bytes(method);
    bytes.append(" ").append(path);
    bytes.append(path.find('?') == path.npos ? "?" : "&").append("api-version=2021-04-12");
    bytes.append(" HTTP/1.1\r\nHost: localhost\r\n").append(more);
    if (bytes.find("Authorization:") == bytes.npos) {
        bytes.append("Authorization: ").append(token_of("iothubowner")).append("\r\n");
    }
    bytes.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
    return bytes.append(body);
}

answer rest_world::ask(std::string_view method, std::string_view path, std::string_view body,
                       std::string_view more) {
    const auto answers = read_answers(exchange(request(method, path, body, more)));
    REQUIRE(answers.size() == 1);
    return answers.front();
}

std::string rest_world::add(std::string_view path) {
    const answer made = ask("PUT", path, "{}");
    REQUIRE(made.status == 200);
    return made.document()["etag"];
}

} // namespace iothub::test
