#include "emulator/management/documents.hpp"

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "common/json.hpp"

namespace iothub::management {

json bag_document(const property_bag& bag) {
    json document = json::object();
    auto& members = document.get_ref<json::object_t&>();
    std::unordered_map<std::string_view, std::size_t> positions; // of a key that came before
    for (const property& p : bag) {
        json value = p.value ? json(*p.value) : json(nullptr);
        const auto [known, is_new] = positions.try_emplace(p.key, members.size());
        if (is_new) {
            members.push_back({p.key, std::move(value)});
        } else {
            (members.begin() + static_cast<std::ptrdiff_t>(known->second))->second =
                std::move(value);
        }
    }
    return document;
}

json text_document(const std::string& bytes) {
    json text = bytes;
    try {
        static_cast<void>(text.dump());
    } catch (const json::type_error&) {
        return nullptr;
    }
    return text;
}

} // namespace iothub::management
