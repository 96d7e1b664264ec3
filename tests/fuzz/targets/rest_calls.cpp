#include "common/json.hpp"
#include "common/json_text.hpp"
#include "fuzz/conversations/rest_connection.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

// "PUT /devices/d?api-version=2021-04-12", lines of header fields, an empty line, a body.
std::string request_of(std::string_view text) {
    std::string head = std::string(take_line(text)) + " HTTP/1.1\r\nHost: localhost\r\n";
    while (!text.empty()) {
        const std::string_view field = take_line(text);
        if (field.empty()) {
            break;
        }
        head.append(field).append("\r\n");
    }
    head += "Authorization: " + owner_token() + "\r\n";
    return head + "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + std::string(text);
}

void check_body(std::string_view head, std::string_view body) {
    if (head.find("Content-Type: application/json") != head.npos) {
        require(body.empty() || parse_json(body).has_value(),
                "a body of JSON is JSON: " + std::string(body));
    }
}

// One whole response, that is not about a fault of the hub.
void check_answer(std::string_view answer) {
    require(answer.starts_with("HTTP/1.1 ") && answer.size() > 12, "it begins as responses do");
    const std::string status(answer.substr(9, 3));
    require(status < "500" || status == "501" || status == "504" || status == "505",
            "no request is a fault of the hub: " + std::string(answer));
    const std::size_t end = answer.find("\r\n\r\n");
    require(end != answer.npos, "the head ends");
    check_body(answer.substr(0, end), answer.substr(end + 4));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    rest_connection client;
    client.send(request_of(text_of(bytes, size)));
    const std::string answers = client.answers();
    if (!answers.empty()) { // else it waits for a device
        check_answer(answers);
    }
    const std::size_t next = answers.find("\r\nHTTP/1.1 ");
    require(next == answers.npos, "one request has one answer");
    return 0;
}
