#include "emulator/management/events/document.hpp"

#include "common/base64.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/management/documents.hpp"

namespace iothub::management {

namespace {

constexpr std::size_t max_page_size = 4 << 20;

json event_document(const placed_event& placed) {
    const core::event& e = placed.event;
    json document = {{"partition", placed.partition},
                     {"sequenceNumber", e.sequence_number},
                     {"offset", std::to_string(e.offset)},
                     {"enqueuedTime", iso_8601(e.enqueued)},
                     {"deviceId", e.source.device_id}};
    if (e.source.is_module()) {
        document["moduleId"] = e.source.module_id;
    }
    const auto auth_method = parse_json(e.auth_method);
    document["generationId"] = e.generation_id;
    document["authMethod"] = auth_method ? *auth_method : json(nullptr);
    document["systemProperties"] = bag_document(e.system_properties);
    document["properties"] = bag_document(e.application_properties);
    document["body"] = text_document(e.body);
    document["bodyBase64"] = base64_encode(e.body);
    return document;
}

} // namespace

std::string event_text(const placed_event& e) {
    return to_text(event_document(e));
}

std::string events_page(event_reader& reader, std::size_t limit) {
    std::string page = R"({"events":[)";
    event_cursor next = reader.place();
    for (std::size_t count = 0; count < limit; ++count) {
        const auto e = reader.next();
        const std::string text = e ? event_text(*e) : std::string();
        if (!e || (count > 0 && page.size() + text.size() > max_page_size)) {
            next = e ? next : reader.place();
            break;
        }
        page.append(count == 0 ? "" : ",").append(text);
        next = reader.place();
    }
    return page.append(R"(],"next":")").append(next.text()).append("\"}");
}

} // namespace iothub::management
