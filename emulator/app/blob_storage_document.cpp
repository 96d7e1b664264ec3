#include "emulator/app/blob_storage_document.hpp"

#include <algorithm>
#include <cctype>

#include "common/base64.hpp"
#include "common/json.hpp"

namespace iothub::app {

namespace {

using core::blob_storage;

constexpr std::string_view scheme = "https://";

bool only_has(std::string_view text, std::string_view marks) {
    return !text.empty() && std::ranges::all_of(text, [marks](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
    });
}

// SDKs put "https://" in front of the host by themselves.
fault read_endpoint(const json& value, blob_storage& target) {
    constexpr const char* rule = "must be such as https://127.0.0.1:10000/devstoreaccount1 or "
                                 "https://account.blob.core.windows.net";
    const std::string whole = value.is_string() ? value.get<std::string>() : "";
    std::string_view text = whole;
    if (!text.starts_with(scheme)) {
        return rule;
    }
    text.remove_prefix(scheme.size());
    text.remove_suffix(text.ends_with('/') ? 1 : 0);
    const std::size_t slash = text.find('/');
    target.host = text.substr(0, slash);
    target.account_in_path = slash != text.npos;
    target.account =
        target.account_in_path ? text.substr(slash + 1) : text.substr(0, text.find_first_of(".:"));
    return only_has(target.host, ".-:[]") && only_has(target.account, "-") ? fault() : rule;
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

constexpr std::array members{
    member<blob_storage>{"endpoint", read_endpoint},
    member<blob_storage>{"container", read_container},
    member<blob_storage>{"accountKey", read_account_key},
};

} // namespace

fault read_blob_storage(const json& value, core::blob_storage& target) {
    if (!value.is_object()) {
        return "must be a JSON object";
    }
    for (const auto& known : members) {
        if (!value.contains(known.key)) {
            return "must have endpoint, container and accountKey";
        }
    }
    return read_members(value, members, target);
}

} // namespace iothub::app
