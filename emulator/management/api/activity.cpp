#include "emulator/management/activity.hpp"

#include <limits>

#include "common/json.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/documents.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

result<response> activity(call& c) {
    const auto after = c.number("after", {0, std::numeric_limits<std::size_t>::max()});
    const auto limit = c.number("limit", {1, management::activity::max_lines});
    if (!after || !limit) {
        return !after ? after.error() : limit.error();
    }
    management::activity& happened = *c.around().happened;
    happened.watched();
    json lines = json::array();
    for (const activity_line& line :
         happened.after(after->value_or(0), limit->value_or(management::activity::max_lines))) {
        lines.push_back({{"number", line.number},
                         {"time", iso_8601(line.time)},
                         {"level", level_name(line.level)},
                         {"component", line.component},
                         {"text", text_document(line.text)}});
    }
    const auto next = lines.empty() ? json(happened.newest()) : lines.back().at("number");
    return json_page(200, {{"lines", std::move(lines)}, {"next", next}});
}

} // namespace iothub::management::api
