#include <string>

#include "common/letter_case.hpp"
#include "emulator/management/access.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"

namespace iothub::management::api {

namespace {

// What no form and no other "simple" request of a browser can say.
bool says_json(const call& c) {
    const std::string* type = c.asked().headers.find("Content-Type");
    return type != nullptr && starts_with_ignoring_case(*type, "application/json");
}

// A link may lead to the page, but some of what only reads here takes as well (feedback).
bool opens_a_page(const call& c) {
    const std::string* mode = c.asked().headers.find("Sec-Fetch-Mode");
    return mode != nullptr && *mode == "navigate";
}

} // namespace

void service(std::shared_ptr<call> c) {
    constexpr std::string_view prefix = "/api/service";
    if (opens_a_page(*c)) {
        c->refuse(403, {errc::unauthorized_access, "This is for the page's own requests."});
        return;
    }
    if (changes_something(c->asked()) && !says_json(*c)) {
        c->refuse(415,
                  {errc::unsupported_media_type, "The Content-Type must be application/json."});
        return;
    }
    c->pass_to_service(c->asked().target.substr(prefix.size()));
}

} // namespace iothub::management::api
