#include "emulator/app/certificate_document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/json.hpp"
#include "emulator/core/security/certificate_authorities.hpp"
#include "emulator/core/security/security_name.hpp"
#include "emulator/net/certificates/atomic_file.hpp"
#include "emulator/net/certificates/client_certificate.hpp"

namespace iothub::app {

namespace {

using core::certificate_authorities;

fault read_name(const json& value, seeded_authority& target) {
    if (!value.is_string() || !core::is_security_name(value.get_ref<const std::string&>())) {
        return "must be 1 to 64 characters of A-Z a-z 0-9 - _ .";
    }
    target.name = value.get<std::string>();
    return {};
}

fault read_file_name(const json& value, seeded_authority& target) {
    std::string text;
    fault f = read_text(value, text);
    target.file = text;
    return f;
}

constexpr std::array authority_members{
    member<seeded_authority>{"name", read_name},
    member<seeded_authority>{"file", read_file_name},
    member<seeded_authority>{
        "certificate", [](const json& v, seeded_authority& a) { return read_text(v, a.pem); }},
};

fault check_complete(const seeded_authority& one) {
    if (one.name.empty()) {
        return {"is missing", "name"};
    }
    if (one.file.empty() == one.pem.empty()) {
        return {one.pem.empty() ? "is missing, and \"certificate\" too"
                                : "does not go with \"certificate\"",
                "file"};
    }
    return {};
}

fault load(seeded_authority& one, const std::filesystem::path& folder) {
    if (!one.file.empty()) {
        const std::filesystem::path path = folder / one.file;
        auto text = net::read_small_file(path);
        if (!text) {
            return {"cannot be used: " + text.error().message, "file"};
        }
        if (!*text) {
            return {fmt::format("names {}, which does not exist", path.string()), "file"};
        }
        one.pem = **std::move(text);
    }
    auto certificate = net::read_ca_certificate(one.pem);
    if (!certificate) {
        return {"cannot be used: " + certificate.error().message,
                one.file.empty() ? "certificate" : "file"};
    }
    one.pem = std::move(certificate->pem);
    return {};
}

} // namespace

fault read_certificate_authorities(const json& value, std::vector<seeded_authority>& target) {
    if (value.is_array() && value.size() > certificate_authorities::max_authorities) {
        return "must hold at most 25 certificate authorities";
    }
    return read_elements(value, [&](std::size_t, const json& element) -> fault {
        seeded_authority one;
        if (fault f = read_members(element, authority_members, one); !f.empty()) {
            return f;
        }
        if (std::ranges::find(target, one.name, &seeded_authority::name) != target.end()) {
            return {"is the name of an earlier certificate authority", "name"};
        }
        target.push_back(one);
        return check_complete(one);
    });
}

fault load_certificates(std::vector<seeded_authority>& authorities,
                        const std::filesystem::path& folder) {
    for (std::size_t i = 0; i < authorities.size(); ++i) {
        if (fault f = within(fmt::format("[{}]", i), load(authorities[i], folder)); !f.empty()) {
            return f;
        }
    }
    return {};
}

} // namespace iothub::app
