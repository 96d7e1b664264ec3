#include "emulator/core/registry/new_authentication.hpp"

#include "common/base64.hpp"
#include "emulator/core/id_source.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t generated_key_bytes = 32;

std::optional<std::string> absent_if_empty(const std::optional<std::string>& text) {
    return text && text->empty() ? std::nullopt : text;
}

authentication_type concluded_type(const authentication_request& auth) {
    if (auth.type && *auth.type != authentication_type::none) {
        return *auth.type;
    }
    const bool thumbprints =
        absent_if_empty(auth.primary_thumbprint) || absent_if_empty(auth.secondary_thumbprint);
    return !auth.type && thumbprints ? authentication_type::self_signed : authentication_type::sas;
}

} // namespace

authentication make_authentication(const authentication_request& wanted, id_source& ids) {
    authentication made;
    made.type = concluded_type(wanted);
    if (made.type == authentication_type::self_signed) {
        made.primary_thumbprint = absent_if_empty(wanted.primary_thumbprint);
        made.secondary_thumbprint = absent_if_empty(wanted.secondary_thumbprint);
    } else if (made.type == authentication_type::sas) {
        const bool given = !wanted.primary_key.empty();
        made.primary_key = given ? wanted.primary_key : make_key(ids);
        made.secondary_key = given ? wanted.secondary_key : make_key(ids);
    }
    return made;
}

std::string make_key(id_source& ids) {
    return base64_encode(ids.random_bytes(generated_key_bytes));
}

} // namespace iothub::core
