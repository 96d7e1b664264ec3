#include "iothub/twin.hpp"

#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub {

namespace {

const json& object_member(const json& object, const char* name) {
    static const json none = json::object();
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? *found : none;
}

std::string text_member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t number_member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

} // namespace

twin::twin(json document)
    : document_(std::make_shared<const json>(std::move(document))) {}

const json& twin::document() const noexcept {
    return *document_;
}
const json& twin::properties() const {
    return object_member(*document_, "properties");
}
const json& twin::desired() const {
    return object_member(properties(), "desired");
}
const json& twin::reported() const {
    return object_member(properties(), "reported");
}
std::int64_t twin::desired_version() const {
    return number_member(desired(), "$version");
}
std::int64_t twin::reported_version() const {
    return number_member(reported(), "$version");
}
const json& twin::tags() const {
    return object_member(*document_, "tags");
}
std::string twin::device_id() const {
    return text_member(*document_, "deviceId");
}
std::string twin::module_id() const {
    return text_member(*document_, "moduleId");
}
std::string twin::etag() const {
    return text_member(*document_, "etag");
}
std::int64_t twin::version() const {
    return number_member(*document_, "version");
}
std::string twin::properties_text() const {
    return to_text(properties());
}

} // namespace iothub
