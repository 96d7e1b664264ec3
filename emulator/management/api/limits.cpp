#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/limits/limiter.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

json names_of_profiles() {
    json names = json::array();
    for (const core::limit_profile& profile : core::limit_profiles()) {
        names.push_back(profile.name);
    }
    return names;
}

// Those that were refused at all.
json refusals(const core::limiter& limits) {
    json document = json::object();
    for (std::size_t i = 1; i < core::operation_count; ++i) {
        const auto what = static_cast<core::operation>(i);
        if (limits.refused(what) > 0) {
            document[std::string(core::operation_name(what))] = limits.refused(what);
        }
    }
    return document;
}

} // namespace

result<response> show_limits(call& c) {
    const core::limiter& limits = c.hub().limits();
    const core::limit_profile& profile = limits.profile();
    return json_page(200, {{"profile", profile.name},
                           {"profiles", names_of_profiles()},
                           {"messagesToday", limits.units_today()},
                           {"messagesPerDay",
                            profile.throttles ? json(profile.messages_per_day) : json(nullptr)},
                           {"refused", refusals(limits)}});
}

result<response> choose_limits(call& c) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    const auto name = document->find("profile");
    const core::limit_profile* profile = name != document->end() && name->is_string()
                                             ? core::find_limit_profile(name->get<std::string>())
                                             : nullptr;
    if (profile == nullptr || document->size() != 1) {
        return error{errc::argument_invalid,
                     "The body must be {\"profile\":\"…\"}, with off, F1, S1, S2 or S3."};
    }
    c.hub().limit_to(*profile);
    c.hub().journal().write(log_level::info, "management",
                            "the hub's limits are now those of " + std::string(profile->name));
    return http_codec::no_content();
}

} // namespace iothub::management::api
