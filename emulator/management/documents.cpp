#include "emulator/management/documents.hpp"

#include "common/json.hpp"

namespace iothub::management {

json bag_document(const property_bag& bag) {
    json document = json::object();
    for (const property& p : bag) {
        document[p.key] = p.value ? json(*p.value) : json(nullptr);
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
