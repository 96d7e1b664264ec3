#include "emulator/app/blob_storage_document.hpp"

#include <boost/asio/ip/address_v6.hpp>

#include <algorithm>
#include <cctype>
#include <optional>

#include "common/base64.hpp"
#include "common/json.hpp"
#include "emulator/http_codec/authority.hpp"

namespace iothub::app {

namespace {

using core::blob_storage;

constexpr std::string_view scheme = "https://";

bool only_has(std::string_view text, std::string_view marks) {
    return !text.empty() && std::ranges::all_of(text, [marks](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
    });
}

struct authority {
    std::string_view host;
    std::optional<std::string_view> port;
};

authority split(std::string_view text) {
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
    const std::size_t colon = text.find(':', bracket == text.npos ? 0 : bracket);
    if (colon == text.npos) {
        return {text, std::nullopt};
    }
    return {text.substr(0, colon), text.substr(colon + 1)};
}

bool is_host(std::string_view text) {
    if (text.starts_with('[')) {
        boost::system::error_code failure;
        boost::asio::ip::make_address_v6(text.substr(1, text.size() - 2), failure);
        return !failure && text.ends_with(']') && only_has(text, ".:[]");
    }
    return only_has(text, ".-");
}

// account.blob.core.windows.net; neither an address, nor localhost, nor what listens on a port of
// its own.
bool can_begin_with_account(const authority& where) {
    return !where.port && where.host.find('.') != where.host.npos &&
           where.host.find_first_not_of("0123456789.") != where.host.npos;
}

fault check_authority(const authority& where) {
    if (!is_host(where.host)) {
        return "must have the name or the address of a host behind https://";
    }
    if (where.port && !http_codec::port_number(*where.port)) {
        return "must have a port from 1 to 65535 behind the colon, or neither";
    }
    return {};
}

fault check_account(const authority& where, const blob_storage& target) {
    if (!target.account_in_path && !can_begin_with_account(where)) {
        return "must name the account behind the host, as in "
               "https://127.0.0.1:10000/devstoreaccount1; only Azure's own "
               "https://account.blob.core.windows.net begins with it";
    }
    if (!only_has(target.account, "-")) {
        return "must have nothing but the account's name behind the host, as in "
               "https://127.0.0.1:10000/devstoreaccount1";
    }
    return {};
}

// SDKs put "https://" in front of the host by themselves.
fault read_endpoint(const json& value, blob_storage& target) {
    const std::string whole = value.is_string() ? value.get<std::string>() : "";
    std::string_view text = whole;
    if (!text.starts_with(scheme)) {
        return "must begin with https://, for that is what SDKs speak to it";
    }
    text.remove_prefix(scheme.size());
    text.remove_suffix(text.ends_with('/') ? 1 : 0);
    const std::size_t slash = text.find('/');
    target.host = text.substr(0, slash);
    target.account_in_path = slash != text.npos;
    target.account =
        target.account_in_path ? text.substr(slash + 1) : text.substr(0, text.find('.'));
    const authority where = split(target.host);
    const fault f = check_authority(where);
    return f.empty() ? check_account(where, target) : f;
}

fault read_container(const json& value, blob_storage& target) {
    if (!value.is_string() || !only_has(value.get_ref<const std::string&>(), "-$")) {
        return "must be the name of a container";
    }
    target.container = value.get<std::string>();
    return {};
}

fault read_account_key(const json& value, blob_storage& target) {
    if (!value.is_string() || !base64_decode(value.get_ref<const std::string&>())) {
        return "must be base64";
    }
    target.account_key = value.get<std::string>();
    return {};
}

fault read_notifications(const json& value, blob_storage& target) {
    return read_flag(value, target.notifications);
}

constexpr std::array members{
    member<blob_storage>{"endpoint", read_endpoint},
    member<blob_storage>{"container", read_container},
    member<blob_storage>{"accountKey", read_account_key},
    member<blob_storage>{"notifications", read_notifications},
};

} // namespace

fault read_blob_storage(const json& value, core::blob_storage& target) {
    if (!value.is_object()) {
        return "must be a JSON object";
    }
    for (const char* key : {"endpoint", "container", "accountKey"}) {
        if (!value.contains(key)) {
            return "must have endpoint, container and accountKey";
        }
    }
    return read_members(value, members, target);
}

} // namespace iothub::app
