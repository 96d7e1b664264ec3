#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

std::string name_of(const call& c) {
    const std::string* name = c.find("name");
    return name == nullptr ? "" : *name;
}

} // namespace

result<response> list_authorities(call& c) {
    json list = json::array();
    for (const auto& [name, certificate] : c.hub().authorities().list()) {
        list.push_back({{"name", name},
                        {"subject", certificate.facts.subject},
                        {"thumbprint", certificate.facts.sha1},
                        {"notAfter", iso_8601(certificate.facts.not_after)}});
    }
    return json_page(200, {{"certificateAuthorities", std::move(list)}});
}

result<response> put_authority(call& c) {
    const auto is_new = c.hub().authorities().put(name_of(c), c.asked().body);
    if (!is_new) {
        return is_new.error();
    }
    return json_page(*is_new ? 201 : 200, {{"name", name_of(c)}});
}

result<response> remove_authority(call& c) {
    if (const auto done = c.hub().authorities().remove(name_of(c)); !done) {
        return done.error();
    }
    return http_codec::no_content();
}

} // namespace iothub::management::api
